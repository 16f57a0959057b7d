// @ts-check

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
 * @param {() => void} failed called when Streams cannot be told
 */
export async function logOut(connect, url, failed) {
  // Its answer cannot be read, and does not matter: the core checks the CCP afterwards.
  await fetch(url, { credentials: "include", mode: "no-cors" }).catch(() =>
    visit(url),
  );
  try {
    const upstream = connect.core.getUpstream();
    upstream.sendUpstream(connect.EventType.TERMINATE);
  } catch {
    failed();
  }
}

/**
 * For a page whose Content-Security-Policy allows frames of the instance, as it must, but no fetch from it.
 *
 * @param {string} url
 */
function visit(url) {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = url;
  document.body.append(frame);
  return new Promise((resolve) => {
    frame.onload = resolve;
    setTimeout(resolve, 3000);
  }).finally(() => frame.remove());
}
