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

/** The class by itself: no phone, no Amazon Connect. */
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

  do(what: (microphone: any) => unknown) {
    return this.page.evaluate(`void (${what})(microphone)`);
  }

  /** Resolves once the class has checked. */
  watch() {
    return this.page.evaluate(() => (globalThis as any).microphone.watch());
  }

  heard(errorType: string) {
    return this.page.evaluate(
      (type) => (globalThis as any).microphone.heard(type),
      errorType,
    );
  }

  /** Everything reported so far; "none": nothing is wrong any more. */
  async told(): Promise<string[]> {
    return this.page.evaluate(() =>
      (globalThis as any).told.map((it: unknown) => it ?? "none"),
    );
  }

  async tells(expected: string[]) {
    await expect.poll(() => this.told()).toEqual(expected);
  }

  /** What `devices()` resolves or rejects with, inside a click. */
  async devices() {
    await this.page.getByRole("button", { name: "Devices" }).click();
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

  /**
   * From now on there are no microphones, or there is one. Faked: Chromium cannot add or remove devices while it runs, nor
   * can its fake ones be in use by another program.
   */
  async plug(there: boolean) {
    await this.page.evaluate((there) => {
      navigator.mediaDevices.enumerateDevices = async () =>
        there ? [{ kind: "audioinput", deviceId: "", label: "" } as any] : [];
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    }, there);
  }

  /** From now on opening the microphone fails with this error, or works again. Faked, for the same reason. */
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

test.describe("before the first call", () => {
  test("reports a denied permission, withdraws that, and never prompts", async ({
    mic,
  }) => {
    await mic.open();
    await mic.permission("denied");
    await mic.watch();
    await mic.tells(["MICROPHONE_DENIED"]);
    await mic.permission("prompt");
    await mic.tells(["MICROPHONE_DENIED", "none"]);
    await mic.permission("denied");
    await mic.tells(["MICROPHONE_DENIED", "none", "MICROPHONE_DENIED"]);
    expect(await mic.streams()).toEqual({ asked: 0, opened: 0, live: 0 });
  });

  test("reports nothing while the agent has not been asked", async ({
    mic,
  }) => {
    await mic.open();
    await mic.watch();
    expect(await mic.told()).toEqual([]);
  });

  test("reports that the page itself is not allowed to use the microphone", async ({
    mic,
  }) => {
    await mic.permission("granted");
    await mic.open("?forbidden");
    await mic.watch();
    await mic.tells(["MICROPHONE_DENIED"]);
  });

  test("reports a change once, however often it checks", async ({ mic }) => {
    await mic.open();
    await mic.permission("denied");
    await mic.do((it) => {
      it.watch();
      it.watch();
    });
    await mic.tells(["MICROPHONE_DENIED"]);
    await mic.watch();
    await mic.permission("granted");
    await mic.tells(["MICROPHONE_DENIED", "none"]);
  });

  test("follows the microphone as it comes and goes", async ({ mic }) => {
    await mic.open();
    await mic.watch();
    await mic.plug(false);
    await mic.tells(["MICROPHONE_MISSING"]);
    await mic.plug(true);
    await mic.tells(["MICROPHONE_MISSING", "none"]);
  });

  test("reports nothing once closed, and starts over when it watches again", async ({
    mic,
  }) => {
    await mic.open();
    await mic.permission("denied");
    await mic.watch();
    await mic.tells(["MICROPHONE_DENIED"]);
    await mic.do((it) => {
      it.watch(); // A check is under way.
      it.close();
      it.close();
    });
    await mic.permission("granted");
    await mic.plug(false);
    await mic.do((it) => {
      it.heard("microphone_not_shared");
      it.inContact = true;
      it.inContact = false;
    });
    await mic.watch();
    await mic.tells(["MICROPHONE_DENIED", "MICROPHONE_MISSING"]);
  });

  test("forgets everything when closed, and leaves no listener", async ({
    mic,
  }) => {
    await mic.open();
    await mic.watch();
    await mic.heard("microphone_not_shared");
    await mic.tells(["MICROPHONE_DISMISSED"]);
    expect(await mic.listeners()).toEqual(["devicechange", "focus"]);
    await mic.do((it) => it.close());
    expect(await mic.listeners()).toEqual([]);
    await mic.watch();
    expect(await mic.told()).toEqual(["MICROPHONE_DISMISSED"]);
    await mic.permission("denied");
    const denied = ["MICROPHONE_DISMISSED", "MICROPHONE_DENIED"];
    await mic.tells(denied);
    await mic.do((it) => it.close());
    await mic.watch();
    expect(await mic.told()).toEqual([...denied, "MICROPHONE_DENIED"]);
  });
});

test.describe("without hardware", () => {
  test.use({ hardware: false });

  test("reports that there is no microphone", async ({ mic }) => {
    await mic.open();
    await mic.watch();
    await mic.tells(["MICROPHONE_MISSING"]);
    expect(await mic.devices()).toBe("MICROPHONE_MISSING");
    await mic.permission("granted");
    expect(await mic.devices()).toBe("MICROPHONE_MISSING");
    expect(await mic.told()).toEqual(["MICROPHONE_MISSING"]);
  });

  test("reports a denied permission rather than a missing microphone", async ({
    mic,
  }) => {
    await mic.permission("denied");
    await mic.open();
    await mic.watch();
    await mic.tells(["MICROPHONE_DENIED"]);
    expect(await mic.devices()).toBe("MICROPHONE_DENIED");
  });
});

test.describe("during a contact", () => {
  test("a microphone that is unplugged is lost, and missing once the contact is over", async ({
    mic,
  }) => {
    await mic.open();
    await mic.do((it) => {
      it.watch();
      it.inContact = true;
    });
    await mic.plug(false);
    await mic.tells(["MICROPHONE_LOST"]);
    await mic.plug(false);
    await mic.do((it) => (it.inContact = false));
    await mic.tells(["MICROPHONE_LOST", "MICROPHONE_MISSING"]);
    await mic.plug(true);
    await mic.tells(["MICROPHONE_LOST", "MICROPHONE_MISSING", "none"]);
  });

  test("a microphone that was missing before is not lost", async ({ mic }) => {
    await mic.open();
    await mic.watch();
    await mic.plug(false);
    await mic.tells(["MICROPHONE_MISSING"]);
    await mic.do((it) => (it.inContact = true));
    await mic.watch();
    await mic.plug(true);
    await mic.tells(["MICROPHONE_MISSING", "none"]);
    await mic.plug(false);
    await mic.tells(["MICROPHONE_MISSING", "none", "MICROPHONE_LOST"]);
  });
});

test.describe("when the CCP could not use the microphone", () => {
  test("other errors of Streams are ignored", async ({ mic }) => {
    await mic.open();
    await mic.watch();
    expect(await mic.heard("webrtc_error")).toBe(false);
    expect(await mic.heard("unsupported_browser")).toBe(false);
    expect(await mic.heard("microphone_not_shared")).toBe(true);
    await mic.tells(["MICROPHONE_DISMISSED"]);
  });

  test("because the agent dismissed the prompt, that is reported until a call connects", async ({
    mic,
  }) => {
    await mic.open();
    await mic.heard("microphone_not_shared"); // Streams may report this before the phone is ready.
    await mic.watch();
    await mic.tells(["MICROPHONE_DISMISSED"]);
    expect((await mic.streams()).asked).toBe(0);
    await mic.do((it) => (it.inContact = true));
    await mic.tells(["MICROPHONE_DISMISSED", "none"]);
  });

  test("because the agent dismissed the prompt, that is reported until access is granted", async ({
    mic,
  }) => {
    await mic.open();
    await mic.watch();
    await mic.heard("microphone_not_shared");
    await mic.tells(["MICROPHONE_DISMISSED"]);
    await mic.permission("granted");
    await mic.tells(["MICROPHONE_DISMISSED", "none"]);
  });

  test("because another program had it, that is reported until the agent comes back from there", async ({
    mic,
  }) => {
    await mic.permission("granted");
    await mic.open();
    await mic.watch();
    await mic.breaks("NotReadableError");
    await mic.heard("microphone_not_shared");
    await mic.tells(["MICROPHONE_BUSY"]);
    await mic.breaks(undefined);
    await mic.page.evaluate(() => void dispatchEvent(new Event("focus")));
    await mic.tells(["MICROPHONE_BUSY", "none"]);
    expect(await mic.streams()).toMatchObject({ live: 0 });
  });

  test("but it works here, nothing is reported: it was another tab's CCP", async ({
    mic,
  }) => {
    await mic.permission("granted");
    await mic.open();
    await mic.watch();
    await mic.do((it) => {
      it.heard("microphone_not_shared");
      it.heard("microphone_not_shared"); // One check is enough.
    });
    await expect
      .poll(() => mic.streams())
      .toEqual({ asked: 1, opened: 1, live: 0 });
    await mic.permission("denied");
    await mic.tells(["MICROPHONE_DENIED"]);
  });
});

test.describe("devices()", () => {
  test("lists the devices by name, frozen, and releases the microphone", async ({
    mic,
  }) => {
    await mic.permission("granted");
    await mic.open();
    const devices = await mic.devices();
    expect(devices.permission).toBe("granted");
    const labels = (kind: string) => devices[kind].map((it: any) => it.label);
    expect(labels("microphones")).toContain("Fake Audio Input 1");
    expect(labels("speakers")).toContain("Fake Audio Output 1");
    for (const device of [...devices.microphones, ...devices.speakers])
      expect(device).toEqual({
        id: expect.stringMatching(/./),
        label: expect.stringMatching(/./),
      });
    const frozen = await mic.page.evaluate(() => {
      const it = (globalThis as any).outcome();
      return [it, it.microphones, it.microphones[0], it.speakers].map(
        Object.isFrozen,
      );
    });
    expect(frozen).toEqual([true, true, true, true]);
    await expect
      .poll(() => mic.streams())
      .toEqual({ asked: 1, opened: 1, live: 0 });
  });

  test("rejects if the agent denies or dismisses the prompt", async ({
    mic,
  }) => {
    await mic.open();
    expect(await mic.devices()).toBe("MICROPHONE_DISMISSED");
    await mic.permission("denied");
    expect(await mic.devices()).toBe("MICROPHONE_DENIED");
    await mic.permission("granted");
    expect(await mic.devices()).toMatchObject({ permission: "granted" });
  });

  test("rejects where the page itself is not allowed to use the microphone", async ({
    mic,
    noise,
  }) => {
    noise.allow(/Permissions policy violation: microphone/);
    await mic.permission("granted");
    await mic.open("?forbidden");
    expect(await mic.devices()).toBe("MICROPHONE_DENIED");
  });

  for (const [name, code] of [
    ["NotReadableError", "MICROPHONE_BUSY"],
    ["AbortError", "MICROPHONE_BUSY"],
    ["OverconstrainedError", "MICROPHONE_MISSING"],
    ["NotAllowedError", "MICROPHONE_DENIED"], // The operating system denies it to the browser.
  ])
    test(`rejects with ${code} at ${name}`, async ({ mic }) => {
      await mic.permission("granted");
      await mic.open();
      await mic.breaks(name);
      expect(await mic.devices()).toBe(code);
      await mic.breaks(undefined);
      expect(await mic.devices()).toMatchObject({ permission: "granted" });
    });

  test("withdraws what the CCP had reported, once it succeeds", async ({
    mic,
  }) => {
    await mic.open();
    await mic.watch();
    await mic.heard("microphone_not_shared");
    await mic.tells(["MICROPHONE_DISMISSED"]);
    // Some browsers grant it only once: the permission's state does not change.
    await mic.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => new MediaStream();
    });
    expect(await mic.devices()).toMatchObject({ permission: "prompt" });
    await mic.tells(["MICROPHONE_DISMISSED", "none"]);
  });
});

test.describe("where the browser cannot say", () => {
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
    await mic.watch();
    expect(await mic.devices()).toBe("MICROPHONE_MISSING");
    expect(await mic.told()).toEqual([]);
    await mic.do((it) => it.close());
  });

  test("in a browser that does not know the permission's name, opening the microphone decides", async ({
    mic,
  }) => {
    await mic.permission("granted");
    await mic.page.addInitScript(() => {
      navigator.permissions.query = async () => {
        throw new TypeError("'microphone' is not a valid PermissionName");
      };
    });
    await mic.open();
    await mic.watch();
    expect(await mic.devices()).toMatchObject({ permission: "granted" });
    await mic.permission("denied");
    expect(await mic.devices()).toBe("MICROPHONE_DENIED");
    expect(await mic.told()).toEqual([]);
    await mic.heard("microphone_not_shared");
    await mic.tells(["MICROPHONE_DENIED"]);
    await mic.permission("granted");
    expect(await mic.devices()).toMatchObject({ permission: "granted" });
    await mic.tells(["MICROPHONE_DENIED", "none"]);
  });
});

const SOURCE = fileURLToPath(
  new URL("../../../src/browser/page/microphone.js", import.meta.url),
);
const PAGES = fileURLToPath(new URL("../pages/microphone", import.meta.url));
