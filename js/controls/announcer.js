// @ts-check

/**
 * What a screen reader is told. Sentences that come together are one announcement; nothing is said twice within a moment.
 */
export class Announcer {
  #say;
  /** @type {string[]} */
  #waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #said = "";
  #saidAtMs = 0;

  /** @param {(text: string) => void} say writes it into the live region */
  constructor(say) {
    this.#say = say;
  }

  /** @param {string} sentence */
  announce(sentence) {
    if (!sentence || this.#waiting.includes(sentence)) return;
    if (sentence === this.#said && Date.now() - this.#saidAtMs < AGAIN_MS)
      return;
    this.#waiting.push(sentence);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#said = this.#waiting.at(-1) ?? "";
      this.#saidAtMs = Date.now();
      this.#say(this.#waiting.splice(0).join(" "));
    }, TOGETHER_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}

const TOGETHER_MS = 200;
const AGAIN_MS = 3000;
