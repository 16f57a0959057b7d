// @ts-check
import { html } from "lit";
import { fill, reason } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */

/**
 * The keypad for tones. The keyboard's keys work in it, too.
 *
 * @param {Panel} panel
 * @param {import("connect-softphone").SoftphoneContact} contact
 */
export function keypadView(panel, contact) {
  const { words, digits } = panel;
  const busy = panel.commands.isRunning(`contact ${contact.id} digits`);
  const off = !contact.can.sendDigits && !busy;
  const send = (/** @type {string} */ key) => {
    if (off) panel.hintAt(`contact ${contact.id}`, why);
    else panel.sendDigit(contact, key);
  };
  const why = reason(words, contact.cannot.sendDigits);
  return html`<div
    class="keypad"
    part="keypad"
    role="group"
    aria-label=${words.keypad}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (!KEYS.includes(event.key) || event.repeat) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      send(event.key);
    }}
  >
    <p class="digits" part="digits">
      <bdi
        >${fill(words.digitsSent, { digits: digits.get(contact.id) ?? "" })}</bdi
      >
    </p>
    <div class="keys" dir="ltr">
      ${KEYS.map(
        (key) =>
          html`<button
            type="button"
            part="button key"
            data-key=${key}
            aria-disabled=${off}
            @click=${() => send(key)}
          >
            ${key}
          </button>`,
      )}
    </div>
  </div>`;
}

export const KEYS = [..."123456789*0#"];
