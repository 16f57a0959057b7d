// @ts-check
import { SoftphoneError } from "connect-softphone/error";
import { isSignal } from "connect-softphone/host_value";
import { asOurs, closed, notLoaded, sandboxed } from "./errors.js";
import { run } from "./instance.js";
import { Phone } from "./phone.js";
import { RETURN_PARAMETER } from "./protocol.js";
// A server may show the host page itself in place of a return page that is not there.
import "./return/softphone-return.js";

export { SoftphoneError };

// Starts loading before anyone asks for it, so that it loads beside Streams. A call waits for this load, or tries again.
if (canOpen()) run().catch(() => {});

/**
 * The opening that is under way; over when its host has had its say. Whoever opens twice in one tick closes the first phone
 * when it comes (React's StrictMode), and the second call waits for that.
 *
 * @type {Promise<void> | undefined}
 */
let opening;

/**
 * Opens the softphone; see index.d.ts.
 *
 * @param {HTMLElement} container
 * @param {object} config
 * @returns {Promise<Phone>}
 */
export async function openSoftphone(container, config) {
  if (isSignIn()) return new Promise(() => {}); // A sign-in must not start another.
  try {
    if (globalThis.origin === "null") throw sandboxed();
    const signal = signalOf(config);
    const wasThere = isThere(container);
    while (opening) await unlessAborted(signal, opening);
    const started = start(container, config, signal, wasThere);
    const phone = unlessAborted(signal, started);
    opening = phone
      .then(nextTask, nextTask)
      .then(() => void (opening = undefined));
    return await phone;
  } catch (error) {
    throw asOurs(error);
  }
}

/**
 * @param {HTMLElement} container
 * @param {object} config
 * @param {AbortSignal | undefined} signal
 * @param {boolean} wasThere
 */
async function start(container, config, signal, wasThere) {
  const wasm = await run().catch((cause) => {
    throw cause instanceof SoftphoneError ? cause : notLoaded(cause);
  });
  if (signal?.aborted) throw closed(signal.reason);
  const actions = actionsOf(config);
  const handle = await wasm.open(container, config, wasThere);
  const phone = new Phone(wasm, handle, container, signal, actions);
  if (signal?.aborted) phone.close();
  return phone;
}

/** @param {any} container whether it is in the document; the core says what is no container */
function isThere(container) {
  try {
    return container.isConnected === true;
  } catch {
    return false;
  }
}

/**
 * The same promise, but rejected as soon as the host gives up.
 *
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function unlessAborted(signal, promise) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(closed(signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    promise
      .then(resolve, reject)
      .then(() => signal.removeEventListener("abort", abort));
  });
}

/**
 * The configuration's signal; what is none the core refuses.
 *
 * @param {any} config
 * @returns {AbortSignal | undefined}
 */
function signalOf(config) {
  try {
    const { signal } = config;
    return isSignal(signal) ? signal : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The configuration's actions; what is wrong with them the core says.
 *
 * @param {any} config
 */
function actionsOf(config) {
  try {
    return config.actions;
  } catch {
    return undefined;
  }
}

/** When all promises that are settled now have been heard. Not by a timer, which a page in the background has once a second. */
function nextTask() {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    })
  );
}

/** Whether this is a page, and one that may load something. */
function canOpen() {
  return (
    typeof window !== "undefined" && globalThis.origin !== "null" && !isSignIn()
  );
}

/** Whether this page is the end of a sign-in that another page began. It is told, and closes this one. */
function isSignIn() {
  if (typeof window === "undefined") return false;
  const number = new URLSearchParams(location.search).get(RETURN_PARAMETER);
  return number !== null && (window.opener || window.parent !== window);
}
