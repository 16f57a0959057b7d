// The page that Streams opens in the CCP's frame when the host sets `storageAccess.canRequest`, and that speaks its messages:
// request, init, granted or denied (2.28.2, connect-streams.js, `storageAccess`). The README says what is assumed of it.
const { storageAccess } = document.body.dataset;
let asked;

addEventListener("message", async ({ data, source }) => {
  if (source !== parent || data?.event !== "storageAccess::request") return;
  asked = data.data;
  const hasAccess = await alreadyAllowed();
  tell("init", { hasAccess });
  if (hasAccess) return goOn();
  const { custom = {}, mode } = asked;
  const texts = mode === "custom" ? custom : {};
  document.querySelector("h1").textContent = texts.header ?? "Action required";
  say(
    texts.accessBannerDescription ??
      "This browser keeps the cookies of Amazon Connect from this page.",
    texts.accessBannerButtonText ?? "Grant access",
  );
  document.querySelector("main").hidden = false;
});

document.querySelector("#allow").addEventListener("click", async () => {
  if (storageAccess === "ignored") return; // As if the browser's own question stayed unanswered.
  try {
    if (storageAccess === "denied") throw new Error("denied");
    await document.requestStorageAccess();
  } catch {
    tell("denied", {});
    const { denyBannerDescription, denyBannerButtonText } = asked.custom ?? {};
    return say(
      denyBannerDescription ?? "The browser did not grant access.",
      denyBannerButtonText ?? "Try again",
    );
  }
  goOn();
});

/** Whether the frame has its cookies, or gets them without a click because the agent has allowed it before. */
async function alreadyAllowed() {
  if (storageAccess !== "works") return false;
  if (await document.hasStorageAccess()) return true;
  const name = /** @type {any} */ ("storage-access");
  const { state } = await navigator.permissions.query({ name });
  if (state === "granted") await document.requestStorageAccess();
  return document.hasStorageAccess();
}

function goOn() {
  tell("granted", {});
  // By the page itself: a navigation by the host page would lose the access.
  location.assign(asked.landat);
}

function tell(event, data) {
  parent.postMessage({ event: `storageAccess::${event}`, data }, "*");
}

function say(text, label) {
  document.querySelector("#says").textContent = text;
  document.querySelector("#allow").textContent = label;
}
