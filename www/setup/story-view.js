// @ts-check
// What a SAML response, a HAR file, metadata or certificates tell, in words.
import { html } from "lit/html.js";

/**
 * @typedef {import("connect-softphone/setup").Chapter} Chapter
 * @typedef {import("connect-softphone/setup").Line} Line
 */

/** @param {Chapter} chapter */
export function chapterView({ id, title, lines }) {
  return html`<section class="story" data-chapter=${id} aria-label=${title}>
    <h4>${title}</h4>
    <dl>
      ${lines.map(
        ({ label, text, kind }) =>
          html`<div class=${CLASSES[kind]}>
            <dt>${label}</dt>
            <dd>
              ${
                kind === "plain"
                  ? text
                  : html`<span class="shape" aria-hidden="true"></span>${text}
                      <span class="word">${WORDS[kind]}</span>`
              }
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** @type {Record<Line["kind"], string>} */
const CLASSES = {
  plain: "plain",
  good: "good",
  wrong: "bad",
  unchecked: "doubtful",
};

/** @type {Record<Line["kind"], string>} */
const WORDS = {
  plain: "",
  good: "checked",
  wrong: "wrong",
  unchecked: "could not be checked",
};
