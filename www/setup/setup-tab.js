// @ts-check
// "Set up": who signs agents in, where the phone is, a few answers, and every string with its place.
import { html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { copyText } from "./clipboard.js";
import { inlineFindings } from "./finding-view.js";
import { keep, kept } from "./keep.js";
import { answersIn, fragmentOf } from "./link.js";
import { runbookView } from "./runbook-view.js";
import { runbook, secretsIn } from "./wasm.js";

/**
 * @typedef {import("connect-softphone/setup").Runbook} Runbook
 * @typedef {import("connect-softphone/setup").Question} Question
 */

export class SetupTab {
  #answers;
  #update;
  /** The steps that are ticked off, each with its identity provider and host. @type {Set<string>} */
  #done = new Set();
  #keeps = false;
  /** The string that was copied last. */
  #copied = "";
  /** What a screen reader is told, and everybody about the link. */
  #news = "";
  /** @type {{ of: string, runbook: Runbook } | undefined} */
  #written;

  /**
   * @param {import("./answers.js").Answers} answers
   * @param {() => void} update
   */
  constructor(answers, update) {
    this.#answers = answers;
    this.#update = update;
  }

  /** Takes what this browser keeps, if it does. @returns {boolean} whether there was something */
  restore() {
    const before = kept();
    if (!before) return false;
    this.#keeps = true;
    this.#done = new Set(before.done);
    this.#answers.replace(answersIn(before.answers));
    return true;
  }

  /** Where the softphone signs in, as it was written; `""` while something is missing. */
  get ssoLoginUrl() {
    const given = this.#answers.get("ssoLoginUrl");
    if (/federate/i.test(given)) return given;
    const strings = this.runbook.steps.flatMap(({ strings }) => strings);
    const written = strings.find(({ id }) => id === "sso-login-url-test");
    return written && written.missing.length === 0 ? written.value : given;
  }

  /** @returns {Runbook} for the present answers */
  get runbook() {
    const all = this.#answers.all();
    const of = JSON.stringify(all);
    if (this.#written?.of === of) return this.#written.runbook;
    const { globalResiliency } = all;
    const given = {
      ...all,
      idp: all.idp || "okta",
      host: all.host || "page",
      globalResiliency: globalResiliency === "true",
    };
    this.#written = { of, runbook: runbook(given) };
    if (this.#keeps) this.#keep();
    return this.#written.runbook;
  }

  view() {
    const book = this.runbook;
    const { steps } = book;
    const done = steps.filter(({ id }) => this.#done.has(this.#key(id)));
    const [needed, more] = [true, false].map((required) =>
      book.questions.filter((question) => question.required === required),
    );
    return html`<section class="set-up" aria-labelledby="set-up-heading">
      <h2 id="set-up-heading">Every string, and where it goes</h2>
      <p class="lead">
        Choose two things and answer a few questions. What to enter in each
        console is below, and changes as you type.
      </p>
      <form
        class="choose"
        @submit=${(/** @type {Event} */ e) => e.preventDefault()}
      >
        ${this.#choice("idp", "Who signs your agents in?", "okta")}
        ${this.#choice("host", "Where is the phone?", "page")}
        <div class="fields">
          ${needed.map((one) => this.#question(one))}
          <details ?open=${more.some(({ name }) => this.#hasFinding(name))}>
            <summary>${more.length} more, each with a default</summary>
            <div class="fields">${more.map((one) => this.#question(one))}</div>
          </details>
        </div>
      </form>
      <div class="progress">
        <h2>${book.title}</h2>
        <p>
          <progress
            max=${steps.length}
            value=${done.length}
            aria-label="Steps done"
          ></progress>
          ${done.length} of ${steps.length} done
        </p>
        <div class="actions">
          <button type="button" class="quiet" @click=${() => print()}>
            Print
          </button>
          <button type="button" class="quiet" @click=${this.#copyLink}>
            Copy a link to this
          </button>
          <label class="tick">
            <input
              type="checkbox"
              .checked=${live(this.#keeps)}
              @change=${this.#toggleKeeping}
            />
            Keep this in this browser
          </label>
        </div>
        <p class="hint" role="status">${this.#news}</p>
      </div>
      ${this.#given(book)}
      ${runbookView(book, {
        isDone: (id) => this.#done.has(this.#key(id)),
        tick: (id, ticked) => this.#tick(id, ticked),
        copied: this.#copied,
        copy: (text) => void this.#copy(text),
      })}
    </section>`;
  }

  /**
   * @param {"idp" | "host"} name
   * @param {string} title
   * @param {string} usual
   */
  #choice(name, title, usual) {
    const chosen = this.#answers.get(name) || usual;
    return html`<fieldset class="choice">
      <legend>${title}</legend>
      ${this.runbook.choices[name].map(
        ({ value, label }) =>
          html`<label
            ><input
              type="radio"
              name=${name}
              value=${value}
              .checked=${live(chosen === value)}
              @change=${() => this.#answers.set(name, value)}
            /><span>${label}</span></label
          >`,
      )}
    </fieldset>`;
  }

  /** @param {Question} question */
  #question({ name, label, hint, example, kind }) {
    const id = `answer-${name}`;
    const findings = this.runbook.findings.filter(
      ({ field }) => field === name,
    );
    const value = this.#answers.get(name);
    const described = `${id}-hint ${findings.length > 0 ? `${id}-findings` : ""}`;
    const set = (/** @type {Event} */ { target }) =>
      this.#answers.set(name, /** @type {HTMLInputElement} */ (target).value);
    if (kind === "boolean")
      return html`<div>
        <label class="tick"
          ><input
            type="checkbox"
            aria-describedby=${described}
            .checked=${live(value === "true")}
            @change=${(/** @type {Event} */ { target }) =>
              this.#answers.set(
                name,
                /** @type {HTMLInputElement} */ (target).checked ? "true" : "",
              )}
          />${label}</label
        >
        <p class="hint" id="${id}-hint">${hint}</p>
      </div>`;
    return html`<div>
      <label for=${id}>${label}</label>
      <p class="hint" id="${id}-hint">${hint}</p>
      ${
        kind === "lines"
          ? html`<textarea
              id=${id}
              rows="3"
              spellcheck="false"
              aria-describedby=${described}
              placeholder=${example}
              .value=${live(value)}
              @input=${set}
            ></textarea>`
          : html`<input
              id=${id}
              type="text"
              spellcheck="false"
              autocomplete="off"
              autocapitalize="off"
              aria-describedby=${described}
              aria-invalid=${findings.some(({ severity }) => severity === "error")}
              placeholder=${example}
              .value=${live(value)}
              @input=${set}
            />`
      }
      ${
        findings.length === 0
          ? nothing
          : html`<div id="${id}-findings">
              ${inlineFindings(value, findings)}
            </div>`
      }
    </div>`;
  }

  /** For print: what the strings are for. @param {Runbook} book */
  #given({ questions }) {
    const given = questions.filter(({ name }) => this.#answers.get(name));
    return html`<dl class="given">
      ${given.map(
        ({ name, label }) =>
          html`<dt>${label}</dt>
            <dd>${this.#answers.get(name)}</dd>`,
      )}
    </dl>`;
  }

  /** @param {string} name */
  #hasFinding(name) {
    return this.runbook.findings.some(({ field }) => field === name);
  }

  /** @param {string} id */
  #key(id) {
    const { idp = "okta", host = "page" } = this.#answers.all();
    return `${idp}/${host}/${id}`;
  }

  /** @param {string} id @param {boolean} ticked */
  #tick(id, ticked) {
    if (ticked) this.#done.add(this.#key(id));
    else this.#done.delete(this.#key(id));
    if (this.#keeps) this.#keep();
    this.#update();
  }

  /** @param {import("connect-softphone/setup").RunbookText} text */
  async #copy({ id, label, value, missing }) {
    const copied = await copyText(value);
    this.#copied = copied ? id : "";
    this.#news = !copied
      ? "This browser does not allow copying: select the text instead."
      : missing.length > 0
        ? `${label} copied, with a placeholder in it.`
        : `${label} copied.`;
    this.#update();
  }

  #copyLink = async () => {
    const { fragment, leftOut } = this.#fragment();
    const url = new URL(location.href);
    url.hash = `tab=setup&${fragment}`;
    const copied = await copyText(url.href);
    const names = new Intl.ListFormat("en").format(
      leftOut.map((name) => this.#label(name)),
    );
    this.#news = !copied
      ? "This browser does not allow copying."
      : leftOut.length > 0
        ? `Copied. Left out, because it is secret or names people: ${names}.`
        : "Copied. It carries your answers, and no secrets.";
    this.#update();
  };

  #fragment() {
    return fragmentOf(this.#answers.all(), secretsIn);
  }

  /** @param {string} name */
  #label(name) {
    const question = this.runbook.questions.find((one) => one.name === name);
    return question?.label ?? name;
  }

  #toggleKeeping = () => {
    this.#keeps = !this.#keeps;
    const works = this.#keeps ? this.#keep() : keep(undefined);
    this.#news = !works
      ? "This browser keeps nothing for this page."
      : this.#keeps
        ? "Answers and ticks are kept in this browser, without secrets and names of agents."
        : "Nothing is kept any more.";
    if (!works) this.#keeps = false;
    this.#update();
  };

  #keep() {
    const { fragment } = this.#fragment();
    return keep({ answers: fragment, done: [...this.#done] });
  }
}
