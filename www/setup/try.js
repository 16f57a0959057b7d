// @ts-check
// Opens the softphone as a host page would, and shows how far it gets.
import { html, nothing, render } from "lit/html.js";
import { conclusion, stepsOf } from "./try-steps.js";

/** @type {Record<import("./try-steps.js").Verdict, string>} */
const WORDS = {
  good: "works",
  bad: "fails",
  doubtful: "could be better",
  unneeded: "not needed",
  waiting: "not yet",
};

/** The package's module: this document is in its folder setup/. */
const SOFTPHONE = new URL("../index.js", document.baseURI).href;
const RETURN_PAGE = new URL("../softphone-return.html", document.baseURI);

const container = /** @type {HTMLElement} */ (
  document.getElementById("softphone")
);
const list = /** @type {HTMLElement} */ (document.getElementById("steps"));

/** @type {import("./try-steps.js").Facts} */
let facts = { origin: location.origin, sso: false, timeline: [] };
/** @type {import("connect-softphone").Softphone | undefined} */
let phone;
/** @type {string | undefined} */
let news;

addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  if (event.data?.type === "setupTrial") void open(event.data);
});
parent.postMessage({ type: "setupTrialReady" }, location.origin);
// The page around it makes the frame as high as what is in it.
new ResizeObserver(([{ contentRect }]) =>
  parent.postMessage(
    { type: "setupTrialHeight", height: contentRect.height },
    location.origin,
  ),
).observe(/** @type {Element} */ (document.getElementById("trial")));
show();

/** @param {Record<string, string>} asked */
async function open({
  instanceUrl,
  trialUrl: ssoLoginUrl,
  userName,
  streamsUrl,
}) {
  if (facts.phase) return;
  facts = {
    ...facts,
    sso: ssoLoginUrl !== "",
    idp: originOf(ssoLoginUrl),
    userName,
    phase: "opening",
  };
  show();
  try {
    /** @type {typeof import("connect-softphone")} */
    const { openSoftphone } = await import(SOFTPHONE);
    phone = await openSoftphone(container, {
      instanceUrl,
      ssoLoginUrl,
      signIn: { returnUrl: RETURN_PAGE.pathname },
      streams: { url: streamsUrl || "/connect-streams-min.js" },
    });
    phone.on("statusChanged", follow);
    phone.on("agentChanged", follow);
    follow();
  } catch (error) {
    fail(/** @type {import("connect-softphone").SoftphoneError} */ (error));
  }
}

function follow() {
  if (!phone) return;
  const { phase, error } = phone.status;
  facts = {
    ...facts,
    phase,
    error,
    timeline: phone.timeline(),
    signedIn: phone.agent?.username,
  };
  show();
}

/** @param {import("connect-softphone").SoftphoneError} error or whatever else was thrown */
function fail({ code, message, remedy, problems = [] }) {
  const told = problems.map(
    ({ field, found, expected }) =>
      `${field}: found ${found}, expected ${expected}.`,
  );
  facts = {
    ...facts,
    phase: "failed",
    error: {
      code: code ?? "MODULE_LOAD_FAILED",
      remedy: [
        ...(told.length > 0 ? told : [code ? "" : message]),
        remedy ??
          `Check that ${SOFTPHONE} is there: this page belongs into the package’s folder setup.`,
      ]
        .filter(Boolean)
        .join(" "),
    },
  };
  show();
}

async function testAudio() {
  if (!phone) return;
  try {
    const { permission, microphones } = await phone.devices();
    facts = { ...facts, microphone: { permission, count: microphones.length } };
  } catch (error) {
    const { code, remedy } =
      /** @type {import("connect-softphone").SoftphoneError} */ (error);
    facts = { ...facts, microphone: { code, remedy } };
  }
  show();
}

async function copy() {
  const lines = stepsOf(facts).map(
    ({ title, verdict, found, remedy }) =>
      `${verdict.toUpperCase().padEnd(8)} ${title}: ${found}${remedy && `\n         ${remedy}`}`,
  );
  const text = [...lines, "", phone?.report() ?? ""].join("\n");
  news = await navigator.clipboard.writeText(text).then(
    () => "Copied",
    () => "This browser does not allow copying",
  );
  show();
}

function show() {
  const steps = stepsOf(facts);
  const sentence = conclusion(steps, facts.phase);
  render(
    html`<div role="status"><h1>${sentence}</h1></div>
      <ol>
        ${steps.map(
          ({ id, title, verdict, found, remedy }) =>
            html`<li class=${verdict} data-step=${id}>
              <span class="shape" aria-hidden="true"></span>
              <div>
                <h2>${title} <span class="verdict">${WORDS[verdict]}</span></h2>
                <p>${found}</p>
                ${remedy ? html`<p class="remedy">${remedy}</p>` : nothing}
                ${
                  id === "audio" &&
                  verdict === "waiting" &&
                  facts.phase === "ready"
                    ? html`<button type="button" @click=${testAudio}>
                        Test the microphone
                      </button>`
                    : nothing
                }
              </div>
            </li>`,
        )}
      </ol>
      ${
        phone
          ? html`<button type="button" class="quiet" @click=${copy}>
              ${news ?? "Copy the report"}
            </button>`
          : nothing
      }`,
    list,
  );
}

/** @param {string} url */
function originOf(url) {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
