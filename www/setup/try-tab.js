// @ts-check
// "Try": the softphone itself, in a document of its own (try.html), because this one may connect to nothing.
import { html, nothing } from "lit/html.js";

export class TryTab {
  #answers;
  #update;
  /** How often it was opened; 0: it is not open. */
  #opened = 0;

  #written;

  /**
   * @param {import("./answers.js").Answers} answers
   * @param {() => string} written the SSO Login URL of the set-up
   * @param {() => void} update
   */
  constructor(answers, written, update) {
    this.#answers = answers;
    this.#written = written;
    this.#update = update;
    addEventListener("message", this.#heard);
  }

  view() {
    return html`<section aria-labelledby="try-heading">
      <h2 id="try-heading">Does it work?</h2>
      <p class="lead">
        Opens the softphone as your page would, and says at which step it fails:
        origin, cookies, sign-in at the identity provider, AWS, user name, the
        phone itself, audio.
      </p>
      ${location.protocol === "file:" ? this.#needs() : this.#form()}
    </section>`;
  }

  #needs() {
    return html`<div class="notice">
      <p>
        Amazon Connect answers to approved origins only, and a file has none. To
        try the softphone:
      </p>
      <ol>
        <li>
          Put the files of the package <code>connect-softphone</code> on the web
          server of your page, for example at <code>/softphone/</code>, and
          Amazon Connect Streams at <code>/connect-streams-min.js</code>.
        </li>
        <li>
          Add the server’s origin to the instance’s approved origins (Amazon
          Connect console, <em>Approved origins</em>).
        </li>
        <li>
          Open <code>/softphone/setup/index.html</code> there. Set-up and check
          work here as well.
        </li>
      </ol>
    </div>`;
  }

  #form() {
    return html`<form class="fields" @submit=${this.#submit}>
        ${FIELDS.map(
          ({ name, label, hint, example, required }) =>
            html`<div>
              <label for="try-${name}">${label}</label>
              <p class="hint" id="try-${name}-hint">${hint}</p>
              <input
                id="try-${name}"
                type="text"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                aria-describedby="try-${name}-hint"
                placeholder=${example}
                ?required=${required}
                .value=${this.#value(name)}
                @input=${(/** @type {Event} */ event) =>
                  this.#answers.set(
                    name,
                    /** @type {HTMLInputElement} */ (event.target).value.trim(),
                  )}
              />
            </div>`,
        )}
        <div class="actions">
          <button>${this.#opened ? "Open it again" : "Open the phone"}</button>
          ${
            this.#opened
              ? html`<button type="button" class="quiet" @click=${this.#close}>
                  Close it
                </button>`
              : nothing
          }
          <p class="hint">
            This connects to your instance and identity provider.
          </p>
        </div>
      </form>
      ${
        this.#opened
          ? html`<iframe
              class="trial"
              title="The phone, and how far it got"
              src="try.html?${this.#opened}"
            ></iframe>`
          : nothing
      }`;
  }

  /** @param {string} name */
  #value(name) {
    const given = this.#answers.get(name);
    return given || (name === "trialUrl" ? this.#written() : "");
  }

  /** @param {SubmitEvent} event */
  #submit = (event) => {
    event.preventDefault();
    this.#opened += 1;
    this.#update();
  };

  #close = () => {
    this.#opened = 0;
    this.#update();
  };

  /** The document asks what to open, and says how high it is. @param {MessageEvent} event */
  #heard = (event) => {
    const frame = document.querySelector("iframe.trial");
    if (
      !(frame instanceof HTMLIFrameElement) ||
      event.source !== frame.contentWindow ||
      event.origin !== location.origin
    )
      return;
    const { type, height } = event.data ?? {};
    if (type === "setupTrialHeight" && height > 0)
      frame.style.height = `${Math.min(height, HIGHEST)}px`;
    if (type !== "setupTrialReady") return;
    const values = FIELDS.map(({ name }) => [name, this.#value(name)]);
    frame.contentWindow?.postMessage(
      { type: "setupTrial", ...Object.fromEntries(values) },
      location.origin,
    );
  };
}

/** In pixels. */
const HIGHEST = 4000;

const FIELDS = [
  {
    name: "instanceUrl",
    label: "Instance URL",
    hint: "Amazon Connect console, “Access URL”.",
    example: "https://acme.my.connect.aws",
    required: true,
  },
  {
    name: "trialUrl",
    label: "SSO Login URL",
    hint: "The identity provider’s URL that begins a sign-in to AWS. Leave it empty for Amazon’s own login.",
    example: "https://acme.okta.com/app/…/sso/saml?RelayState=…",
    required: false,
  },
  {
    name: "userName",
    label: "Connect user name",
    hint: "Who you expect to be signed in, if that is to be checked.",
    example: "ada@example.com",
    required: false,
  },
  {
    name: "streamsUrl",
    label: "Amazon Connect Streams",
    hint: "Where this server has it, unless it is at /connect-streams-min.js.",
    example: "/connect-streams-min.js",
    required: false,
  },
];
