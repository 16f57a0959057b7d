// Tells the framing page whether this host's cookie arrived here, and whether it is the same cookie as in a window: some
// browsers give third-party frames a separate cookie jar.
const shared =
  "hasStorageAccess" in document ? await document.hasStorageAccess() : true;
const arrived = document.querySelector("[data-cookie-arrived]") !== null;
parent.postMessage({ type: "labCookies", allowed: arrived && shared }, "*");
