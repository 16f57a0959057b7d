// @ts-check
import { html, sendPage } from "./page.js";

/** A party refused a request. People and tests read the reason in the message. */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP
   * @param {string} message one or two sentences
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends an error page, as AWS does: the page that framed or opened it is not notified.
 *
 * @param {import("express").Response} res
 * @param {string} party whose page it is, such as "AWS sign-in"
 * @param {Refusal} refusal
 */
export function sendErrorPage(res, party, refusal) {
  sendPage(res, {
    status: refusal.status,
    party,
    title: "Sign-in failed",
    body: html`<p class="error" role="alert">${refusal.message}</p>`,
  });
}
