// @ts-check
/**
 * A host page with buttons for what hosts do. It opens the phone when it is loaded, unless its address ends in `#wait`,
 * and with `#eager` it calls `signIn()`, outside of any click, as soon as sign-in is needed.
 *
 * `globalThis.host` is for tests that inspect the phone; `data-outcome` of the body says how the last call of the host
 * ended: `ok` or an error's code.
 *
 * @typedef {import("connect-softphone").Softphone} Softphone
 */
import { openSoftphone } from "connect-softphone";

const host = {
  /** @type {Softphone | undefined} */
  phone: undefined,
  /** All events, oldest first. @type {import("connect-softphone").SoftphoneEvent[]} */
  events: [],
  /** @type {any} the error of the last call that failed */
  error: undefined,
  /** What the button "Sign out by the host" passes to it. @type {import("connect-softphone").SoftphoneSignOut | undefined} */
  leaving: undefined,
  open,
  openSoftphone,
};
Object.assign(globalThis, { host });

/** @param {object} [config] default: what the desk serves beside this page */
async function open(config) {
  config ??= await (await fetch("./config.json")).json();
  const container = /** @type {HTMLElement} */ (
    document.getElementById("softphone")
  );
  const phone = await openSoftphone(container, /** @type {any} */ (config));
  host.phone = phone;
  // Not before, though sign-in may be waiting for a click already.
  for (const id of ["sign-in", "sign-out"])
    document.getElementById(id)?.removeAttribute("disabled");
  for (const type of /** @type {const} */ ([
    "statusChanged",
    "agentChanged",
    "audioChanged",
    "contactAdded",
    "contactChanged",
    "contactRemoved",
    "recordingChanged",
    "sessionExpiring",
    "diagnostic",
  ]))
    phone.on(type, (event) => host.events.push(event));
  phone.ready.catch(() => {}); // The status says so as well.
}

/** @param {Softphone} phone */
function signInWhenNeeded(phone) {
  const look = () => {
    if (phone.status.phase !== "signInNeeded") return;
    unsubscribe();
    call(() => phone.signIn());
  };
  const unsubscribe = phone.on("statusChanged", look);
  look();
}

/** @param {() => Promise<unknown> | undefined} what */
async function call(what) {
  delete document.body.dataset.outcome;
  host.error = undefined;
  try {
    await what();
    document.body.dataset.outcome = "ok";
  } catch (error) {
    host.error = error;
    document.body.dataset.outcome = /** @type {any} */ (error).code ?? "thrown";
  }
}

/** @param {string} id @param {() => Promise<unknown> | undefined} what */
function onClick(id, what) {
  document.getElementById(id)?.addEventListener("click", () => call(what));
}

onClick("open", () => open());
onClick("sign-in", () => host.phone?.signIn());
onClick("sign-out", () => host.phone?.signOut(host.leaving));
onClick("close", () => host.phone?.close());
if (location.hash !== "#wait") await call(() => open());
if (location.hash === "#eager" && host.phone) signInWhenNeeded(host.phone);
