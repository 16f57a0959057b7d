import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import type { Failure } from "../support/host-page.js";

/** A page with plain scripts only, under this policy. */
function mounted(lab: Lab, policy: string) {
  lab.desk.mount("/classic", (_req, res) => {
    res.set("Content-Security-Policy", policy).type("html").send(PAGE);
  });
  return `${lab.urls.desk}/classic/`;
}

/** Opens the phone by the script's global, and returns the error if it does not open. */
function open(page: Page, config: unknown) {
  return page.evaluate(async (given) => {
    const { openSoftphone, SoftphoneError } = globalThis.connectSoftphone;
    const container = document.getElementById("softphone") as HTMLElement;
    try {
      await openSoftphone(container, given as never);
      return undefined;
    } catch (error) {
      const { code, remedy } = error as Failure;
      return { code, remedy, ours: error instanceof SoftphoneError };
    }
  }, config);
}

test("the classic build opens the phone under a strict policy, and loads nothing more", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  const { instance, idp, signIn, console: aws, desk } = lab.urls;
  const parties = [instance, idp, signIn, aws, desk].map(
    (url) => new URL(url).origin,
  );
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `frame-src ${parties.join(" ")}`,
    "img-src data:",
  ];
  await page.goto(mounted(lab, policy.join("; ")));
  expect(await open(page, lab.desk.config)).toBeUndefined();
  await host.untilPhase("ready");
  const paths = lab.requests.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/softphone/"))).toEqual([
    "/softphone/connect-softphone.inline.js",
  ]);
});

test(
  "a policy that blocks the wasm in the classic build: the remedy names it",
  { tag: "@module-blocked" },
  async ({ lab, page, noise }) => {
    noise.allowBrowser(/Content Security Policy|WebAssembly/);
    await page.goto(mounted(lab, "script-src 'self'"));
    expect(await open(page, lab.desk.config)).toEqual({
      code: "MODULE_LOAD_FAILED",
      remedy: expect.stringContaining("add 'wasm-unsafe-eval' to script-src"),
      ours: true,
    });
  },
);

test("the classic build reads a number as people write it", async ({
  lab,
  page,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(mounted(lab, "script-src 'self' 'wasm-unsafe-eval'"));
  const number = await page.evaluate(async (config) => {
    const container = document.getElementById("softphone") as HTMLElement;
    const { openSoftphone } = globalThis.connectSoftphone;
    const phone = await openSoftphone(container, config as never);
    await phone.ready;
    const contact = await phone.dial("(206) 555-0100");
    return contact.customer?.number;
  }, lab.desk.config);
  expect(number).toBe("+12065550100");
});

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Plain scripts</title>
    <link rel="icon" href="data:," />
    <script src="/softphone/connect-softphone.inline.js"></script>
    <script src="/connect-streams-min.js"></script>
  </head>
  <body>
    <div id="softphone"></div>
  </body>
</html>`;
