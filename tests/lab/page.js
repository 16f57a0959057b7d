// @ts-check
import { fileURLToPath } from "node:url";

/** The folder of the style sheet and scripts of the lab's own pages; every party serves it under `/lab/assets/`. */
export const ASSETS = fileURLToPath(new URL("./assets/", import.meta.url));

/** HTML whose values are already escaped. */
class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * Builds HTML from a template. Every value is escaped unless it was built by this function. Arrays are joined;
 * `false`, `null` and `undefined` become nothing.
 *
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 */
export function html(strings, ...values) {
  return new Html(String.raw({ raw: strings }, ...values.map(escaped)));
}

/**
 * Sends a page in the lab's plain style, with a strict content security policy.
 *
 * @param {import("express").Response} res
 * @param {object} page
 * @param {number} [page.status] default 200
 * @param {string} page.party whose page it is, shown above the heading, such as "AWS sign-in"
 * @param {string} page.title the heading and the document's title
 * @param {Html} page.body
 * @param {string} [page.script] a file in `assets/`, loaded as a module
 * @param {boolean} [page.wide] for text rather than a form
 */
export function sendPage(
  res,
  { status = 200, party, title, body, script, wide = false },
) {
  res
    .status(status)
    .set("Content-Security-Policy", POLICY)
    .set("Cache-Control", "no-store")
    .type("html")
    .send(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>${title} · ${party}</title>
            <meta name="viewport" content="width=device-width" />
            <meta name="color-scheme" content="light dark" />
            <link rel="icon" href="data:," />
            <link rel="stylesheet" href="/lab/assets/page.css" />
            ${
              script &&
              html`<script type="module" src="/lab/assets/${script}"></script>`
            }
          </head>
          <body>
            <main${wide && html` class="wide"`}>
              <p class="party">${party} <span>simulated</span></p>
              <h1>${title}</h1>
              ${body}
            </main>
          </body>
        </html>`.text,
    );
}

/** @param {unknown} value @returns {string} */
function escaped(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(escaped).join("");
  if (value === undefined || value === null || value === false) return "";
  return String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

// No `form-action`: the identity provider's form is posted to another party, and Chromium applies it to redirects too.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'";
