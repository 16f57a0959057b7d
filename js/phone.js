// @ts-check
import { Actions } from "./actions.js";
import { Devices } from "./devices.js";
import { asOurs, closed } from "./errors.js";
import { numberOf } from "./numbers.js";
import { report } from "./report.js";

/** @typedef {import("connect-softphone").SoftphoneStatus} Status */

/** The commands of call control; see crates/core/src/call_control/arguments.rs. */
const COMMANDS = [
  "setState",
  "clearNextState",
  "accept",
  "reject",
  "hangUp",
  "hold",
  "resume",
  "mute",
  "unmute",
  "sendDigits",
  "conference",
  "swap",
  "leave",
  "dialPreview",
  "discardPreview",
  "setVoiceEnhancement",
  "monitor",
  "bargeIn",
  "removeParticipant",
  "holdParticipant",
  "resumeParticipant",
  "muteParticipant",
  "unmuteParticipant",
  "setPhoneType",
  "reportIssue",
];

/** @type {readonly never[]} */
const NOTHING = Object.freeze([]);

/**
 * What hosts get as the phone; see index.d.ts. It outlives the wasm: after a crash it knows the rest by itself.
 *
 * While the wasm lives it answers everything, through `#ask`.
 */
export class Phone {
  #wasm;
  /** The class `Softphone` of src/api.rs. */
  #handle;
  #container;
  /** What happened, as Rust writes it down. @type {any[]} */
  #journal;
  #outline;
  /** @type {Set<{ type: string, callback: (event: any) => void }>} */
  #listeners = new Set();
  /** How to reject what has been promised. @type {Set<(error: unknown) => void>} */
  #promised = new Set();
  /** Rust's promise, and ours for it. @type {{ theirs?: Promise<void>, ours?: Promise<void> }} */
  #ready = {};
  /** The ids of the contacts that the host knows of. @type {Set<string>} */
  #contacts = new Set();
  #devices = new Devices(
    this,
    () => this.#ask(() => this.#handle.streams),
    (message) => this.#noticed(message),
  );
  #actions;
  /** How it stands after the crash. @type {Status | undefined} */
  #rest;
  #closed = false;
  /** Ends listening to the crash and to the signal. */
  #deafen = () => {};

  /**
   * @param {import("./instance.js").Instance} wasm
   * @param {any} handle
   * @param {HTMLElement} container
   * @param {AbortSignal | undefined} signal
   * @param {import("connect-softphone").SoftphoneActions | null | undefined} actions
   */
  constructor(wasm, handle, container, signal, actions) {
    bindMethods(this);
    this.#actions = new Actions(actions, (id, recording) =>
      this.#tell({ type: "recordingChanged", id, recording }),
    );
    this.#wasm = wasm;
    this.#handle = handle;
    this.#container = container;
    this.#journal = this.#ask(() => handle.journal) ?? [];
    this.#outline = this.#ask(() => handle.outline) ?? {};
    this.#follow("contactAdded", ({ contact }) => {
      this.#contacts.add(contact.id);
      this.#actions.saw(contact);
    });
    this.#follow("contactChanged", ({ contact }) => this.#actions.saw(contact));
    this.#follow("contactRemoved", ({ id }) => {
      this.#contacts.delete(id);
      this.#actions.gone(id);
    });
    if (wasm.crash) throw wasm.crash;
    const crash = () => this.#crash();
    const close = () => void this.close();
    wasm.watchers.add(crash);
    signal?.addEventListener("abort", close);
    this.#deafen = () => {
      wasm.watchers.delete(crash);
      signal?.removeEventListener("abort", close);
    };
  }

  /** @param {string} type @param {(event: any) => void} callback */
  #follow(type, callback) {
    this.#ask(() => this.#handle.on(type, callback));
  }

  get status() {
    return this.#ask(() => this.#handle.status) ?? this.#rest;
  }

  get agent() {
    return this.#ask(() => this.#handle.agent) ?? null;
  }

  get audio() {
    return this.#ask(() => this.#handle.audio) ?? "unknown";
  }

  get amazon() {
    const streams = this.#ask(() => this.#handle.streams);
    if (!streams) return null;
    const { _amazonConnectProviderData: data } = streams.core ?? {};
    return Object.freeze({ streams, provider: data?.provider });
  }

  get contacts() {
    return this.#ask(() => this.#handle.contacts) ?? NOTHING;
  }

  get ready() {
    const theirs = this.#ask(() => this.#handle.ready);
    if (theirs !== this.#ready.theirs || !this.#ready.ours)
      this.#ready = { theirs, ours: this.#promise(() => theirs) };
    return this.#ready.ours;
  }

  /**
   * @param {string} type
   * @param {(event: any) => void} callback
   */
  on(type, callback) {
    const unsubscribe = this.#ask(() => this.#handle.on(type, callback));
    const listener = { type, callback };
    if (!this.#over) this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      this.#ask(() => unsubscribe?.());
    };
  }

  signIn() {
    return this.#promise(() => this.#handle.signIn());
  }

  /** @param {object} [options] */
  signOut(options) {
    return this.#promise(() => this.#handle.signOut(options));
  }

  stayActive() {
    return this.#promise(() => this.#handle.stayActive());
  }

  devices() {
    return this.#promise(async () => {
      const page = await this.#handle.devices();
      return this.#devices.seen(page).catch((error) => {
        throw asOurs(error);
      });
    });
  }

  /** @param {import("connect-softphone").SoftphoneDeviceKind} kind @param {string} id */
  useDevice(kind, id) {
    return this.#promise(() =>
      this.#devices.use(kind, id).catch((error) => {
        throw asOurs(error);
      }),
    );
  }

  /**
   * A command of call control.
   *
   * @param {string} name
   * @param {unknown[]} given
   */
  #command(name, given) {
    return this.#promise(() => this.#handle.command(name, given));
  }

  /** @param {string} number @param {object} [options] */
  dial(number, options) {
    return this.#promise(async () => {
      const { to, country } = await numberOf(number, this.agent);
      return this.#command("dial", [to, options, country]);
    });
  }

  /** @param {string} id @param {unknown} to */
  consult(id, to) {
    return this.#promise(async () => {
      const { to: target } = await numberOf(to, this.agent);
      return this.#command("consult", [id, target]);
    });
  }

  /** @param {string} id @param {unknown} to @param {object} [options] */
  transfer(id, to, options) {
    return this.#promise(async () => {
      const { to: target } = await numberOf(to, this.agent);
      return this.#command("transfer", [id, target, options]);
    });
  }

  /** @param {string} id */
  finish(id) {
    return this.#promise(async () => {
      await this.#actions.beforeFinish(this.#contact(id));
      return this.#command("finish", [id]);
    });
  }

  /** @param {string} id */
  recording(id) {
    return this.#actions.recording(id);
  }

  /** @param {string} id */
  startRecording(id) {
    return this.#record("start", id);
  }

  /** @param {string} id */
  pauseRecording(id) {
    return this.#record("pause", id);
  }

  /** @param {string} id */
  resumeRecording(id) {
    return this.#record("resume", id);
  }

  /** @param {string} id */
  stopRecording(id) {
    return this.#record("stop", id);
  }

  /** @param {import("./actions.js").Change} change @param {string} id */
  #record(change, id) {
    return this.#promise(() => {
      if (this.#closed) throw closed();
      return this.#actions.record(change, this.#contact(id));
    });
  }

  /** @param {string} id @returns {import("connect-softphone").SoftphoneContact | undefined} */
  #contact(id) {
    const contacts =
      /** @type {import("connect-softphone").SoftphoneContact[]} */ (
        this.contacts
      );
    return contacts.find((contact) => contact.id === id);
  }

  /** @param {{ queueArn?: string, search?: string, limit?: number }} [options] */
  async quickConnects(options) {
    const { items, incomplete } = await this.#command("quickConnects", [
      options,
    ]);
    const { search, limit } = options ?? {};
    const words = search?.trim().toLocaleLowerCase() ?? "";
    const found = [...items]
      .filter(({ name }) => name.toLocaleLowerCase().includes(words))
      .sort((one, other) => one.name.localeCompare(other.name))
      .slice(0, limit || undefined);
    return Object.freeze({ items: Object.freeze(found), incomplete });
  }

  static {
    for (const name of COMMANDS)
      Object.defineProperty(Phone.prototype, name, {
        configurable: true,
        writable: true,
        /** @this {Phone} @param {unknown[]} given */
        value(...given) {
          return this.#command(name, given);
        },
      });
  }

  report() {
    return report(this.#outline, this.status, this.audio, this.#journal);
  }

  timeline() {
    return [...this.#journal];
  }

  async close() {
    this.#devices.close();
    this.#actions.close();
    this.#ask(() => this.#handle.close());
    this.#deafen();
    if (this.#wasm.crash && !this.#closed) {
      this.#closed = true;
      // Unless another softphone has the container by now.
      this.#stands("closed", undefined, this.#wasm.giveAllBack());
    }
    this.#closed = true;
    this.#listeners.clear();
  }

  /** Whether nothing will be told any more. */
  get #over() {
    return this.#closed || this.#wasm.crash;
  }

  /**
   * What the wasm answers; undefined once it has crashed, while answering included. A host catches a SoftphoneError or nothing.
   *
   * @template T
   * @param {() => T} question
   * @returns {T | undefined}
   */
  #ask(question) {
    if (this.#wasm.crash) return;
    try {
      const answer = question();
      return this.#wasm.crash ? undefined : answer;
    } catch (error) {
      if (this.#wasm.crash) return;
      throw asOurs(error);
    }
  }

  /**
   * A promise that settles as Rust's does, or is rejected by the crash.
   *
   * @param {() => any} call
   * @returns {Promise<any>}
   */
  #promise(call) {
    return new Promise((resolve, reject) => {
      this.#promised.add(reject);
      const theirs = this.#ask(call);
      if (this.#wasm.crash) reject(this.#why);
      const settled = () => this.#promised.delete(reject);
      Promise.resolve(theirs).then(resolve, reject).then(settled);
    });
  }

  /** What everything asked for after the crash is rejected with. */
  get #why() {
    return this.#closed ? closed() : this.#wasm.crash;
  }

  #crash() {
    this.#devices.close();
    this.#actions.close();
    this.#deafen();
    if (this.#closed) return;
    const { crash, place } = this.#wasm;
    if (!crash) return;
    const { code, message, remedy } = crash;
    this.#journal.push(
      Object.freeze({ atMs: Date.now(), what: "failed", code, message: place }),
    );
    const error = Object.freeze({ code, message, remedy });
    for (const reject of this.#promised) reject(crash);
    this.#promised.clear();
    this.#stands("failed", error, true);
  }

  /**
   * @param {"failed" | "closed"} phase
   * @param {any} error as in a status
   * @param {boolean} mark whether the container is still this phone's
   */
  #stands(phase, error, mark) {
    this.#ready = {};
    this.#rest = Object.freeze({
      phase,
      sinceMs: Date.now(),
      ...(error && { error }),
    });
    if (mark) this.#mark(phase, error?.code);
    this.#tell({ type: "statusChanged", status: this.#rest });
    this.#tell({ type: "agentChanged", agent: null });
    this.#tell({ type: "audioChanged", audio: "unknown" });
    for (const id of this.#contacts) this.#tell({ type: "contactRemoved", id });
    this.#contacts.clear();
  }

  /**
   * Marks the container as Rust does.
   *
   * @param {string} phase
   * @param {string | undefined} code
   */
  #mark(phase, code) {
    const { dataset } = this.#container;
    try {
      dataset.softphonePhase = phase;
      if (code) dataset.softphoneError = code;
      else delete dataset.softphoneError;
    } catch {
      // It may be what threw.
    }
  }

  /** Something works, but looks like a mistake. @param {string} message */
  #noticed(message) {
    this.#journal.push(
      Object.freeze({ atMs: Date.now(), what: "noticed", message }),
    );
    this.#tell({ type: "diagnostic", message });
  }

  /** @param {{ type: string, [field: string]: unknown }} event */
  #tell(event) {
    Object.freeze(event);
    for (const { type, callback } of [...this.#listeners])
      if (type === event.type)
        try {
          callback(event);
        } catch (error) {
          reportError(error);
        }
  }
}

/**
 * Lets each method work wherever the host keeps it: `const { signIn } = phone`.
 *
 * @param {Phone} phone
 */
function bindMethods(phone) {
  const members = Object.getOwnPropertyDescriptors(Phone.prototype);
  for (const [name, { value }] of Object.entries(members))
    if (typeof value === "function" && name !== "constructor")
      Object.defineProperty(phone, name, { value: value.bind(phone) });
}

for (const name of /** @type {const} */ (["dispose", "asyncDispose"])) {
  const symbol = /** @type {any} */ (Symbol)[name];
  // Where the language has `using`.
  if (symbol)
    Object.defineProperty(Phone.prototype, symbol, {
      configurable: true,
      /** @this {Phone} */
      value() {
        const closed = this.close();
        return name === "dispose" ? undefined : closed;
      },
    });
}
