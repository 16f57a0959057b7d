import type { Page, Route } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";

test.describe("an address that is not secure", () => {
  // What the desk serves, under a name that is not localhost.
  test(
    "is refused with INSECURE_CONTEXT, before anything is loaded from Amazon",
    { tag: "@insecure-context" },
    async ({ lab, page, host }) => {
      await page.route("http://agent.example/**", (route) => serve(route, lab));
      await page.goto("http://agent.example/host/#wait");
      expect(await page.evaluate(() => isSecureContext)).toBe(false);
      const failure = await host.open(lab.desk.config);
      expect(failure).toMatchObject({
        name: "SoftphoneError",
        code: "INSECURE_CONTEXT",
        remedy: "Serve the page over HTTPS.",
      });
      await expect(page.locator("iframe")).toHaveCount(0);
      await expect(host.container).toBeEmpty();
      expect(lab.requests.map(({ party }) => party)).not.toContain("instance");
    },
  );
});

test.describe("in a sandboxed frame without allow-same-origin", () => {
  test(
    "FRAME_SANDBOXED is reported wherever the module can be imported at all",
    { tag: "@frame-sandboxed" },
    async ({ lab, page }) => {
      // Served as by a content delivery network: every origin may import it. The wasm is not needed for that.
      allowImport(lab);
      await frame(page, lab, "allow-scripts", "/sandboxed/");
      const inside = page.frameLocator("#frame").locator("body");
      await expect(inside).toHaveAttribute("data-outcome", "FRAME_SANDBOXED");
      await expect(inside).toContainText(
        "the page around it does not allow it",
      );
      await expect(inside).toContainText("allow-same-origin");
      const paths = lab.requests.map(({ path }) => path);
      expect(paths).not.toContain("/softphone/connect_softphone_bg.wasm");
      expect(lab.requests.map(({ party }) => party)).not.toContain("instance");
    },
  );

  test(
    "a host that does not serve the module to other origins sees its import fail",
    { tag: "@frame-sandboxed" },
    async ({ lab, page, noise }) => {
      noise.allow(/CORS policy/);
      noise.allowBrowser(/Failed to load resource/);
      mountSandboxed(lab);
      await frame(page, lab, "allow-scripts", "/sandboxed/");
      const inside = page.frameLocator("#frame").locator("body");
      // The browser's own error: no line of this module has run.
      await expect(inside).toHaveAttribute("data-outcome", "TypeError");
    },
  );
});

test.describe("in a sandboxed frame without allow-popups", () => {
  test.use({ popupBlocking: true });

  test(
    "a click reports WINDOW_BLOCKED, and the remedy names the sandbox",
    { tag: "@frame-without-popups" },
    async ({ lab, page, windows, noise, beginIdpSession }) => {
      noise.allowBrowser(/Blocked opening .* in a new window/);
      lab.desk.config.signIn = { ways: ["popup"] };
      await beginIdpSession();
      await frame(page, lab, "allow-scripts allow-same-origin", "/host/");
      const inside = page.frameLocator("#frame");
      const softphone = inside.locator("#softphone");
      await expect(softphone).toHaveAttribute(PHASE, "signInNeeded");
      await expect(softphone).not.toHaveAttribute(ERROR);
      await inside
        .getByRole("button", { name: "Sign in", exact: true })
        .click();
      await expect(softphone).toHaveAttribute(ERROR, "WINDOW_BLOCKED");
      await expect(softphone).toHaveAttribute(PHASE, "signInNeeded");
      await expect(softphone).toContainText("blocked the sign-in window");
      const remedy = await inside
        .locator("body")
        .evaluate(() => globalThis.host.phone?.status.error?.remedy);
      expect(remedy).toContain("allow-popups");
      expect(windows).toEqual([]);
    },
  );
});

test("in a sandboxed frame that allows windows the phone works", async ({
  lab,
  page,
  windows,
  beginIdpSession,
}) => {
  lab.desk.config.signIn = { ways: ["popup"] };
  await beginIdpSession();
  await frame(page, lab, SANDBOX_ENOUGH, "/host/");
  const softphone = page.frameLocator("#frame").locator("#softphone");
  await expect(softphone).toHaveAttribute(PHASE, "ready");
  await expect.poll(() => windows.length).toBe(1);
  await expect.poll(() => windows[0].isClosed()).toBe(true);
});

/** Opens a page that frames `path` of the desk with that `sandbox`. */
async function frame(page: Page, lab: Lab, sandbox: string, path: string) {
  lab.desk.mount("/around", (_req, res) => {
    const link = '<link rel="icon" href="data:," />';
    res
      .type("html")
      .send(
        `<!doctype html>${link}<iframe id="frame" sandbox="${sandbox}" src="${path}" width="800" height="600"></iframe>`,
      );
  });
  await page.goto(`${lab.urls.desk}/around`);
}

/** A host page that imports the module when it runs, and shows what became of that. */
function mountSandboxed(lab: Lab) {
  lab.desk.mount("/sandboxed", (_req, res) => {
    res.type("html").send(`<!doctype html>
<link rel="icon" href="data:," />
<body><script type="importmap">
  { "imports": { "connect-softphone": "/softphone/index.js" } }
</script>
<script>
  import("connect-softphone")
    .then(({ openSoftphone }) => openSoftphone(document.body, {}))
    .catch((error) => {
      document.body.append(error.message + " " + error.remedy);
      document.body.dataset.outcome = error.code ?? error.name;
    });
</script>`);
  });
}

function allowImport(lab: Lab) {
  lab.desk.mount("/softphone", (_req, res, next) => {
    res.set("Access-Control-Allow-Origin", "*");
    next();
  });
  mountSandboxed(lab);
}

/** Answers as the lab's desk does, whatever the host name. */
async function serve(route: Route, lab: Lab) {
  const { pathname } = new URL(route.request().url());
  const { host } = new URL(lab.urls.desk);
  const response = await route.fetch({
    // Node does not resolve the lab's names.
    url: `http://127.0.0.1:${lab.port}${pathname}`,
    headers: { ...route.request().headers(), host },
  });
  await route.fulfill({ response });
}

const PHASE = "data-softphone-phase";
const ERROR = "data-softphone-error";
const SANDBOX_ENOUGH =
  "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";
