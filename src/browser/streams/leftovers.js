// @ts-check

/**
 * Streams 2.28.2 never removes the window listeners and some of the timers that it makes in
 * `initCCP` and at the first ACKNOWLEDGE: `connect.core.terminate()` leaves them running, and a
 * timer that then finds no upstream throws. They are made in two synchronous stretches of its
 * code, so what is made between `record()` and `pause()` is Streams', and `clear()` ends it.
 *
 * No longer needed once `terminate()` removes them itself (see its source).
 */
export class Leftovers {
  /** @type {(() => void)[]} */
  #undo = [];
  /** @type {(() => void) | undefined} */
  #restore;

  /** Watches what is made from now on, until `pause()`. */
  record() {
    if (this.#restore) return;
    const { addEventListener, setTimeout, setInterval } = globalThis;
    const undo = this.#undo;
    const owned = Object.hasOwn(globalThis, "addEventListener");
    globalThis.addEventListener = function (
      /** @type {[string, any, any?]} */ ...args
    ) {
      undo.push(() => globalThis.removeEventListener(...args));
      return addEventListener.apply(globalThis, args);
    };
    globalThis.setTimeout = /** @type {any} */ (
      (/** @type {any} */ ...args) => {
        const id = Reflect.apply(setTimeout, globalThis, args);
        undo.push(() => clearTimeout(id));
        return id;
      }
    );
    globalThis.setInterval = /** @type {any} */ (
      (/** @type {any} */ ...args) => {
        const id = Reflect.apply(setInterval, globalThis, args);
        undo.push(() => clearInterval(id));
        return id;
      }
    );
    const ours = {
      addEventListener: globalThis.addEventListener,
      setTimeout: globalThis.setTimeout,
      setInterval: globalThis.setInterval,
    };
    this.#restore = () => {
      // Somebody who wrapped one of them meanwhile keeps his wrapper; ours stays harmless below it.
      if (globalThis.addEventListener === ours.addEventListener) {
        globalThis.addEventListener = addEventListener;
        // It is inherited: an own one would hide what is done to the prototype later.
        if (!owned) Reflect.deleteProperty(globalThis, "addEventListener");
      }
      if (globalThis.setTimeout === ours.setTimeout) {
        globalThis.setTimeout = setTimeout;
      }
      if (globalThis.setInterval === ours.setInterval) {
        globalThis.setInterval = setInterval;
      }
    };
  }

  /** Stops watching. */
  pause() {
    this.#restore?.();
    this.#restore = undefined;
  }

  /**
   * Until the code that runs now has returned to the browser, watches for the timer by which Streams
   * tells how long it took; hosts' own callbacks run in the same stretch.
   */
  recordThisTask() {
    const { setTimeout } = globalThis;
    const ours = (/** @type {any} */ ...args) => {
      const id = Reflect.apply(setTimeout, globalThis, args);
      if (String(args[0]).includes("publishMetric")) {
        this.#undo.push(() => clearTimeout(id));
      }
      return id;
    };
    globalThis.setTimeout = /** @type {any} */ (ours);
    queueMicrotask(() => {
      if (globalThis.setTimeout === /** @type {any} */ (ours)) {
        globalThis.setTimeout = setTimeout;
      }
    });
  }

  /** Removes the listeners and stops the timers that were seen. */
  clear() {
    this.pause();
    for (const undo of this.#undo.splice(0)) undo();
  }
}
