// @ts-check
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { newProfile } from "../browser/support/profile.js";

/**
 * A Chromium with no debugger attached to its pages: one that pauses each new frame to inspect it, as test frameworks do,
 * would be part of what is measured. Pages report by themselves (see visits.js).
 *
 * It has one profile on disk, with third-party cookies and an HTTP cache. Popups are allowed, and hidden pages keep their
 * timers.
 */
export class Browser extends EventEmitter {
  /** Such as `Chrome/150.0.7871.100`. */
  version = "";

  /** How many windows and tabs were opened since `open()` was last called, that page included. */
  windows = 0;

  #process;
  #profile;
  #lastId = 0;
  /** @type {Map<number, { resolve(result: any): void, reject(error: Error): void }>} */
  #waiting = new Map();
  /** The session of a blank page that stays open; storage can be cleared only from a page. */
  #blank = { targetId: "", sessionId: "" };

  /**
   * @param {import("node:child_process").ChildProcess} process
   * @param {string} profile
   */
  constructor(process, profile) {
    super();
    this.#process = process;
    this.#profile = profile;
    let text = "";
    pipe(process, 4).on("data", (/** @type {Buffer} */ chunk) => {
      const messages = (text + chunk.toString("utf8")).split("\0");
      text = messages.pop() ?? "";
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    process.once("exit", (code) => {
      const error = new Error(`the browser ended with code ${code}`);
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  /** @param {string} program absolute path of a Chromium */
  static async start(program) {
    const profile = await newProfile();
    const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    await once(child, "spawn");
    const browser = new Browser(child, profile);
    await browser.#prepare();
    return browser;
  }

  /**
   * Opens a page.
   *
   * @param {string} url
   */
  async open(url) {
    this.windows = 0;
    await this.#send("Target.createTarget", { url });
  }

  /** Closes every page, and waits until the workers they shared are gone too. */
  async closePages() {
    for (;;) {
      const { targetInfos } = await this.#send("Target.getTargets");
      const left = targetInfos.filter(
        (/** @type {Target} */ { type, targetId }) =>
          ["page", "shared_worker"].includes(type) &&
          targetId !== this.#blank.targetId,
      );
      if (left.length === 0) return;
      for (const { type, targetId } of left)
        if (type === "page")
          // It may have closed itself in the meantime.
          await this.#send("Target.closeTarget", { targetId }).catch(() => {});
      await delay(50);
    }
  }

  async clearCookies() {
    await this.#send("Storage.clearCookies");
  }

  /**
   * Makes the browser forget what pages of these origins stored; the HTTP cache and compiled code stay.
   *
   * @param {string[]} origins
   */
  async forget(origins) {
    for (const origin of origins)
      await this.#send(
        "Storage.clearDataForOrigin",
        { origin, storageTypes: "local_storage,indexeddb,cache_storage" },
        this.#blank.sessionId,
      );
  }

  /** @param {object[]} cookies as the lab's `beginSession` returns them */
  async setCookies(cookies) {
    await this.#send("Storage.setCookies", { cookies });
  }

  async close() {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, "exit");
      await this.#send("Browser.close").catch(() => this.#process.kill());
      await ended;
    }
    // Chromium's last helper process may still be writing.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #prepare() {
    this.version = (await this.#send("Browser.getVersion")).product;
    const { targetId } = await this.#send("Target.createTarget", {
      url: "about:blank",
    });
    const { sessionId } = await this.#send("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    this.#blank = { targetId, sessionId };
    await this.closePages();
    this.on("Target.targetCreated", ({ targetInfo }) => {
      if (targetInfo.type === "page") this.windows += 1;
    });
    await this.#send("Target.setDiscoverTargets", { discover: true });
  }

  /**
   * @param {string} method of the Chrome DevTools Protocol
   * @param {object} [params]
   * @param {string} [sessionId] of a page; without it the browser itself is meant
   * @returns {Promise<any>}
   */
  #send(method, params = {}, sessionId) {
    const id = ++this.#lastId;
    pipe(this.#process, 3).write(
      `${JSON.stringify({ id, method, params, sessionId })}\0`,
    );
    return new Promise((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject }),
    );
  }

  /** @param {{ id?: number, method?: string, params?: any, result?: any, error?: { message: string } }} message */
  #receive({ id, method, params, result, error }) {
    if (method) this.emit(method, params);
    const waiting = this.#waiting.get(id ?? 0);
    this.#waiting.delete(id ?? 0);
    if (error) waiting?.reject(new Error(`the browser says: ${error.message}`));
    else waiting?.resolve(result);
  }
}

/** @typedef {{ type: string, targetId: string }} Target */

/**
 * @param {import("node:child_process").ChildProcess} process
 * @param {3 | 4} number where Chromium reads and writes with `--remote-debugging-pipe`
 */
function pipe(process, number) {
  return /** @type {import("node:net").Socket} */ (process.stdio[number]);
}

const FLAGS = [
  "--headless",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--no-first-run",
  "--disable-popup-blocking",
  // Whether a window in front of the page slows its timers differs between desktops; here it must not.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // The browser's own background work would be noise, and nothing may leave this machine.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-sync",
  "--password-store=basic",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost",
];
