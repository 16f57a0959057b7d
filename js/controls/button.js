// @ts-check
import { html, nothing } from "lit";
import { icon } from "./icons.js";

/**
 * A button for something that `can` and `cannot` know.
 *
 * @typedef {object} Control
 * @property {string} id unique in the panel
 * @property {string} control the name of the command, for styles and tests
 * @property {string} label
 * @property {boolean | undefined} can
 * @property {string | undefined} why it is off
 * @property {() => void} act
 * @property {import("./icons.js").Icon} [icon]
 * @property {string} [name] the accessible name, if the label alone does not tell enough
 * @property {string} [kind] a class
 * @property {boolean} [busy]
 * @property {boolean} [expanded] for a control that opens something
 * @property {string} [keys] its hot key
 * @property {(why: string | undefined) => void} [hint] shows why it is off, while it has the focus or the pointer
 */

/**
 * Shows a control exactly when it belongs there. One that is off keeps the focus and its place, and says why.
 *
 * @param {Control} control
 */
export function controlButton({
  id,
  control,
  label,
  can,
  why,
  act,
  icon: picture,
  name,
  kind = "",
  busy = false,
  expanded,
  keys,
  hint,
}) {
  if (!can && why === undefined) return nothing;
  const off = !can;
  const hinted = off ? why : undefined;
  return html`<button
      type="button"
      class="control ${kind}"
      part="button control ${kind}"
      data-control=${control}
      data-focus=${id}
      aria-disabled=${off}
      aria-busy=${busy || nothing}
      aria-label=${name ?? nothing}
      aria-describedby=${off ? `why-${id}` : nothing}
      aria-expanded=${expanded ?? nothing}
      aria-keyshortcuts=${keys?.replace("Ctrl", "Control") || nothing}
      title=${keys || nothing}
      @click=${() => (off ? hint?.(why) : act())}
      @focus=${() => hint?.(hinted)}
      @blur=${() => hint?.(undefined)}
      @pointerenter=${() => hint?.(hinted)}
      @pointerleave=${() => hint?.(undefined)}
    >
      ${picture ? icon(picture) : nothing}<span class="label">${label}</span>
    </button>
    ${off ? html`<span id="why-${id}" hidden>${why}</span>` : nothing}`;
}

/**
 * What went wrong, near what was clicked.
 *
 * @param {string | undefined} sentence
 * @param {string} dismissLabel
 * @param {() => void} dismiss
 */
export function problem(sentence, dismissLabel, dismiss) {
  if (!sentence) return nothing;
  return html`<div class="problem" part="problem" role="alert">
    <p>${sentence}</p>
    <button
      type="button"
      class="bare"
      part="button"
      aria-label=${dismissLabel}
      @click=${dismiss}
    >
      ${icon("remove")}
    </button>
  </div>`;
}
