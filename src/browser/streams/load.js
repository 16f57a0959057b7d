// @ts-check

/** The load that was asked for last: a library that runs twice loses what it knew. */
let last = Promise.resolve();

/**
 * Waits for the library that the page itself is loading, or loads it from `url`.
 *
 * @param {string | undefined} url
 * @param {string | undefined} integrity
 * @returns {Promise<unknown>} resolved with undefined when there is nothing to wait for any more, and with an error when
 *   the script from `url` did not run
 */
export function load(url, integrity) {
  const loaded = last.then(async () => {
    await pagesOwn();
    const { connect } = /** @type {any} */ (globalThis);
    if (url !== undefined && !connect?.core?.initCCP)
      await append(url, integrity);
  });
  last = loaded.catch(() => {});
  return loaded.then(undefined, (failure) => failure ?? new Error("no reason"));
}

/** Until the page's own script element for the library has loaded, or the page is complete without it. */
function pagesOwn() {
  if (document.readyState === "complete") return;
  const script = document.querySelector("script[src*=connect-streams]");
  if (!script) return;
  return new Promise((resolve) => {
    for (const target of [script, window])
      target.addEventListener("load", resolve, { once: true });
  });
}

/**
 * @param {string} url
 * @param {string | undefined} integrity
 */
async function append(url, integrity) {
  const script = document.createElement("script");
  script.dataset.softphone = ""; // is_there_twice() counts the page's own.
  if (integrity !== undefined) {
    script.integrity = integrity;
    script.crossOrigin = "anonymous";
  }
  script.src = trusted(url);
  try {
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("the script did not load"));
      document.head.append(script);
    });
  } catch (failure) {
    script.remove();
    throw failure;
  }
}

/** @type {any} */
let policy;

/**
 * What `src` takes on a page with `require-trusted-types-for 'script'`. The URL is the configuration's, read by the core.
 * A page that does not allow this policy may have a default one.
 *
 * @param {string} url
 */
function trusted(url) {
  try {
    policy ??= /** @type {any} */ (globalThis).trustedTypes.createPolicy(
      "connect-softphone",
      { createScriptURL: (/** @type {string} */ it) => it },
    );
    return policy.createScriptURL(url);
  } catch {
    return url;
  }
}
