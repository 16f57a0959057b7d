// @ts-check
import { StorageAccess } from "./storage_access.js";

/**
 * Sets the agent Offline; after a contact's after contact work, where that is still going on.
 *
 * @param {any} connect
 * @param {() => void} done called once, whether it worked or not; perhaps never when the session is over
 */
export function setOffline(connect, done) {
  try {
    const agent = new connect.Agent();
    const { OFFLINE } = connect.AgentStateType;
    const states = agent.getAgentStates();
    const offline = states.find((/** @type {any} */ it) => it.type === OFFLINE);
    const callbacks = { success: done, failure: done };
    agent.setState(offline, callbacks, { enqueueNextState: true });
  } catch {
    done();
  }
}

/**
 * Ends the session as Streams documents it (Documentation.md, "Logout"): first the instance's own logout
 * page, then TERMINATE, which reaches all tabs as TERMINATED.
 *
 * @param {any} connect
 * @param {string} url the instance's logout address
 * @param {string | undefined} cookies Amazon's page that gets a frame its cookies, where fetching has none
 * @param {() => void} failed called when Streams cannot be told
 */
export async function logOut(connect, url, cookies, failed) {
  // Its answer cannot be read, and does not matter: the core checks the CCP afterwards.
  if (cookies) await visitWithCookies(url, cookies);
  else
    await fetch(url, { credentials: "include", mode: "no-cors" }).catch(() =>
      visit(url, 1),
    );
  try {
    const upstream = connect.core.getUpstream();
    upstream.sendUpstream(connect.EventType.TERMINATE);
  } catch {
    failed();
  }
}

/**
 * For a browser that keeps the instance's cookies from this page. Amazon's page gets them without a click, because the agent
 * has allowed them before, and goes on to the log-out by itself.
 *
 * @param {string} url
 * @param {string} cookies
 */
function visitWithCookies(url, cookies) {
  const frame = hiddenFrame();
  const page = new StorageAccess(frame, cookies, url, undefined, () => {});
  page.expect();
  return visit(cookies, 2, frame).finally(() => page.close());
}

/**
 * Also for a page whose Content-Security-Policy allows frames of the instance, as it must, but no fetch from it.
 *
 * @param {string} url
 * @param {number} pages how many load in the frame
 */
function visit(url, pages, frame = hiddenFrame()) {
  frame.src = url;
  return new Promise((resolve) => {
    frame.addEventListener("load", () => --pages > 0 || resolve(undefined));
    setTimeout(resolve, 3000);
    document.body.append(frame);
  }).finally(() => frame.remove());
}

function hiddenFrame() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  return frame;
}
