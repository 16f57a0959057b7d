// @ts-check
import { SoftphoneError } from "connect-softphone/error";
import { closed } from "./errors.js";

/**
 * @typedef {import("connect-softphone").SoftphoneDevices} Listed
 * @typedef {import("connect-softphone").SoftphoneDeviceKind} Kind
 * @typedef {{ kind: string, deviceId: string, label: string }} Found as the CCP's frame lists it
 * @typedef {{ id: string, label?: string }} Choice with the label, the id is the page's own
 * @typedef {Pick<import("connect-softphone").Softphone, "status" | "agent" | "contacts" | "on">} Host
 */

/** By the kind: how Streams names its events (2.28.2, `connect.ConfigurationEvents`), and what browsers list it as. */
const KINDS = {
  microphone: { event: "MICROPHONE", listed: "audioinput" },
  speaker: { event: "SPEAKER", listed: "audiooutput" },
  ringer: { event: "RINGER", listed: "audiooutput" },
};

/**
 * The devices of the CCP's frame, which calls use. Their ids are that frame's own: those that the host's page sees are others.
 *
 * Streams answers no setter (2.28.2, connect-streams.js, `setMicrophoneDevice`, `setSpeakerDevice`, `setRingerDevice`): it
 * broadcasts that a device has changed, and of what it does not do it tells nothing. The microphone can be set only while
 * there is a stream, and each call has a new one with the browser's default.
 */
export class Devices {
  /** @type {Host} */
  #phone;
  #streams;
  #notice;
  /** By the kind. @type {Partial<Record<Kind, Choice>>} */
  #chosen = {};
  /** The last command of each kind. @type {Map<Kind, { id: string, done: Promise<any> }>} */
  #running = new Map();
  /** Ends what waits for the CCP. @type {Set<(data?: any) => void>} */
  #waiting = new Set();
  /** The bus of the CCP that is followed; after each `initCCP` it is another one. @type {any} */
  #bus;
  /** Ends the subscriptions there. @type {(() => void)[]} */
  #followed = [];
  /** Ends the others, which are there once something was chosen. @type {AbortController | undefined} */
  #watching;
  #closed = false;

  /**
   * @param {Host} phone
   * @param {() => any} streams `connect`, as long as the phone uses it
   * @param {(message: string) => void} notice tells a diagnostic
   */
  constructor(phone, streams, notice) {
    this.#phone = phone;
    this.#streams = streams;
    this.#notice = notice;
  }

  /**
   * The devices as the CCP's frame has them, as far as it tells.
   *
   * @param {Listed} page as the host's page has them
   * @returns {Promise<Listed>}
   */
  async seen(page) {
    const ready = this.#phone.status.phase === "ready";
    const found = ready ? named(await this.#list()) : [];
    this.#check();
    const of = (/** @type {Kind} */ kind) =>
      Object.freeze(
        found
          .filter((one) => one.kind === KINDS[kind].listed)
          .map(({ deviceId: id, label }) => Object.freeze({ id, label })),
      );
    return Object.freeze({
      ...page,
      ...(found.length > 0 && {
        microphones: of("microphone"),
        speakers: of("speaker"),
      }),
      chosen: Object.freeze(
        Object.fromEntries(
          Object.entries(this.#chosen).map(([kind, { id }]) => [kind, id]),
        ),
      ),
    });
  }

  /**
   * One command of a kind at a time; the same twice is one.
   *
   * @param {Kind} kind
   * @param {string} id
   */
  async use(kind, id) {
    if (!Object.hasOwn(KINDS, String(kind)))
      throw invalid("first", kind, '"microphone", "speaker" or "ringer"');
    if (typeof id !== "string" || !id)
      throw invalid("second", id, "the id of a device, from devices()");
    const running = this.#running.get(kind);
    if (running?.id === id) return running.done;
    const before = running?.done.catch(() => {}) ?? Promise.resolve();
    const done = before.then(() => this.#use(kind, id));
    this.#running.set(kind, { id, done });
    try {
      return await done;
    } finally {
      if (this.#running.get(kind)?.done === done) this.#running.delete(kind);
    }
  }

  /** @param {Kind} kind @param {string} id */
  async #use(kind, id) {
    this.#check();
    const { phase, error } = this.#phone.status;
    if (phase === "expired" && error)
      throw new SoftphoneError(error.code, error.message, error.remedy);
    if (phase !== "ready") throw notPossible("The phone is not ready.");
    const found = await this.#list();
    this.#check();
    if (!found) throw notApplied();
    if (named(found).length === 0) return this.#useUnseen(kind, id);
    if (!find(found, kind, { id })) {
      const count = found.filter(isA(kind)).length;
      const list = `devices().${kind === "microphone" ? kind : "speaker"}s`;
      const expected = `one of the ${count} ids in ${list}`;
      throw invalid("second", id, expected, "an id that is not there");
    }
    const phases = this.#calls.map((call) => call.phase);
    const now = kind !== "microphone" || phases.length > 0;
    const set = now && (await this.#set(kind, id));
    this.#check();
    // A call may not have its stream yet.
    const later = phases.every((one) => one !== "talking" && one !== "held");
    if (!set && (kind !== "microphone" || !later)) throw notApplied();
    return this.#choose(kind, { id }, set);
  }

  /**
   * Firefox shows the CCP's frame no devices before it has used the microphone, which is in the first call. Until then, those of
   * the page are known, and a microphone will be found there by its label.
   *
   * @param {Kind} kind
   * @param {string} id
   */
  async #useUnseen(kind, id) {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    this.#check();
    const label = find(all, kind, { id })?.label;
    if (kind !== "microphone" || !label)
      throw notPossible("The browser does not show your devices yet.");
    return this.#choose(kind, { id, label }, false);
  }

  /** @param {Kind} kind @param {Choice} choice @param {boolean} set whether it is set already */
  #choose(kind, choice, set) {
    this.#chosen[kind] = choice;
    this.#watch();
    return Object.freeze({ applied: set ? "now" : "nextCall" });
  }

  close() {
    this.#closed = true;
    this.#watching?.abort();
    this.#unfollow();
    for (const end of this.#waiting) end();
  }

  #check() {
    if (this.#closed) throw closed();
  }

  /** The calls that have audio in a browser, or may have. */
  get #calls() {
    if (this.#phone.agent?.phoneType === "deskPhone") return [];
    return this.#phone.contacts.filter(
      ({ kind, phase }) =>
        (kind === "call" || kind === "callback") &&
        phase !== "wrapUp" &&
        phase !== "over",
    );
  }

  /** Keeps to what was chosen, from now on. */
  #watch() {
    this.#follow();
    if (this.#watching) return;
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const changed = () => void this.#look();
    navigator.mediaDevices?.addEventListener("devicechange", changed, {
      signal,
    });
    for (const type of /** @type {const} */ ([
      "statusChanged",
      "contactAdded",
    ])) {
      const off = this.#phone.on(type, () => this.#follow());
      signal.addEventListener("abort", off);
    }
  }

  #follow() {
    const { core, EventType, AgentEvents, ConfigurationEvents } =
      this.#streams() ?? {};
    const bus = core?.getEventBus();
    if (!bus || bus === this.#bus) return;
    this.#unfollow();
    this.#bus = bus;
    const on = (
      /** @type {string} */ event,
      /** @type {(data: any) => void} */ happened,
    ) => {
      const subscription = bus.subscribe(event, happened);
      this.#followed.push(() => subscription.unsubscribe());
    };
    on(AgentEvents.LOCAL_MEDIA_STREAM_CREATED, async () => {
      await this.#again("microphone");
      await this.#again("speaker");
    });
    // Another CCP has the id of its port. Streams keeps the ringer until there are ringtones.
    on(EventType.ACKNOWLEDGE, (data) => {
      const { ringer } = this.#chosen;
      if (data?.id && ringer) this.#send("ringer", ringer.id);
    });
    for (const kind of kinds())
      on(ConfigurationEvents[`${KINDS[kind].event}_DEVICE_CHANGED`], (data) => {
        // Also what another tab, or Amazon's panel, has chosen.
        if (this.#chosen[kind]) this.#chosen[kind] = { id: data.deviceId };
      });
  }

  #unfollow() {
    for (const end of this.#followed.splice(0)) end();
    this.#bus = undefined;
  }

  /** Sets what was chosen for a new stream. @param {Kind} kind */
  async #again(kind) {
    let choice = this.#chosen[kind];
    if (choice?.label) {
      await this.#look();
      choice = this.#chosen[kind];
    }
    if (!choice || (await this.#set(kind, choice.id)) || this.#closed) return;
    if (await this.#look()) return;
    this.#notice(
      `The CCP did not confirm the chosen ${kind}; this call may use the default one.`,
    );
  }

  /** Whether something that was chosen is gone, which it tells. What is known by its label gets its id. */
  async #look() {
    const found = await this.#list();
    if (this.#closed || !found || named(found).length === 0) return false;
    const gone = kinds().filter((kind) => {
      const choice = this.#chosen[kind];
      if (!choice) return false;
      const one = find(found, kind, choice);
      if (one) this.#chosen[kind] = { id: one.deviceId };
      return !one;
    });
    for (const kind of gone) {
      delete this.#chosen[kind];
      this.#notice(
        `DEVICE_GONE: the chosen ${kind} is not there any more; the default one is used.`,
      );
      const others = found.filter(isA(kind));
      const next =
        others.find(({ deviceId }) => deviceId === "default") ?? others[0];
      if (next && (kind !== "microphone" || this.#calls.length > 0))
        await this.#set(kind, next.deviceId);
    }
    return gone.length > 0;
  }

  /** Whether the CCP confirms it. @param {Kind} kind @param {string} id */
  async #set(kind, id) {
    const { ConfigurationEvents } = this.#streams() ?? {};
    const changed =
      ConfigurationEvents?.[`${KINDS[kind].event}_DEVICE_CHANGED`];
    const is = (/** @type {any} */ data) => data?.deviceId === id;
    const send = () => this.#send(kind, id);
    return Boolean(await this.#answer(changed, send, SET_MS, is));
  }

  /** @param {Kind} kind @param {string} id */
  #send(kind, id) {
    const { core, EventType, ConfigurationEvents } = this.#streams();
    core.getUpstream().sendUpstream(EventType.BROADCAST, {
      event: ConfigurationEvents[`SET_${KINDS[kind].event}_DEVICE`],
      data: { deviceId: id },
    });
  }

  /**
   * What the CCP's frame has; undefined: it does not say. Streams' own question, `getFrameMediaDevices`, is over after a
   * second, which a busy frame may need.
   *
   * @returns {Promise<Found[] | undefined>}
   */
  async #list() {
    for (let tries = 0; tries < 2 && !this.#closed; tries += 1) {
      const { core, EventType } = this.#streams() ?? {};
      const answer = await this.#answer(
        EventType?.MEDIA_DEVICE_RESPONSE,
        () => core.getUpstream().sendUpstream(EventType.MEDIA_DEVICE_REQUEST),
        LIST_MS,
      );
      if (Array.isArray(answer)) return answer;
    }
  }

  /**
   * What the CCP tells next; undefined: nothing, in that time.
   *
   * @param {string | undefined} event
   * @param {() => void} ask
   * @param {number} ms
   * @param {(data: any) => boolean} [is] whether it is the answer
   * @returns {Promise<any>}
   */
  #answer(event, ask, ms, is = () => true) {
    return new Promise((resolve) => {
      const bus = this.#streams()?.core.getEventBus();
      if (this.#closed || !bus || !event) return resolve(undefined);
      const end = (/** @type {any} */ data = undefined) => {
        clearTimeout(timer);
        subscription.unsubscribe();
        this.#waiting.delete(end);
        resolve(data);
      };
      const timer = setTimeout(end, ms);
      const subscription = bus.subscribe(
        event,
        (/** @type {any} */ data) => is(data) && end(data),
      );
      this.#waiting.add(end);
      try {
        ask();
      } catch {
        end(); // There is no CCP that could be asked.
      }
    });
  }
}

/** How long the CCP may take to say that a device has changed. */
const SET_MS = 3000;
/** How long its frame may take to list them, twice. */
const LIST_MS = 5000;

function kinds() {
  return /** @type {Kind[]} */ (Object.keys(KINDS));
}

/** Those with an id: without the permission, a browser lists one nameless device of each kind. @param {Found[]} [found] */
function named(found) {
  return found?.filter(({ deviceId }) => deviceId) ?? [];
}

/** @param {Kind} kind */
function isA(kind) {
  return (/** @type {Found} */ one) => one.kind === KINDS[kind].listed;
}

/** @param {Found[]} found @param {Kind} kind @param {Choice} choice */
function find(found, kind, { id, label }) {
  const is = (/** @type {Found} */ one) =>
    label ? one.label === label : one.deviceId === id;
  return found.filter(isA(kind)).find(is);
}

/** As the core says it. @param {string} place @param {unknown} value @param {string} expected @param {string} [found] */
function invalid(place, value, expected, found = described(value)) {
  return new SoftphoneError(
    "ARGUMENT_INVALID",
    `useDevice() was called with ${found} as its ${place} argument; expected ${expected}.`,
    "Correct the call; index.d.ts documents what it accepts.",
  );
}

/** @param {unknown} value */
function described(value) {
  if (value === undefined) return "nothing";
  if (typeof value === "string")
    return value ? "another text" : "an empty string";
  return value === null ? "null" : `a value of the type ${typeof value}`;
}

/** @param {string} why */
function notPossible(why) {
  return new SoftphoneError(
    "NOT_POSSIBLE_NOW",
    why,
    "Devices can be chosen while the phone is ready, once the agent has allowed the microphone: call devices() in a click before.",
  );
}

function notApplied() {
  return new SoftphoneError(
    "DEVICE_NOT_APPLIED",
    "The device could not be changed.",
    "The CCP did not confirm it within 3 seconds. Likeliest first: with Amazon's panel visible, streams.options.pageOptions.enableAudioDeviceSettings is not true; the device is in use or broken; the CCP reloaded in a call, whose audio is gone then.",
  );
}
