// @ts-check
import { html, nothing } from "lit";
import { combination } from "../hot-keys.js";
import { askPermission, permission } from "../notification.js";
import { fill } from "../words.js";
import { devicesView } from "./devices.js";
import { phoneTypeView } from "./phone-type.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {import("../hot-keys.js").HotKey} HotKey */

/**
 * Where calls come, devices, notifications and hot keys.
 *
 * @param {Panel} panel
 */
export function settingsView(panel) {
  const { words } = panel;
  return html`<section
    class="settings"
    part="settings"
    aria-labelledby="settings-title"
  >
    <h2 id="settings-title" tabindex="-1">${words.settings}</h2>
    ${phoneTypeView(panel)} ${devicesView(panel)} ${notifications(panel)}
    ${hotKeys(panel)}
    <button
      type="button"
      class="control"
      part="button control"
      @click=${() => {
        panel.settingsOpen = false;
        panel.changed();
        panel.element.focusOn("settings");
      }}
    >
      <span class="label">${words.close}</span>
    </button>
  </section>`;
}

/** @param {Panel} panel */
function notifications(panel) {
  const { words } = panel;
  const state = permission();
  return html`<h3>${words.notifications}</h3>
    <p class="quiet">${words.notificationStates[state]}</p>
    ${
      state === "default"
        ? html`<button
            type="button"
            class="action"
            part="button action"
            data-control="notify"
            @click=${() => askPermission().then(panel.changed)}
          >
            ${words.notify}
          </button>`
        : nothing
    }`;
}

/** @param {Panel} panel */
function hotKeys(panel) {
  const { words, hotKeys, element, keysNote } = panel;
  return html`<h3>${words.hotKeys}</h3>
    <p class="quiet">
      ${element.hotKeysEverywhere ? words.hotKeysEverywhere : words.hotKeysHere}
    </p>
    <ul class="plain keys-list">
      ${Object.entries(hotKeys).map(([name, keys]) =>
        hotKeyRow(panel, /** @type {HotKey} */ (name), keys),
      )}
    </ul>
    <p class="note" role="status">${keysNote}</p>`;
}

/** @param {Panel} panel @param {HotKey} name @param {string} keys */
function hotKeyRow(panel, name, keys) {
  const { words, changing } = panel;
  const shown = keys || words.hotKeyNone;
  const label = words.hotKeyNames[name];
  return html`<li>
    <span>${label}</span>
    <kbd>${shown}</kbd>
    <button
      type="button"
      class="bare text"
      part="button"
      data-hot-key=${name}
      aria-label=${fill(words.changeHotKey, { name: label, keys: shown })}
      aria-pressed=${changing === name}
      @click=${() => {
        panel.changing = changing === name ? undefined : name;
        panel.keysNote = panel.changing ? words.pressKeys : "";
        panel.changed();
      }}
      @keydown=${(/** @type {KeyboardEvent} */ event) =>
        changing === name && change(panel, name, event)}
    >
      ${words.change}
    </button>
  </li>`;
}

/** @param {Panel} panel @param {HotKey} name @param {KeyboardEvent} event */
function change(panel, name, event) {
  const { words, hotKeys } = panel;
  const keys = combination(event);
  const given = event.key === "Delete" || event.key === "Backspace" ? "" : keys;
  if (event.key === "Escape") {
    panel.changing = undefined;
    panel.keysNote = "";
  } else if (given === undefined) return;
  else {
    const others = /** @type {[HotKey, string][]} */ (Object.entries(hotKeys));
    const taken = others.find(
      ([other, its]) => other !== name && given && its === given,
    );
    panel.keysNote = taken
      ? fill(words.hotKeyTaken, {
          keys: given,
          name: words.hotKeyNames[taken[0]],
        })
      : "";
    if (!taken) panel.changeHotKey(name, given);
  }
  event.preventDefault();
  event.stopPropagation();
  panel.changed();
}
