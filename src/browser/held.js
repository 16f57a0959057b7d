// @ts-check

/**
 * What can be given back. Closing it twice changes nothing.
 *
 * @typedef {object} Part
 * @property {() => void} close
 * @property {(sentence: string) => void} [fail] gives back all but what shows the agent a sentence
 */

/**
 * Everything that the wasm holds of the browser, newest last. Rust drops it; after a trap Rust is gone,
 * and this list is what is left. Like the rest of these modules it is evaluated anew for each instance.
 *
 * @type {Part[]}
 */
const held = [];

/** @param {Part} part */
export function hold(part) {
  held.push(part);
}

/** @param {Part} part */
export function giveBack(part) {
  const at = held.lastIndexOf(part);
  if (at >= 0) held.splice(at, 1);
  close(part);
}

/**
 * Gives everything back, newest first.
 *
 * @param {string} [sentence] for the agent; what shows it stays until the next call
 */
export function giveAllBack(sentence) {
  for (const part of held.splice(0).reverse())
    if (sentence !== undefined && part.fail) {
      held.push(part);
      close({ close: () => part.fail?.(sentence) });
    } else close(part);
}

/** @param {Part} part one that cannot be closed must not keep the others from it */
function close(part) {
  try {
    part.close();
  } catch {}
}

/** An event listener, until it is closed. */
export class Listener {
  #end = new AbortController();

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: Event) => void} happened
   */
  constructor(target, type, happened) {
    target.addEventListener(type, happened, { signal: this.#end.signal });
  }

  close() {
    this.#end.abort();
  }
}

/** A timer, until it is closed. */
export class Timer {
  #id;

  /**
   * @param {number} ms
   * @param {() => void} due
   * @param {boolean} repeats
   */
  constructor(ms, due, repeats) {
    this.#id = repeats ? setInterval(due, ms) : setTimeout(due, ms);
  }

  close() {
    clearTimeout(this.#id); // One that repeats, too: they share their numbers (HTML, "timers").
  }
}

/** A window, until it is closed or forgotten. */
export class OpenWindow {
  /** @type {Window | undefined} */
  #window;

  /** @param {Window} window */
  constructor(window) {
    this.#window = window;
  }

  /** It stays open. */
  forget() {
    this.#window = undefined;
  }

  close() {
    this.#window?.close();
  }
}
