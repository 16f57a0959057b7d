// @ts-check
// The start page: says what to expect of a scene, tests the browser's cookies, and sends orders to the lab.
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
scene.addEventListener("input", showExpectation);
showExpectation();
testCookies();
listen("#call", async () => {
  const username = idpUser()?.username;
  const attributes = { orderId: "4711" };
  const call = await control("POST", "/calls", { username, attributes });
  return call.state === "queued"
    ? `A call is waiting in the queue: ${username} is not available yet.`
    : `A call is ringing for ${username}.`;
});
listen("#hang-up", async () => {
  const call = await control("POST", "/calls/last/hang-up");
  return call.state === "abandoned"
    ? "The customer gave up waiting."
    : "The customer has hung up.";
});
listen("#end-sessions", async () => {
  await control("DELETE", "/sessions");
  return "All sessions have ended: at the identity provider, at AWS and at Connect.";
});
listen("#go-wrong", async () => {
  if (!chosenFault()) return "Choose above what is to go wrong.";
  await control("POST", `/faults/${fault.value}`);
  return `Wrong now: ${faultText()}.`;
});
listen("#mend", async () => {
  const { faults } = await control("GET", "/state");
  await control("DELETE", "/faults");
  return faults.active.length > 0
    ? "All is well again on the far side. What has ended stays ended."
    : "Nothing was wrong.";
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

/** What is chosen to be wrong, and where. */
function faultText() {
  const chosen = chosenFault();
  return chosen && `“${chosen.title}” (${chosen.group})`;
}

/** @param {HostNames} names */
function showParties(names) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("#parties a");
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
}

function showExpectation() {
  const wrong = chosenFault();
  const choice = new FormData(scene);
  found("#expectation", HTMLElement).textContent =
    wrong?.during === "start"
      ? `The agent page opens while this is so: ${faultText()}. What it can know of that, it says. “Mend it” below sets it right.`
      : wrong
        ? `${expectation(choice)} Then “Let it go wrong” below makes this so: ${faultText()}.`
        : expectation(choice);
}

/** @param {FormData} choice */
function expectation(choice) {
  const user = state.connect.users.find(
    ({ username }) => username === idpUser()?.username,
  );
  if (choice.get("sso") === "no")
    return `The instance’s own login opens in a window, after a click where the browser blocks windows. Sign in as ${user?.username} with the password ${user?.password}. The other choices make no difference then.`;
  if (choice.get("idp") === "out")
    return `The agent page asks for a click and opens a window with the identity provider’s login. Sign in as ${agent.value} with the password ${idpUser()?.password}; the window closes by itself.`;
  if (choice.get("framing") === "no")
    return "The identity provider refuses to be framed, so a window opens for a moment, after a click where the browser blocks windows.";
  return "The page signs in through a hidden frame. No window opens, and about a second later the agent is on the phone.";
}

function idpUser() {
  return state.idp.users.find(({ login }) => login === agent.value);
}

/** Frames a page of another site that sets a cookie and looks whether it comes back. */
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
    "This browser blocks third-party cookies, which an embedded Connect instance needs. The scene therefore uses host names of one site, where cookies are not third-party.";
}

/**
 * Carries out an order when its button is clicked, and shows what came of it.
 *
 * @param {string} selector
 * @param {() => Promise<string>} order
 */
function listen(selector, order) {
  found(selector, HTMLButtonElement).addEventListener("click", async () => {
    try {
      outcome.textContent = await order();
    } catch (error) {
      outcome.textContent = `That did not work: ${/** @type {Error} */ (error).message}.`;
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
