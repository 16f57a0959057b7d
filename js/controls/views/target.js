// @ts-check
import { html, nothing } from "lit";
import { problem } from "../button.js";
import { NUMBER } from "../picker.js";
import { fill, sentenceOf } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {import("../picker.js").Picker} Picker */

/**
 * Whom to call about a contact: the search, the choice, and the button that calls.
 *
 * @param {Panel} panel
 * @param {import("connect-softphone").SoftphoneContact} contact
 * @param {Picker} picker
 */
export function targetView(panel, contact, picker) {
  const { words, commands } = panel;
  const { purpose, targetName } = picker;
  const wrong = commands.problem(picker.place);
  const transfers = purpose === "transfer";
  const label = fill(transfers ? words.transferTo : words.consultWith, {
    name: targetName,
  });
  const why = contact.cannot[purpose];
  return html`<div
    class="target"
    part="target"
    role="group"
    aria-label=${words.controls[purpose]}
    @keydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close(panel, purpose);
    }}
  >
    <label class="field"
      ><span>${words.target}</span>
      <input
        type="text"
        part="field"
        inputmode="text"
        autocomplete="off"
        spellcheck="false"
        data-focus="target"
        .value=${picker.text}
        @input=${(/** @type {InputEvent} */ event) =>
          picker.type(/** @type {HTMLInputElement} */ (event.target).value)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter") return;
          // Chooses, and does not call: that takes another key.
          event.preventDefault();
          const only = picker.found.length === 1 ? picker.found[0].arn : "";
          if (!picker.target && only) picker.choose(only);
          if (picker.target) panel.element.focusOn("call-target");
        }}
      />
    </label>
    ${choices(panel, picker)}
    ${
      transfers
        ? html`<label class="check"
            ><input
              type="checkbox"
              .checked=${picker.leave}
              @change=${(/** @type {Event} */ event) => {
                picker.leave = /** @type {HTMLInputElement} */ (
                  event.target
                ).checked;
                panel.changed();
              }}
            /><span>${words.leaveAtOnce}</span></label
          >`
        : nothing
    }
    ${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss(picker.place),
    )}
    <div class="controls wide">
      <button
        type="button"
        class="control good"
        part="button control good"
        data-focus="call-target"
        data-control="callTarget"
        aria-disabled=${!targetName || why !== undefined}
        aria-describedby=${targetName ? nothing : "choose-target"}
        @click=${() => targetName && why === undefined && picker.call()}
      >
        <span class="label"
          >${targetName ? label : words.controls[purpose]}</span
        >
      </button>
      <button
        type="button"
        class="control"
        part="button control"
        @click=${() => close(panel, purpose)}
      >
        <span class="label">${words.cancel}</span>
      </button>
    </div>
    <span id="choose-target" hidden>${words.chooseTarget}</span>
  </div>`;
}

/** @param {Panel} panel @param {string} purpose */
function close(panel, purpose) {
  panel.picker = undefined;
  panel.changed();
  panel.element.focusOn(purpose);
}

/** @param {Panel} panel @param {Picker} picker */
function choices({ words }, picker) {
  const { found, number, loading, incomplete } = picker;
  const shown = found.slice(0, MOST);
  const more = found.length - shown.length;
  return html`<fieldset class="choices" part="targets">
      <legend class="hidden">${words.targets}</legend>
      ${number ? choice(picker, NUMBER, number, words.typedNumber) : nothing}
      ${shown.map(({ arn, name, type, number: its }) =>
        choice(picker, arn, name, its ?? words.targetTypes[type] ?? type),
      )}
      ${
        loading
          ? html`<p class="quiet">${words.loadingTargets}</p>`
          : found.length === 0 && !number
            ? html`<p class="quiet">${words.noTargets}</p>`
            : nothing
      }
    </fieldset>
    ${
      more > 0
        ? html`<p class="quiet">${fill(words.moreTargets, { count: more })}</p>`
        : nothing
    }
    ${
      incomplete.length > 0
        ? html`<p class="note">
            ${fill(words.incompleteTargets, { queues: incomplete.join(", ") })}
          </p>`
        : nothing
    }`;
}

/** @param {Picker} picker @param {string} value @param {string} name @param {string} about */
function choice(picker, value, name, about) {
  return html`<label class="choice" part="target-item">
    <input
      type="radio"
      name="target"
      .value=${value}
      .checked=${picker.chosen === value}
      @change=${() => picker.choose(value)}
    />
    <span class="label"><bdi>${name}</bdi></span>
    <span class="what"><bdi>${about}</bdi></span>
  </label>`;
}

const MOST = 50;
