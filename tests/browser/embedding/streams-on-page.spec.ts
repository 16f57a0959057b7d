import { fileURLToPath } from "node:url";
import { expect, test } from "../support/fixtures.js";
import type { HostPage } from "../support/host-page.js";

test.describe("Streams on the page", () => {
  test(
    "that is too old is reported, and not started",
    { tag: "@streams-too-old" },
    async ({ lab, page, host }) => {
      // 1.0 had initCCP, but none of the events that sign-in depends on.
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
    "that the page's policy forbids is reported; once it is allowed, the phone opens",
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
      expect(failure?.remedy).toContain("to script-src");
      await expect(page.locator("iframe")).toHaveCount(0);

      policy += ` ${desk}/connect-streams-min.js`;
      await page.reload();
      expect(await host.open(lab.desk.config)).toBeUndefined();
      await host.untilPhase("ready");
    },
  );

  test(
    "that was loaded twice before the phone opens is reported, and the phone works",
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
    "that is loaded again while the phone is open is reported, and the phone keeps working",
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

      // It is still told about the agent and their contacts.
      const agent = lab.connect.agent("ada@example.com");
      agent.setState("Available");
      await expect.poll(() => host.agentState()).toBe("Available");
      const call = lab.connect.call({
        username: "ada@example.com",
        from: NUMBER,
      });
      await expect.poll(() => host.agentState()).toBe("PendingBusy");
      call.accept();
      await expect.poll(() => host.agentState()).toBe("Busy");
      call.hangUp();
      call.clear();
      await expect.poll(() => host.agentState()).toBe("Available");
      await host.untilPhase("ready");

      // A third one, then close: what remains is one complete library.
      await page.addScriptTag({ url: "/connect-streams-min.js?3" });
      await expect.poll(async () => (await diagnostics(host)).length).toBe(2);
      agent.setState("Lunch");
      await expect.poll(() => host.agentState()).toBe("Lunch");
      noise.allowSecondInit();
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect(host.body).toHaveAttribute("data-outcome", "ok");
      await expect(page.locator("iframe")).toHaveCount(0);
      await page.getByRole("button", { name: "Open the phone" }).click();
      await host.untilPhase("ready");
      agent.setState("Available");
      await expect.poll(() => host.agentState()).toBe("Available");
    },
  );
});

test(
  "what Streams throws is reported, and another attempt may succeed",
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
  "a CCP that the page itself created is CCP_EXISTS; once it is gone, the phone opens",
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
    expect(failure?.remedy).toContain(lab.urls.instance);
    await expect(host.container).toBeEmpty();
    await expect(page.locator("iframe")).toHaveCount(1);
    // The page's own CCP is not touched, and a second attempt says the same.
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
  "a frame of the page that only has the CCP's name is told apart, and named by its origin",
  { tag: "@ccp-exists" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/404/);
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { name: "Amazon Connect CCP", id: "other", src });
      document.body.append(frame);
    }, `${lab.urls.idp}/nothing?token=secret`);
    const failure = await host.open();
    expect(failure?.code).toBe("CCP_EXISTS");
    expect(failure?.remedy).toContain(lab.urls.idp);
    expect(failure?.remedy).not.toContain("token");
    expect(failure?.remedy).toContain("another name");

    await page.evaluate(() => document.getElementById("other")?.remove());
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "what an earlier softphone could not take along is no hindrance",
  { tag: "@ccp-exists" },
  async ({ page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    // Streams fails to end it, and the page has kept a copy of what was in the container.
    await page.evaluate(async () => {
      const { connect } = globalThis as any;
      const { terminate } = connect.core;
      connect.core.terminate = () => {
        throw new Error("not today");
      };
      const container = document.getElementById("softphone") as HTMLElement;
      const copy = container.firstElementChild?.cloneNode(true) as HTMLElement;
      await globalThis.host.phone?.close();
      connect.core.terminate = terminate;
      container.append(copy);
    });
    await expect(page.locator("iframe")).toHaveCount(1);
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
    await expect(page.locator("iframe")).toHaveCount(1);
  },
);

test(
  "another instance after the first one in the same page: what does not work is told at once",
  { tag: "@opened-for-another-instance" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    expect(await diagnostics(host)).toEqual([]);
    const close = page.getByRole("button", { name: "Close the phone" });
    await close.click();
    await host.untilPhase("closed");

    const { instance } = lab.urlsOf("one");
    const other = { ...lab.desk.config, instanceUrl: instance };
    expect(await host.open(other)).toBeUndefined();
    expect(await diagnostics(host)).toEqual([
      expect.stringMatching(
        new RegExp(`${lab.urls.instance}.*network status, inactivity warnings`),
      ),
    ]);
    await close.click();
    await host.untilPhase("closed");

    // The first instance is what the provider is for.
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
    expect(await diagnostics(host)).toHaveLength(1);
  },
);

async function diagnostics(host: HostPage) {
  const { events } = await host.snapshot();
  return events.flatMap((event) =>
    event.type === "diagnostic" ? event.message : [],
  );
}

const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
const NUMBER = "+15550100";
