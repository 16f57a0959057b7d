// @ts-check
import { html, sendPage } from "./page.js";

/** A party refused a request; the message says why, for people and for tests. */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP
   * @param {string} message one sentence or two
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Answers with an error page, as AWS does: no event tells the page that framed it or opened it.
 *
 * @param {import("express").Response} res
 * @param {string} party who refuses, such as "AWS sign-in"
 * @param {Refusal} refusal
 */
export function sendErrorPage(res, party, refusal) {
  sendPage(res, {
    status: refusal.status,
    party,
    title: "Sign-in stopped here",
    body: html`<p class="error" role="alert">${refusal.message}</p>`,
  });
}
