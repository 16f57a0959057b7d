// @ts-check
// The panel as a plain script, for hosts without modules: defines the element, and leaves its languages in one global.
import "./index.js";
import de from "./strings/de.js";
import es from "./strings/es.js";
import fr from "./strings/fr.js";
import ja from "./strings/ja.js";

Object.assign(globalThis, {
  connectSoftphoneControls: Object.freeze({ strings: { de, es, fr, ja } }),
});
