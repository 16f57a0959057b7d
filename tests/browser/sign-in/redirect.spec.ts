import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";

test.beforeEach(({ lab }) => {
  lab.desk.config.signIn = { ways: ["redirect"] };
});

test("the page itself goes to the identity provider, and returns to where it was", async ({
  lab,
  page,
  host,
  windows,
  phaseLog,
  beginIdpSession,
}) => {
  await beginIdpSession();
  // An agent in the middle of their work: with a query, a hash and a history state of the page's own.
  await page.goto(`${host.url}?case=42&tab=notes#wait`);
  await page.evaluate(() =>
    history.replaceState({ scrolled: 7 }, "", "#notes/3"),
  );
  const gone = page.waitForURL((url) => url.origin !== lab.urls.desk);
  await page.reload();
  await gone;
  await page.waitForURL(`${host.url}?case=42&tab=notes#notes/3`);
  await host.untilPhase("ready");
  expect(await page.evaluate(() => history.state)).toEqual({ scrolled: 7 });
  const { status, agent, timeline } = await host.snapshot();
  expect(status).toMatchObject({ phase: "ready", way: "redirect" });
  expect(status.error).toBeUndefined();
  expect(agent?.username).toBe("ada@example.com");
  expect(timeline).toContainEqual(
    expect.objectContaining({ what: "signInReturned", way: "redirect" }),
  );
  expect(windows).toEqual([]);
  expect(phaseLog.phases).not.toContain("failed");
  // Nothing is left behind, and the session serves the next visit.
  const left = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(left).not.toContain("connect-softphone");
  phaseLog.clear();
  await page.reload();
  await host.untilPhase("ready");
  await expect.poll(() => phaseLog.phases).toEqual(["opening", "ready"]);
});

test(
  "an identity provider that asks for a password returns, too",
  { tag: "@idp-session-gone" },
  async ({ lab, page, host }) => {
    await page.goto(host.url);
    await signInAtIdp(page);
    await page.waitForURL(host.url);
    await host.untilPhase("ready");
    expect((await host.snapshot()).status.way).toBe("redirect");
    expect(lab.idp.sessionCount).toBe(1);
  },
);

test("after Back from the identity provider, the phone asks for a click, and the click goes there again", async ({
  page,
  host,
  lab,
  phaseLog,
}) => {
  await page.goto(host.url);
  await page.getByLabel("User name").waitFor();
  await back(page);
  await page.waitForURL(host.url);
  await host.untilPhase("signInNeeded");
  const { status } = await host.snapshot();
  expect(status.way).toBe("redirect");
  expect(status.error).toBeUndefined();
  await expect(host.prompt).toContainText("Sign in to use the phone.");
  // The page stays, even long after the CCP has loaded.
  await expect
    .poll(async () => (await host.snapshot()).timeline.map(({ what }) => what))
    .toContain("ccpLoaded");
  expect(new URL(page.url()).origin).toBe(lab.urls.desk);

  phaseLog.clear();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await signInAtIdp(page);
  await page.waitForURL(host.url);
  await host.untilPhase("ready");
});

test("a visit after Back starts like any first one", async ({
  page,
  host,
  phaseLog,
}) => {
  await page.goto(host.url);
  await page.getByLabel("User name").waitFor();
  await back(page);
  await host.untilPhase("signInNeeded");
  // A new visit starts like any first one.
  phaseLog.clear();
  await page.reload();
  await signInAtIdp(page);
  await page.waitForURL(host.url);
  await host.untilPhase("ready");
});

test("a page in a frame cannot be redirected, and the configuration is refused", async ({
  lab,
  page,
}) => {
  lab.desk.mount("/around", (_req, res) => {
    res
      .type("html")
      .send(
        '<!doctype html><link rel="icon" href="data:," /><iframe id="frame" src="/host/#wait"></iframe>',
      );
  });
  await page.goto(`${lab.urls.desk}/around`);
  const frame = page.frames()[1];
  await frame.waitForFunction(() => "host" in globalThis);
  const failure = await frame.evaluate(async (config) => {
    try {
      return await globalThis.host.open(config);
    } catch (error) {
      const { code, problems } = error as any;
      return { code, problems };
    }
  }, lab.desk.config);
  expect(failure).toEqual({
    code: "CONFIG_INVALID",
    problems: [
      {
        field: "signIn.ways[0]",
        found: '"redirect" on a page that is in a frame',
        expected: '"frame" or "popup"',
      },
    ],
  });
  await expect(page.frameLocator("#frame").locator("iframe")).toHaveCount(0);
});

test.describe("after the frame", () => {
  test.beforeEach(({ lab }) => {
    lab.desk.config.signIn = { ways: ["frame", "redirect"] };
  });

  test("the page stays if the frame signs in", async ({
    lab,
    page,
    host,
    phaseLog,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    await expect.poll(() => phaseLog.phases).toEqual(["signingIn", "ready"]);
    expect((await host.snapshot()).status.way).toBe("frame");
    const opened = lab.requests.filter(({ path }) => path === "/host/");
    expect(opened).toHaveLength(1);
  });

  test(
    "the page is redirected if the frame is refused",
    { tag: "@idp-no-framing" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(/Refused to display/);
      lab.faults.set("idp-no-framing");
      await beginIdpSession();
      await page.goto(host.url);
      await page.waitForURL((url) => url.origin !== lab.urls.desk);
      await page.waitForURL(host.url);
      await host.untilPhase("ready");
      expect((await host.snapshot()).status.way).toBe("redirect");
    },
  );
});

test(
  "from an identity provider that answers 500, Back returns, and the agent can try again",
  { tag: "@idp-500" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/500/);
    lab.faults.set("idp-500");
    await beginIdpSession();
    await page.goto(host.url);
    await expect(page.getByRole("alert")).toContainText("status 500");
    await back(page);
    await host.untilPhase("signInNeeded");
    lab.faults.unset("idp-500");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(host.url);
    await host.untilPhase("ready");
  },
);

async function signInAtIdp(page: Page) {
  await page.getByLabel("User name").fill("ada@example.com");
  await page.getByLabel("Password").fill("lab");
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** What the agent does. For an entry that a script navigated away from, the browser may skip to the page before. */
async function back(page: Page) {
  // Not before Playwright has its answer.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.locator("#softphone").waitFor();
}
