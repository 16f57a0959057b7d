// @ts-check

/**
 * Sets the agent Offline, also when a contact is still in after contact work.
 *
 * @param {any} connect
 * @param {() => void} done called once, whatever comes of it; perhaps never when the session is gone
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
 * Ends the session as Streams documents it (Documentation.md, "Logout"): the instance's own page
 * first, then TERMINATE, which all tabs hear as TERMINATED.
 *
 * @param {any} connect
 * @param {string} url the instance's logout address
 * @param {() => void} failed called when Streams cannot be told
 */
export async function logOut(connect, url, failed) {
  // What it answers cannot be read, and does not matter: the CCP is looked at afterwards.
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
 * For a page whose Content-Security-Policy lets it frame the instance, as it must, and not fetch from it.
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
