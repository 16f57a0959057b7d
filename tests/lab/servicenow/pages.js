// @ts-check
import { html, sendPage } from "../page.js";

/** The instance's name, as its pages show it. */
export const NAME = "Acme ServiceNow";

/**
 * The login page.
 *
 * @param {import("express").Response} res
 * @param {{ url: string, userName?: string, failed?: boolean }} form `url`: where it leads to
 */
export function sendLogin(res, { url, userName = "", failed = false }) {
  sendPage(res, {
    status: failed ? 401 : 200,
    party: NAME,
    title: "Log in",
    script: "focus.js",
    body: html`<form method="post" action="/login.do">
      ${
        failed &&
        html`<p class="error" role="alert" id="error">
          User name or password invalid.
        </p>`
      }
      <input type="hidden" name="url" value="${url}" />
      <label for="user_name">User name</label>
      <input
        id="user_name"
        name="user_name"
        autocomplete="username"
        required
        ${!failed && html`data-focus`}
        value="${userName}"
        ${failed && html`aria-describedby="error"`}
      />
      <label for="user_password">Password</label>
      <input
        id="user_password"
        name="user_password"
        type="password"
        autocomplete="current-password"
        required
        ${failed && html`data-focus`}
      />
      <button>Log in</button>
    </form>`,
  });
}

/**
 * @param {import("express").Response} res
 * @param {{ status: number, title: string, message: string }} failure
 */
export function sendFailure(res, { status, title, message }) {
  sendPage(res, {
    status,
    party: NAME,
    title,
    body: html`<p class="error" role="alert">${message}</p>`,
  });
}
