// @ts-check
import { html, nothing } from "lit";
import { problem } from "../button.js";
import { phoneTypeWords, sentenceOf } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */

/**
 * Whether calls come to the browser or to a desk phone.
 *
 * @param {Panel} panel
 */
export function phoneTypeView(panel) {
  const { words, phone, commands } = panel;
  const agent = phone?.agent;
  if (!agent) return nothing;
  const number = agent.deskNumber ?? "";
  const chosen = panel.phoneType ?? { type: agent.phoneType, number };
  const desk = chosen.type === "deskPhone";
  const changed =
    chosen.type !== agent.phoneType || (desk && chosen.number !== number);
  const off = !changed || (desk && !chosen.number.trim());
  const wrong = commands.problem("phoneType");
  const choose = (/** @type {typeof chosen} */ now) => {
    panel.phoneType = now;
    panel.changed();
  };
  return html`<h3 id="phone-type">${words.phoneType}</h3>
    <p class="quiet">${phoneTypeWords(words, agent)}</p>
    <fieldset aria-labelledby="phone-type">
      ${TYPES.map(
        (type) =>
          html`<label class="check"
            ><input
              type="radio"
              name="phone-type"
              .value=${type}
              .checked=${type === chosen.type}
              @change=${() => choose({ ...chosen, type })}
            /><span>${words.phoneTypes[type]}</span></label
          >`,
      )}
    </fieldset>
    ${
      desk
        ? html`<label class="field"
              ><span>${words.deskNumber}</span>
              <input
                type="tel"
                part="field"
                dir="ltr"
                autocomplete="off"
                aria-describedby="desk-hint"
                .value=${chosen.number}
                @input=${(/** @type {InputEvent} */ event) => {
                  const field = /** @type {HTMLInputElement} */ (event.target);
                  choose({ ...chosen, number: field.value });
                }}
            /></label>
            <p id="desk-hint" class="quiet">${words.numberHint}</p>`
        : nothing
    }
    ${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss("phoneType"),
    )}
    <button
      type="button"
      class="action"
      part="button action"
      data-control="setPhoneType"
      aria-disabled=${off}
      aria-busy=${commands.isRunning("phoneType") || nothing}
      @click=${() => off || panel.setPhoneType()}
    >
      ${words.save}
    </button>`;
}

/** @type {readonly import("connect-softphone").SoftphoneAgent["phoneType"][]} */
const TYPES = ["softphone", "deskPhone"];
