// @ts-check
import { loadScript } from "./script.js";

/** @typedef {import("connect-softphone/controls").SoftphoneControls} Panel */

/**
 * The phone's own panel, which is in the OpenFrame window while ServiceNow draws the controls: for what ServiceNow has no
 * controls for, and for agents who work outside of a record.
 *
 * @param {HTMLElement} holder whose `data-controls` is the address of its script
 * @param {string} language "" for the browser's
 * @returns {Promise<Panel | undefined>} `undefined`: its script did not load, or is empty
 */
export async function showPanel(holder, language) {
  const { controls } = holder.dataset;
  if (!controls || !(await loadScript(controls))) return undefined;
  const { connectSoftphoneControls } = /** @type {any} */ (globalThis);
  if (!connectSoftphoneControls) return undefined;
  const panel = /** @type {Panel} */ (
    document.createElement("softphone-controls")
  );
  const [spoken] = (language || navigator.language).toLowerCase().split("-");
  panel.strings = connectSoftphoneControls.strings[spoken] ?? null;
  holder.prepend(panel);
  return panel;
}
