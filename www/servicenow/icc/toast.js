// @ts-check
// The arguments of `openFrameAPI.toastMessage(message, level, ms)` for a command that has failed: ICC shows nothing by itself.

/** @typedef {{ message: string, level: "info" | "warning" | "error", ms: number }} Toast */

/** In characters. That a toast has the limit of titles (256) is a guess. */
const longest = 256;

/** How loud a code is; any other is an error. @type {Record<string, Toast["level"] | "silent">} */
const levels = {
  NOT_POSSIBLE_NOW: "warning",
  NUMBER_INVALID: "warning",
  TRANSFER_NOT_ANSWERED: "warning",
  CONTACT_CONNECTED: "warning",
  CONTACT_GONE: "info",
  CLOSED: "silent",
};

/** How long it stands there. */
const durations = { info: 5_000, warning: 8_000, error: 15_000 };

/**
 * @param {unknown} thrown what a command of the phone has rejected with
 * @returns {Toast | undefined} nothing after the phone was closed
 */
export function toastOf(thrown) {
  const { code, message } =
    /** @type {{ code?: unknown, message?: unknown }} */ (
      typeof thrown === "object" && thrown !== null ? thrown : {}
    );
  // Messages of other errors are not for agents.
  const ours = typeof code === "string" && typeof message === "string";
  if (!ours) return toast("The phone could not do that.", "error");
  const level = Object.hasOwn(levels, code) ? levels[code] : "error";
  return level === "silent" ? undefined : toast(message, level);
}

/** A sentence for the agent that is not an error of the phone's. @param {string} message @param {Toast["level"]} level @returns {Toast} */
export function toast(message, level) {
  const text =
    message.length > longest ? `${message.slice(0, longest - 1)}…` : message;
  return { message: text, level, ms: durations[level] };
}
