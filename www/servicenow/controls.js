// @ts-check
// The UI script connect_softphone_controls: the phone's own panel, which only pages with Interaction Controls load.
import "connect-softphone/controls";
import de from "../../js/controls/strings/de.js";
import es from "../../js/controls/strings/es.js";
import fr from "../../js/controls/strings/fr.js";
import ja from "../../js/controls/strings/ja.js";

Object.assign(globalThis, {
  connectSoftphoneControls: { strings: { de, es, fr, ja } },
});
