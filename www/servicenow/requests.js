// @ts-check
// Carries out what `Interactions` orders, and tells it the answers.

/** The openframe API of ServiceNow's REST API reference. */
const INTERACTIONS = "/api/now/openframe/voice-interaction";

/** @typedef {import("./interaction.js").InteractionOrder} Order */

export class Requests {
  #interactions;
  #rest;
  #known;
  #failed;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import("./interaction.js").Interactions} interactions
   * @param {import("./rest.js").Rest} rest
   * @param {() => void} known called when an interaction has become known, or is not looked for any more
   * @param {(problem: string) => void} failed called when one cannot be made or kept up to date
   */
  constructor(interactions, rest, known, failed) {
    this.#interactions = interactions;
    this.#rest = rest;
    this.#known = known;
    this.#failed = failed;
  }

  /** @param {readonly Order[]} orders */
  run(orders) {
    for (const order of orders)
      if ("wait" in order) this.#later(order.wait.forMs);
      else this.#send(order);
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { searching } = this.#interactions;
      this.run(this.#interactions.retry(Date.now()));
      if (this.#interactions.searching !== searching) this.#known();
    }, ms);
  }

  /** @param {Exclude<Order, { wait: unknown }>} order */
  async #send(order) {
    const [initialId, answer] = await this.#answer(order);
    const { status, body, retryAfterMs } = answer;
    const { known, searching } = this.#interactions;
    const told = this.#interactions.problems.at(-1);
    const good = status >= 200 && status < 300;
    const now = Date.now();
    if (!good)
      this.run(
        this.#interactions.failed(
          initialId,
          { status: status || undefined, retryAfterMs },
          now,
        ),
      );
    else if ("create" in order)
      this.run(this.#interactions.created(initialId, body, now));
    else if ("find" in order)
      this.run(this.#interactions.found(initialId, body, now));
    else this.run(this.#interactions.changed(initialId, now));
    const found = this.#interactions.known !== known;
    if (found || this.#interactions.searching !== searching) this.#known();
    const problem = this.#interactions.problems.at(-1);
    if (problem !== undefined && problem !== told) this.#failed(problem);
  }

  /**
   * @param {Exclude<Order, { wait: unknown }>} order
   * @returns {Promise<[string, import("./rest.js").Answer]>}
   */
  async #answer(order) {
    if ("create" in order) {
      const { initialId, body } = order.create;
      return [initialId, await this.#rest.send("POST", INTERACTIONS, body)];
    }
    if ("change" in order) {
      const { initialId, sysId, body } = order.change;
      const path = `${INTERACTIONS}/${sysId}`;
      return [initialId, await this.#rest.send("PATCH", path, body)];
    }
    const { initialId, path } = order.find;
    return [initialId, await this.#rest.send("GET", path)];
  }
}
