// @ts-check
import { Announcer } from "./announcer.js";
import { Commands } from "./commands.js";
import { Devices } from "./devices.js";
import { Follower } from "./follower.js";
import { History } from "./history.js";
import { HOT_KEYS, chosenHotKeys, keepHotKeys } from "./hot-keys.js";
import { Notices } from "./notification.js";
import { Picker } from "./picker.js";
import { nameOf, phoneTypeWords, wordsWith } from "./words.js";

/**
 * @typedef {import("connect-softphone").Softphone} Softphone
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 * @typedef {import("connect-softphone").SoftphoneAgent} Agent
 * @typedef {import("./hot-keys.js").HotKey} HotKey
 */

/** What the views show, and what they can do. Everything about the phone is asked of the phone when it is drawn. */
export class Panel {
  /** @type {Softphone | null} */
  phone = null;
  words = wordsWith(undefined);
  /** The time of this drawing. */
  now = Date.now();
  /** @type {string | undefined} the contact that is shown */
  selected;
  settingsOpen = false;
  menuOpen = false;
  /** @type {Picker | undefined} whom to consult or to transfer to */
  picker;
  /** @type {string | undefined} the contact with the open keypad */
  keypad;
  /** What was sent, by contact. @type {Map<string, string>} */
  digits = new Map();
  /** @type {{ id: string, text: string, sent: boolean } | undefined} */
  issue;
  /** Why a control is off: the one with the focus or the pointer. @type {{ place: string, why: string } | undefined} */
  hint;
  dial = { number: "", queueArn: "", asked: false };
  /** Where calls are to come, while the agent is choosing. @type {{ type: Agent["phoneType"], number: string } | undefined} */
  phoneType;
  /** @type {HotKey | undefined} whose combination is being changed */
  changing;
  /** What came of the last change. */
  keysNote = "";
  /** @type {number | undefined} when a session that is not renewed ends */
  sessionEndsMs;

  /** Typed, and not yet sent, by contact. @type {Map<string, string>} */
  #unsent = new Map();

  /** @param {import("./element.js").SoftphoneControls} element */
  constructor(element) {
    this.element = element;
    this.changed = () => element.requestUpdate();
    this.commands = new Commands(this.changed);
    this.devices = new Devices(this);
    this.history = new History();
    this.notices = new Notices();
    this.announcer = new Announcer((text) => element.say(text));
    this.follower = new Follower(this);
    this.chosenKeys = chosenHotKeys();
  }

  get acwLengthMs() {
    return this.element.acwLengthMs ?? 0;
  }

  get ringLengthMs() {
    return this.element.ringLengthMs ?? 0;
  }

  /** @returns {import("./hot-keys.js").HotKeys} the host's, and above them the agent's own */
  get hotKeys() {
    /** @type {any} */
    const all = { ...HOT_KEYS, ...this.element.hotKeys, ...this.chosenKeys };
    for (const name of Object.keys(all)) all[name] ??= "";
    return all;
  }

  get contacts() {
    return this.phone?.contacts ?? [];
  }

  /** The contact that is shown. */
  get contact() {
    const contacts = this.contacts;
    return contacts.find(({ id }) => id === this.selected) ?? contacts[0];
  }

  /** The state to which agents go back. */
  get routable() {
    return this.phone?.agent?.states.find(({ type }) => type === "routable")
      ?.name;
  }

  /** @param {Contact} contact */
  name(contact) {
    return nameOf(this.words, contact);
  }

  /** @param {string} id */
  select(id) {
    this.selected = id;
    this.settingsOpen = false;
    this.changed();
  }

  /**
   * @param {string} place
   * @param {string | undefined} why
   */
  hintAt(place, why) {
    if (why) this.hint = { place, why };
    else if (this.hint?.place === place) this.hint = undefined;
    this.changed();
  }

  /**
   * Runs a command of the phone; what goes wrong is shown at `place`.
   *
   * @template T
   * @param {string} place
   * @param {(phone: Softphone) => Promise<T>} command
   */
  async run(place, command) {
    const { phone } = this;
    if (!phone) return undefined;
    const outcome = await this.commands.run(place, () => command(phone));
    // The contact may be gone, and what was shown beside it with it.
    const contact = /^contact (\S+)/.exec(place)?.[1];
    if (contact && !this.contacts.some(({ id }) => id === contact))
      this.commands.move(place, "panel");
    return outcome;
  }

  /** @param {string} name of a state */
  setState(name) {
    this.menuOpen = false;
    this.element.focusOn("state");
    return this.run("state", (phone) => phone.setState(name));
  }

  clearNextState() {
    this.element.focusOn("state");
    return this.run("state", (phone) => phone.clearNextState());
  }

  /**
   * A command for a whole contact.
   *
   * @param {Contact} contact
   * @param {import("connect-softphone").SoftphoneControl} control
   */
  command({ id }, control) {
    const place = placeOf(id);
    switch (control) {
      case "sendDigits":
        this.keypad = this.keypad === id ? undefined : id;
        this.close("keypad");
        return;
      case "consult":
      case "transfer":
        return this.choose(id, control);
      case "reportIssue":
        this.issue =
          this.issue?.id === id ? undefined : { id, text: "", sent: false };
        this.close("issue");
        return;
      case "mute":
      case "unmute":
      case "accept":
      case "reject":
      case "hangUp":
      case "hold":
      case "resume":
      case "conference":
      case "swap":
      case "leave":
      case "finish":
      case "monitor":
      case "bargeIn":
      case "dialPreview":
      case "discardPreview":
        return void this.run(place, async (phone) => phone[control](id));
    }
  }

  /**
   * @param {Contact} contact
   * @param {"start" | "pause" | "resume" | "stop"} change
   */
  record({ id }, change) {
    return this.run(placeOf(id), (phone) => phone[`${change}Recording`](id));
  }

  /** Closes what is open besides. @param {"keypad" | "picker" | "issue"} except */
  close(except) {
    if (except !== "keypad") this.keypad = undefined;
    if (except !== "picker") this.picker = undefined;
    if (except !== "issue") this.issue = undefined;
    this.changed();
  }

  /**
   * @param {string} id
   * @param {"consult" | "transfer"} purpose
   */
  choose(id, purpose) {
    const open = this.picker;
    const closes = open?.id === id && open.purpose === purpose;
    this.picker = closes ? undefined : new Picker(this, id, purpose);
    this.close("picker");
    if (!closes) this.element.focusOn("target");
  }

  /**
   * Sends a tone, together with those that are typed until the one before has been sent.
   *
   * @param {Contact} contact
   * @param {string} digit
   */
  async sendDigit({ id }, digit) {
    this.digits.set(id, (this.digits.get(id) ?? "") + digit);
    this.#unsent.set(id, (this.#unsent.get(id) ?? "") + digit);
    const place = `${placeOf(id)} digits`;
    if (this.commands.isRunning(place)) return;
    await this.run(place, async (phone) => {
      for (let digits; (digits = this.#unsent.get(id));) {
        this.#unsent.delete(id);
        await phone.sendDigits(id, digits);
      }
    });
    this.#unsent.delete(id);
  }

  /**
   * Finishes a contact, and goes back to where contacts come from.
   *
   * @param {Contact} contact
   * @param {string} state
   */
  finishAnd({ id }, state) {
    return this.run(placeOf(id), async (phone) => {
      await phone.finish(id);
      if (phone.agent?.state !== state) await phone.setState(state);
    });
  }

  async call() {
    const { number, queueArn } = this.dial;
    this.dial.asked = false;
    if (!number.trim() || this.commands.isRunning("dial")) return;
    const called = await this.run("dial", (phone) =>
      phone.dial(number, queueArn ? { queueArn } : {}),
    );
    if (!called) return;
    this.dial = { ...this.dial, number: "" };
    this.select(called.done.id);
  }

  async sendIssue() {
    const { issue } = this;
    if (!issue) return;
    const description = issue.text.trim();
    const sent = await this.run(placeOf(issue.id), (phone) =>
      phone.reportIssue(issue.id, description ? { description } : {}),
    );
    if (sent && this.issue === issue) {
      this.issue = { ...issue, sent: true };
      this.announcer.announce(this.words.issueSent);
      this.changed();
    }
  }

  async setPhoneType() {
    const { phoneType, words } = this;
    if (!phoneType) return;
    const { type, number } = phoneType;
    const set = await this.run("phoneType", (phone) =>
      phone.setPhoneType(type, type === "deskPhone" ? number : null),
    );
    if (!set) return;
    this.phoneType = undefined;
    this.announcer.announce(phoneTypeWords(words, set.done));
    this.changed();
  }

  /**
   * @param {HotKey} name
   * @param {string} keys
   */
  changeHotKey(name, keys) {
    this.chosenKeys = { ...this.chosenKeys, [name]: keys };
    this.changing = undefined;
    keepHotKeys(this.chosenKeys);
    const detail = { hotKeys: this.hotKeys };
    this.element.dispatchEvent(new CustomEvent("hotkeyschanged", { detail }));
    this.changed();
  }

  /** Forgets what belonged to another phone. */
  reset() {
    this.selected = this.keypad = this.picker = this.issue = undefined;
    this.hint = this.phoneType = undefined;
    this.devices.hide();
    this.sessionEndsMs = undefined;
    this.menuOpen = false;
    this.commands.clear();
    this.digits.clear();
    this.history.clear();
    this.notices.closeAll();
  }
}

/**
 * Where the problems of a contact are shown.
 *
 * @param {string} id
 */
export function placeOf(id) {
  return `contact ${id}`;
}
