// @ts-check
import { html, nothing } from "lit";

/** @typedef {import("../panel.js").Panel} Panel */

/**
 * The report of a problem with a call.
 *
 * @param {Panel} panel
 * @param {import("connect-softphone").SoftphoneContact} contact
 * @param {unknown} button which opens it
 */
export function issueView(panel, { id }, button) {
  if (button === nothing) return nothing;
  const { words, issue } = panel;
  const open = issue?.id === id ? issue : undefined;
  return html`<div class="issue" part="issue">
    ${button}
    ${
      open?.sent
        ? html`<p class="note">${words.issueSent}</p>`
        : open
          ? html`<label class="field"
                ><span>${words.issueText}</span>
                <textarea
                  part="field"
                  rows="2"
                  maxlength="500"
                  .value=${open.text}
                  @input=${(/** @type {InputEvent} */ event) => {
                    const box = /** @type {HTMLTextAreaElement} */ (
                      event.target
                    );
                    open.text = box.value;
                  }}
                ></textarea>
              </label>
              <button
                type="button"
                class="action"
                part="button action"
                @click=${() => panel.sendIssue()}
              >
                ${words.issueSend}
              </button>`
          : nothing
    }
  </div>`;
}
