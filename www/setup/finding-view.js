// @ts-check
// A text with what was found in it, and below it what belongs there and what to do.
import { html, nothing } from "lit/html.js";
import { segmentsOf } from "./marked-text.js";
import { secretsIn } from "./wasm.js";

/** @typedef {import("connect-softphone/setup").SetupFinding} Finding */

/**
 * @param {string} text
 * @param {readonly Finding[]} findings about this text; they are numbered in this order
 */
export function markedText(text, findings) {
  const secrets = text.length > SEARCHED ? [] : secretsIn(text);
  return html`<pre class="text">
${segmentsOf(text, findings.slice(0, MOST), secrets).map(segment)}</pre>`;
}

/** @param {import("./marked-text.js").Segment} one */
function segment({ kind, text, severity, begins }) {
  if (kind === "left out")
    return html`<span class="left-out"
      >… ${text.length.toLocaleString("en")} characters …</span
    >`;
  if (kind === "plain") return visible(text);
  const numbers = begins.map((index) => html`<sup>${index + 1}</sup>`);
  return html`<mark class=${severity}
    >${text === "" ? html`<span class="missing" role="img" aria-label="something is missing here">‸</span>` : visible(text)}${numbers}</mark
  >`;
}

/** What nobody would see is shown by its number. @param {string} text */
function visible(text) {
  if (!INVISIBLE.test(text)) return text;
  return text
    .split(INVISIBLE)
    .map((part, index) =>
      index % 2 === 0
        ? part
        : html`<span class="invisible"
            >U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}</span
          >`,
    );
}

/** @param {readonly Finding[]} findings */
export function findingList(findings) {
  if (findings.length === 0) return nothing;
  const more = findings.length - MOST;
  return html`<ol class="findings">
      ${findings.slice(0, MOST).map(findingItem)}
    </ol>
    ${more > 0 ? html`<p class="more">And ${more} more.</p>` : nothing}`;
}

/**
 * In a form: without the numbers and the code.
 *
 * @param {string} text
 * @param {readonly Finding[]} findings
 */
export function inlineFindings(text, findings) {
  return findings.map(
    (finding) =>
      html`<div class="inline ${finding.severity}" data-code=${finding.code}>
        <p>
          <strong
            >${finding.severity === "error" ? "Wrong" : "Odd"}:
            ${finding.found}${
              finding.at
                ? html` (<code>${visible(text.slice(finding.at.start, finding.at.end))}</code>)`
                : nothing
            }</strong
          >
        </p>
        <p>Expected: ${finding.expected}. ${finding.remedy}</p>
      </div>`,
  );
}

/** @param {Finding} finding @param {number} index */
function findingItem(
  { code, severity, field, found, expected, remedy, source },
  index,
) {
  const [, ...below] = field.split(".");
  return html`<li class=${severity} data-code=${code}>
    <p class="badge">
      ${severity === "error" ? "Error" : "Warning"}
      ${index + 1}${
        below.length > 0 ? html` in <code>${below.join(".")}</code>` : nothing
      }
    </p>
    <dl>
      <dt>Found</dt>
      <dd>${found}</dd>
      <dt>Expected</dt>
      <dd>${expected}</dd>
    </dl>
    <p class="remedy">${remedy}</p>
    <p class="source">${source} <code>${code}</code></p>
  </li>`;
}

/** Of a text, so many findings are shown: whoever has more has made the same mistake again and again. */
const MOST = 100;
/** A text longer than this is shown in excerpts, and not searched for secrets. */
const SEARCHED = 100_000;
/** Control and format characters, and white space that is no plain space. */
const INVISIBLE = /((?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs})/u;
