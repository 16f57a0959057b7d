// @ts-check
/**
 * The line to the top window: JSON texts `{type: "NOW.PostMessage", eventName, args}`, as versions 1.0.2 and 1.0.5 send them (read
 * in source). Requests are `openframe_request` with `{id, method, payload}`, and are answered by `openframe_response`; events come
 * as requests of the top window.
 */
export class Line {
  /** Where messages go: whoever is on top, until it has said who it is. */
  topDomain = "*";

  #limit;
  #lastId = 0;
  /** @type {Map<number, { done: (value: unknown) => void, failed: (error: unknown) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, ((value: unknown) => void)[]>} */
  #subscribers = new Map();

  /** @param {number | null} limit of a message, in characters */
  constructor(limit) {
    this.#limit = limit;
    addEventListener("message", (event) => this.#heard(event.data));
  }

  /** @param {string} event @param {(value: unknown) => void} callback */
  subscribe(event, callback) {
    this.#subscribers.set(event, [
      ...(this.#subscribers.get(event) ?? []),
      callback,
    ]);
  }

  /** @param {string} method @param {unknown} [payload] */
  tell(method, payload) {
    this.#send(method, payload);
  }

  /**
   * @param {string} method
   * @param {unknown} [payload]
   * @param {number} [timeoutMs]
   * @returns {Promise<unknown>} what the top window answers
   */
  ask(method, payload, timeoutMs) {
    return new Promise((done, failed) => {
      const id = this.#send(method, payload);
      this.#waiting.set(id, { done, failed });
      if (timeoutMs)
        setTimeout(() => {
          if (this.#waiting.delete(id))
            failed("Openframe init request timed out");
        }, timeoutMs);
    });
  }

  /** @param {string} method @param {unknown} payload */
  #send(method, payload) {
    const id = ++this.#lastId;
    const message = JSON.stringify({
      type: "NOW.PostMessage",
      eventName: "openframe_request",
      args: { id, method, payload },
    });
    if (this.#limit !== null && message.length > this.#limit)
      this.#fire("openframe_communication_failure", {
        method,
        message: "Message payload exceeds the supported limit",
      });
    else window.top?.postMessage(message, this.topDomain);
    return id;
  }

  /** @param {unknown} data */
  #heard(data) {
    if (typeof data !== "string" || !data.startsWith("{")) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // Somebody else's text.
    }
    if (message.type !== "NOW.PostMessage") return;
    const { eventName, args } = message;
    if (eventName === "openframe_response") {
      const { id, result } = args.context;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (args.isSuccess) waiting?.done(result);
      else waiting?.failed(result);
    } else if (eventName === "openframe_request" && args.id === undefined)
      this.#fire(args.method, args.payload);
  }

  /** @param {string} event @param {unknown} value */
  #fire(event, value) {
    for (const callback of this.#subscribers.get(event) ?? []) callback(value);
  }
}
