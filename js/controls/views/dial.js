// @ts-check
import { html, nothing } from "lit";
import { problem } from "../button.js";
import { icon } from "../icons.js";
import { duration, timeOfDay } from "../time.js";
import { fill, nameOf, sentenceOf } from "../words.js";
import { KEYS } from "./keypad.js";

/** @typedef {import("../panel.js").Panel} Panel */

/**
 * Calls to the outside.
 *
 * @param {Panel} panel
 */
export function dialView(panel) {
  const { words, phone } = panel;
  const agent = phone?.agent;
  if (!agent) return nothing;
  if (!agent.permissions.includes("outboundCall"))
    return html`<p class="quiet">${words.noOutbound}</p>`;
  return html`<section class="dial" part="dial" aria-labelledby="dial-title">
    <h2 class="title" id="dial-title">${words.dial}</h2>
    ${numberField(panel)} ${queueField(panel, agent)}
    <div class="keys" part="keypad" dir="ltr">
      ${KEYS.map(
        (key) =>
          html`<button
            type="button"
            part="button key"
            data-key=${key}
            @click=${() => type(panel, panel.dial.number + key)}
          >
            ${key}
          </button>`,
      )}
    </div>
    ${callButton(panel)}
  </section>`;
}

/** @param {Panel} panel */
function numberField(panel) {
  const { words, dial } = panel;
  return html`<div class="field">
    <label for="number">${words.number}</label>
    <div class="with-button">
      <input
        id="number"
        type="tel"
        part="field"
        dir="ltr"
        autocomplete="off"
        data-focus="number"
        aria-describedby="number-hint"
        .value=${dial.number}
        @input=${(/** @type {InputEvent} */ event) =>
          type(panel, /** @type {HTMLInputElement} */ (event.target).value)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter") return;
          // Does not call, but leads to what does.
          event.preventDefault();
          if (!dial.number.trim()) return;
          dial.asked = true;
          panel.changed();
          panel.element.focusOn("call");
        }}
      />
      <button
        type="button"
        class="bare"
        part="button"
        aria-label=${words.erase}
        @click=${() => type(panel, dial.number.slice(0, -1))}
      >
        ${icon("erase")}
      </button>
    </div>
    <p id="number-hint" class="quiet">${words.numberHint}</p>
  </div>`;
}

/** @param {Panel} panel @param {string} number */
function type(panel, number) {
  panel.dial = { ...panel.dial, number, asked: false };
  panel.changed();
}

/** @param {Panel} panel @param {import("connect-softphone").SoftphoneAgent} agent */
function queueField(panel, { queues, defaultQueue }) {
  const { words, dial } = panel;
  const named = queues.filter(({ name }) => name);
  if (named.length < 2) return nothing;
  const chosen = dial.queueArn || defaultQueue?.arn;
  return html`<label class="field"
    ><span>${words.onBehalfOf}</span>
    <select
      part="field"
      @change=${(/** @type {Event} */ event) => {
        const { value } = /** @type {HTMLSelectElement} */ (event.target);
        panel.dial = { ...dial, queueArn: value };
        panel.changed();
      }}
    >
      ${named.map(
        ({ arn, name }) =>
          html`<option value=${arn} ?selected=${arn === chosen}>
            ${name}
          </option>`,
      )}
    </select>
  </label>`;
}

/** @param {Panel} panel */
function callButton(panel) {
  const { words, dial, contacts, commands } = panel;
  const wrong = commands.problem("dial");
  const running = commands.isRunning("dial");
  const why = contacts.length > 0 ? words.dialBusy : undefined;
  const off = !dial.number.trim() || why !== undefined;
  return html`${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss("dial"),
    )}
    <button
      type="button"
      class="control good"
      part="button control good"
      data-focus="call"
      data-control="dial"
      aria-disabled=${off}
      aria-busy=${running || nothing}
      aria-describedby=${why ? "call-why" : dial.asked ? "call-again" : nothing}
      @click=${() => off || panel.call()}
    >
      ${icon("accept")}<span class="label">${words.call}</span>
    </button>
    ${why ? html`<p id="call-why" class="quiet">${why}</p>` : nothing}
    <p id="call-again" class="quiet" ?hidden=${!dial.asked}>
      ${fill(words.callAgain, { number: dial.number })}
    </p>`;
}

/**
 * The contacts of this session that are over.
 *
 * @param {Panel} panel
 */
export function historyView(panel) {
  const { words, history } = panel;
  if (history.entries.length === 0) return nothing;
  return html`<section class="history" part="history" aria-labelledby="earlier">
    <h2 class="title" id="earlier">${words.history}</h2>
    <ul>
      ${history.entries.map(
        ({ contact, atMs, talkedMs }) =>
          html`<li part="history-item">
            <span class="label"><bdi>${nameOf(words, contact)}</bdi></span>
            <span class="what">
              ${words.directions[contact.direction]} ·
              ${timeOfDay(atMs, words.language)} ·
              ${
                talkedMs
                  ? duration(talkedMs)
                  : words.outcomes[contact.outcome ?? "failed"]
              }
            </span>
            ${againButton(panel, contact.customer.number)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {Panel} panel @param {string | undefined} number */
function againButton(panel, number) {
  const { words, phone } = panel;
  if (!number || !phone?.agent?.permissions.includes("outboundCall"))
    return nothing;
  return html`<button
    type="button"
    class="bare"
    part="button"
    aria-label=${fill(words.dialAgain, { number })}
    title=${fill(words.dialAgain, { number })}
    @click=${() => {
      type(panel, number);
      panel.element.focusOn("number");
    }}
  >
    ${icon("accept")}
  </button>`;
}
