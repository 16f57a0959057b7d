import { expect, test } from "./fixtures.js";
import { Noise } from "./noise.js";

// What would fail every other test is only inspected here.
test.use({
  noise: async ({ context, lab }, use) => use(new Noise(context, lab)),
});

test("errors, secrets, and whatever the module logs are noticed", async ({
  lab,
  page,
  context,
  host,
  noise,
  beginIdpSession,
}) => {
  lab.desk.mount("/softphone/talkative.js", (_req, res) => {
    res.type("js").send('console.info("nothing of importance")');
  });
  noise.secret("a phone number", "+15550100");
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  expect(await noise.verdict(context)).toEqual([]);
  expect([...noise.secrets]).toEqual(
    expect.arrayContaining([
      "a bearer token",
      "a nonce",
      "a one-time token",
      "an assertion",
      "the cookie idp-session",
      "the relay state",
    ]),
  );

  await page.evaluate(() => console.log("calls", { from: "+15550100" }));
  await page.evaluate(() => console.error("oh"));
  await page.addScriptTag({
    content: "setTimeout(() => { throw new Error('thrown') })",
  });
  await page.addScriptTag({ url: "/softphone/talkative.js" });
  await expect
    .poll(() => noise.verdict(context))
    .toEqual([
      expect.stringContaining("oh"),
      expect.stringContaining("thrown"),
      "the module logged: nothing of importance",
      expect.stringContaining("a phone number was logged"),
    ]);
});
