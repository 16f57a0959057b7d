// @ts-check
// The only file that touches openFrameAPI, ServiceNow's library for telephony in a frame (ServiceNow documentation,
// "openFrameAPI"). Nothing that it lacks, refuses or throws stops the phone: what fails is told to `report`.
import { fieldsOf } from "./plain.js";
import { wait } from "./wait.js";

/**
 * @typedef {object} OpenFrameAccount what `init` answers, as far as anything is known of it; the keys are unpublished
 * @property {Record<string, unknown>} config
 *
 * @typedef {"red" | "orange" | "grey" | "green"} Color
 */

export class OpenFrame {
  /** @type {Record<string, any> | undefined} `window.openFrameAPI` */
  #api;
  #report;
  #ready = false;
  /** @type {Map<string, ((payload: unknown) => void)[]>} */
  #listeners = new Map();
  /** What the page last showed, so that nothing is said twice. @type {Map<string, string>} */
  #shown = new Map();

  /** Events that the library does not know: an older one. @type {string[]} */
  refused = [];

  /** What `init` has answered. @type {Record<string, unknown>} */
  configuration = {};

  /** @param {(sentence: string) => void} report */
  constructor(report) {
    this.#report = report;
  }

  /** Whether the page is in OpenFrame, as far as `init` has told. */
  get isReady() {
    return this.#ready;
  }

  /** The library's own word for its version; "" if it has none. */
  get version() {
    const version = this.call("version");
    return typeof version === "string" ? version : "";
  }

  /**
   * Which of `names` the library lacks. After an upgrade of ServiceNow an old one can stay in its cache (PRB1875817).
   *
   * @param {readonly string[]} names
   */
  missing(names) {
    return names.filter((name) => typeof this.#api?.[name] !== "function");
  }

  /** Whether interaction controls take what Brazil's library knows, which is the only one with that event. */
  get features() {
    const all = !this.refused.includes("openframe_icc_record_opened");
    const newest = this.#ready && all;
    return { activeConversation: newest, agentSettings: newest };
  }

  /**
   * Says hello to OpenFrame. Its library gives up after 3 s, which a workspace that is still loading can take, so it is
   * asked again.
   *
   * @param {Promise<Record<string, any> | undefined>} library `window.openFrameAPI`, once it has loaded
   * @param {Record<string, unknown>} config `title`, `subTitle`, `height`, `width` and so on
   * @param {{ tries?: number, pause?: (ms: number) => Promise<void> }} [options]
   * @returns {Promise<boolean>} whether it has answered
   */
  async init(library, config, { tries = 10, pause = wait } = {}) {
    this.#api = await library;
    if (this.missing(["init"]).length > 0) {
      this.#report("There is no openFrameAPI on this page.");
      return false;
    }
    /** @type {OpenFrameAccount | undefined} whichever question it answers */
    let answer;
    /** @param {OpenFrameAccount} one */
    const answered = (one) => (answer ??= one);
    for (let tried = 1; tried <= tries && !this.#ready; tried += 1) {
      await this.#initOnce(config, pause, answered);
      if (answer) {
        this.configuration = answer.config;
        this.#ready = true;
        for (const name of this.#listeners.keys()) this.#subscribe(name);
      } else {
        await pause(Math.min(500 * tried, 5000));
      }
    }
    if (!this.#ready)
      this.#report(
        `OpenFrame has not answered ${tries} times: is the page in an OpenFrame configuration?`,
      );
    return this.#ready;
  }

  /**
   * @param {Record<string, unknown>} config
   * @param {(ms: number) => Promise<void>} pause
   * @param {(answer: OpenFrameAccount) => void} answered
   * @returns {Promise<void>}
   */
  #initOnce(config, pause, answered) {
    return new Promise((resolve) => {
      /** @param {unknown} answer */
      const success = (answer) => {
        answered({ config: fieldsOf(answer) });
        resolve();
      };
      try {
        this.#api?.init(config, success, () => resolve());
      } catch (error) {
        this.#report(`openFrameAPI.init: ${messageOf(error)}`);
        resolve();
      }
      // Longer than the library's own time-out: one that never calls back.
      pause(SILENT_MS).then(() => resolve());
    });
  }

  /**
   * Calls `listener` with each event's payload. Names that the library does not know are kept in `refused`.
   *
   * @param {string} name such as "openframe_heart_beat"
   * @param {(payload: unknown) => void} listener
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, [...listeners, listener]);
    if (listeners.length === 0 && this.#ready) this.#subscribe(name);
  }

  /** @param {string} name */
  #subscribe(name) {
    try {
      // As a method: the library uses `this`. It throws for a name that it does not know.
      this.#api?.subscribe(name, (/** @type {unknown} */ payload) => {
        for (const listener of this.#listeners.get(name) ?? [])
          try {
            listener(payload);
          } catch (error) {
            this.#report(`${name}: ${messageOf(error)}`);
          }
      });
    } catch {
      this.refused.push(name);
    }
  }

  /**
   * Calls a method, if the library has it.
   *
   * @param {string} name
   * @param {...unknown} args
   * @returns {unknown} what it returns; `undefined` if it is missing or throws
   */
  call(name, ...args) {
    try {
      if (typeof this.#api?.[name] === "function")
        return this.#api[name](...args);
    } catch (error) {
      this.#report(`openFrameAPI.${name}: ${messageOf(error)}`);
    }
    return undefined;
  }

  /**
   * Calls a method with what is not shown yet.
   *
   * @param {string} name
   * @param {...(string | number)} args
   */
  show(name, ...args) {
    const text = JSON.stringify(args);
    if (!this.#ready || this.#shown.get(name) === text) return;
    this.#shown.set(name, text);
    this.call(name, ...args);
  }

  /** The agent's presence in Advanced Work Assignment. @returns {Promise<unknown>} `undefined`: not known */
  presence() {
    return new Promise((resolve) => {
      if (!this.#ready || this.missing(["getAWAAgentPresence"]).length > 0)
        return resolve(undefined);
      this.call("getAWAAgentPresence", resolve, () => resolve(undefined));
      wait(SILENT_MS).then(() => resolve(undefined));
    });
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

const SILENT_MS = 4000;
