// @ts-check
import { html, sendPage } from "../page.js";

/** The identity provider's name, as its pages show it. */
export const NAME = "Acme sign-in";

/** The page that asks for the code of the second factor. */
export const MFA_PATH = "/login/mfa";

/**
 * The login page.
 *
 * @param {import("express").Response} res
 * @param {{ from: string, login?: string, failed?: boolean }} form
 */
export function sendLogin(res, { from, login = "", failed = false }) {
  sendPage(res, {
    status: failed ? 401 : 200,
    party: NAME,
    title: "Sign in",
    script: "focus.js",
    body: html`<form method="post" action="/login/login.htm">
      ${
        failed &&
        html`<p class="error" role="alert" id="error">
          The user name or password is wrong. Please try again.
        </p>`
      }
      <input type="hidden" name="fromURI" value="${from}" />
      <label for="login">User name</label>
      <input
        id="login"
        name="login"
        type="email"
        autocomplete="username"
        required
        ${!failed && html`data-focus`}
        value="${login}"
        ${failed && html`aria-describedby="error"`}
      />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
        ${failed && html`data-focus`}
      />
      <button>Sign in</button>
    </form>`,
  });
}

/**
 * The page that asks for a code after the login page.
 *
 * @param {import("express").Response} res
 * @param {{ from: string, failed?: boolean }} form
 */
export function sendMfa(res, { from, failed = false }) {
  sendPage(res, {
    status: failed ? 401 : 200,
    party: NAME,
    title: "One more step",
    script: "focus.js",
    body: html`<form method="post" action="${MFA_PATH}">
      ${
        failed &&
        html`<p class="error" role="alert" id="error">
          This is not the code. Please try again.
        </p>`
      }
      <input type="hidden" name="fromURI" value="${from}" />
      <label for="code">Code from your authenticator</label>
      <input
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        required
        data-focus
        ${failed && html`aria-describedby="error"`}
      />
      <button>Continue</button>
    </form>`,
  });
}
