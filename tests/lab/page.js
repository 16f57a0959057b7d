// @ts-check
import { fileURLToPath } from "node:url";

/** Where the style and script files of the lab's own pages lie; every party serves them under `/lab/assets/`. */
export const ASSETS = fileURLToPath(new URL("./assets/", import.meta.url));

/** A piece of HTML that needs no more escaping. */
class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * Builds HTML from a template; every value is escaped unless it is HTML of this kind itself. Arrays are joined,
 * `false`, `null` and `undefined` leave nothing.
 *
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 */
export function html(strings, ...values) {
  return new Html(String.raw({ raw: strings }, ...values.map(escaped)));
}

/**
 * Answers with a page in the lab's plain style, under a strict content security policy.
 *
 * @param {import("express").Response} res
 * @param {object} page
 * @param {number} [page.status] default 200
 * @param {string} page.party who is speaking, shown above the heading, such as "AWS sign-in"
 * @param {string} page.title the heading and the document's title
 * @param {Html} page.body
 * @param {string} [page.script] a file in `assets/` to load as a module
 * @param {boolean} [page.wide] for reading rather than for a form
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

// No `form-action`: the identity provider's form goes to another party, and Chromium applies it to redirects as well.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'";
