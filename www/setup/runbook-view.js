// @ts-check
// The steps of a set-up, console by console, with what to copy.
import { html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";

/**
 * @typedef {import("connect-softphone/setup").Runbook} Runbook
 * @typedef {import("connect-softphone/setup").Step} Step
 * @typedef {import("connect-softphone/setup").RunbookText} Text
 *
 * @typedef {object} Doing
 * @property {(id: string) => boolean} isDone
 * @property {(id: string, ticked: boolean) => void} tick
 * @property {string} copied the id of the string that was copied last
 * @property {(text: Text) => void} copy
 */

/** @param {Runbook} runbook @param {Doing} doing */
export function runbookView({ steps, questions }, doing) {
  const labels = new Map(questions.map(({ name, label }) => [name, label]));
  return html`<ol class="steps">
    ${steps.map((step, index) =>
      stepView(step, steps[index - 1]?.console, doing, labels),
    )}
  </ol>`;
}

/**
 * @param {Step} step
 * @param {string | undefined} before the console of the step before
 * @param {Doing} doing
 * @param {ReadonlyMap<string, string>} labels
 */
function stepView(step, before, doing, labels) {
  const { id, console, title, place, actions, strings, expect } = step;
  const isDone = doing.isDone(id);
  return html`<li class=${isDone ? "step done" : "step"} data-step=${id}>
    ${console === before ? nothing : html`<p class="console">${console}</p>`}
    <article aria-labelledby="step-${id}">
      <header>
        <label class="tick"
          ><input
            type="checkbox"
            .checked=${live(isDone)}
            @change=${(/** @type {Event} */ { target }) =>
              doing.tick(id, /** @type {HTMLInputElement} */ (target).checked)}
          />
          <h3 id="step-${id}">${title}</h3></label
        >
        <p class="place">${path(place)}</p>
      </header>
      <div class="body">
        ${
          actions.length === 0
            ? nothing
            : html`<ul class="todo">
                ${actions.map((action) => html`<li>${action}</li>`)}
              </ul>`
        }
        ${strings.map((text) => textView(text, doing, labels))}
        ${expect ? html`<p class="expect"><strong>Then:</strong> ${expect}</p>` : nothing}
      </div>
    </article>
  </li>`;
}

/** @param {Text} text @param {Doing} doing @param {ReadonlyMap<string, string>} labels */
function textView(text, { copied, copy }, labels) {
  const { id, label, place, value, language, note, source, missing } = text;
  const names = missing.map((name) => labels.get(name) ?? name);
  return html`<div class="string" data-string=${id}>
    <p class="label">
      <strong>${label}</strong>
      ${place ? html`<span class="place">${path(place)}</span>` : nothing}
    </p>
    <button
      type="button"
      class=${copied === id ? "copied" : "quiet"}
      @click=${() => copy(text)}
    >
      ${copied === id ? "Copied" : "Copy"}<span class="unseen"> ${label}</span>
    </button>
    <pre class="text" data-language=${language}>
${withPlaceholders(value, language, missing.length > 0)}</pre>
    ${
      names.length > 0
        ? html`<p class="lacks">
            Lacks ${new Intl.ListFormat("en").format(names)}.
          </p>`
        : nothing
    }
    ${note ? html`<p class="note">${note}</p>` : nothing}
    ${source ? html`<p class="source">${source}</p>` : nothing}
  </div>`;
}

/** Menus and pages on the way to a place. @param {string} place */
function path(place) {
  const parts = place.split(" > ");
  return parts.map((part, index) =>
    index === 0
      ? part
      : html` <span class="to" aria-hidden="true">›</span>
          <span>${part}</span>`,
  );
}

/**
 * @param {string} value
 * @param {string} language
 * @param {boolean} lacks whether there are any
 */
function withPlaceholders(value, language, lacks) {
  // In markup, a placeholder looks like a tag.
  if (!lacks || language === "xml" || language === "html") return value;
  return value
    .split(/(<[A-Za-z][^<>\n]{0,58}>)/)
    .map((part, index) =>
      index % 2 === 0 ? part : html`<mark class="warning">${part}</mark>`,
    );
}
