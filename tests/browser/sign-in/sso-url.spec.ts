import { expect, test } from "../support/fixtures.js";
import { initCalls, recordStreams } from "../support/recorder.js";
import type { HostPage } from "../support/host-page.js";
import type { Lab } from "../../lab/lab.js";
import type { Page } from "@playwright/test";

// The host's ten seconds are waited for.
test.use({ slowness: 1 });

test("a host is asked for a URL of its own for the frame and for the window", async ({
  lab,
  page,
  host,
  noise,
  windows,
  beginIdpSession,
}) => {
  noise.allow(
    /Refused to display|X-Frame-Options|net::ERR_BLOCKED_BY_RESPONSE/,
  );
  await recordStreams(lab);
  lab.idp.framing = false;
  await beginIdpSession();
  const tokens: string[] = [];
  page.context().on("request", (request) => {
    // Not those of Amazon Connect, which has tokens of its own.
    if (!request.url().startsWith(lab.urls.idp)) return;
    const token = /[?&]token=(\d+)/.exec(request.url());
    if (token) tokens.push(token[1]);
  });
  await page.goto(`${host.url}#wait`);
  await openAsking(page, lab, "count");
  await host.untilPhase("ready");
  expect((await host.snapshot()).status.way).toBe("popup");
  await expect.poll(() => windows.every((it) => it.isClosed())).toBe(true);
  expect(windows).toHaveLength(1);
  // One token for each.
  expect(new Set(tokens)).toEqual(new Set(["1", "2"]));
  const [{ parameters }] = await initCalls(page);
  expect(parameters).not.toHaveProperty("loginUrl");
  const all = (await host.report()) + JSON.stringify(await host.snapshot());
  expect(all).not.toContain("token");
});

test("a promise is used as it is", async ({
  lab,
  page,
  host,
  windows,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  await openAsking(page, lab, "promise");
  await host.untilPhase("ready");
  expect((await host.snapshot()).status.way).toBe("frame");
  expect(windows).toEqual([]);
});

for (const [what, cause] of [
  ["throws", "the broker is down: secret"],
  ["rejects", "the broker is down: secret"],
  ["nothing", /ssoLoginUrl: found nothing/],
  ["a script", /ssoLoginUrl: found a URL with the scheme/],
] as const)
  test(
    `a host that gives no URL is told (${what}), and asked again by a click`,
    { tag: "@sso-url-failed" },
    async ({ lab, page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.goto(`${host.url}#wait`);
      await openAsking(page, lab, what);
      await host.untilError("SSO_URL_FAILED");
      await host.untilPhase("failed");
      await host.says("Sign-in could not be started.", "Try again");
      const rejected = await signInFails(page);
      expect(rejected.code).toBe("SSO_URL_FAILED");
      expect(rejected.cause).toMatch(cause);
      expect(await host.report()).not.toContain("secret");
      await mend(page, host);
    },
  );

test(
  "a host that never answers is told after ten seconds, and its late answer changes nothing",
  { tag: "@sso-url-failed" },
  async ({ lab, page, host, windows, beginIdpSession }) => {
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await openAsking(page, lab, "never");
    await host.untilPhase("signingIn");
    await expect(host.container).toHaveAttribute(
      "data-softphone-error",
      "SSO_URL_FAILED",
      { timeout: 20_000 },
    );
    await page.evaluate(() => (globalThis as any).answerLate());
    await host.untilPhase("failed");
    expect(windows).toEqual([]);
    await mend(page, host);
  },
);

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  test("the window opens blank inside the click, and goes on when the host has answered", async ({
    lab,
    page,
    phaseLog,
    windows,
    beginIdpSession,
  }) => {
    const answers: ((url: string) => void)[] = [];
    lab.desk.mount("/broker/", (_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(BROKER.replace("INSTANCE", lab.urls.instance));
    });
    lab.desk.mount("/token", (_request, response) => {
      answers.push((url) => response.end(url));
    });
    await beginIdpSession();
    await page.goto(`${lab.urls.desk}/broker/`);
    await phaseLog.until("phase=signInNeeded");
    expect(answers).toHaveLength(0); // No token for a window that is blocked.

    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => answers.length).toBe(1);
    await expect.poll(() => windows.length).toBe(1);
    expect(windows[0].url()).toBe("about:blank");
    answers[0]("the broker is out of order");
    await phaseLog.until("error=SSO_URL_FAILED");
    await expect.poll(() => windows[0].isClosed()).toBe(true);

    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => answers.length).toBe(2);
    answers[1](lab.urls.ssoLogin);
    await phaseLog.until("phase=ready");
    await expect.poll(() => windows.length).toBe(2);
    await expect.poll(() => windows[1].isClosed()).toBe(true);
  });
});

/** Opens the phone with a host that answers in that way. */
function openAsking(page: Page, lab: Lab, how: string) {
  return page.evaluate(
    async ({ config, how, url }) => {
      const site = globalThis as any;
      let asked = 0;
      site.good = false;
      const answer = (): unknown => {
        asked += 1;
        if (how === "count") return Promise.resolve(`${url}&token=${asked}`);
        if (site.good) return url;
        if (how === "throws") throw new Error("the broker is down: secret");
        if (how === "rejects")
          return Promise.reject(new Error("the broker is down: secret"));
        if (how === "never")
          return new Promise((resolve) => {
            site.answerLate = () => resolve(url);
          });
        return how === "a script" ? "javascript:alert(1)" : undefined;
      };
      const ssoLoginUrl = how === "promise" ? Promise.resolve(url) : answer;
      await site.host.open({ ...config, ssoLoginUrl });
    },
    { config: lab.desk.config as object, how, url: lab.urls.ssoLogin },
  );
}

/** What `signIn()` rejects with. */
function signInFails(page: Page): Promise<{ code: string; cause: string }> {
  return page.evaluate(async () => {
    const { phone } = globalThis.host;
    const error: any = await phone?.signIn().catch((error) => error);
    return { code: error.code, cause: String(error.cause?.message) };
  });
}

/** From now on the host answers, and a click signs in. */
async function mend(page: Page, host: HostPage) {
  await page.evaluate(() => ((globalThis as any).good = true));
  await page.getByRole("button", { name: "Try again" }).click();
  await host.untilPhase("ready");
}

const BROKER = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Broker</title></head>
  <body>
    <div id="softphone" style="width: 400px; height: 600px"></div>
    <script src="/connect-streams-min.js"></script>
    <script type="module">
      import { openSoftphone } from "/softphone/index.js";
      await openSoftphone(document.getElementById("softphone"), {
        instanceUrl: "INSTANCE",
        signIn: { ways: ["popup"] },
        ssoLoginUrl: async () => (await fetch("/token")).text(),
      });
    </script>
  </body>
</html>
`;
