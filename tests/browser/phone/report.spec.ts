import { expect, test } from "../support/fixtures.js";
import { setSlowness } from "../support/slow-clock.js";

const ADA = "ada@example.com";
const NUMBER = "+15550123";
const ATTRIBUTE = "patience-of-saints-4711";

test("nothing personal is in a report, a timeline or a log after a day full of events", async ({
  lab,
  page,
  host,
  noise,
  context,
  beginIdpSession,
}) => {
  noise.allow(
    /401|50[03]|Failed|WebSocket|WEB_SOCKET|more than one|setting up/i,
  );
  noise.secret("a phone number", NUMBER);
  noise.secret("a contact attribute", ATTRIBUTE);
  noise.secret("the agent's name", "Ada Example");
  noise.secret("the user name", ADA);
  lab.desk.config.expectedUser = ADA;
  lab.desk.config.signIn = { ways: ["popup", "frame"] };
  await beginIdpSession();
  await page.clock.install();
  await page.goto(host.url);
  await host.untilPhase("ready");

  lab.connect.agent(ADA).setState("Available");
  const call = lab.connect.call({
    username: ADA,
    from: NUMBER,
    attributes: { note: ATTRIBUTE },
  });
  call.accept();
  await host.untilNoted("contact");
  lab.faults.set("websocket-lost");
  await host.untilNoted("socket");
  lab.faults.unset("websocket-lost");
  lab.faults.set("ccp-dies");
  await page.clock.runFor(25_000);
  await host.untilError("CCP_LOST");
  await page.getByRole("button", { name: "Restart the phone now" }).click();
  await host.untilPhase("ready");
  call.hangUp();
  call.clear();
  await host.follows(lab);
  lab.faults.set("auth-fail-then-success");
  await host.untilNoted("authorized");
  await setSlowness(page, 1);
  expect(await host.signOut({ nothing: NUMBER })).toBe("ARGUMENT_INVALID");
  expect(await host.signOut({ idpLogoutUrl: lab.urls.idpLogout })).toBe(
    undefined,
  );
  await host.untilPhase("signedOut");
  await context.addCookies([lab.idp.beginSession(ADA)]);
  await host.prompt.getByRole("button", { name: "Sign in" }).click();
  await host.untilPhase("ready");

  const told = await page.evaluate(() => {
    const { phone, error } = globalThis.host;
    return {
      report: phone?.report() ?? "",
      rest: [
        JSON.stringify(phone?.timeline()),
        phone?.report(),
        String(error),
        document.getElementById("softphone")?.outerHTML,
        ...Object.values(localStorage),
        ...Object.values(sessionStorage),
      ].join("\n"),
    };
  });
  // It says what support needs.
  expect(told.report).toContain("status: ready");
  expect(told.report).toContain(lab.urls.instance);
  expect(told.report).toContain("with relay state");
  expect(told.report).toMatch(/ s {2}ccpLost\n/);
  expect(told.report).toMatch(/ s {2}signOutAsked\n/);

  expect([...noise.secrets]).toEqual(
    expect.arrayContaining([
      "a bearer token",
      "a nonce",
      "a one-time token",
      "a phone number",
      "an assertion",
      "the relay state",
    ]),
  );
  expect(await noise.leaksIn(context, told.rest)).toEqual([]);
  for (const name of [ADA, "Ada", "RelayState", "SAMLResponse", call.contactId])
    expect(told.rest).not.toContain(name);
});
