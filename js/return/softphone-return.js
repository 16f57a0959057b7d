// @ts-check
// Tells the page that began the sign-in that it is over, then closes the window. Bundled into a plain
// script: the page that loads it may stand on any server.
//
// Both ways, always: a BroadcastChannel arrives where Cross-Origin-Opener-Policy has cut `opener`,
// and `postMessage` arrives where the host page itself sits in another site's frame.
import {
  CHANNEL_NAME,
  REDIRECT_KEY,
  RETURNED,
  RETURN_PARAMETER,
} from "../protocol.js";

(() => {
  if (typeof window === "undefined") return; // Imported where there is no page.
  const number = new URLSearchParams(location.search).get(RETURN_PARAMETER);
  if (!number || !/^[0-9a-f]{32}$/.test(number)) return; // Opened by itself: just a sentence.
  try {
    // The whole page went to the identity provider (redirect.js): back to where it was.
    const there = JSON.parse(sessionStorage.getItem(REDIRECT_KEY) ?? "null");
    if (there?.number === number) {
      const back = JSON.stringify({ ...there, back: true });
      sessionStorage.setItem(REDIRECT_KEY, back);
      const url = new URL(there.href);
      if (url.origin === location.origin) return location.replace(url);
    }
  } catch {
    // No storage here, so nobody left from here.
  }
  const framed = window.parent !== window;
  const message = { type: RETURNED, number, framed };
  try {
    const channel = new BroadcastChannel(CHANNEL_NAME);
    channel.postMessage(message);
    channel.close();
  } catch {
    // Forbidden here; the other way may do.
  }
  for (const other of [window.opener, window.parent]) {
    if (!other || other === window) continue;
    other.postMessage(message, location.origin);
  }
  if (!framed) window.close();
})();
