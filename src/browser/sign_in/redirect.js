// @ts-check
import { REDIRECT_KEY } from "../../../js/protocol.js";

/**
 * Navigates the whole page to `url`. The return page brings it back to where it is now
 * (softphone-return.js). Without storage nothing would bring it back, so then it stays.
 *
 * @param {string} url
 * @param {string} number the nonce, which the return page gets as well
 */
export function redirect(url, number) {
  const { href } = location;
  const there = { number, href, state: history.state };
  try {
    sessionStorage.setItem(REDIRECT_KEY, JSON.stringify(there));
  } catch {
    return;
  }
  location.assign(url);
}

/**
 * Whether this page has just come back from the identity provider. Its history state is restored.
 *
 * @returns {boolean | undefined} true: by the return page; false: not by it, as when the agent pressed
 *   Back; undefined: it never left
 */
export function cameBack() {
  try {
    const there = JSON.parse(sessionStorage.getItem(REDIRECT_KEY) ?? "null");
    if (!there) return undefined;
    sessionStorage.removeItem(REDIRECT_KEY);
    if (there.back && there.state !== null)
      history.replaceState(there.state, "");
    return Boolean(there.back);
  } catch {
    return undefined;
  }
}
