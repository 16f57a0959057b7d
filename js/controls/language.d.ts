import type { ControlsStrings } from "../controls.js";

/** The panel's strings in one language. */
declare const strings: ControlsStrings;
export default strings;
