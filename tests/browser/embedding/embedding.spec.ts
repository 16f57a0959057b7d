import { fileURLToPath } from "node:url";
import type { Page, Route } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import type { HostPage } from "../support/host-page.js";

test.describe("an address that is not secure", () => {
  // A name that is not localhost: what the desk serves, as http://agent.example would.
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
        remedy: "Serve the page over https.",
      });
      await expect(page.locator("iframe")).toHaveCount(0);
      await expect(host.container).toBeEmpty();
      expect(lab.requests.map(({ party }) => party)).not.toContain("instance");
    },
  );
});

test.describe("in a sandboxed frame without allow-same-origin", () => {
  test(
    "FRAME_SANDBOXED is told where the module can be imported at all",
    { tag: "@frame-sandboxed" },
    async ({ lab, page }) => {
      // As a content delivery network serves it: every origin may import it. The wasm need not be loaded for that.
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
    "a host that serves the module to nobody else sees its own import fail",
    { tag: "@frame-sandboxed" },
    async ({ lab, page, noise }) => {
      noise.allow(/CORS policy/);
      noise.allowBrowser(/Failed to load resource/);
      mountSandboxed(lab);
      await frame(page, lab, "allow-scripts", "/sandboxed/");
      const inside = page.frameLocator("#frame").locator("body");
      // Not ours: no line of this module has run.
      await expect(inside).toHaveAttribute("data-outcome", "TypeError");
    },
  );
});

test.describe("in a sandboxed frame without allow-popups", () => {
  test.use({ popupBlocking: true });

  test(
    "a click says WINDOW_BLOCKED, and the remedy names the sandbox",
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

test.describe("Streams on the page", () => {
  test(
    "that is too old is told, and is not started",
    { tag: "@streams-too-old" },
    async ({ lab, page, host }) => {
      // 1.0 had initCCP, and none of what sign-in is told by.
      await page.goto(`${host.url}#wait`);
      await page.evaluate(() => {
        Object.assign(globalThis, {
          connect: {
            core: { initCCP: () => ((globalThis as any).called = 1) },
          },
        });
      });
      const failure = await host.open(lab.desk.config);
      expect(failure?.code).toBe("STREAMS_TOO_OLD");
      expect(failure?.remedy).toContain("2.0 or later");
      expect(await page.evaluate(() => (globalThis as any).called)).toBe(
        undefined,
      );
      await expect(host.container).toBeEmpty();
    },
  );

  test(
    "that the page's policy forbids is told, and allowed it opens",
    { tag: "@streams-blocked" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allowBrowser(/Content Security Policy/);
      await beginIdpSession();
      const { desk } = lab.urls;
      let policy = `script-src 'unsafe-inline' 'wasm-unsafe-eval' ${desk}/guarded/ ${desk}/softphone/`;
      lab.desk.mount("/guarded", (_req, res, next) => {
        res.set("Content-Security-Policy", policy);
        next();
      });
      lab.desk.mount("/guarded", PAGES);
      await page.goto(`${desk}/guarded/#wait`);
      const failure = await host.open(lab.desk.config);
      expect(failure?.code).toBe("STREAMS_LOAD_FAILED");
      expect(failure?.remedy).toContain("Content-Security-Policy");
      await expect(page.locator("iframe")).toHaveCount(0);

      policy += ` ${desk}/connect-streams-min.js`;
      await page.reload();
      expect(await host.open(lab.desk.config)).toBeUndefined();
      await host.untilPhase("ready");
    },
  );

  test(
    "loaded twice before the phone opens is told, and the phone works",
    { tag: "@streams-loaded-twice" },
    async ({ page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.goto(`${host.url}#wait`);
      await page.addScriptTag({ url: "/connect-streams-min.js" });
      await page.addScriptTag({ url: "/connect-streams-min.js?2" });
      await host.open();
      await host.untilPhase("ready");
      expect(await diagnostics(host)).toEqual([
        expect.stringContaining("2 script elements"),
      ]);
    },
  );

  test(
    "loaded once more while the phone is open is told, and the phone goes on",
    { tag: "@streams-loaded-twice" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.secret("a phone number", NUMBER);
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      expect(await diagnostics(host)).toEqual([]);
      await page.addScriptTag({ url: "/connect-streams-min.js?2" });
      await expect
        .poll(() => diagnostics(host))
        .toEqual([expect.stringContaining("a second copy")]);

      // It still hears of the agent, and of his contacts.
      const agent = lab.connect.agent("ada@example.com");
      agent.setState("Available");
      await expect.poll(() => stateOf(host)).toBe("Available");
      const call = lab.connect.call({
        username: "ada@example.com",
        from: NUMBER,
      });
      await expect.poll(() => stateOf(host)).toBe("PendingBusy");
      call.accept();
      await expect.poll(() => stateOf(host)).toBe("Busy");
      call.hangUp();
      call.clear();
      await expect.poll(() => stateOf(host)).toBe("Available");
      await host.untilPhase("ready");

      // A third one, and then the end: what is left is one whole library.
      await page.addScriptTag({ url: "/connect-streams-min.js?3" });
      await expect.poll(async () => (await diagnostics(host)).length).toBe(2);
      agent.setState("Lunch");
      await expect.poll(() => stateOf(host)).toBe("Lunch");
      noise.allowSecondInit();
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect(host.body).toHaveAttribute("data-outcome", "ok");
      await expect(page.locator("iframe")).toHaveCount(0);
      await page.getByRole("button", { name: "Open the phone" }).click();
      await host.untilPhase("ready");
      agent.setState("Available");
      await expect.poll(() => stateOf(host)).toBe("Available");
    },
  );
});

test(
  "Streams that throws is told with what it threw, and another try may succeed",
  { tag: "@streams-fails" },
  async ({ page, host, beginIdpSession }) => {
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    await page.evaluate(() => {
      const { core } = window.connect as any;
      const { initCCP } = core;
      core.initCCP = () => {
        core.initCCP = initCCP;
        throw "not today";
      };
      document.getElementById("open")?.click();
    });
    await expect(host.body).toHaveAttribute("data-outcome", "STREAMS_FAILED");
    const failure = await page.evaluate(() => {
      const { cause, remedy } = globalThis.host.error as any;
      return { cause, remedy };
    });
    expect(failure.cause).toBe("not today");
    expect(failure.remedy).toContain("streams.options");
    await expect(host.container).toBeEmpty();

    await page.getByRole("button", { name: "Open the phone" }).click();
    await host.untilPhase("ready");
  },
);

test(
  "a wasm that is missing is told, and another try may succeed",
  { tag: "@module-blocked" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/status of 404/);
    noise.allowBrowser(/status of 404|WebAssembly/);
    const wasm = "/softphone/connect_softphone_bg.wasm";
    lab.desk.missing.add(wasm);
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    const failure = await host.open();
    expect(failure?.code).toBe("MODULE_LOAD_FAILED");
    expect(failure?.remedy).toContain("connect_softphone_bg.wasm");
    await expect(host.container).toBeEmpty();
    lab.desk.missing.delete(wasm);
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test("a wasm that was missing at the page's start is asked for again by the first call", async ({
  lab,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.allow(/status of 404/);
  noise.allowBrowser(/status of 404|WebAssembly/);
  const wasm = "/softphone/connect_softphone_bg.wasm";
  lab.desk.missing.add(wasm);
  await beginIdpSession();
  const refused = page.waitForResponse(`**${wasm}`);
  await page.goto(`${host.url}#wait`);
  expect((await refused).status()).toBe(404);
  lab.desk.missing.delete(wasm);
  expect(await host.open()).toBeUndefined();
  await host.untilPhase("ready");
});

test(
  "a CCP that the page made itself is CCP_EXISTS; once it is gone the phone opens",
  { tag: "@ccp-exists" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    await page.evaluate((ccpUrl) => {
      const other = document.createElement("div");
      other.id = "other";
      document.body.append(other);
      (window.connect as any).core.initCCP(other, {
        ccpUrl,
        loginPopup: false,
      });
    }, lab.urls.ccp);
    const failure = await host.open();
    expect(failure?.code).toBe("CCP_EXISTS");
    expect(failure?.remedy).toContain("initCCP");
    await expect(host.container).toBeEmpty();
    await expect(page.locator("iframe")).toHaveCount(1);
    // The page's own is not touched, and asking again says the same.
    expect((await host.open())?.code).toBe("CCP_EXISTS");

    await page.evaluate(() => {
      (window.connect as any).core.terminate();
      document.getElementById("other")?.remove();
    });
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "opened for another instance while one is open is ALREADY_OPEN; after close() it opens",
  { tag: "@opened-for-another-instance" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const { instance } = lab.urlsOf("one");
    const other = { ...lab.desk.config, instanceUrl: instance };
    const failure = await host.open(other);
    expect(failure?.code).toBe("ALREADY_OPEN");
    expect(failure?.remedy).toContain("close()");
    await expect(page.locator("iframe")).toHaveCount(1);
    lab.connect.agent("ada@example.com").setState("Lunch");
    await expect.poll(() => stateOf(host)).toBe("Lunch");

    await page.getByRole("button", { name: "Close the phone" }).click();
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test.describe("the container", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  test(
    "that leaves the page is told, and back in it the phone works again",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      const gone = await expectStatus(host, "failed");
      expect(gone.error?.code).toBe("CONTAINER_REMOVED");
      expect(gone.error?.message).toBe("The phone was removed from this page.");
      expect(gone.error?.remedy).toContain("close()");
      const { agent } = await host.snapshot();
      expect(agent).toBeNull();
      await expect(page.locator("iframe")).toHaveCount(0);

      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await host.untilPhase("ready");
      await expect(host.container).not.toHaveAttribute(ERROR);
      await expect(page.locator("iframe")).toHaveCount(1);
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => stateOf(host)).toBe("Available");
    },
  );

  test(
    "that leaves the page during sign-in, and comes back, signs in",
    { tag: "@container-removed" },
    async ({ page, lab, host, windows, noise }) => {
      noise.allowSecondInit();
      lab.desk.config.signIn = { ways: ["popup"] };
      lab.idp.endSessions();
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1);
      await windows[0].getByLabel("User name").waitFor();
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await expect.poll(() => windows.length).toBe(2);
      await windows[1].getByLabel("User name").fill("ada@example.com");
      await windows[1].getByLabel("Password").fill("lab");
      await windows[1].getByRole("button", { name: "Sign in" }).click();
      await host.untilPhase("ready");
    },
  );

  test(
    "that is moved in one go loses its CCP, which is made anew",
    { tag: "@container-moved" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() => {
        const elsewhere = document.createElement("main");
        document.body.prepend(elsewhere);
        elsewhere.append(document.getElementById("softphone") as HTMLElement);
      });
      await expect
        .poll(async () =>
          (await host.snapshot()).timeline.map(({ what }) => what),
        )
        .toContain("ccpRebuilt");
      await host.untilPhase("ready");
      await expect(page.locator("main #softphone iframe")).toHaveCount(1);
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => stateOf(host)).toBe("Available");
    },
  );

  test(
    "that leaves the page during a call comes back with the call",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.secret("a phone number", NUMBER);
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      const call = lab.connect.call({
        username: "ada@example.com",
        from: NUMBER,
      });
      await expect.poll(() => stateOf(host)).toBe("PendingBusy");
      call.accept();
      await expect.poll(() => stateOf(host)).toBe("Busy");
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await host.untilPhase("ready");
      await expect.poll(() => stateOf(host)).toBe("Busy");
      expect(call.state).toBe("connected");
    },
  );

  test(
    "may stand in a shadow root, where it is missed as well",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(`${host.url}#wait`);
      await page.evaluate(() => {
        const shell = document.createElement("section");
        shell.id = "shell";
        const container = document.getElementById("softphone") as HTMLElement;
        document.body.append(shell);
        shell.attachShadow({ mode: "open" }).append(container);
        document.getElementById = () => container;
      });
      expect(await host.open()).toBeUndefined();
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => stateOf(host)).toBe("Available");

      // A single-page app takes its shell out, and the container with it.
      await page.evaluate(() => {
        const shell = document.querySelector("#shell");
        Object.assign(globalThis, { shell });
        shell?.remove();
      });
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).shell),
      );
      await host.untilPhase("ready");
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect(host.body).toHaveAttribute("data-outcome", "ok");
      await expect(page.locator("iframe")).toHaveCount(0);
    },
  );
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

/** A host that tells what it sees, and imports when it runs. */
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

/** Answers as the lab's desk does, whatever the name that was asked for. */
async function serve(route: Route, lab: Lab) {
  const { pathname } = new URL(route.request().url());
  const { host } = new URL(lab.urls.desk);
  const response = await route.fetch({
    // Node does not know the names.
    url: `http://127.0.0.1:${lab.port}${pathname}`,
    headers: { ...route.request().headers(), host },
  });
  await route.fulfill({ response });
}

async function diagnostics(host: HostPage) {
  const { events } = await host.snapshot();
  return events.flatMap((event) =>
    event.type === "diagnostic" ? event.message : [],
  );
}

async function stateOf(host: HostPage) {
  return (await host.snapshot()).agent?.state;
}

/** The status once it is in that phase; for a container that is not in the page. */
async function expectStatus(host: HostPage, phase: string) {
  await expect
    .poll(async () => (await host.snapshot()).status.phase)
    .toBe(phase);
  return (await host.snapshot()).status;
}

const PHASE = "data-softphone-phase";
const ERROR = "data-softphone-error";
const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
const NUMBER = "+15550100";
const SANDBOX_ENOUGH =
  "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";
