import { expect, test } from "../support/fixtures.js";

test.describe(
  "an instance that refuses its CCP after a sign-in that ended on the return page",
  { tag: "@ccp-refused" },
  () => {
    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/status of 403|Refused to (display|frame)|frame-ancestors/);
      lab.faults.set("ccp-refused");
      await beginIdpSession();
    });

    test("is signed in to once more, unseen, and at once on the next day", async ({
      lab,
      page,
      host,
      windows,
    }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      await host.isQuiet();
      expect(await host.told()).toEqual(["signingIn", "ready"]);
      expect(await host.times("ccpRefused")).toHaveLength(1);
      await host.follows(lab);

      await page.goto("about:blank");
      lab.connect.endSessions();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await host.isQuiet();
      expect(await host.times("ccpRefused")).toHaveLength(0);
      expect((await host.snapshot()).status.way).toBe("frame");
      expect(windows).toEqual([]);
    });

    test("and lets only a window sign in: the next click gets there", async ({
      lab,
      page,
      host,
      windows,
    }) => {
      lab.desk.config.signIn = { ways: ["popup"] };
      await page.goto(host.url);
      await host.untilError("CCP_SILENT");
      await page.getByRole("button", { name: "Try again" }).click();
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      await expect
        .poll(() => windows.map((it) => it.isClosed()))
        .toEqual([true, true]);
    });
  },
);

test(
  "a page that sends no referrer names its origin in the phone's frames",
  { tag: "@referrer-withheld" },
  async ({ lab, page, host, context, beginIdpSession }) => {
    lab.faults.set("referrer-withheld");
    const referrers: [string, string | undefined][] = [];
    context.on("request", (request) => {
      if (!request.isNavigationRequest() || request.redirectedFrom()) return;
      const { host, pathname } = new URL(request.url());
      if (!host.startsWith("desk."))
        referrers.push([pathname, request.headers().referer]);
    });
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    await host.follows(lab);
    const origin = `${lab.urls.desk}/`;
    expect(referrers).toContainEqual(["/ccp-v2/", origin]);
    expect(referrers).toContainEqual([
      new URL(lab.urls.ssoLogin).pathname,
      origin,
    ]);
    // Nothing of it stays on the page.
    expect(
      await page.evaluate(() => Object.hasOwn(document, "createElement")),
    ).toBe(false);
  },
);
