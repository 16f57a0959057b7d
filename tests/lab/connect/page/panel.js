// The panel: shows what Streams' agent and contact API reports, and calls it from its buttons. Its only state is `muted`.

/** @type {any} */
let agent;
let muted = false;

el("state").addEventListener("change", () => {
  const chosen = agent
    .getAgentStates()
    .find(({ name }) => name === el("state").value);
  agent.setState(chosen, answered("The state was not changed"), {
    enqueueNextState: true,
  });
});

const actions = {
  accept: () => contact()?.accept(answered("The call was not accepted")),
  reject: () => contact()?.reject(answered("The call was not rejected")),
  hangUp: () =>
    contact()?.getAgentConnection().destroy(answered("The call was not ended")),
  hold: () => customer()?.hold(answered("The customer is not on hold")),
  resume: () => customer()?.resume(answered("The customer is still on hold")),
  mute: () => agent.mute(),
  unmute: () => agent.unmute(),
  clear: () => contact()?.clear(answered("The contact was not cleared")),
};
for (const [id, act] of Object.entries(actions))
  el(id).addEventListener("click", act);

/** The contact to show: a live one before one in after contact work. */
function contact() {
  const all = agent.getContacts();
  return all.find((one) => live.has(one.getState().type)) ?? all.at(-1);
}

function customer() {
  return contact()?.getInitialConnection();
}

function render() {
  el("name").textContent = agent.getName();
  renderStates();
  renderContact(contact());
  renderTimer();
}

function renderStates() {
  const names = agent.getAgentStates().map(({ name }) => name);
  const current = agent.getState().name;
  const options = names.map((name) => new Option(name, name));
  if (!names.includes(current)) {
    // A system state is shown, but cannot be chosen.
    const system = new Option(systemStates[current] ?? current, "");
    system.disabled = true;
    options.unshift(system);
  }
  const select = el("state");
  const signature = options.map(({ text }) => text).join();
  if (select.dataset.options !== signature) select.replaceChildren(...options);
  select.dataset.options = signature;
  select.value = names.includes(current) ? current : "";
  select.dataset.type = agent.getState().type;
  select.hidden = false;
  const next = agent.getNextState()?.name;
  show("next", next);
  el("next").textContent = next ? `then ${next}` : "";
}

function renderContact(one) {
  const state = one?.getState().type;
  const held = one && customer()?.isOnHold();
  const calling = customer()?.getStatus().type === "connecting";
  const offered = state === "connecting" && !calling;
  const ringing = offered || state === "incoming";
  const dialling = live.has(state) && calling;
  const connected = state === "connected" && !calling;
  const focused = el("actions").contains(document.activeElement);

  show("idle", !one);
  el("idle").textContent = idleText(agent.getState().type);
  show("contact", one);
  document.body.dataset.contact = ringing ? "ringing" : (state ?? "none");
  if (one) {
    const words = connected
      ? [held ? "On hold" : "Connected", muted && "muted"]
      : [dialling ? "Calling" : states[state]];
    setText("status", words.filter(Boolean).join(", "));
    setText("caller", nameOf(customer()?.getEndpoint()));
    setText("queue", [one.getQueue()?.name, "queue"].join(" "));
    el("parties").replaceChildren(
      ...one
        .getThirdPartyConnections()
        .filter((party) => party.isActive())
        .map(partyItem),
    );
  }
  show("accept", ringing);
  show("reject", ringing);
  show("hold", connected && !held);
  show("resume", connected && held);
  show("mute", connected && !muted);
  show("unmute", connected && muted);
  show("hangUp", connected || dialling);
  show("clear", one && !live.has(state));
  // A button that is hidden loses the focus, so pass it on to the first visible one.
  if (focused && document.activeElement?.hidden !== false)
    document.querySelector("#actions button:not([hidden])")?.focus();
}

function renderTimer() {
  const one = contact();
  if (!one) return;
  const seconds = Math.max(0, Math.floor(one.getStateDuration() / 1000));
  const pad = String(seconds % 60).padStart(2, "0");
  setText("timer", `${Math.floor(seconds / 60)}:${pad}`);
}

function partyItem(party) {
  const item = document.createElement("li");
  const state = connectionStates[party.getState().type];
  const name = party.getQuickConnectName() || nameOf(party.getEndpoint());
  item.textContent = `${name}, ${state}`;
  return item;
}

/** Callbacks for Streams that show whether a command failed. */
function answered(otherwise) {
  return {
    success: () => setText("problem", ""),
    failure: () => setText("problem", `${otherwise}. Try again.`),
  };
}

function idleText(type) {
  if (type === "routable") return "Ready for the next call.";
  if (type === "error") return "Choose Available to take calls again.";
  return "You will not receive calls. Choose Available to take calls.";
}

function nameOf(endpoint) {
  const queue = endpoint?.queue?.name;
  return endpoint?.stripPhoneNumber() || endpoint?.name || queue || "Unknown";
}

/** Screen readers announce a live region whenever its text is set, so set it only if it is new. */
function setText(id, text) {
  if (el(id).textContent !== text) el(id).textContent = text;
}

function show(id, visible) {
  el(id).hidden = !visible;
}

function el(id) {
  return document.getElementById(id);
}

const live = new Set(["incoming", "connecting", "connected"]);
const states = {
  incoming: "Callback",
  connecting: "Incoming call",
  connected: "Connected",
  ended: "After contact work",
  missed: "Missed call",
  rejected: "Call not taken",
  error: "Call not taken",
};
const connectionStates = {
  connecting: "calling",
  connected: "connected",
  hold: "on hold",
};
const systemStates = {
  PendingBusy: "Incoming call",
  CallingCustomer: "Calling",
  Busy: "On contact",
  AfterCallWork: "After contact",
  MissedCallAgent: "Missed",
  AgentHungUp: "Rejected",
  Default: "Callback not taken",
  FailedConnectCustomer: "Customer not reached",
};

// Last: a worker that remembers the agent has them told about at once.
connect.agent((first) => {
  agent = first;
  agent.onRefresh((latest) => {
    agent = latest;
    render();
  });
  agent.onMuteToggle((data) => {
    muted = Boolean(data?.muted);
    render();
  });
  render();
  setInterval(renderTimer, 1000);
});
