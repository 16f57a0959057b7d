// @ts-check
/**
 * A contact centre's agent page: opens the softphone as config.json says, and shows its state in words. The softphone
 * itself asks the agent to sign in and shows Amazon's panel, both inside its container.
 *
 * @typedef {import("connect-softphone").Softphone} Softphone
 * @typedef {import("connect-softphone").SoftphoneError} SoftphoneError
 * @typedef {{ kind: string, state: string, words: string }} View `kind` selects the shape and colour of the state
 */

const SOFTPHONE = "/softphone/index.js";
const CONFIG = "./config.json";

openPhone().then(follow, showTrouble);

async function openPhone() {
  // Both load at the same time as Amazon Connect Streams, which openSoftphone waits for.
  const [config, { openSoftphone }] = await Promise.all([
    readConfig(),
    loadSoftphone(),
  ]);
  return openSoftphone(element("softphone"), config);
}

/**
 * Shows the state of the phone, now and whenever it changes.
 *
 * @param {Softphone} phone
 */
function follow(phone) {
  let endsAtMs = 0;
  /** @type {string[]} */
  const notices = [];
  const show = () => {
    const { phase, error, way, session } = phone.status;
    const agent = phone.agent;
    // That session has ended, or has been renewed.
    if (session?.endsAtMs !== endsAtMs) endsAtMs = 0;
    const view =
      phase === "ready" && agent ? stateView(agent) : { ...PHASES[phase] };
    if (phase === "signingIn" && way === "popup") view.words = NOT_REACHABLE;
    if (endsAtMs > Date.now() && view.kind !== "arriving")
      view.words = `Your session ends at ${time(endsAtMs)} unless it is renewed before then.`;
    if (phase === "ready" && error)
      view.words = "The phone needs your attention.";
    element("sign-out").hidden = phase !== "ready";
    showView(view, agent?.name || agent?.username);
    showFacts([
      ...(error ? [`${error.code}: ${error.remedy}`] : []),
      ...notices,
    ]);
  };
  phone.on("statusChanged", show);
  phone.on("agentChanged", show);
  phone.on("diagnostic", ({ message }) => {
    notices.push(message);
    show();
  });
  phone.on("sessionExpiring", (event) => {
    // About inactivity, the softphone asks the agent itself.
    if (event.reason !== "maximum") return;
    endsAtMs = event.endsAtMs;
    show();
  });
  element("sign-out").addEventListener("click", () =>
    phone
      .signOut({ setOffline: true })
      .catch((failure) => write(element("status"), failure.message)),
  );
  element("copy").addEventListener("click", () => copy(phone.report()));
  show();
}

/** @param {string} text */
async function copy(text) {
  const button = element("copy");
  try {
    await navigator.clipboard.writeText(text);
    write(button, "Copied");
  } catch {
    write(button, "This browser does not allow copying");
  }
}

/**
 * Shows why the phone could not be opened, and what can be done.
 *
 * @param {SoftphoneError} error or whatever else was thrown, which has no `code` and perhaps no `remedy`
 */
function showTrouble({ code, message, remedy, problems = [], cause }) {
  const count = problems.length;
  const mistakes = count === 1 ? "a mistake" : `${count} mistakes`;
  showView({
    ...PHASES.failed,
    words: count
      ? `The phone cannot be opened: its configuration has ${mistakes}.`
      : message,
  });
  element("advice").textContent = count
    ? "Please correct config.json"
    : "Please try again. If the problem persists, tell your administrator.";
  element("problems").replaceChildren(...problems.map(problemItem));
  element("softphone").hidden = true;
  element("trouble").hidden = false;
  element("copy").hidden = true; // Without a phone there is no report.
  element("again").addEventListener("click", () => location.reload());
  const because = cause instanceof Error ? [cause.message] : [];
  if (count === 0 && remedy)
    showFacts([code ? `${code}: ${remedy}` : remedy, ...because]);
}

/**
 * @param {View} view
 * @param {string} [name] of the agent
 */
function showView({ kind, state, words }, name = "Softphone") {
  document.title = `${state} · ${name}`;
  write(element("agent"), name);
  element("state").dataset.kind = element("status").dataset.kind = kind;
  write(element("state", ".words"), state);
  write(element("status"), words);
}

/** @param {string[]} facts */
function showFacts(facts) {
  element("administrators").hidden = facts.length === 0;
  const items = facts.map((fact) => {
    const item = document.createElement("li");
    item.textContent = fact;
    return item;
  });
  element("administrators", "ul").replaceChildren(...items);
}

/** @param {import("connect-softphone").SoftphoneConfigProblem} problem */
function problemItem({ field, found, expected }) {
  const template = /** @type {HTMLTemplateElement} */ (element("problem"));
  const item = /** @type {DocumentFragment} */ (
    template.content.cloneNode(true)
  );
  for (const [selector, text] of [
    ["code", field],
    [".found", found],
    [".expected", expected],
  ])
    /** @type {Element} */ (item.querySelector(selector)).textContent = text;
  return item;
}

/** @returns {Promise<import("connect-softphone").SoftphoneConfig>} */
async function readConfig() {
  const url = new URL(CONFIG, import.meta.url).href;
  const response = await fetch(url, { cache: "no-store" }).catch((cause) => {
    throw trouble(
      "This page's configuration could not be loaded.",
      `Check that ${url} can be reached.`,
      cause,
    );
  });
  if (!response.ok)
    throw trouble(
      "This page's configuration is missing.",
      `${url} responds with status ${response.status}. Put config.json beside the page.`,
    );
  return response.json().catch((cause) => {
    throw trouble(
      "This page's configuration cannot be read.",
      `${url} is not valid JSON. Look for a missing comma or quotation mark.`,
      cause,
    );
  });
}

/** @returns {Promise<typeof import("connect-softphone")>} */
function loadSoftphone() {
  return import(SOFTPHONE).catch((cause) => {
    throw trouble(
      "The phone could not be loaded.",
      `Check that this site serves the package's index.js at ${SOFTPHONE}.`,
      cause,
    );
  });
}

/**
 * @param {string} message for the agent
 * @param {string} remedy for the administrator
 * @param {unknown} [cause]
 */
function trouble(message, remedy, cause) {
  return Object.assign(new Error(message, { cause }), { remedy });
}

/**
 * @param {import("connect-softphone").SoftphoneAgent} agent
 * @returns {View}
 */
function stateView({ state, stateType }) {
  // A contact centre may rename the states that every instance has.
  const known = STATES.get(state) ?? STATES.get(USUAL_STATES[stateType] ?? "");
  return { ...(known ?? AWAY), state: STATES.get(state)?.state ?? state };
}

/** @param {number} atMs */
function time(atMs) {
  const clock = new Date(atMs).toLocaleTimeString([], { timeStyle: "short" });
  return clock.replaceAll(" ", "\u00a0"); // Stays on one line.
}

/**
 * The element with that id, or the one that `selector` finds inside it.
 *
 * @param {string} id
 * @param {string} [selector]
 * @returns {HTMLElement}
 */
function element(id, selector = "") {
  const found = document.querySelector(`#${id} ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * Sets a text only if it differs, so that a screen reader does not repeat it.
 *
 * @param {HTMLElement} place
 * @param {string} text
 */
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// The softphone's own prompt, in the container, says what is happening and what to do.
const MOMENT = "This takes a moment.";
const NOT_REACHABLE = "Contacts cannot reach you until you sign in.";

/** @type {Record<import("connect-softphone").SoftphonePhase, View>} */
const PHASES = {
  opening: {
    kind: "waiting",
    state: "Connecting",
    words: MOMENT,
  },
  signInNeeded: {
    kind: "off",
    state: "Not signed in",
    words: NOT_REACHABLE,
  },
  signingIn: {
    kind: "waiting",
    state: "Signing in",
    words: MOMENT,
  },
  ready: { kind: "waiting", state: "Connecting", words: "The phone is ready." },
  expired: {
    kind: "trouble",
    state: "Session ended",
    words: "Contacts cannot reach you until you sign in again.",
  },
  signedOut: {
    kind: "off",
    state: "Signed out",
    words: NOT_REACHABLE,
  },
  failed: {
    kind: "trouble",
    state: "Not connected",
    words: "Contacts cannot reach you until the phone works again.",
  },
  closed: {
    kind: "off",
    state: "Closed",
    words: "The phone is closed. Reload this page to open it again.",
  },
};

const TO_AVAILABLE = "Choose Available when you can take contacts.";

/**
 * For states that the contact centre has named itself: the usual state of the same type.
 *
 * @type {Record<string, string>}
 */
const USUAL_STATES = {
  routable: "Available",
  offline: "Offline",
  error: "Error",
  init: "Init",
};

/** States that the contact centre has defined itself, such as Lunch. */
const AWAY = { kind: "away", words: `The phone is ready. ${TO_AVAILABLE}` };

/**
 * The states that every instance has. Those that agents cannot choose have technical names, so they get readable ones.
 * Streams 2.28.2, connect-streams.js: `AgentAvailStates`, `AgentErrorStates`.
 *
 * @type {Map<string, View>}
 */
const STATES = new Map([
  ...states("free", "The phone is ready. Contacts can reach you.", {
    Available: "Available",
  }),
  ...states("off", AWAY.words, { Offline: "Offline" }),
  ...states("arriving", "A contact is waiting. Accept it below.", {
    PendingBusy: "Incoming contact",
  }),
  ...states("busy", "You are on a contact.", {
    Busy: "On contact",
    CallingCustomer: "Calling",
    Dialing: "Calling",
    Joining: "Joining",
  }),
  ...states("busy", "Close the contact when you are done.", {
    AfterCallWork: "After contact work",
  }),
  ...states("waiting", "The phone is getting ready.", {
    Init: "Connecting",
    PendingAvailable: "Becoming available",
  }),
  ...states("trouble", `You missed a contact. ${TO_AVAILABLE}`, {
    MissedCallAgent: "Missed contact",
  }),
  ...states("trouble", `Something went wrong. ${TO_AVAILABLE}`, {
    Error: "Error",
    Default: "Error",
    AgentHungUp: "Hung up",
    BadAddressAgent: "Wrong number",
    BadAddressCustomer: "Wrong number",
    FailedConnectAgent: "Contact failed",
    FailedConnectCustomer: "Customer not reached",
    InvalidLocale: "Error",
    LineEngagedAgent: "Your line is busy",
    LineEngagedCustomer: "Line busy",
    MissedCallCustomer: "No answer",
    MultipleCcpWindows: "Phone open twice",
    RealtimeCommunicationError: "No audio",
  }),
]);

/**
 * @param {string} kind
 * @param {string} words
 * @param {Record<string, string>} names
 * @returns {[string, View][]}
 */
function states(kind, words, names) {
  return Object.entries(names).map(([name, state]) => [
    name,
    { kind, state, words },
  ]);
}
