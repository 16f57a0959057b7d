// @ts-check
// What is told where there is no Rust: before it is loaded, after it has crashed, and around it.
import { SoftphoneError } from "connect-softphone/error";
import { REMEDY } from "connect-softphone/module/remedy";

/** Nothing of another origin can be loaded there, and that may be the wasm. */
export function sandboxed() {
  return new SoftphoneError(
    "FRAME_SANDBOXED",
    "The phone cannot work in this frame: the page around it does not allow it.",
    "Add allow-same-origin, allow-scripts, allow-forms, allow-popups and allow-popups-to-escape-sandbox to the sandbox attribute of the frame around this page, or remove that attribute.",
  );
}

/**
 * @param {unknown} cause
 * @param {string} [directive] of the page's Content-Security-Policy, if that is what blocked it
 */
export function notLoaded(cause, directive) {
  const missing = directive?.startsWith("script-src")
    ? "'wasm-unsafe-eval'"
    : "the origin that serves connect_softphone_bg.wasm";
  return new SoftphoneError(
    "MODULE_LOAD_FAILED",
    "The phone could not be loaded.",
    directive
      ? `This page's Content-Security-Policy blocks the wasm: add ${missing} to ${directive}.`
      : REMEDY,
    { cause },
  );
}

/** @param {unknown} cause what the wasm ended with, or what came out of our own JavaScript */
export function crashed(cause) {
  return new SoftphoneError(
    "MODULE_CRASHED",
    "The phone has stopped because of a program error. Reload the page.",
    "Reload the page, or call openSoftphone again. If it happens often, look at `cause`, and at the last line of `report()`: either the page or a browser extension throws where a browser does not, or this module has an error there.",
    { cause },
  );
}

/** @param {unknown} [cause] */
export function closed(cause) {
  return new SoftphoneError(
    "CLOSED",
    "The phone was closed.",
    "Call openSoftphone again.",
    cause === undefined ? {} : { cause },
  );
}

/**
 * What a host catches, whatever was thrown.
 *
 * @param {unknown} error
 */
export function asOurs(error) {
  return error instanceof SoftphoneError ? error : crashed(error);
}
