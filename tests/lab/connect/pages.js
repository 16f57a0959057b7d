// @ts-check
/**
 * The instance's pages other than the CCP: login, "Session expired", "Access denied" and the like. As with the real ones,
 * the page that framed or opened them is not notified.
 */
import { html } from "../page.js";

/**
 * @typedef {object} Page
 * @property {number} [status] default 200
 * @property {string} title
 * @property {ReturnType<typeof html>} body
 */

/** @type {Page} what a SAML instance shows without a session */
export const sessionExpired = {
  title: "Session expired",
  body: html`<p class="error" role="alert">
    You are not signed in, or your session has expired. Sign in through your
    identity provider.
  </p>`,
};

/** @type {Page} */
export const accessDenied = {
  status: 403,
  title: "Access denied",
  body: html`<p class="error" role="alert">
    Your account has been authenticated, but has not been onboarded to this
    application. Ask your administrator to add you with exactly the user name
    that your identity provider sends.
  </p>`,
};

/** @type {Page} */
export const ipRefused = {
  status: 403,
  title: "Access denied",
  body: html`<p class="error" role="alert">
    Amazon Connect cannot be used from this network.
  </p>`,
};

/** @type {Page} what the instance shows of its CCP when it refuses it */
export const refused = {
  status: 403,
  title: "Forbidden",
  body: html`<p class="error" role="alert">
    This page cannot be shown in another site’s page at the moment.
  </p>`,
};

/** @type {Page} */
export const notFound = {
  status: 404,
  title: "Not found",
  body: html`<p class="error" role="alert">There is no such page.</p>`,
};

/** @type {Page} what an agent may see of the admin website */
export const home = {
  title: "Amazon Connect",
  body: html`<p>You are signed in.</p>`,
};

/** @type {Page} */
export const signInLinkUsed = {
  status: 403,
  title: "Sign-in failed",
  body: html`<p class="error" role="alert">
    This sign-in link has already been used or has expired. Start again at your
    identity provider.
  </p>`,
};

/** @type {Page} */
export const signedOut = {
  title: "Signed out",
  body: html`<p>You have signed out of Amazon Connect.</p>`,
};

/** @param {string} destination @returns {Page} */
export const notApproved = (destination) => ({
  status: 403,
  title: "Destination not approved",
  body: html`<p class="error" role="alert">
      You are signed in, but the next page is not on an approved origin of this
      instance.
    </p>
    <p><code>${destination}</code></p>`,
});

/** @param {{ landAt: string, username?: string, failed?: boolean }} form @returns {Page} */
export const login = ({ landAt, username = "", failed = false }) => ({
  status: failed ? 401 : 200,
  title: "Sign in",
  body: html`${failed && html`<p class="error" role="alert">The user name or password is wrong. Check both and try again.</p>`}
    <form method="post" action="/login">
      <input type="hidden" name="landat" value="${landAt}" />
      <label for="username">User name</label>
      <input
        id="username"
        name="username"
        value="${username}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required
        ${!failed && "autofocus"}
      />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        ${failed && "autofocus"}
      />
      <button>Sign in</button>
    </form>`,
});

/**
 * @param {import("express").Response} res
 * @param {Page} page
 */
export function sendPage(res, { status = 200, title, body }) {
  res
    .status(status)
    .set("Cache-Control", "no-store")
    .type("html")
    .send(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>${title} · Amazon Connect (simulated)</title>
            <meta name="viewport" content="width=device-width" />
            <meta name="color-scheme" content="light dark" />
            <link rel="icon" href="data:," />
            <link rel="stylesheet" href="/lab/assets/page.css" />
          </head>
          <body>
            <main>
              <p class="party">Amazon Connect <span>simulated</span></p>
              <h1>${title}</h1>
              ${body}
            </main>
          </body>
        </html>`.text,
    );
}
