// @ts-check
import { SoftphoneError } from "connect-softphone/error";
import { closed } from "./errors.js";

/**
 * @typedef {import("connect-softphone").SoftphoneActions} Given
 * @typedef {import("connect-softphone").SoftphoneRecording} Recording
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 * @typedef {"start" | "pause" | "resume" | "stop"} Change
 * @typedef {{ recording: Readonly<Recording>, running?: { change: Change, done: Promise<any> } }} Known
 */

/** What only the host can do: `actions` of the configuration. Whether it is well-formed the core has checked. */
export class Actions {
  /** @type {Given} */
  #given;
  #tell;
  /** By the contact's id. @type {Map<string, Known>} */
  #known = new Map();
  /** What is asked before a contact is finished. @type {Map<string, Promise<void>>} */
  #asking = new Map();
  /** Ends what waits for the host. @type {Set<() => void>} */
  #waiting = new Set();

  /**
   * @param {Given | null | undefined} given
   * @param {(id: string, recording: Recording | null) => void} tell what has become of a recording
   */
  constructor(given, tell) {
    const { recording, beforeFinish } = given ?? {};
    // As it was checked, whatever becomes of the host's object.
    this.#given = { recording: recording && { ...recording }, beforeFinish };
    this.#tell = tell;
  }

  /** A contact is there, or has changed. @param {Contact} contact */
  saw(contact) {
    const { id, kind, phase } = contact;
    const voice = kind === "call" || kind === "callback";
    const talks = phase === "talking" || phase === "held";
    if (!this.#given.recording || !voice) return;
    if (!talks) return this.gone(id);
    if (this.#known.has(id)) return;
    this.#set(id, "unknown");
    void this.#ask(contact);
  }

  /** A contact is gone, or over. @param {string} id */
  gone(id) {
    if (this.#known.delete(id)) this.#tell(id, null);
  }

  /** @param {string} id */
  recording(id) {
    return this.#known.get(id)?.recording ?? null;
  }

  /**
   * One change at a time; the same twice is one.
   *
   * @param {Change} change
   * @param {Contact | undefined} contact
   */
  async record(change, contact) {
    const known = contact && this.#known.get(contact.id);
    if (!contact || !known)
      throw notPossible("This contact cannot be recorded.");
    if (known.running?.change === change) return known.running.done;
    if (known.running) throw notPossible("The recording is being changed.");
    if (!known.recording.can.includes(change))
      throw notPossible(WHY_NOT[known.recording.state]);
    const done = this.#record(change, contact);
    known.running = { change, done };
    try {
      return await done;
    } finally {
      delete known.running;
    }
  }

  /** @param {Change} change @param {Contact} contact */
  async #record(change, contact) {
    const hook = this.#given.recording?.[change];
    let told;
    try {
      told = await this.#until(() => hook?.(contact), PATIENCE_MS);
    } catch (cause) {
      if (cause instanceof SoftphoneError) throw cause;
      throw new SoftphoneError(
        "COMMAND_REFUSED",
        "The recording could not be changed.",
        `See \`cause\`: actions.recording.${change} of the configuration threw it.`,
        { cause },
      );
    }
    return this.#set(contact.id, isState(told) ? told : AFTER[change]);
  }

  /**
   * Waits for the host's word that a contact may be finished.
   *
   * @param {Contact | undefined} contact
   */
  beforeFinish(contact) {
    const hook = this.#given.beforeFinish;
    if (!contact || !hook) return Promise.resolve();
    const asked =
      this.#asking.get(contact.id) ?? this.#mayFinish(hook, contact);
    this.#asking.set(contact.id, asked);
    const over = () => this.#asking.delete(contact.id);
    asked.then(over, over);
    return asked;
  }

  /** @param {NonNullable<Given["beforeFinish"]>} hook @param {Contact} contact */
  async #mayFinish(hook, contact) {
    let may;
    try {
      may = await this.#until(() => hook(contact));
    } catch (cause) {
      if (cause instanceof SoftphoneError) throw cause;
      throw notPossible(NOT_YET, { cause });
    }
    if (typeof may === "string" && may) throw notPossible(may);
    if (may === false) throw notPossible(NOT_YET);
  }

  close() {
    this.#known.clear();
    for (const end of [...this.#waiting]) end();
  }

  /** What the host says of it. @param {Contact} contact */
  async #ask(contact) {
    const { id } = contact;
    const hook = this.#given.recording?.state;
    try {
      const ask = () => (hook ? hook(contact) : "off");
      const state = await this.#until(ask, PATIENCE_MS);
      const { recording } = this.#known.get(id) ?? {};
      // It may be over, or have been changed meanwhile.
      if (recording?.state === "unknown" && isState(state))
        this.#set(id, state);
    } catch (error) {
      if (!(error instanceof SoftphoneError)) reportError(error);
    }
  }

  /** @param {string} id @param {Recording["state"]} state */
  #set(id, state) {
    const hooks = this.#given.recording ?? {};
    const can = CAN[state].filter((change) => hooks[change]);
    const recording = Object.freeze({ state, can: Object.freeze(can) });
    const known = this.#known.get(id);
    const before = known?.recording;
    if (before?.state === state) return before;
    // Of a contact that is over meanwhile nothing is known any more.
    if (known) known.recording = recording;
    else if (state === "unknown") this.#known.set(id, { recording });
    if (this.#known.has(id)) this.#tell(id, recording);
    return recording;
  }

  /**
   * What the host answers, unless the phone is closed before.
   *
   * @param {() => any} ask
   * @param {number} [ms] in which it has to
   * @returns {Promise<any>}
   */
  #until(ask, ms) {
    return new Promise((resolve, reject) => {
      const timer = ms && setTimeout(() => reject(late()), ms);
      const end = () => reject(closed());
      this.#waiting.add(end);
      const over = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
      };
      const answer = new Promise((answered) => answered(ask()));
      answer.then(resolve, reject).then(over);
    });
  }
}

/** What can be done with a recording, by its state. @type {Record<Recording["state"], Change[]>} */
const CAN = {
  unknown: [],
  off: ["start"],
  on: ["pause", "stop"],
  paused: ["resume", "stop"],
};
/** What is left to say, by its state. @type {Record<Recording["state"], string>} */
const WHY_NOT = {
  unknown: "It is not known whether the call is being recorded.",
  off: "The call is not being recorded.",
  on: "The call is being recorded.",
  paused: "The recording is paused.",
};
/** What a recording is after a change, unless the host says something else. */
const AFTER = /** @type {const} */ ({
  start: "on",
  pause: "paused",
  resume: "on",
  stop: "off",
});
const NOT_YET = "The contact cannot be finished yet.";
/** As long as Amazon's own commands may take. */
const PATIENCE_MS = 10_000;

/** @param {unknown} told @returns {told is "off" | "on" | "paused"} */
function isState(told) {
  return told === "off" || told === "on" || told === "paused";
}

/** @param {string} why @param {ErrorOptions} [options] */
function notPossible(why, options) {
  return new SoftphoneError(
    "NOT_POSSIBLE_NOW",
    why,
    "`actions` of the configuration decide that.",
    options,
  );
}

function late() {
  return new SoftphoneError(
    "COMMAND_TIMEOUT",
    "The recording could not be changed.",
    "actions.recording of the configuration did not answer within 10 seconds.",
  );
}
