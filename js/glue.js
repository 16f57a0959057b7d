// @ts-check
// What is evaluated for each instance of the wasm, as one function (scripts/package.js): what wasm-bindgen wrote, and the
// JavaScript modules that it imports.
export { default as load, open } from "connect-softphone/wasm";
export { giveAllBack } from "connect-softphone/held";
export { Panic } from "connect-softphone/panic";
