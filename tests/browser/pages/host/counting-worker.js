// @ts-check
/** Tells each page how many pages are connected to this worker, itself included. */
let connected = 0;
globalThis.addEventListener("connect", (event) => {
  connected += 1;
  /** @type {MessageEvent} */ (event).ports[0].postMessage(connected);
});
