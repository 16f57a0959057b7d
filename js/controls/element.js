// @ts-check
import { LitElement, html, nothing } from "lit";
import { combination } from "./hot-keys.js";
import { Panel } from "./panel.js";
import { styles } from "./styles.js";
import { agentView, toggleMenu } from "./views/agent.js";
import { contactView } from "./views/contact.js";
import { contactsView } from "./views/contacts.js";
import { dialView, historyView } from "./views/dial.js";
import { settingsView } from "./views/settings.js";
import { statusView } from "./views/status.js";
import { phoneTypeWords, wordsWith } from "./words.js";

/** The panel; see controls.d.ts. It asks the phone for everything whenever something changes, and draws it. */
export class SoftphoneControls extends LitElement {
  static properties = {
    phone: { attribute: false },
    strings: { attribute: false },
    contactAttributes: { attribute: false },
    acwLengthMs: { type: Number, attribute: "acw-length-ms" },
    ringLengthMs: { type: Number, attribute: "ring-length-ms" },
    hotKeys: { attribute: false },
    hotKeysEverywhere: { type: Boolean, attribute: "hot-keys-everywhere" },
  };

  static styles = styles;

  #panel;
  /** What is to have the focus once it is drawn. @type {string | undefined} */
  #wanted;
  /** What has it. @type {Element | null | undefined} */
  #focused;
  /** Each second, while there is a time to show. @type {ReturnType<typeof setInterval> | undefined} */
  #clock;

  constructor() {
    super();
    /** @type {import("connect-softphone").Softphone | null} */
    this.phone = null;
    /** @type {import("connect-softphone/controls").ControlsStringsGiven | null} */
    this.strings = null;
    /** @type {Readonly<Record<string, string>> | null} */
    this.contactAttributes = null;
    /** @type {number | null} */
    this.acwLengthMs = null;
    /** @type {number | null} */
    this.ringLengthMs = null;
    /** @type {Partial<Record<import("./hot-keys.js").HotKey, string | null>> | null} */
    this.hotKeys = null;
    this.hotKeysEverywhere = false;
    this.#panel = new Panel(this);
    this.addEventListener("keydown", this.#key);
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", this.#keyElsewhere);
    document.addEventListener("visibilitychange", this.#tick);
    this.#clock = setInterval(this.#tick, 1000);
    if (this.#panel.phone) this.#panel.follower.follow(this.#panel.phone);
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#keyElsewhere);
    document.removeEventListener("visibilitychange", this.#tick);
    clearInterval(this.#clock);
    this.#panel.follower.stop();
    this.#panel.devices.hide();
    this.#panel.notices.closeAll();
  }

  /** Moves the focus to what has that name, once it is there. @param {string} name */
  focusOn(name) {
    this.#wanted = name;
    this.requestUpdate();
  }

  /** Tells a screen reader. @param {string} text */
  say(text) {
    const region = this.renderRoot.querySelector("#live");
    if (region) region.textContent = text;
  }

  /** Shows how loud the microphone is, ten times a second. @param {number} level 0 to 1 */
  showLevel(level) {
    const meter = /** @type {HTMLElement | null} */ (
      this.renderRoot.querySelector(".level")
    );
    meter?.style.setProperty("--level", String(level));
    meter?.setAttribute("aria-valuenow", String(Math.round(level * 100)));
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    const panel = this.#panel;
    if (changed.has("strings")) panel.words = wordsWith(this.strings);
    if (changed.has("phone") && this.phone !== panel.phone) {
      panel.follower.stop();
      panel.reset();
      panel.phone = this.phone;
      if (this.phone && this.isConnected) panel.follower.follow(this.phone);
    }
    if (!panel.settingsOpen) panel.devices.hide();
    panel.now = Date.now();
    // Of a button that will be gone after this.
    this.#focused = this.shadowRoot?.activeElement;
  }

  updated() {
    const name = this.#wanted;
    this.#wanted = undefined;
    const wanted = name && this.#named(name);
    if (wanted) return wanted.focus();
    if (!this.#focused || this.#focused.isConnected) return;
    const next = FALLBACKS.map((fallback) => this.#named(fallback));
    next.find((element) => element)?.focus();
  }

  /** @param {string} name */
  #named(name) {
    return /** @type {HTMLElement | null} */ (
      this.renderRoot.querySelector(`[data-focus="${name}"]`)
    );
  }

  #tick = () => {
    if (!document.hidden) this.requestUpdate();
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    // A key that is held down clicks once.
    const clicks = event.key === "Enter" || event.key === " ";
    const [target] = event.composedPath();
    if (event.repeat && clicks && target instanceof HTMLButtonElement)
      event.preventDefault();
    else this.#hotKey(event);
  };

  /** @param {KeyboardEvent} event */
  #keyElsewhere = (event) => {
    if (this.hotKeysEverywhere && !event.composedPath().includes(this))
      this.#hotKey(event);
  };

  /** @param {KeyboardEvent} event */
  #hotKey(event) {
    if (event.defaultPrevented || event.repeat) return;
    const panel = this.#panel;
    const keys = combination(event);
    if (!keys) return;
    const entries = Object.entries(panel.hotKeys);
    const name = entries.find(([, its]) => its === keys)?.[0];
    if (!name) return;
    event.preventDefault();
    if (name === "state") return void (panel.phone?.agent && toggleMenu(panel));
    /** @type {Record<string, import("connect-softphone").SoftphoneControl[]>} */
    const controls = {
      hold: ["hold", "resume"],
      mute: ["mute", "unmute"],
      hangUp: ["hangUp", "leave"],
    };
    const wanted = controls[name] ?? [/** @type {any} */ (name)];
    const shown = panel.contact ? [panel.contact] : [];
    for (const contact of [...shown, ...panel.contacts]) {
      const control = wanted.find((one) => contact.can[one]);
      if (control) return void panel.command(contact, control);
    }
  }

  render() {
    const panel = this.#panel;
    const { words, settingsOpen } = panel;
    return html`<div
      class="panel"
      part="panel"
      lang=${words.language}
      role="region"
      aria-label=${words.panel}
    >
      ${agentView(panel)} ${statusView(panel)}
      ${settingsOpen ? settingsView(panel) : phoneView(panel)}
      <p id="live" class="hidden" role="status" aria-live="polite"></p>
    </div>`;
  }
}

/** @param {Panel} panel */
function phoneView(panel) {
  const { words, phone, contact } = panel;
  const agent = phone?.agent;
  if (contact)
    return html`${contactsView(panel)} ${contactView(panel, contact)}
    ${historyView(panel)}`;
  if (!agent || phone?.status.phase !== "ready") return nothing;
  const routable = agent.stateType === "routable";
  return html`<div class="idle" part="idle">
      <p>${routable ? words.idleRoutable : words.idleAway}</p>
      ${agent.autoAccept ? html`<p>${words.autoAcceptOn}</p>` : nothing}
      ${
        agent.phoneType === "deskPhone"
          ? html`<p>${phoneTypeWords(words, agent)}</p>`
          : nothing
      }
    </div>
    ${dialView(panel)} ${historyView(panel)}`;
}

/** Where the focus goes from what is gone. */
const FALLBACKS = ["contact", "notice", "state", "settings"];
