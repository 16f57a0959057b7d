// @ts-check
// What the browser knows for the self-test. Each probe is alone: one that throws or hangs leaves its fact out.

/** @typedef {import("./check.js").Facts} Facts */

/**
 * @param {object} options
 * @param {readonly { directive: string, blocked: string }[]} [options.violations] what `watchViolations` has collected
 * @param {number} [options.serverMs] the server's time when it made the page
 * @param {number} [options.deadlineMs] for each probe
 * @param {readonly string[]} [options.methods] of openFrameAPI that are used
 * @returns {Promise<Facts>}
 */
export async function collectFacts({
  violations,
  serverMs,
  deadlineMs = 3000,
  methods = [],
}) {
  const browserMs = performance.timeOrigin; // When the page began to load, shortly before the server took its time.
  /** @param {() => unknown} probe */
  const tried = async (probe) => {
    const late = new Promise((resolve) => setTimeout(resolve, deadlineMs));
    try {
      return /** @type {any} */ (await Promise.race([probe(), late]));
    } catch {
      return undefined;
    }
  };
  const [openFrame, page, cookies, microphone, sandbox, wasm] =
    await Promise.all([
      tried(() => openFrameFacts(methods)),
      tried(pageFacts),
      tried(cookieFacts),
      tried(microphoneFacts),
      tried(sandboxFacts),
      tried(wasmFact),
    ]);
  return {
    ...(openFrame && { openFrame }),
    ...(page && { page }),
    ...(cookies && { cookies }),
    ...(microphone && { microphone }),
    ...(sandbox && { sandbox }),
    ...(wasm !== undefined && { wasm }),
    ...(violations && { violations }),
    ...(serverMs !== undefined && { clock: { serverMs, browserMs } }),
  };
}

/** Collects what content security policies block from now on; call it first. @returns {{ directive: string, blocked: string }[]} */
export function watchViolations() {
  /** @type {{ directive: string, blocked: string }[]} */
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    if (violations.length >= 50 || event.disposition === "report") return;
    const { effectiveDirective: directive, blockedURI } = event;
    violations.push({ directive, blocked: originOf(blockedURI) });
  });
  return violations;
}

/** Whether a window opens; only inside a click. @returns {"open" | "blocked"} */
export function tryPopup() {
  const opened = window.open("about:blank", "_blank", "width=200,height=100");
  opened?.close();
  return opened ? "open" : "blocked";
}

/** @param {readonly string[]} methods */
function openFrameFacts(methods) {
  const api = /** @type {any} */ (globalThis).openFrameAPI;
  if (!api) return { loaded: false };
  const missing = methods.filter((name) => typeof api[name] !== "function");
  const version = typeof api.version === "function" ? api.version() : undefined;
  return {
    loaded: true,
    missing,
    ...(["string", "number"].includes(typeof version) && {
      version: String(version).slice(0, 40),
    }),
  };
}

function pageFacts() {
  const meta = document.querySelector('meta[name="referrer"]');
  return {
    origin: location.origin,
    referrerPolicy: meta?.getAttribute("content") ?? "",
    referrer: document.referrer && originOf(document.referrer),
    topOrigin: location.ancestorOrigins?.[location.ancestorOrigins.length - 1],
  };
}

async function cookieFacts() {
  const query = () =>
    navigator.permissions.query(
      /** @type {any} */ ({ name: "storage-access" }),
    );
  const state = await query().then(
    (one) => one.state,
    () => undefined,
  );
  const access = await document.hasStorageAccess?.();
  return { enabled: navigator.cookieEnabled, access, unpartitioned: state };
}

async function microphoneFacts() {
  const policy = /** @type {any} */ (document).featurePolicy;
  const permission = await navigator.permissions
    .query(/** @type {any} */ ({ name: "microphone" }))
    .then(
      (one) => one.state,
      () => undefined,
    );
  const devices = await navigator.mediaDevices?.enumerateDevices();
  return {
    permission,
    policy: policy?.allowsFeature?.("microphone"),
    count: devices?.filter(({ kind }) => kind === "audioinput").length,
  };
}

/** What the frame of this page may do; `flags` are null without a sandbox, and missing where they cannot be seen. */
export function sandboxFacts() {
  const { origin } = globalThis;
  if (window === window.parent) return { origin, flags: null };
  // The frame's element is there for the same origin only; for another, only what it does to the page can be seen.
  const frame = window.frameElement;
  if (!frame) return { origin };
  const flags = frame.hasAttribute("sandbox")
    ? [.../** @type {HTMLIFrameElement} */ (frame).sandbox]
    : null;
  return { origin, flags };
}

/** Eight bytes are the smallest module. */
async function wasmFact() {
  try {
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} address @returns {string} or a word, such as "inline" */
function originOf(address) {
  return URL.canParse(address) ? new URL(address).origin : address.slice(0, 40);
}
