// @ts-check
/**
 * Who is signed in: session cookies, bearer tokens of the CTI API, and one-time federation grants.
 */
import { randomBytes } from "node:crypto";

/**
 * @typedef {object} Session
 * @property {string} id the session cookie's value
 * @property {string} username
 * @property {number} startedAtMs by the instance's clock
 * @property {number} endsAtMs
 * @property {boolean} visited whether a page of the instance has been visited with it, other than in a host's frame
 * @property {Set<() => void>} onEnd called once when the session is ended, but not when it expires
 */

/** @typedef {ReturnType<typeof createSessions>} Sessions */

/** @param {{ now(): number, lifeMs(): number }} options `lifeMs`: the lifetime of a session that begins now */
export function createSessions({ now, lifeMs }) {
  /** @type {Map<string, Session>} */
  const sessions = new Map();
  /** @type {Map<string, Session>} */
  const tokens = new Map();
  /** @type {Set<string>} */
  const issued = new Set();
  /** @type {Map<string, { username: string, expiresAtMs: number }>} */
  const grants = new Map();

  /** @param {Session | undefined} session */
  const alive = (session) =>
    session && session.endsAtMs > now() ? session : undefined;

  /** @param {Session} session */
  function end(session) {
    sessions.delete(session.id);
    for (const [token, owner] of tokens)
      if (owner === session) tokens.delete(token);
    for (const notify of session.onEnd) notify();
    session.onEnd.clear();
  }

  return {
    /** @param {string} username */
    begin(username) {
      const startedAtMs = now();
      /** @type {Session} */
      const session = {
        id: secret(),
        username,
        startedAtMs,
        endsAtMs: startedAtMs + lifeMs(),
        visited: false,
        onEnd: new Set(),
      };
      sessions.set(session.id, session);
      return session;
    },
    /** Every bearer token so far, including those of ended sessions. */
    issued,
    end,
    endAll() {
      for (const session of [...sessions.values()]) end(session);
    },
    /**
     * Makes every session a new one of another user, with the same cookie: they signed in, in the same browser.
     *
     * @param {string} username
     */
    handOver(username) {
      for (const session of [...sessions.values()]) {
        end(session);
        sessions.set(session.id, Object.assign(session, { username }));
      }
    },
    /** @param {string | undefined} cookieHeader */
    ofCookie(cookieHeader) {
      for (const pair of (cookieHeader ?? "").split(/;\s*/)) {
        const [name, value] = pair.split("=");
        if (name === cookieName) return alive(sessions.get(value));
      }
      return undefined;
    },
    /** @param {string | undefined} token */
    ofToken: (token) => alive(tokens.get(token ?? "")),
    /**
     * Returns a bearer token for the CTI API. It is valid as long as its session.
     *
     * @param {Session} session
     */
    token(session) {
      const token = secret();
      tokens.set(token, session);
      issued.add(token);
      return token;
    },
    /**
     * Returns a one-time token that `/auth/federate` exchanges for a session.
     *
     * @param {string} username
     */
    grant(username) {
      const token = secret();
      grants.set(token, { username, expiresAtMs: now() + grantLifeMs });
      return token;
    },
    /**
     * Returns the user of a grant and uses it up; undefined if it is unknown or too old.
     *
     * @param {string} token
     */
    redeem(token) {
      const grant = grants.get(token);
      grants.delete(token);
      return grant && grant.expiresAtMs > now() ? grant.username : undefined;
    },
    /** @param {Session} session */
    setCookie: (session) =>
      `${cookieName}=${session.id}; Path=/; Max-Age=${Math.floor((session.endsAtMs - session.startedAtMs) / 1000)}; HttpOnly; Secure; SameSite=None`,
    clearCookie: `${cookieName}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None`,
    /**
     * Returns the session's cookie as Playwright's `context.addCookies` takes it.
     *
     * @param {Session} session
     * @param {string} domain
     */
    browserCookie: (session, domain) => ({
      name: cookieName,
      value: session.id,
      domain,
      path: "/",
      // By the browser's clock, which does not follow the simulated one.
      expires: Math.floor(
        (Date.now() + session.endsAtMs - session.startedAtMs) / 1000,
      ),
      httpOnly: true,
      secure: true,
      sameSite: /** @type {"None"} */ ("None"),
    }),
  };
}

/** Letters, digits, "-" and "_" only: Streams' logger would interpret a "%" as a printf format. */
function secret() {
  return randomBytes(24).toString("base64url");
}

const cookieName = "lab-connect-auth";
const grantLifeMs = 5 * 60 * 1000;
