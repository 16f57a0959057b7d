// @ts-check
import { SoftphoneControls } from "./element.js";

// Whoever loads the module twice, by two addresses, has the element of the first.
if (!customElements.get("softphone-controls"))
  customElements.define("softphone-controls", SoftphoneControls);

export { SoftphoneControls };
