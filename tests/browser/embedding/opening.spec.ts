import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import {
  heldResources,
  watchHeldResources,
} from "../support/held-resources.js";

test.beforeEach(async ({ context, page, host, noise, beginIdpSession }) => {
  noise.allowSecondInit();
  await watchHeldResources(context);
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
});

for (const streams of ["on the page", "to be loaded"]) {
  test(
    `React's StrictMode (open, clean up, open in one tick) ends with one phone, with Streams ${streams}`,
    { tag: "@opened-and-cleaned-up" },
    async ({ lab, page, host }) => {
      if (streams === "on the page")
        await page.addScriptTag({ url: "/connect-streams-min.js" });
      await page.evaluate(async () => {
        const config = await (await fetch("./config.json")).json();
        const container = document.getElementById("softphone") as HTMLElement;
        const { openSoftphone } = globalThis.host as any;
        const mount = () => {
          let gone = false;
          const opened: Promise<any> = openSoftphone(container, config);
          opened.then((phone) => {
            if (gone) void phone.close();
            else globalThis.host.phone = phone;
          });
          return {
            opened,
            unmount: () => (gone = true),
          };
        };
        const first = mount();
        first.unmount();
        const second = mount();
        await Promise.all([first.opened, second.opened]);
        const { phone } = globalThis.host;
        phone?.on("agentChanged", (event) =>
          globalThis.host.events.push(event),
        );
      });
      await host.untilPhase("ready");
      await expect(page.locator("iframe")).toHaveCount(1);
      await host.follows(lab);
    },
  );

  test(
    `a signal that is aborted cancels the opening, with Streams ${streams}`,
    { tag: "@opening-aborted" },
    async ({ page, host }) => {
      if (streams === "on the page")
        await page.addScriptTag({ url: "/connect-streams-min.js" });
      const before = await heldResources(page);
      for (const when of ["before", "in the same tick", "a tick later"]) {
        const thrown = await opened(page, when);
        expect(thrown, when).toEqual({
          name: "SoftphoneError",
          code: "CLOSED",
          cause: "the agent went elsewhere",
        });
      }
      expect(await host.open()).toBeUndefined();
      await host.untilPhase("ready");
      await expect(page.locator("iframe")).toHaveCount(1);
      await page.getByRole("button", { name: "Close the phone" }).click();
      await host.untilPhase("closed");
      if (streams === "on the page")
        expect(await heldResources(page)).toEqual(before);
    },
  );
}

test(
  "StrictMode with a signal: the first opening is given up, and the second one opens at once",
  { tag: "@opening-aborted" },
  async ({ page, host }) => {
    const first = await page.evaluate(async () => {
      const config = await (await fetch("./config.json")).json();
      const container = document.getElementById("softphone") as HTMLElement;
      const { openSoftphone } = globalThis.host as any;
      const controller = new AbortController();
      const given = { ...config, signal: controller.signal };
      const code = (error: { code: string }) => error.code;
      const first = openSoftphone(container, given).then(() => "opened", code);
      controller.abort();
      globalThis.host.phone = await openSoftphone(container, config);
      return first;
    });
    expect(first).toBe("CLOSED");
    await host.untilPhase("ready");
    await expect(page.locator("iframe")).toHaveCount(1);
  },
);

test(
  "a signal that is aborted later closes the phone",
  { tag: "@opening-aborted" },
  async ({ page, host }) => {
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const before = await heldResources(page);
    await page.evaluate(async () => {
      const config = await (await fetch("./config.json")).json();
      const controller = new AbortController();
      Object.assign(globalThis.host, { controller });
      await globalThis.host.open({ ...config, signal: controller.signal });
    });
    await host.untilPhase("ready");
    await page.evaluate(() => (globalThis.host as any).controller.abort());
    await host.untilPhase("closed");
    expect(await heldResources(page)).toEqual(before);
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "a second call waits only while the first one is opening; then it is ALREADY_OPEN",
  { tag: "@opened-twice" },
  async ({ page, host }) => {
    const codes = await page.evaluate(async () => {
      const config = await (await fetch("./config.json")).json();
      const container = document.getElementById("softphone") as HTMLElement;
      const { openSoftphone } = globalThis.host as any;
      const open = () =>
        openSoftphone(container, config).then(
          (phone: any) => {
            globalThis.host.phone = phone;
            return "opened";
          },
          (error: { code: string }) => error.code,
        );
      const together = await Promise.all([open(), open(), open()]);
      return [...together, await open()];
    });
    expect(codes).toEqual([
      "opened",
      "ALREADY_OPEN",
      "ALREADY_OPEN",
      "ALREADY_OPEN",
    ]);
    await host.untilPhase("ready");
  },
);

test("the phone's methods work without it", async ({ page, host }) => {
  expect(await host.open()).toBeUndefined();
  await host.untilPhase("ready");
  const found = await page.evaluate(async () => {
    const { phone } = globalThis.host;
    if (!phone) throw new Error("the phone is not open");
    const { on, signIn, signOut, stayActive, devices } = phone;
    const { report, timeline, close } = phone;
    const phases: string[] = ["ready"];
    const off = on("statusChanged", ({ status: { phase } }) => {
      if (phase !== phases.at(-1)) phases.push(phase);
    });
    const code = (error: { code: string }) => error.code;
    await signIn();
    await stayActive();
    await devices().catch(code);
    const wrong = await signOut({ wrong: true } as object).catch(code);
    const said = [report().includes("ready"), timeline().length > 3];
    await close();
    off();
    return { wrong, said, phases };
  });
  expect(found).toEqual({
    wrong: "ARGUMENT_INVALID",
    said: [true, true],
    phases: ["ready", "closed"],
  });
});

/** The orders in which hosts take a phone down. */
const CLOSINGS = [
  [
    "before its container is removed",
    (phone: any, container: HTMLElement) => {
      phone.close();
      container.remove();
    },
  ],
  [
    "after its container was removed",
    (phone: any, container: HTMLElement) => {
      container.remove();
      phone.close();
    },
  ],
  [
    "a while after its container was removed",
    async (phone: any, container: HTMLElement) => {
      container.remove();
      await new Promise((resolve) => setTimeout(resolve, 50));
      phone.close();
    },
  ],
  [
    "twice",
    (phone: any) => {
      phone.close();
      phone.close();
    },
  ],
  ["by Symbol.dispose", (phone: any) => phone[(Symbol as any).dispose]()],
  [
    "by Symbol.asyncDispose",
    (phone: any) => phone[(Symbol as any).asyncDispose](),
  ],
] as const;

test("a phone leaves nothing behind, however it is closed", async ({
  page,
  host,
}) => {
  await page.addScriptTag({ url: "/connect-streams-min.js" });
  const before = await heldResources(page);
  for (const [order, close] of CLOSINGS) {
    expect(await host.open(), order).toBeUndefined();
    await host.untilPhase("ready");
    const after = await page.evaluate(async (close) => {
      const { phone } = globalThis.host;
      const container = document.getElementById("softphone") as HTMLElement;
      await new Function(`return ${close}`)()(phone, container);
      document.body.append(container);
      return { phase: phone?.status.phase, free: "free" in Object(phone) };
    }, String(close));
    expect(after, order).toEqual({ phase: "closed", free: false });
    expect(await heldResources(page), order).toEqual(before);
  }
  expect(await host.open()).toBeUndefined();
  await host.untilPhase("ready");
});

/** What openSoftphone rejects with when its signal is aborted `when`. */
function opened(page: Page, when: string) {
  return page.evaluate(async (when) => {
    const config = await (await fetch("./config.json")).json();
    const container = document.getElementById("softphone") as HTMLElement;
    const controller = new AbortController();
    const abort = () => controller.abort("the agent went elsewhere");
    if (when === "before") abort();
    const { openSoftphone } = globalThis.host as any;
    const opened = openSoftphone(container, {
      ...config,
      signal: controller.signal,
    });
    if (when === "in the same tick") abort();
    if (when === "a tick later") queueMicrotask(abort);
    try {
      await opened;
      return undefined;
    } catch (error: any) {
      return { name: error.name, code: error.code, cause: error.cause };
    }
  }, when);
}
