// @ts-check
// The workspace: joins the OpenFrame window, the Interaction Controls, the records and the agent's presence.
import { Activity } from "./activity.js";
import { ActiveCalls } from "./active-calls.js";
import { DialPad } from "./dial-pad.js";
import { ask, element, found } from "./dom.js";
import { Offers } from "./offers.js";
import { FrameWindow } from "./frame-window.js";
import { Records } from "./records.js";
import { TopFrame } from "./top-frame.js";

const config = await ask("GET", "config");
let presence = config.presence;

const frame = new FrameWindow(config.frame, config.openFrame);
const topFrame = new TopFrame(frame, config, { request });
const send = (/** @type {string} */ event, /** @type {unknown} */ payload) =>
  topFrame.send(event, payload);
const activity = new Activity(config.heartBeat, send);
const records = new Records(config, (payload) =>
  send("openframe_communication", payload),
);
const calls = new ActiveCalls(config, act);
const offers = new Offers(send);
const dialPad = new DialPad(act);

found("#user").textContent = config.user.name;
frame.onUserAction = (event, payload) => send(event, payload);
showPresences();
listenToInstance();
listenToForm();
found("#log-out").addEventListener("click", () => {
  send("openframe_heart_beat", { sessionLoggedIn: false });
  activity.stop();
  // What was sent needs a moment to arrive before this page goes.
  setTimeout(() => location.assign("/logout.do"), 50);
});
addEventListener("beforeunload", () => send("openframe_before_destroy", {}));
frame.start();

/**
 * Does what openFrameAPI asks for.
 *
 * @param {string} method
 * @param {any} payload
 * @returns {unknown} the answer, for methods that have one; a promise that rejects is a failure
 */
function request(method, payload) {
  if (method === "getAWAAgentPresence") return presenceAnswer();
  if (method === "setPresenceIndicator") return showIndicator(payload);
  if (method === "toastMessage") return toast(payload);
  if (method === "setICContext") return setContext(payload);
  if (/^open(ServiceNow|Custom|Interaction)/.test(method))
    return records.open(method, payload);
  return frame.request(method, payload);
}

/** @param {{ type: string, context: any }} payload */
function setContext({ type, context }) {
  found("#controls-state").textContent = "";
  if (type === "activeCall") calls.show(context.activeCall ?? []);
  if (type === "searchTargetList")
    calls.showTargets(context.searchTargetList ?? []);
  if (type === "offerContext") offers.show(context.offerContext ?? []);
  if (type === "agentSettings") dialPad.settings(context);
  if (type === "idleState") {
    dialPad.show(context);
    // The dial pad takes the place of the iframe, until `showIframe` (assumed).
    frame.showNative(true);
  }
}

/** Sends an action of the Interaction Controls. @param {string} name @param {unknown} payload */
function act(name, payload) {
  const named = { name: config.actions.names[name] ?? name, payload };
  send(
    "interaction_control_action",
    config.actions.form === "plain" ? named : { action: named },
  );
}

/** @returns {Promise<unknown>} */
function presenceAnswer() {
  if (config.presenceAnswer === "silent") return new Promise(() => {});
  if (config.presenceAnswer === "fails")
    return Promise.reject({ message: "the presence is not known" });
  return Promise.resolve({ presence });
}

function showPresences() {
  const select = /** @type {HTMLSelectElement} */ (found("#presence"));
  for (const { name, sys_id } of config.presenceStates)
    select.add(new Option(name, sys_id));
  select.value = presence.sys_id;
  select.addEventListener("change", () =>
    ask("POST", "presence", { sysId: select.value }),
  );
}

/** @param {{ state: string, color: string }} indicator */
function showIndicator({ state, color }) {
  found("#phone-state").textContent = `: ${state}`;
  found("#phone .dot").dataset.color = color;
}

/** @param {{ message: string, type: string, duration?: number }} toast */
function toast({ message, type, duration }) {
  const close = element("button", { type: "button", class: "second" }, "Close");
  const shown = element("p", { class: type }, message, close);
  close.addEventListener("click", () => shown.remove());
  if (duration) setTimeout(() => shown.remove(), duration);
  found("#toasts").append(shown);
}

function listenToInstance() {
  const events = new EventSource("/lab/workspace/events");
  events.addEventListener("open", () => (document.body.dataset.ready = "yes"));
  events.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.presence) {
      presence = message.presence;
      const select = /** @type {HTMLSelectElement} */ (found("#presence"));
      select.value = presence.sys_id;
    }
    if (message.event) send(message.event, message.payload);
  });
}

function listenToForm() {
  const form = found("#any-action");
  const wrong = found("#any-action .error");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value: name } = /** @type {HTMLInputElement} */ (
      found("#action-name")
    );
    const { value: text } = /** @type {HTMLTextAreaElement} */ (
      found("#action-payload")
    );
    try {
      const payload = JSON.parse(text || "{}");
      wrong.hidden = true;
      act(name, payload);
    } catch (error) {
      wrong.hidden = false;
      wrong.textContent = `The payload is no JSON: ${/** @type {Error} */ (error).message}`;
    }
  });
}
