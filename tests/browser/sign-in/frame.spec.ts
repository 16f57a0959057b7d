import { expect, test } from "../support/fixtures.js";
import { ageRecord } from "../support/record.js";

test.use({ siteIsolation: true });

test.describe("with a session at an identity provider that allows framing", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  test("the phone becomes ready without any window", async ({
    lab,
    page,
    softphone,
    phaseLog,
    windows,
  }) => {
    await page.goto(lab.urls.agentPage);
    await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Ada Example",
    );
    await expect.poll(() => phaseLog.phases).toEqual(["signingIn", "ready"]);
    expect(windows).toEqual([]);
    // The sign-in leaves nothing in the page.
    await expect(page.locator("iframe")).toHaveCount(1);
  });

  test("the host can read how sign-in went, and only a record is stored", async ({
    lab,
    page,
    host,
    windows,
  }) => {
    await page.goto(host.url);
    await host.untilPhase("ready");
    const { status, agent } = await host.snapshot();
    expect(status).toMatchObject({ phase: "ready", way: "frame" });
    expect(status.error).toBeUndefined();
    expect(agent).toMatchObject({
      username: "ada@example.com",
      name: "Ada Example",
      state: "Offline",
    });
    expect(windows).toEqual([]);

    const { local, session } = await page.evaluate(() => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
    }));
    const key = `connect-softphone:${lab.urls.instance}`;
    expect(Object.keys(local)).toContain(key);
    // Times and the way, and nothing else.
    expect(local[key]).toMatch(
      /^v1 started=\d{13} seen=\d{13} way=frame( late=\d+)?$/,
    );
    const stored = JSON.stringify([local, session]);
    expect(stored).not.toMatch(/ada|relaystate|federate|saml/i);
    const cookies = await page.context().cookies();
    expect(cookies.length).toBeGreaterThan(1);
    for (const { value } of cookies) expect(stored).not.toContain(value);
  });

  test("on the second visit, nobody is asked to sign in", async ({
    lab,
    page,
    softphone,
    phaseLog,
    windows,
  }) => {
    await page.goto(lab.urls.agentPage);
    await phaseLog.until("phase=ready");
    const first = lab.requests.length;
    phaseLog.clear();
    const framed: string[] = [];
    page.on("framenavigated", (frame) => framed.push(frame.url()));

    await page.reload();
    await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
    await expect.poll(() => phaseLog.phases).toEqual(["opening", "ready"]);
    const asked = new Set(lab.requests.slice(first).map(({ party }) => party));
    expect([...asked].sort()).toEqual(["desk", "instance"]);
    const origins = new Set(framed.map((url) => new URL(url).origin));
    expect([...origins].sort()).toEqual(
      [lab.urls.desk, lab.urls.instance].sort(),
    );
    expect(windows).toEqual([]);
  });

  test(
    "a session that has ended although the record says otherwise is replaced by a new one",
    { tag: "@record-stale" },
    async ({ lab, page, host, phaseLog, windows }) => {
      await page.goto(host.url);
      await phaseLog.until("phase=ready");
      await page.goto("about:blank"); // Nobody notices that the session ends.
      lab.connect.endSessions();
      phaseLog.clear();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await expect
        .poll(() => phaseLog.phases)
        .toEqual(["opening", "signingIn", "ready"]);
      const { status, timeline } = await host.snapshot();
      expect(status.way).toBe("frame");
      expect(timeline[0]).toMatchObject({
        what: "opened",
        sessionMayBeAlive: true,
      });
      expect(windows).toEqual([]);
    },
  );
});
