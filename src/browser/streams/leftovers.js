// @ts-check

/**
 * Streams 2.28.2 never removes the window listeners, and some of the timers, that it adds in
 * `initCCP` and at the first ACKNOWLEDGE: `connect.core.terminate()` leaves them running, and a
 * timer that then finds no upstream throws. It adds them in two synchronous stretches of its
 * code, so whatever is added between `record()` and `pause()` is Streams', and `clear()` removes it.
 *
 * No longer needed once `terminate()` removes them itself (see its source).
 */
export class Leftovers {
  /** @type {(() => void)[]} */
  #undo = [];
  /** @type {(() => void) | undefined} */
  #restore;

  /** Records what is added from now on, until `pause()`. */
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
      // If other code has wrapped one of them meanwhile, its wrapper stays, and ours does no harm below it.
      if (globalThis.addEventListener === ours.addEventListener) {
        globalThis.addEventListener = addEventListener;
        // It is inherited: an own property would hide later changes of the prototype.
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

  /** Stops recording. */
  pause() {
    this.#restore?.();
    this.#restore = undefined;
  }

  /**
   * Records, until the current task ends, the timer with which Streams reports how long the start took.
   * Only that one: callbacks of the host run in the same task.
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

  /** Removes the recorded listeners and stops the recorded timers. */
  clear() {
    this.pause();
    for (const undo of this.#undo.splice(0)) undo();
  }
}
