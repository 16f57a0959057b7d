// @ts-check
import { Sound } from "./sound.js";

/**
 * @typedef {import("connect-softphone").SoftphoneDeviceKind} Kind
 * @typedef {import("connect-softphone").SoftphoneDevices} Found
 */

/** The devices of the agent, while they look at them: what there is and is chosen, how loud the microphone is, a test tone. */
export class Devices {
  /** @type {Found | undefined} */
  found;
  /** What is being chosen. @type {{ [K in Kind]?: string }} */
  pending = {};
  /** What came of the last choice. */
  note = "";
  /** Whether the chosen microphone cannot be opened here. */
  silent = false;
  /** How loud it is: 0 to 1. */
  level = 0;

  #panel;
  #sound = new Sound();
  /** @type {AbortController | undefined} there while they are shown */
  #shown;

  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.#panel = panel;
  }

  /** Asks for them; inside a click, because the browser may ask the agent. */
  async show() {
    const shown = (this.#shown ??= this.#begin());
    const found = await this.#panel.run("devices", (phone) => phone.devices());
    if (shown.signal.aborted) return;
    if (!found) return;
    if (!this.found) this.#panel.element.focusOn("microphone");
    this.found = found.done;
    await this.#listen();
    this.#panel.changed();
  }

  #begin() {
    const shown = new AbortController();
    const { signal } = shown;
    navigator.mediaDevices?.addEventListener("devicechange", this.refresh, {
      signal,
    });
    return shown;
  }

  /** Looks again, if they are shown. */
  refresh = () => {
    if (this.found) void this.show();
  };

  /** They are not shown any more: nothing is heard, and nothing is kept open. */
  hide() {
    this.#shown?.abort();
    this.#shown = undefined;
    this.#sound.close();
    this.found = undefined;
    this.pending = {};
    this.note = "";
    this.level = 0;
  }

  /** The id of the one that is used. @param {Kind} kind */
  chosen(kind) {
    return this.pending[kind] ?? this.found?.chosen?.[kind] ?? "default";
  }

  /** @param {Kind} kind */
  of(kind) {
    const { microphones = [], speakers = [] } = this.found ?? {};
    return kind === "microphone" ? microphones : speakers;
  }

  /** @param {Kind} kind @param {string} id */
  async choose(kind, id) {
    const panel = this.#panel;
    this.note = "";
    this.pending = { ...this.pending, [kind]: id };
    const used = await panel.run("devices", (phone) =>
      phone.useDevice(kind, id),
    );
    if (this.pending[kind] === id)
      this.pending = { ...this.pending, [kind]: undefined };
    if (used && this.found) {
      const chosen = { ...this.found.chosen, [kind]: id };
      this.found = { ...this.found, chosen };
      this.note = panel.words.deviceApplied[used.done.applied];
      if (kind === "microphone") await this.#listen();
    }
    panel.changed();
  }

  /** Plays a tone. @param {Kind} kind */
  test(kind) {
    return this.#sound.play(this.#label(kind));
  }

  async #listen() {
    const heard = (/** @type {number} */ level) => {
      this.level = level;
      this.#panel.element.showLevel(level);
    };
    this.silent = !(await this.#sound.listen(this.#label("microphone"), heard));
  }

  /** What the browser calls the one that is used. @param {Kind} kind */
  #label(kind) {
    const id = this.chosen(kind);
    return this.of(kind).find((one) => one.id === id)?.label;
  }
}
