// @ts-check
/** Tells the lab of every call, in order. */
export class Journal {
  /** Which of the pages that write. */
  #page = String(Math.random()).slice(2);
  #contexts;
  /** @type {object[]} */
  #unsent = [];
  #sending = false;

  /** @param {string[]} contexts that this release knows */
  constructor(contexts) {
    this.#contexts = contexts;
    addEventListener("pagehide", () => this.#sendRest());
  }

  /** @param {string} method @param {unknown[]} args */
  called(method, args) {
    this.#write({ method, args: JSON.parse(plain(args)) });
  }

  /** @param {string} violation */
  violated(violation) {
    this.#write({ violation });
  }

  /** @param {object} entry */
  #write(entry) {
    this.#unsent.push({
      page: this.#page,
      contexts: this.#contexts,
      ...entry,
    });
    if (!this.#sending) this.#send();
  }

  async #send() {
    this.#sending = true;
    while (this.#unsent.length > 0) {
      const body = JSON.stringify(this.#unsent.splice(0));
      // A page that is closing, or a lab that is, is nobody's problem.
      await post(PATH, { method: "POST", body, mode: "no-cors" }).catch(
        () => {},
      );
    }
    this.#sending = false;
  }

  #sendRest() {
    if (this.#unsent.length > 0)
      navigator.sendBeacon(PATH, JSON.stringify(this.#unsent.splice(0)));
  }
}

/** @param {unknown} value */
function plain(value) {
  return JSON.stringify(value, (_key, one) =>
    typeof one === "function" ? "ƒ" : one,
  );
}

// The page may replace it.
const post = window.fetch.bind(window);
const PATH = new URL("/lab/openframe", sourceUrl()).href;

/** Where this script came from: in a frame without an origin, addresses without a host lead nowhere. */
function sourceUrl() {
  const script = /** @type {HTMLScriptElement | null} */ (
    document.currentScript
  );
  return script?.src ?? location.href;
}
