// @ts-check
import { html, nothing } from "lit";
import { controlButton } from "../button.js";
import { placeOf } from "../panel.js";
import { duration } from "../time.js";
import { phaseWords, reason } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

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
            ${
              contact.id === shown?.id
                ? nothing
                : OFFERS.map((control) => offerButton(panel, contact, control))
            }
          </li>`,
      )}
    </ul>
  </nav>`;
}

/**
 * Answers an offer without leaving the contact that is shown.
 *
 * @param {Panel} panel
 * @param {Contact} contact
 * @param {"accept" | "reject"} control
 */
function offerButton(panel, contact, control) {
  const { words } = panel;
  const label = words.controls[control];
  return controlButton({
    id: `${control}-${contact.id}`,
    control,
    label,
    name: `${label}: ${panel.name(contact)}`,
    can: contact.can[control],
    why: reason(words, contact.cannot[control]),
    act: () => {
      if (control === "accept") panel.select(contact.id);
      panel.command(contact, control);
    },
    icon: control,
    kind: control === "accept" ? "icon-only good" : "icon-only bad quiet",
    hint: (why) => panel.hintAt(placeOf(contact.id), why),
  });
}

/** @type {readonly ("accept" | "reject")[]} */
const OFFERS = ["accept", "reject"];
