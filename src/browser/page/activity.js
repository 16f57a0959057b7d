// @ts-check

/** Watches the agent who uses the host page. */
export class HostActivity {
  #end = new AbortController();

  /**
   * Pointer, keys and touch count, told at most four times a second. A page in a background tab or on a locked screen is
   * hidden (Page Visibility), and what scripts dispatch is nobody's activity.
   *
   * @param {() => void} tell
   */
  constructor(tell) {
    let next = 0;
    const used = (/** @type {any} */ event) => {
      if (!event.isTrusted || document.visibilityState !== "visible") return;
      // The page moved under a pointer at rest.
      if (event.type === "pointermove" && !event.movementX && !event.movementY)
        return;
      const now = performance.now();
      if (now < next) return;
      next = now + 250;
      tell();
    };
    const { signal } = this.#end;
    for (const type of TYPES)
      addEventListener(type, used, { capture: true, passive: true, signal });
  }

  close() {
    this.#end.abort();
  }
}

const TYPES = [
  "pointerdown",
  "pointermove",
  "keydown",
  "wheel",
  "touchstart",
  "touchmove",
];
