// @ts-check
// ServiceNow's REST API, with the session that the page has.
import { wait } from "./wait.js";

/**
 * @typedef {{ status: number, body: unknown, retryAfterMs?: number }} Answer `status` 0: no answer, or something else in its
 *   place, such as a page to log in
 */

export class Rest {
  #token;
  #fetch;
  #pause;

  /**
   * @param {string} token of the session; "" if the page has none
   * @param {typeof fetch} [send]
   * @param {(ms: number) => Promise<void>} [pause]
   */
  constructor(token, send = (...args) => fetch(...args), pause = wait) {
    this.#token = token;
    this.#fetch = send;
    this.#pause = pause;
  }

  /**
   * Reads, and asks again where the instance is only busy or away for a moment.
   *
   * @param {string} path of this instance
   * @returns {Promise<Answer>}
   */
  async read(path) {
    let answer = await this.send("GET", path);
    for (const ms of PAUSES_MS) {
      const { status, retryAfterMs = ms } = answer;
      if (status !== 0 && status !== 429 && status < 500) break;
      await this.#pause(Math.min(retryAfterMs, LONGEST_PAUSE_MS));
      answer = await this.send("GET", path);
    }
    return answer;
  }

  /**
   * Never throws: whoever calls has to know what a refusal means.
   *
   * @param {"GET" | "POST" | "PUT" | "PATCH"} method
   * @param {string} path of this instance
   * @param {unknown} [body]
   * @returns {Promise<Answer>}
   */
  async send(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    // An empty token is refused (401), where none is not.
    if (this.#token !== "") headers["X-UserToken"] = this.#token;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      const answer = await this.#fetch(path, {
        method,
        headers,
        credentials: "same-origin",
        redirect: "error", // To a login page, when the session has ended.
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      const read = parsed(text);
      if (answer.ok && text !== "" && read === undefined) return NO_ANSWER;
      const seconds = Number(answer.headers.get("Retry-After"));
      const retry = seconds > 0 && { retryAfterMs: seconds * 1000 };
      return { status: answer.status, body: read, ...retry };
    } catch {
      return NO_ANSWER;
    }
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NO_ANSWER = { status: 0, body: undefined };
const TIMEOUT_MS = 15_000;
const PAUSES_MS = [2000, 8000];
const LONGEST_PAUSE_MS = 60_000;
