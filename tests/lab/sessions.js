// @ts-check
import { randomBytes } from "node:crypto";

/**
 * A cookie as Playwright's `context.addCookies` takes it.
 *
 * @typedef {object} SessionCookie
 * @property {string} name
 * @property {string} value
 * @property {string} domain
 * @property {string} path
 * @property {boolean} httpOnly
 * @property {boolean} secure
 * @property {"None" | "Lax"} sameSite
 */

/**
 * The sessions of one party, each identified by a random cookie value. They expire by the party's own clock.
 *
 * @template User
 */
export class Sessions {
  /** @type {Map<string, { user: User, endsAtMs: number }>} */
  #byId = new Map();
  #cookieName;
  #now;

  /**
   * @param {string} cookieName
   * @param {() => number} now the party's clock, epoch milliseconds
   */
  constructor(cookieName, now) {
    this.#cookieName = cookieName;
    this.#now = now;
  }

  /** The number of sessions that have not expired. */
  get size() {
    return [...this.#byId.values()].filter((s) => s.endsAtMs > this.#now())
      .length;
  }

  /**
   * Starts a session and returns its cookie.
   *
   * @param {User} user
   * @param {string} domain the host name, or a parent domain shared by several hosts
   * @param {number} [durationMs] default 12 hours
   * @returns {SessionCookie}
   */
  begin(user, domain, durationMs = 12 * 3_600_000) {
    const id = randomBytes(16).toString("hex");
    this.#byId.set(id, { user, endsAtMs: this.#now() + durationMs });
    return {
      name: this.#cookieName,
      value: id,
      domain,
      path: "/",
      ...ATTRIBUTES,
    };
  }

  /**
   * Sets a session's cookie on a response. Without `shared`, the browser returns it to the answering host only.
   *
   * @param {import("express").Response} res
   * @param {SessionCookie} cookie
   * @param {{ shared?: boolean }} [options]
   */
  static send(res, cookie, { shared = false } = {}) {
    const scope = shared ? { domain: cookie.domain } : {};
    res.cookie(cookie.name, cookie.value, {
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: cookie.sameSite === "Lax" ? "lax" : "none",
      ...scope,
    });
  }

  /**
   * Returns the user of the session that a request's cookie names, unless it has expired.
   *
   * @param {import("express").Request} req
   * @returns {User | undefined}
   */
  find(req) {
    const session = this.#byId.get(cookieOf(req, this.#cookieName) ?? "");
    return session && session.endsAtMs > this.#now() ? session.user : undefined;
  }

  /** Ends the session that a request's cookie names. @param {import("express").Request} req */
  end(req) {
    this.#byId.delete(cookieOf(req, this.#cookieName) ?? "");
  }

  endAll() {
    this.#byId.clear();
  }
}

/**
 * @param {import("express").Request} req
 * @param {string} name
 */
export function cookieOf(req, name) {
  for (const pair of (req.headers.cookie ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name) return value;
  }
  return undefined;
}

// Pages of other sites frame the parties, so browsers must send the cookies in third-party frames too.
const ATTRIBUTES = /** @type {const} */ ({
  httpOnly: true,
  secure: true,
  sameSite: "None",
});
