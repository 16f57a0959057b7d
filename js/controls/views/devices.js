// @ts-check
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { problem } from "../button.js";
import { sentenceOf } from "../words.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {import("../devices.js").Kind} Kind */

/**
 * Which microphone and speakers calls use.
 *
 * @param {Panel} panel
 */
export function devicesView(panel) {
  const { words, devices, commands, phone } = panel;
  const wrong = commands.problem("devices");
  return html`<h3>${words.devices}</h3>
    ${devices.found ? pickers(panel) : nothing}
    ${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss("devices"),
    )}
    ${
      devices.found
        ? nothing
        : html`<button
            type="button"
            class="action"
            part="button action"
            aria-disabled=${!phone}
            aria-busy=${commands.isRunning("devices") || nothing}
            @click=${() => devices.show()}
          >
            ${words.showDevices}
          </button>`
    }`;
}

/** @param {Panel} panel */
function pickers(panel) {
  const { words, devices } = panel;
  return html`<div class="devices" part="devices">
    ${picker(panel, "microphone")} ${meter(panel)} ${picker(panel, "speaker")}
    ${picker(panel, "ringer")}
    <p class="note" role="status">${devices.note}</p>
  </div>`;
}

/** @param {Panel} panel @param {Kind} kind */
function picker(panel, kind) {
  const { words, devices } = panel;
  const all = devices.of(kind);
  const chosen = devices.chosen(kind);
  const known = all.some(({ id }) => id === chosen);
  return html`<div class="field">
    <label for="device-${kind}">${words.deviceKinds[kind]}</label>
    <div class="with-button">
      <select
        id="device-${kind}"
        part="field"
        data-focus=${kind}
        aria-busy=${devices.pending[kind] ? "true" : nothing}
        @change=${(/** @type {Event} */ { target }) =>
          devices.choose(kind, /** @type {HTMLSelectElement} */ (target).value)}
      >
        ${
          known
            ? nothing
            : html`<option value="" disabled .selected=${live(true)}>
                ${all.length > 0 ? words.deviceDefault : words.noDevices}
              </option>`
        }
        ${all.map(
          ({ id, label }) =>
            html`<option value=${id} .selected=${live(id === chosen)}>
              ${label || id}
            </option>`,
        )}</select
      >${kind === "microphone" ? nothing : test(panel, kind)}
    </div>
  </div>`;
}

/** @param {Panel} panel */
function meter({ words, devices }) {
  if (devices.silent)
    return html`<p class="quiet">${words.microphoneSilent}</p>`;
  return html`<div
    class="level"
    part="level"
    role="meter"
    aria-label=${words.microphoneLevel}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow="0"
  >
    <span></span>
  </div>`;
}

/** @param {Panel} panel @param {"speaker" | "ringer"} kind */
function test({ words, devices }, kind) {
  return html`<button
    type="button"
    class="control"
    part="button control"
    aria-label=${words.deviceTests[kind]}
    @click=${() => devices.test(kind)}
  >
    <span class="label">${words.deviceTest}</span>
  </button>`;
}
