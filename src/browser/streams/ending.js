// @ts-check

/** How a CCP ends: `connect.core.terminate()` and what that leaves undone (Streams 2.28.2). */
export class Ending {
  /** @type {any} */
  #connect;
  #holder;
  #leftovers;
  /** @type {import("./pin.js").StreamsPin | undefined} */
  #pin;

  /**
   * @param {any} connect
   * @param {HTMLElement} holder where its frames are
   * @param {import("./leftovers.js").Leftovers} leftovers
   */
  constructor(connect, holder, leftovers) {
    this.#connect = connect;
    this.#holder = holder;
    this.#leftovers = leftovers;
  }

  /** @param {import("./pin.js").StreamsPin} pin */
  set pin(pin) {
    this.#pin = pin;
  }

  /** There is no CCP: `initCCP` failed. If there is one, it is somebody else's. */
  abandon() {
    this.#connect = undefined;
  }

  /** In this order: everything that could fire again, then Streams, then its frames. */
  close() {
    const core = this.#connect?.core;
    this.#connect = undefined;
    if (core) {
      clear(core, "ccpLoadTimeoutInstance");
      clear(core, "iframeRefreshTimeout");
      clear(core.keepaliveManager, "ackTimer");
      clear(core.keepaliveManager, "synTimer");
      attempt(() => core.upstream?.shutdown());
      attempt(() => core.terminate());
      // Whatever that threw: the next CCP must not find this one.
      attempt(() =>
        Object.assign(core, { upstream: null, initialized: false }),
      );
    }
    this.#leftovers.clear();
    this.#pin?.end();
    if (core)
      for (const frame of this.#holder.querySelectorAll(FRAME)) {
        // Not taken away by the page (panel.js).
        /** @type {HTMLElement} */ (frame).dataset.softphone = "closed";
        frame.remove();
      }
  }
}

/**
 * @param {any} owner
 * @param {string} timer
 */
function clear(owner, timer) {
  if (!owner?.[timer]) return;
  clearTimeout(owner[timer]);
  owner[timer] = null;
}

/** @param {() => void} step */
function attempt(step) {
  try {
    step();
  } catch {
    // It is on its way out.
  }
}

/** Streams 2.28.2, `CCP_IFRAME_NAME`. With Global Resiliency there are two. */
const FRAME = 'iframe[name="Amazon Connect CCP"]';
