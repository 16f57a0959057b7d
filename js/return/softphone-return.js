// @ts-check
// Tells the page that began the sign-in that it is over, then closes the window.
//
// Both ways, always: a BroadcastChannel arrives where Cross-Origin-Opener-Policy has cut `opener`,
// and `postMessage` arrives where the host page itself sits in another site's frame.
(() => {
  if (typeof window === "undefined") return; // Imported where there is no page.
  const number = new URLSearchParams(location.search).get("softphoneSignIn");
  if (!number || !/^[0-9a-f]{32}$/.test(number)) return; // Opened by itself: just a sentence.
  try {
    // The whole page went to the identity provider (redirect.js): back to where it was.
    const key = "connect-softphone:redirect";
    const there = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (there?.number === number) {
      sessionStorage.setItem(key, JSON.stringify({ ...there, back: true }));
      const url = new URL(there.href);
      if (url.origin === location.origin) return location.replace(url);
    }
  } catch {
    // No storage here, so nobody left from here.
  }
  const message = { type: "softphoneSignInReturned", number };
  try {
    const channel = new BroadcastChannel("connect-softphone-sign-in");
    channel.postMessage(message);
    channel.close();
  } catch {
    // Forbidden here; the other way may do.
  }
  for (const other of [window.opener, window.parent]) {
    if (other && other !== window) other.postMessage(message, location.origin);
  }
  if (window.parent === window) window.close();
})();
