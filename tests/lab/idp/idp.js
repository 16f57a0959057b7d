// @ts-check
import express from "express";
import { hostName, hostNamesOf, partyOf } from "../hosts.js";
import { html, sendPage } from "../page.js";
import { cookieOf, Sessions } from "../sessions.js";
import { settable } from "../settings.js";
import { signedResponse } from "./assertion.js";
import { MFA_PATH, NAME, sendLogin, sendMfa } from "./forms.js";
import { IDP_SETTINGS } from "./settings.js";

/**
 * @typedef {object} IdpUser
 * @property {string} login the user name on the login page
 * @property {string} password
 * @property {string} username the Connect user name that is asserted (RoleSessionName); case matters
 */

const FIRST_REQUEST = "idp-first-request";
const FOR_TEN_MINUTES = /** @type {const} */ ({
  maxAge: 600_000,
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "none",
});

/** The path of the app for Amazon Connect. Source: Okta, embed links of the app "AWS Account Federation". */
export const SSO_PATH = "/app/amazon_aws/exk1lab0softphone/sso/saml";

/** Ends the session of the browser that opens it, then shows the login page, or the page of this lab that `fromURI` names. */
export const SIGN_OUT_PATH = "/login/signout";

/** The identity provider: its users, its sessions, and its settings (settings.js). */
export class Idp extends settable(IDP_SETTINGS) {
  /** @type {Map<string, IdpUser>} */
  users = new Map(
    ["ada@example.com", "grace@example.com"].map((login) => [
      login,
      { login, password: "lab", username: login },
    ]),
  );

  #context;
  #signer;
  #instanceId;
  /** @type {Sessions<{ login: string, code: boolean }>} `code`: whether the second factor was entered */
  #sessions;

  /**
   * @param {import("../lab.js").LabContext} context
   * @param {{ signer: import("./assertion.js").Signer, instanceId(): string }} parts
   */
  constructor(context, { signer, instanceId }) {
    super();
    this.#context = context;
    this.#signer = signer;
    this.#instanceId = instanceId;
    this.#sessions = new Sessions("idp-session", () =>
      context.clock.now("idp"),
    );
    this.app = this.#routes();
  }

  /** The number of sessions that have not expired. */
  get sessionCount() {
    return this.#sessions.size;
  }

  /**
   * Begins a session, as if the user had signed in.
   *
   * @param {string} login
   * @param {import("../hosts.js").HostNames} [names] the set that the cookie's domain is from, default the lab's `hostNames`
   * @returns {import("../sessions.js").SessionCookie}
   * @throws {Error} if `users` has no such login
   */
  beginSession(login, names = this.#context.hostNames) {
    if (!this.users.has(login))
      throw new Error(`the identity provider has no user ${login}`);
    const user = { login, code: false };
    const cookie = this.#sessions.begin(user, hostName("idp", names));
    return {
      ...cookie,
      sameSite: /** @type {"None" | "Lax"} */ (this.sameSite),
    };
  }

  /** Ends every session. */
  endSessions() {
    this.#sessions.endAll();
  }

  /**
   * The app's default relay state: the federate address of the instance, with the CCP as destination.
   *
   * @param {import("../hosts.js").HostNames} names
   * @param {string} [destination]
   * @param {string} [instanceId] default the lab's instance
   */
  relayState(names, destination = "/ccp-v2", instanceId = this.#instanceId()) {
    const federate = `${this.#context.origin("console", names)}/connect/federate/${instanceId}`;
    return `${federate}?destination=${encodeURIComponent(destination)}`;
  }

  #routes() {
    const app = express.Router();
    app.use((req, res, next) => this.#behave(req, res, next));
    app.get(SSO_PATH, (req, res) => this.#sso(req, res));
    app.get("/login/login.htm", (req, res) =>
      sendLogin(res, { from: localPath(req.query.fromURI) }),
    );
    app.post("/login/login.htm", express.urlencoded(), (req, res) =>
      this.#login(req, res),
    );
    app.get(MFA_PATH, (req, res) => {
      const from = localPath(req.query.fromURI);
      if (this.#sessions.find(req)) sendMfa(res, { from });
      else res.redirect(302, loginPath(from));
    });
    app.post(MFA_PATH, express.urlencoded(), (req, res) =>
      this.#code(req, res),
    );
    app.get(SIGN_OUT_PATH, (req, res) => {
      this.#sessions.end(req);
      // Source: Okta, "Redirect users after they sign out": an approved address in `fromURI`.
      const from = String(req.query.fromURI ?? "");
      const url = URL.canParse(from) ? new URL(from) : undefined;
      const approved = url && partyOf(url.host, hostNamesOf(req));
      res.redirect(302, approved ? url.href : "/login/login.htm");
    });
    app.get("/lab/begin", (req, res) => this.#begin(req, res));
    app.get("/", (req, res) => this.#home(req, res));
    return app;
  }

  /**
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   * @param {import("express").NextFunction} next
   */
  async #behave(req, res, next) {
    await this.#context.sleep(this.delayMs);
    if (res.destroyed) return; // The browser has given up, or the lab was closed.
    if (this.down === true) return res.socket?.destroy();
    const page = req.path === SSO_PATH ? "sso" : "login";
    if (!this.framing || this.refusesFramingOf === page)
      res.set("X-Frame-Options", "DENY");
    if (this.coop) res.set("Cross-Origin-Opener-Policy", "same-origin");
    if (!this.down) return next();
    sendPage(res, {
      status: this.down,
      party: NAME,
      title: "Not available",
      body: html`<p class="error" role="alert">
        The identity provider currently answers with status ${this.down}.
      </p>`,
    });
  }

  /**
   * IdP-initiated single sign-on: posts an assertion to AWS sign-in, or shows the login page first.
   *
   * The relay state ends at the first raw `&`, so one with a second raw `?` arrives complete.
   *
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   */
  #sso(req, res) {
    const session = this.#sessions.find(req);
    const user = this.users.get(session?.login ?? "");
    const stored = this.firstRequestWins && cookieOf(req, FIRST_REQUEST);
    if (!user) {
      if (this.firstRequestWins && !stored)
        res.cookie(FIRST_REQUEST, req.originalUrl, FOR_TEN_MINUTES);
      return res.redirect(302, loginPath(req.originalUrl));
    }
    if (this.mfa && !session?.code) {
      const from = encodeURIComponent(req.originalUrl);
      return res.redirect(302, `${MFA_PATH}?fromURI=${from}`);
    }
    const names = hostNamesOf(req);
    const acs = `${this.#context.origin("signIn", names)}/saml`;
    const response = signedResponse(
      {
        signer: this.#signer,
        issuer: `${this.#context.origin("idp", names)}/exk1lab0softphone`,
        acs,
        login: user.login,
        username: user.username,
        nowMs: this.#context.clock.now("idp"),
      },
      this.assertion,
    );
    if (stored) res.clearCookie(FIRST_REQUEST, FOR_TEN_MINUTES);
    const asked = stored
      ? new URL(decodeURIComponent(stored), acs).searchParams.get("RelayState")
      : req.query.RelayState;
    const relayState =
      typeof asked === "string" && asked ? asked : this.relayState(names);
    sendPage(res, {
      party: NAME,
      title: "Signing you in",
      script: "post.js",
      body: html`<form method="post" action="${acs}" data-post-at-once>
        <input type="hidden" name="SAMLResponse" value="${response}" />
        <input type="hidden" name="RelayState" value="${relayState}" />
        <p>Taking you to Amazon Connect.</p>
        <button>Continue</button>
      </form>`,
    });
  }

  /**
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   */
  #login(req, res) {
    const { login = "", password = "", fromURI } = req.body ?? {};
    const user = this.users.get(login);
    const from = localPath(fromURI);
    if (!user || user.password !== password)
      return sendLogin(res, { from, login, failed: true });
    Sessions.send(res, this.beginSession(login, hostNamesOf(req)));
    res.redirect(303, from);
  }

  /**
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   */
  #code(req, res) {
    const { code, fromURI } = req.body ?? {};
    const from = localPath(fromURI);
    const session = this.#sessions.find(req);
    if (!session) return res.redirect(303, loginPath(from));
    if (code !== this.mfaCode) return sendMfa(res, { from, failed: true });
    session.code = true;
    res.redirect(303, from);
  }

  /**
   * Begins a session in the browser that opens it and redirects to another page of the lab, so that the cookie is set as a
   * first-party cookie.
   *
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   */
  #begin(req, res) {
    const login = String(req.query.login ?? "");
    const next = String(req.query.next ?? "/");
    const url = URL.canParse(next) ? new URL(next) : undefined;
    if (!this.users.has(login) || !url || !partyOf(url.host, hostNamesOf(req)))
      return sendPage(res, {
        status: 400,
        party: NAME,
        title: "No session was begun",
        body: html`<p class="error" role="alert">
          This address takes two parameters: <code>login</code>, a known user,
          and <code>next</code>, an address of this lab.
        </p>`,
      });
    Sessions.send(res, this.beginSession(login, hostNamesOf(req)));
    res.redirect(302, url.href);
  }

  /**
   * @param {import("express").Request} req
   * @param {import("express").Response} res
   */
  #home(req, res) {
    const login = this.#sessions.find(req)?.login;
    if (!login) return res.redirect(302, "/login/login.htm");
    sendPage(res, {
      party: NAME,
      title: "Your apps",
      body: html`<p>Signed in as <strong>${login}</strong>.</p>
        <p><a class="button" href="${SSO_PATH}">Amazon Connect</a></p>
        <p><a href="${SIGN_OUT_PATH}">Sign out</a></p>`,
    });
  }
}

/** The login page, which then returns to `from`. @param {string} from a path of this host */
function loginPath(from) {
  return `/login/login.htm?fromURI=${encodeURIComponent(from)}`;
}

/** Where to go after login: a path of this host, otherwise the home page. @param {unknown} from */
function localPath(from) {
  return typeof from === "string" && /^\/(?![/\\])/.test(from) ? from : "/";
}
