// @ts-check
// The start page: tells what to expect of the chosen scene, tests the browser's cookies, and sends commands to the lab.
/** @typedef {import("../../hosts.js").HostNames} HostNames */

const scene = found("#scene", HTMLFormElement);
const agent = found("#agent", HTMLSelectElement);
const fault = found("#fault", HTMLSelectElement);
const outcome = found("#outcome", HTMLElement);

/** @type {ReturnType<typeof import("../../control/state.js").stateOf>} */
const state = await control("GET", "/state");
for (const { login } of state.idp.users) agent.add(new Option(login));
showFaults();
showParties("separate");
for (const button of scene.querySelectorAll("button[value^=workspace]"))
  if (button instanceof HTMLElement)
    button.hidden = !state.serviceNow.hasSoftphone;
scene.addEventListener("input", showExpectation);
showExpectation();
testCookies();
listen("#call", async () => {
  const username = idpUser()?.username;
  const attributes = { orderId: "4711" };
  const call = await control("POST", "/calls", { username, attributes });
  return call.state === "queued"
    ? `A call is waiting in the queue, because ${username} is not Available.`
    : `A call is ringing for ${username}.`;
});
listen("#hang-up", async () => {
  const call = await control("POST", "/calls/last/hang-up");
  return call.state === "abandoned"
    ? "The customer hung up while waiting in the queue."
    : "The customer has hung up.";
});
listen("#end-sessions", async () => {
  await control("DELETE", "/sessions");
  return "All sessions have ended, at the identity provider, AWS, Connect and ServiceNow.";
});
listen("#trigger-fault", async () => {
  if (!chosenFault()) return "First choose a fault above.";
  await control("POST", `/faults/${fault.value}`);
  return `The fault is active: ${faultText()}.`;
});
listen("#clear-faults", async () => {
  const { faults } = await control("GET", "/state");
  await control("DELETE", "/faults");
  return faults.active.length > 0
    ? "No fault is active any more. Sessions that ended stay ended."
    : "No fault was active.";
});

function showFaults() {
  const groups = new Map();
  for (const { id, group, title } of state.faults.all) {
    const list = groups.get(group) ?? document.createElement("optgroup");
    groups.set(group, list);
    list.label = group;
    list.append(new Option(title, id));
  }
  fault.append(...groups.values());
}

function chosenFault() {
  return state.faults.all.find(({ id }) => id === fault.value);
}

/** The chosen fault, in words. */
function faultText() {
  const chosen = chosenFault();
  return chosen && `“${chosen.title}” (${chosen.group})`;
}

/** @param {HostNames} names */
function showParties(names) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("#parties a[data-url]");
  for (const link of links) {
    const party = /** @type {"desk"} */ (link.dataset.url);
    const url = new URL(state.urls[names][party]);
    // A long name may break at its dots.
    link.replaceChildren(
      ...url.host
        .split(/(?=\.)/)
        .flatMap((part) => [document.createElement("wbr"), part]),
    );
    if (!("bare" in link.dataset))
      link.href = new URL(link.dataset.path ?? "/", url).href;
  }
  showAssistant(names);
}

/** With the strings of this lab in its fragment. @param {HostNames} names */
function showAssistant(names) {
  const { desk, instance, ssoLogin } = state.urls[names];
  const page = new URL("/softphone/setup/index.html", desk);
  page.hash = String(
    new URLSearchParams({
      tab: "try",
      idp: "okta",
      host: "page",
      instanceUrl: instance,
      instanceArn: state.connect.instanceArn,
      ssoLoginUrl: ssoLogin,
      hostOrigin: new URL(desk).origin,
    }),
  );
  found("#assistant", HTMLAnchorElement).href = page.href;
}

function showExpectation() {
  const wrong = chosenFault();
  const choice = new FormData(scene);
  found("#expectation", HTMLElement).textContent =
    wrong?.during === "start"
      ? `The agent page opens with this fault: ${faultText()}. The page reports what it can find out. “Clear faults” below ends the fault.`
      : wrong
        ? `${expectation(choice)} Once the phone is ready, “Trigger the fault” below makes this happen: ${faultText()}.`
        : expectation(choice);
}

/** @param {FormData} choice */
function expectation(choice) {
  const user = state.connect.users.find(
    ({ username }) => username === idpUser()?.username,
  );
  if (choice.get("sso") === "no")
    return `The instance’s own login page opens in a window, after a click if the browser blocks pop-ups. Sign in as ${user?.username} with the password ${user?.password}. The other choices have no effect.`;
  if (choice.get("idp") === "out")
    return `The agent page asks for a click and opens a window with the identity provider’s login page. Sign in as ${agent.value} with the password ${idpUser()?.password}; the window then closes.`;
  if (choice.get("framing") === "no")
    return "The identity provider refuses to be framed, so a window opens for a moment, after a click if the browser blocks pop-ups.";
  return "The page signs in through a hidden frame, without opening a window. The phone is ready after about a second.";
}

function idpUser() {
  return state.idp.users.find(({ login }) => login === agent.value);
}

/** Frames a page of another site that sets a cookie and checks that it is sent back. */
function testCookies() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Cookie test";
  frame.src = `${state.urls.separate.signIn}/lab/cookies`;
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    if (event.data?.type !== "labCookies") return;
    frame.remove();
    if (!event.data.allowed) useOneSite();
  });
  document.body.append(frame);
}

function useOneSite() {
  found("[name=hostNames]", HTMLInputElement).value = "one";
  showParties("one");
  const notice = found("#cookies", HTMLElement);
  notice.hidden = false;
  notice.textContent =
    "This browser blocks third-party cookies, which an embedded Connect instance needs. The lab therefore uses host names of a single site, so that no cookie is third-party.";
}

/**
 * Runs a command when its button is clicked, and shows the outcome.
 *
 * @param {string} selector
 * @param {() => Promise<string>} command
 */
function listen(selector, command) {
  found(selector, HTMLButtonElement).addEventListener("click", async () => {
    try {
      outcome.textContent = await command();
    } catch (error) {
      outcome.textContent = `The lab reports an error: ${/** @type {Error} */ (error).message}.`;
    }
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function control(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/**
 * @template {Element} T
 * @param {string} selector
 * @param {{ new (): T }} type
 */
function found(selector, type) {
  const element = document.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`the page has no ${selector}`);
}
