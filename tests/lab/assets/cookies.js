// Tells the page that frames this one whether this host's cookie arrived here, and whether it is the one that the
// host has in a window: some browsers give a frame a jar of its own.
const shared =
  "hasStorageAccess" in document ? await document.hasStorageAccess() : true;
const arrived = document.querySelector("[data-cookie-arrived]") !== null;
parent.postMessage({ type: "labCookies", allowed: arrived && shared }, "*");
