import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test as base } from "../support/fixtures.js";
import {
  MicrophonePermission,
  type PermissionState,
} from "../support/microphone-permission.js";

interface Fixtures {
  /** The page with the class, not watching yet. */
  mic: MicrophonePage;
}

/** The class by itself: no phone, no Amazon Connect. What is wrong when, the core's tests tell (microphone.rs). */
const test = base.extend<Fixtures>({
  mic: async ({ page, lab }, use) => {
    lab.desk.mount("/microphone/microphone.js", (_req, res) =>
      res.sendFile(SOURCE),
    );
    lab.desk.mount("/microphone", (req, res, next) => {
      if (req.query.forbidden !== undefined)
        res.set("Permissions-Policy", "microphone=()");
      next();
    });
    lab.desk.mount("/microphone", PAGES);
    const permission = await MicrophonePermission.of(page, lab.urls.desk);
    const mic = new MicrophonePage(page, lab.urls.desk, permission);
    await mic.permission("prompt");
    await use(mic);
  },
});

class MicrophonePage {
  constructor(
    readonly page: Page,
    readonly origin: string,
    readonly microphone: MicrophonePermission,
  ) {}

  async open(query = "") {
    await this.page.addInitScript(keepStreams);
    await this.page.goto(`${this.origin}/microphone/${query}`);
    await expect(this.page.locator("body")).toHaveAttribute("data-loaded");
  }

  /** What the agent has chosen in the browser for the host's page. */
  permission(setting: PermissionState) {
    return this.microphone.set(setting);
  }

  /** Calls a method; resolves when the method has. */
  call(method: "watch" | "try" | "close") {
    return this.page.evaluate(
      (method) => (globalThis as any).microphone[method](),
      method,
    );
  }

  /** Everything reported so far. */
  seen(): Promise<unknown[]> {
    return this.page.evaluate(() => (globalThis as any).seen);
  }

  /** Waits until this was reported, and nothing else. */
  async sees(...expected: object[]) {
    await expect.poll(() => this.seen()).toEqual(expected);
  }

  /** What `open()` resolves with inside a click. */
  async opened() {
    await this.page.getByRole("button", { name: "Open" }).click();
    const outcome = () =>
      this.page.evaluate(() => (globalThis as any).outcome());
    await expect.poll(outcome).toBeDefined();
    return outcome();
  }

  /** How often the microphone was requested, and whether everything that was opened is closed again. */
  streams() {
    return this.page.evaluate(() => {
      const { asked, streams } = (globalThis as any).kept;
      const tracks = streams.flatMap((it: MediaStream) => it.getTracks());
      return {
        asked,
        opened: tracks.length,
        live: tracks.filter((it: any) => it.readyState === "live").length,
      };
    });
  }

  /** The events that the page listens for. */
  async listeners() {
    const { cdp } = this.microphone;
    const heard: string[] = [];
    for (const expression of ["window", "navigator.mediaDevices"]) {
      const { result } = await cdp.send("Runtime.evaluate", {
        expression,
      });
      const { listeners } = await cdp.send("DOMDebugger.getEventListeners", {
        objectId: result.objectId ?? "",
      });
      heard.push(...listeners.map(({ type }) => type));
    }
    return heard.sort();
  }

  /** From now on there are no microphones, or there is one. Faked: Chromium cannot add or remove devices while it runs. */
  async plug(there: boolean) {
    await this.page.evaluate((there) => {
      navigator.mediaDevices.enumerateDevices = async () =>
        there ? [{ kind: "audioinput", deviceId: "", label: "" } as any] : [];
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    }, there);
  }

  /** From now on opening the microphone fails with this error, or works again. Faked: no other program can have a fake device. */
  async breaks(name: string | undefined) {
    await this.page.evaluate((name) => {
      (globalThis as any).kept.broken = name;
    }, name);
  }
}

/** In the page, before its scripts. */
function keepStreams() {
  const media = navigator.mediaDevices;
  if (!media) return;
  const original = media.getUserMedia.bind(media);
  const kept = { asked: 0, streams: [] as MediaStream[], broken: undefined };
  Object.assign(globalThis, { kept });
  media.getUserMedia = async (constraints) => {
    kept.asked += 1;
    if (kept.broken) throw new DOMException("pretended", kept.broken);
    const stream = await original(constraints);
    kept.streams.push(stream);
    return stream;
  };
}

test("reports the permission and the devices as they change, and never prompts", async ({
  mic,
}) => {
  await mic.open();
  await mic.call("watch");
  const seen = [{ permission: "prompt", present: true }];
  await mic.sees(...seen);
  for (const permission of ["denied", "granted"] as const) {
    await mic.permission(permission);
    await mic.sees(...seen, { permission, present: true });
    seen.push({ permission, present: true });
  }
  for (const present of [false, true]) {
    await mic.plug(present);
    await mic.sees(...seen, { permission: "granted", present });
    seen.push({ permission: "granted", present });
  }
  expect(await mic.streams()).toEqual({ asked: 0, opened: 0, live: 0 });
});

test("reports the newest check alone, and nothing once closed", async ({
  mic,
}) => {
  await mic.open();
  await mic.page.evaluate(() => {
    const { microphone } = globalThis as any;
    return Promise.all([microphone.watch(), microphone.watch()]);
  });
  await mic.sees({ permission: "prompt", present: true });
  await expect.poll(() => mic.listeners()).toEqual(["devicechange", "focus"]);
  await mic.page.evaluate(() => {
    const { microphone } = globalThis as any;
    const checks = [microphone.check(), microphone.try()];
    microphone.close();
    microphone.close();
    return Promise.all([...checks, microphone.check()]);
  });
  expect(await mic.seen()).toHaveLength(1);
  expect(await mic.listeners()).toEqual([]);
});

test("lists the devices by name once it is open, and lets go of the microphone", async ({
  mic,
}) => {
  await mic.permission("granted");
  await mic.open();
  const { permission, devices } = await mic.opened();
  expect(permission).toBe("granted");
  const labels = (kind: string) =>
    devices
      .filter((it: any) => it.kind === kind)
      .map(({ label }: any) => label);
  expect(labels("audioinput")).toContain("Fake Audio Input 1");
  expect(labels("audiooutput")).toContain("Fake Audio Output 1");
  for (const { kind, id } of devices)
    if (kind.startsWith("audio")) expect(id).toMatch(/./);
  await expect
    .poll(() => mic.streams())
    .toEqual({ asked: 1, opened: 1, live: 0 });
});

test("says why it could not be opened", async ({ mic }) => {
  await mic.open();
  const failure = "NotAllowedError";
  expect(await mic.opened()).toEqual({ permission: "prompt", failure });
  await mic.permission("denied");
  expect(await mic.opened()).toEqual({ permission: "denied", failure });
  await mic.permission("granted");
  await mic.breaks("NotReadableError");
  const busy = { permission: "granted", failure: "NotReadableError" };
  expect(await mic.opened()).toEqual(busy);
  // An attempt of its own is reported like a check, unless a later check will know better.
  await mic.call("watch");
  await mic.call("try");
  const there = { permission: "granted", present: true };
  await mic.sees(there, busy);
  await mic.page.evaluate(() => {
    const { microphone } = globalThis as any;
    return Promise.all([microphone.try(), microphone.check()]);
  });
  await mic.sees(there, busy, there);
});

test("a page that may not use the microphone is denied it", async ({
  mic,
  noise,
}) => {
  noise.allow(/Permissions policy violation: microphone/);
  await mic.permission("granted");
  await mic.open("?forbidden");
  await mic.call("watch");
  await mic.sees({ permission: "denied", present: expect.any(Boolean) });
  expect(await mic.opened()).toMatchObject({ permission: "denied" });
});

test.describe("a computer without a microphone", () => {
  test.use({ hardware: false });

  test("has none to list or to open", async ({ mic }) => {
    await mic.open();
    await mic.call("watch");
    await mic.sees({ permission: "prompt", present: false });
    await mic.permission("granted");
    const failure = "NotFoundError";
    expect(await mic.opened()).toEqual({ permission: "granted", failure });
  });
});

test("an insecure page has no devices, and nothing throws", async ({
  mic,
  context,
}) => {
  const { page } = mic;
  await context.route("http://desk.example/*", async (route) => {
    const [file] = /[^/]*$/.exec(route.request().url()) ?? [];
    const path =
      file === "microphone.js" ? SOURCE : `${PAGES}/${file || "index.html"}`;
    await route.fulfill({ path });
  });
  await page.goto("http://desk.example/");
  await expect(page.locator("body")).toHaveAttribute("data-loaded");
  expect(await page.evaluate(() => "mediaDevices" in navigator)).toBe(false);
  await mic.call("watch");
  await mic.sees({});
  expect(await mic.opened()).toEqual({ failure: "TypeError" });
  await mic.call("close");
});

test("a browser that does not know the permission's name says nothing about it", async ({
  mic,
}) => {
  await mic.permission("granted");
  await mic.page.addInitScript(() => {
    navigator.permissions.query = async () => {
      throw new TypeError("'microphone' is not a valid PermissionName");
    };
  });
  await mic.open();
  await mic.call("watch");
  await mic.sees({ present: true });
  const opened = await mic.opened();
  expect(opened.permission).toBeUndefined();
  expect(opened.devices).not.toEqual([]);
});

const SOURCE = fileURLToPath(
  new URL("../../../src/browser/page/microphone.js", import.meta.url),
);
const PAGES = fileURLToPath(new URL("../pages/microphone", import.meta.url));
