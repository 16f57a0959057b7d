// @ts-check
import { html, nothing } from "lit";
import { duration } from "../time.js";
import { phaseWords } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */

/**
 * The list of contacts, if there are several.
 *
 * @param {Panel} panel
 */
export function contactsView(panel) {
  const { words, contacts, contact: shown, now } = panel;
  if (contacts.length < 2) return nothing;
  return html`<nav
    class="contacts"
    part="contacts"
    aria-label=${words.contacts}
  >
    <ul>
      ${contacts.map(
        (contact) =>
          html`<li>
            <button
              type="button"
              part="button contacts-item"
              data-phase=${contact.phase}
              aria-current=${contact.id === shown?.id ? "true" : nothing}
              @click=${() => panel.select(contact.id)}
            >
              <span class="who"><bdi>${panel.name(contact)}</bdi></span>
              <span class="what">${phaseWords(words, contact)}</span>
              <span class="time">${duration(now - contact.sinceMs)}</span>
            </button>
          </li>`,
      )}
    </ul>
  </nav>`;
}
