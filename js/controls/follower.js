// @ts-check
import { timeOfDay } from "./time.js";
import { fill, nameOf, partyName, sentenceOf, stateWords } from "./words.js";

/**
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 * @typedef {import("connect-softphone").Softphone} Softphone
 */

/** Follows a phone's events: what is told of them, which contact is shown, what is kept as history. */
export class Follower {
  #panel;
  /** @type {(() => void)[]} */
  #unsubscribe = [];
  /** As they were last. @type {Map<string, Contact>} */
  #known = new Map();
  /** How their recordings were last. @type {Map<string, string>} */
  #recordings = new Map();
  /** What was told of the agent last. */
  #state = "";
  #next = "";
  #status = "";
  /** Whether something was not right. */
  #wrong = false;

  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.#panel = panel;
  }

  /** @param {Softphone} phone */
  follow(phone) {
    const changed = this.#panel.changed;
    this.#state = phone.agent?.state ?? "";
    this.#next = phone.agent?.nextState ?? "";
    for (const contact of phone.contacts) this.#added(contact);
    this.#unsubscribe = [
      phone.on("statusChanged", () => this.#statusChanged(phone)),
      phone.on("agentChanged", () => this.#agentChanged(phone)),
      phone.on("audioChanged", changed),
      phone.on("contactAdded", ({ contact }) => this.#added(contact)),
      phone.on("contactChanged", ({ contact }) =>
        this.#contactChanged(contact),
      ),
      phone.on("contactRemoved", ({ id }) => this.#removed(id)),
      phone.on("recordingChanged", ({ id, recording }) =>
        this.#recordingChanged(id, recording),
      ),
      phone.on("diagnostic", ({ message }) => {
        if (!message.startsWith("DEVICE_GONE")) return;
        const { words, commands, devices } = this.#panel;
        this.#tell(words.deviceGone);
        commands.fail("panel", { message: words.deviceGone });
        devices.refresh();
      }),
      phone.on("sessionExpiring", ({ reason, endsAtMs }) => {
        const { words } = this.#panel;
        const time = timeOfDay(endsAtMs, words.language);
        // About inactivity, the status says for how long.
        if (reason === "inactivity") this.#tell(words.inactiveUntil, { time });
        else this.#panel.sessionEndsMs = endsAtMs;
        changed();
      }),
    ];
  }

  stop() {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
    this.#known.clear();
    this.#recordings.clear();
    this.#status = "";
    this.#wrong = false;
    this.#panel.announcer.stop();
  }

  /** @param {string} sentence @param {Record<string, string>} [values] */
  #tell(sentence, values = {}) {
    this.#panel.announcer.announce(fill(sentence, values));
  }

  /** @param {Softphone} phone */
  #statusChanged({ status }) {
    const panel = this.#panel;
    const { phase, error, session } = status;
    // That session has ended, or has been renewed.
    if (session?.endsAtMs !== panel.sessionEndsMs)
      panel.sessionEndsMs = undefined;
    const words = panel.words;
    const said = error ? sentenceOf(words, error) : words.phases[phase];
    const wrong = error !== undefined || !QUIET.includes(phase);
    // That the phone is ready is news only after something was not right.
    if (said !== this.#status && (wrong || this.#wrong)) this.#tell(said);
    this.#status = said;
    if (wrong || phase === "ready") this.#wrong = wrong;
    panel.changed();
  }

  /** @param {Softphone} phone */
  #agentChanged({ agent }) {
    const { words } = this.#panel;
    const state = agent?.state ?? "";
    const next = agent?.nextState ?? "";
    // What a contact does to the state is told of the contact.
    const chosen = agent?.states.some(({ name }) => name === state);
    if (this.#state && state !== this.#state && chosen)
      this.#tell(words.heard.state, { state: stateWords(words, state) });
    if (next !== this.#next && next)
      this.#tell(words.heard.next, { state: stateWords(words, next) });
    this.#state = state;
    this.#next = next;
    this.#panel.changed();
  }

  /**
   * @param {string} id
   * @param {import("connect-softphone").SoftphoneRecording | null} recording
   */
  #recordingChanged(id, recording) {
    const before = this.#recordings.get(id);
    if (recording) this.#recordings.set(id, recording.state);
    else this.#recordings.delete(id);
    // How it stands when it becomes known is no news.
    if (recording && before && before !== "unknown")
      this.#tell(this.#panel.words.recordings[recording.state]);
    this.#panel.changed();
  }

  /** @param {Contact} contact */
  #added(contact) {
    const panel = this.#panel;
    this.#known.set(contact.id, contact);
    panel.history.note(contact);
    const shown = panel.contact;
    // Nothing moves under the hand of an agent who is on a contact.
    if (!shown || !isLive(shown) || shown.id === contact.id)
      panel.selected = contact.id;
    else panel.selected ??= shown.id;
    if (contact.phase === "offered") this.#offered(contact);
    panel.changed();
  }

  /** @param {Contact} contact */
  #offered(contact) {
    const panel = this.#panel;
    const { words } = panel;
    const name = nameOf(words, contact);
    const offer = words.offers[contact.kind];
    const queue = contact.queue?.name ?? "";
    const text = queue ? words.heard.ofQueue : words.heard.offered;
    this.#tell(text, { offer, name, queue });
    const body = [name, queue].filter(Boolean).join(" · ");
    panel.notices.show(contact.id, offer, body, () => panel.select(contact.id));
  }

  /** @param {Contact} contact */
  #contactChanged(contact) {
    const panel = this.#panel;
    const { words } = panel;
    const before = this.#known.get(contact.id);
    this.#known.set(contact.id, contact);
    panel.history.note(contact);
    if (contact.phase !== "offered") panel.notices.close(contact.id);
    const name = nameOf(words, contact);
    if (before && before.phase !== contact.phase)
      this.#phaseChanged(contact, before, name);
    if (before && isLive(contact)) {
      this.#partiesChanged(contact, before);
      const { muted } = contact;
      if (muted !== before.muted && before.muted !== null && muted !== null)
        this.#tell(muted ? words.heard.muted : words.heard.unmuted);
    }
    if (!isLive(contact) && before && isLive(before)) {
      if (panel.keypad === contact.id) panel.keypad = undefined;
      if (panel.picker?.id === contact.id) panel.picker = undefined;
    }
    panel.changed();
  }

  /** @param {Contact} contact @param {Contact} before @param {string} name */
  #phaseChanged(contact, before, name) {
    const { words } = this.#panel;
    const { heard, outcomes } = words;
    switch (contact.phase) {
      case "talking":
        return before.phase === "held"
          ? this.#tell(heard.resumed, { name })
          : this.#tell(heard.connected, { name });
      case "held":
        // While somebody is being called, it is told when they answer.
        return contact.participants.some(({ state }) => state === "connecting")
          ? undefined
          : this.#tell(heard.held, { name });
      case "wrapUp":
        return this.#tell(heard.wrapUp);
      case "over":
        return this.#tell(`${outcomes[contact.outcome ?? "failed"]}: ${name}.`);
      case "offered":
        return this.#offered(contact);
      case "connecting":
        return undefined;
    }
  }

  /** @param {Contact} contact @param {Contact} before */
  #partiesChanged(contact, before) {
    const { words } = this.#panel;
    for (const one of contact.participants) {
      const then = before.participants.find(({ id }) => id === one.id);
      if (one.role === "thirdParty" && one.state === "connected")
        if (then?.state === "connecting" || then?.state === "connectedToQueue")
          this.#tell(words.heard.joined, { name: partyName(words, one) });
    }
    const gone = before.participants.filter(
      ({ id, role }) =>
        role !== "agent" && !contact.participants.some((one) => one.id === id),
    );
    for (const one of gone)
      this.#tell(words.heard.left, { name: partyName(words, one) });
  }

  /** @param {string} id */
  #removed(id) {
    const panel = this.#panel;
    this.#known.delete(id);
    panel.history.end(id);
    panel.notices.close(id);
    panel.digits.delete(id);
    for (const place of panel.commands.places)
      if (place.startsWith(`contact ${id}`)) panel.commands.dismiss(place);
    if (panel.selected === id) panel.selected = undefined;
    if (panel.keypad === id) panel.keypad = undefined;
    if (panel.picker?.id === id) panel.picker = undefined;
    if (panel.issue?.id === id) panel.issue = undefined;
    panel.changed();
  }
}

/** Phases that pass by themselves. */
const QUIET = ["opening", "signingIn", "ready"];

/** @param {Contact} contact */
export function isLive({ phase }) {
  return phase !== "wrapUp" && phase !== "over";
}
