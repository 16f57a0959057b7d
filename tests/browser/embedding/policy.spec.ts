import { fileURLToPath } from "node:url";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";

/** The host page with these headers. */
function guarded(lab: Lab, headers: Record<string, string>) {
  lab.desk.mount("/guarded", (_req, res, next) => {
    res.set(headers);
    next();
  });
  lab.desk.mount("/guarded", PAGES);
  return `${lab.urls.desk}/guarded/`;
}

for (const popup of [false, true])
  test(
    `a page whose policy blocks the CCP says so, ${popup ? "with the standard login, too" : "before a window opens"}`,
    { tag: "@ccp-blocked-by-page" },
    async ({ lab, page, host, noise, windows, beginIdpSession }) => {
      noise.allowBrowser(/Content Security Policy/);
      noise.allowSecondInit();
      await beginIdpSession();
      if (popup) delete lab.desk.config.ssoLoginUrl;
      const { instance } = lab.urls;
      await page.goto(
        guarded(lab, { "Content-Security-Policy": "frame-src 'self'" }),
      );
      await host.untilError("FRAME_BLOCKED");
      await host.untilPhase("failed");
      const { error } = (await host.snapshot()).status;
      expect(error?.remedy).toContain(`add ${instance} to frame-src`);
      await host.says(
        "The settings of this page block the phone.",
        "Try again",
      );
      expect(windows).toEqual([]);
      // The click does what it says, and ends as before.
      await host.prompt.getByRole("button").click();
      await expect.poll(() => host.times("ccpRebuilt")).toHaveLength(1);
      await host.untilPhase("failed");
      expect(windows).toEqual([]);
    },
  );

test(
  "a page whose policy is only reported, and one that blocks other frames, are left alone",
  { tag: "@ccp-blocked-by-page" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowBrowser(/Content Security Policy/);
    await beginIdpSession();
    const allowed = Object.values(lab.urls).map((url) => new URL(url).origin);
    await page.goto(
      guarded(lab, {
        "Content-Security-Policy-Report-Only": "frame-src 'none'",
        "Content-Security-Policy": `frame-src 'self' ${[...new Set(allowed)].join(" ")}`,
      }),
    );
    await page.evaluate(() => {
      const other = document.createElement("iframe");
      other.src = "http://ads.localhost:1/";
      document.body.append(other);
    });
    await host.untilPhase("ready");
    expect((await host.told()).join()).not.toContain("FRAME_BLOCKED");
    await host.follows(lab);
  },
);

for (const [coep, isolated] of [
  ["require-corp", false],
  ["require-corp", true],
  ["credentialless", true],
] as const)
  test(
    `a page with Cross-Origin-Embedder-Policy: ${coep} ${isolated ? "that is isolated" : "alone"} says so`,
    { tag: "@ccp-blocked-by-embedder-policy" },
    async ({ lab, page, host, noise, windows, beginIdpSession }) => {
      noise.allowBrowser(/ERR_BLOCKED_BY_RESPONSE/);
      await beginIdpSession();
      const url = guarded(lab, {
        "Cross-Origin-Embedder-Policy": coep,
        ...(isolated && { "Cross-Origin-Opener-Policy": "same-origin" }),
      });
      await page.goto(url);
      await host.untilError("FRAME_BLOCKED");
      await host.untilPhase("failed");
      const { error } = (await host.snapshot()).status;
      expect(error?.remedy).toContain("Cross-Origin-Embedder-Policy");
      expect(error?.remedy).toContain(lab.urls.instance);
      expect(windows).toEqual([]);
    },
  );

for (const [missing, what, way] of [
  ["idp", "the window comes soon", "popup"],
  ["signIn", "the window comes soon", "popup"],
  ["desk", "sign-in is done by then", "frame"],
] as const)
  test(
    `a page whose policy blocks ${missing} in the sign-in frame: ${what}, and the administrator is told`,
    { tag: "@sign-in-blocked-by-page" },
    async ({ lab, page, host, noise, windows, beginIdpSession }) => {
      noise.allowBrowser(/Content Security Policy/);
      await beginIdpSession();
      const { urls } = lab;
      const parties = { ...urls } as Record<string, string>;
      const origins = ["instance", "idp", "signIn", "console", "desk"]
        .filter((party) => party !== missing)
        .map((party) => new URL(parties[party]).origin);
      const policy = `frame-src ${origins.join(" ")}`;
      await page.goto(guarded(lab, { "Content-Security-Policy": policy }));
      await host.untilPhase("ready");
      const { events, status } = await host.snapshot();
      expect(status.way).toBe(way);
      expect(windows).toHaveLength(way === "popup" ? 1 : 0);
      const told = events.flatMap((event) =>
        event.type === "diagnostic" ? event.message : [],
      );
      const origin = new URL(parties[missing]).origin;
      expect(told).toEqual([
        expect.stringContaining(`add ${origin} to frame-src`),
      ]);
    },
  );

const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
