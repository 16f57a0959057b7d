// @ts-check
// A phone of plain buttons: each is there when `can` or `cannot` of the contact names its command.
import { openSoftphone } from "/softphone/index.js";

/** @typedef {import("connect-softphone").SoftphoneControl} Control */

const [softphone, status, states, buttons, dial, trouble] =
  /** @type {any[]} */ (
    ["softphone", "status", "states", "buttons", "dial", "trouble"].map((id) =>
      document.getElementById(id),
    )
  );

const config = await (await fetch("./config.json")).json();
const phone = await openSoftphone(softphone, { ...config, controls: "icc" });

function show() {
  const { agent, contacts } = phone;
  const [contact] = contacts;
  status.textContent = contact
    ? `${contact.customer.number ?? "Somebody"}: ${contact.phase}`
    : (agent?.state ?? phone.status.phase);
  for (const button of buttons.children) {
    const command = /** @type {Control} */ (button.value);
    const why = contact?.cannot[command];
    button.hidden = !contact?.can[command] && why === undefined;
    button.disabled = why !== undefined;
    button.title = why ?? "";
  }
  const names = agent?.states.map(({ name }) => name) ?? [];
  if (names.length !== states.options.length)
    states.replaceChildren(...names.map((name) => new Option(name)));
  states.value = agent?.nextState ?? agent?.state ?? "";
}

/** @param {Promise<unknown>} command */
async function tell(command) {
  trouble.textContent = "";
  try {
    await command;
  } catch (error) {
    trouble.textContent = /** @type {Error} */ (error).message;
  }
}

for (const type of /** @type {const} */ ([
  ...["statusChanged", "agentChanged"],
  ...["contactAdded", "contactChanged", "contactRemoved"],
]))
  phone.on(/** @type {"statusChanged"} */ (type), show);
buttons.addEventListener("click", (/** @type {any} */ { target }) => {
  const command = /** @type {"hold"} */ (target.value);
  if (command) tell(phone[command](phone.contacts[0].id));
});
states.addEventListener("change", () => tell(phone.setState(states.value)));
dial.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  tell(phone.dial(dial.number.value));
});
show();
