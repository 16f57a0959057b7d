// @ts-check
// "Check": whatever is pasted is told apart, compared with everything else that was pasted, and shown with what is wrong.
import { html, nothing } from "lit/html.js";
import { FIELDS, LABELS, counted, inputOf } from "./fields.js";
import { findingList, markedText } from "./finding-view.js";
import { chapterView } from "./story-view.js";
import { textOf } from "./text-file.js";
import { check, recognize } from "./wasm.js";

/**
 * @typedef {import("./fields.js").Field} Field
 * @typedef {import("connect-softphone/setup").Checked} Checked
 */

export class CheckTab {
  /** What was pasted, in the order of the fields. @type {Map<Field, string>} */
  #texts = new Map();
  /** @type {Checked} */
  #checked = { findings: [], story: null };
  /** What was pasted and could be anything. @type {string | undefined} */
  #unknown;
  /** @type {Field | undefined} */
  #edited;
  /** What a screen reader is told. */
  #news = "";
  #answers;
  #update;

  /**
   * @param {import("./answers.js").Answers} answers those of "Set up"
   * @param {() => void} update shows the page as it is now
   */
  constructor(answers, update) {
    this.#answers = answers;
    this.#update = update;
  }

  /** Takes these texts as if they had been pasted; blank ones are none. @param {Partial<Record<Field, string>>} texts */
  take(texts) {
    for (const field of FIELDS)
      if (texts[field]?.trim()) this.#texts.set(field, texts[field]);
    this.#check();
  }

  view() {
    return html`<section
      class="check"
      aria-labelledby="check-heading"
      @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()}
      @drop=${this.#drop}
    >
      <h2 id="check-heading">Which string is wrong?</h2>
      <p class="lead">
        Paste what you have, one after the other or a whole file: an SSO Login
        URL, a relay state, the instance’s ARN, the parameters of
        <code>initCCP</code>, a CSV of users, a SAML response, a HAR file, the
        identity provider’s metadata. What belongs together is compared.
      </p>
      <form class="paste" @submit=${this.#submit}>
        <label for="paste">Paste anything</label>
        <textarea
          id="paste"
          rows="3"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          @paste=${this.#paste}
          @keydown=${this.#key}
        ></textarea>
        <div class="actions">
          <button>Check</button>
          <label class="button quiet" for="file">Open a file …</label>
          <input
            id="file"
            class="unseen"
            type="file"
            multiple
            @change=${this.#open}
          />
          ${
            FIELDS.some((field) => this.#isToTake(field))
              ? html`<button
                  type="button"
                  class="quiet"
                  @click=${this.#takeAnswers}
                >
                  Take the answers of Set up
                </button>`
              : nothing
          }
          ${
            this.#texts.size === 0
              ? html`<button
                  type="button"
                  class="quiet"
                  @click=${this.#example}
                >
                  Try an example
                </button>`
              : html`<button type="button" class="quiet" @click=${this.#clear}>
                  Start over
                </button>`
          }
        </div>
      </form>
      ${this.#unknown === undefined ? nothing : this.#question(this.#unknown)}
      ${this.#verdict()}
      <p class="unseen" role="status">${this.#news}</p>
      ${this.#sorted().map(([field, text]) => this.#card(field, text))}
    </section>`;
  }

  #verdict() {
    if (this.#texts.size === 0) return nothing;
    const { findings } = this.#checked;
    const names = this.#sorted().map(([field]) => LABELS[field]);
    const kind = verdictOf(findings);
    return html`<p class="verdict ${kind}">
      <span class="shape" aria-hidden="true"></span>
      ${
        findings.length === 0
          ? `Nothing is wrong with ${listed(names)}.`
          : `${counted(findings)} in ${listed(
              names.filter((_, index) => {
                const [field] = this.#sorted()[index];
                return findings.some((one) => inputOf(one.field) === field);
              }),
            )}.`
      }
      ${
        this.#texts.has("instanceArn")
          ? nothing
          : html`<span class="hint"
              >Add the instance’s ARN, and Region and instance are compared with
              it.</span
            >`
      }
    </p>`;
  }

  /** @param {Field} field @param {string} text */
  #card(field, text) {
    const findings = this.#checked.findings.filter(
      (one) => inputOf(one.field) === field,
    );
    const kind = verdictOf(findings);
    const id = `card-${field}`;
    return html`<article class="card" data-field=${field} aria-labelledby=${id}>
      <header>
        <h3 id=${id}>${LABELS[field]}</h3>
        <p class="chip ${kind}">
          <span class="shape" aria-hidden="true"></span>${
            counted(findings) || "Nothing is wrong"
          }
        </p>
        <div class="actions">
          <button
            type="button"
            class="quiet"
            aria-expanded=${this.#edited === field}
            @click=${() => this.#edit(field)}
          >
            ${this.#edited === field ? "Done" : "Edit"}<span class="unseen">
              ${LABELS[field]}</span
            >
          </button>
          <button
            type="button"
            class="quiet"
            @click=${() => this.#remove(field)}
          >
            Remove<span class="unseen"> ${LABELS[field]}</span>
          </button>
        </div>
      </header>
      ${
        this.#edited === field
          ? html`<textarea
              aria-label=${LABELS[field]}
              rows="4"
              spellcheck="false"
              .value=${text}
              @input=${(/** @type {InputEvent} */ event) =>
                this.#change(
                  field,
                  /** @type {HTMLTextAreaElement} */ (event.target).value,
                )}
            ></textarea>`
          : nothing
      }
      ${this.#chapters(field)}
      ${isReadable(field, text) ? markedText(text, findings) : nothing}
      ${findingList(findings)}
    </article>`;
  }

  /** @param {Field} field */
  #chapters(field) {
    const chapters = this.#checked.story?.chapters ?? [];
    return chapters.filter((one) => one.field === field).map(chapterView);
  }

  /** @param {string} text */
  #question(text) {
    const choose = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.target);
      const field = /** @type {Field} */ (new FormData(form).get("field"));
      this.#unknown = undefined;
      this.#news = "";
      this.take({ [field]: text });
    };
    return html`<form class="question" @submit=${choose}>
      <p>This could be anything:</p>
      <pre class="text">
${text.slice(0, 300)}${text.length > 300 ? "…" : ""}</pre>
      <label for="kind">It is the</label>
      <div class="actions">
        <select id="kind" name="field">
          ${FIELDS.map(
            (field) =>
              html`<option value=${field} ?selected=${field === "userName"}>
                ${LABELS[field]}
              </option>`,
          )}
        </select>
        <button>Check it</button>
        <button
          type="button"
          class="quiet"
          @click=${() => {
            this.#unknown = undefined;
            this.#update();
          }}
        >
          Forget it
        </button>
      </div>
    </form>`;
  }

  /** Whether "Set up" has an answer that is not here. @param {Field} field */
  #isToTake(field) {
    const answer = this.#answers.get(field);
    return answer.trim() !== "" && this.#texts.get(field) !== answer;
  }

  #takeAnswers = () => {
    this.take(this.#answers.all());
    this.#tell("The answers of Set up are checked.");
    document.getElementById("paste")?.focus();
  };

  #sorted() {
    return FIELDS.flatMap((field) => {
      const text = this.#texts.get(field);
      return text === undefined
        ? []
        : [/** @type {[Field, string]} */ ([field, text])];
    });
  }

  /** @param {string} text @param {string} [name] of the file */
  #read(text, name = "") {
    if (!text.trim()) return;
    const start = performance.now();
    const found = recognize(name, text);
    if (found.length === 0) {
      this.#unknown = text;
      this.#news = "It does not show what this is. Please choose.";
      return this.#update();
    }
    this.#unknown = undefined;
    this.#edited = undefined;
    for (const { field, text } of found) this.#texts.set(field, text);
    this.#checked = this.#ask();
    performance.measure("check", { start });
    const names = found.map(({ field }) => LABELS[field]);
    this.#tell(`${listed([...new Set(names)])} checked.`);
  }

  /** @param {string} what */
  #tell(what) {
    const { findings } = this.#checked;
    this.#news = `${what} ${counted(findings) || "Nothing is wrong"}.`;
    this.#update();
  }

  #check() {
    this.#checked = this.#ask();
    this.#update();
  }

  /** With the reader's clock. */
  #ask() {
    return check({
      ...Object.fromEntries(this.#texts),
      now: Date.now(),
      utcOffset: -new Date().getTimezoneOffset(),
    });
  }

  /** @param {Field} field @param {string} text */
  #change(field, text) {
    this.#texts.set(field, text);
    this.#check();
  }

  /** @param {Field} field */
  #edit(field) {
    this.#edited = this.#edited === field ? undefined : field;
    this.#update();
    const editor = document.querySelector(`[data-field="${field}"] textarea`);
    if (editor instanceof HTMLTextAreaElement) editor.focus();
  }

  /** @param {Field} field */
  #remove(field) {
    this.#texts.delete(field);
    this.#check();
    this.#tell(`${LABELS[field]} removed.`);
    document.getElementById("paste")?.focus();
  }

  #clear = () => {
    this.#texts.clear();
    this.#unknown = undefined;
    this.#checked = { findings: [], story: null };
    this.#news = "Everything is removed.";
    this.#update();
    document.getElementById("paste")?.focus();
  };

  #example = () => this.#read(EXAMPLE, "example.env");

  /** What is pasted alone is checked at once. @param {ClipboardEvent} event */
  #paste = (event) => {
    const area = /** @type {HTMLTextAreaElement} */ (event.target);
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (area.value.trim() || (!text && !file)) return;
    event.preventDefault();
    if (file) void this.#files([file]);
    else this.#read(text);
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
  };

  /** @param {SubmitEvent} event */
  #submit = (event) => {
    event.preventDefault();
    const area = /** @type {HTMLTextAreaElement} */ (
      document.getElementById("paste")
    );
    const text = area.value;
    area.value = "";
    area.focus();
    this.#read(text);
  };

  /** @param {Event} event */
  #open = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(input.files ?? [])];
    input.value = ""; // The same file again is a change, too.
    void this.#files(files);
  };

  /** @param {DragEvent} event */
  #drop = (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void this.#files(files);
    else this.#read(event.dataTransfer?.getData("text/plain") ?? "");
  };

  /** @param {File[]} files */
  async #files(files) {
    for (const file of files) this.#read(await textOf(file), file.name);
  }
}

/** @param {readonly { severity: string }[]} findings */
function verdictOf(findings) {
  if (findings.length === 0) return "good";
  return findings.some(({ severity }) => severity === "error")
    ? "bad"
    : "doubtful";
}

/**
 * Whether people read the text itself: not what is encoded or recorded, which may also let somebody in.
 *
 * @param {Field} field
 * @param {string} text
 */
function isReadable(field, text) {
  const isCoded = field === "samlResponse" || field === "certificate";
  return !isCoded || text.trimStart().startsWith("<");
}

/** "a, b and c" @param {readonly string[]} names */
function listed(names) {
  return new Intl.ListFormat("en").format(names);
}

/** A set-up with the mistakes that are made most often. */
const EXAMPLE = `INSTANCE_URL=https://acme.my.connect.aws
INSTANCE_ARN=arn:aws:connect:eu-west-2:123456789012:instance/178c75e4-b3de-4839-a6aa-e321ab3f3770
SSO_LOGIN_URL=https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState=https://us-east-1.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770?destination=/ccp-v2&new_domain=true
EXPECTED_USER=ada lovelace@example.com
`;
