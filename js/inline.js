// @ts-check
// The classic build: a plain script with one global, for hosts that take no modules or no wasm files, such as a UI script of
// ServiceNow; see inline.d.ts.
import * as module from "./index.js";

// Loaded twice, the first one stays: its SoftphoneError is the one that the host's code knows.
globalThis.connectSoftphone ??= Object.freeze({
  ...module,
  version: __VERSION__,
});
