// @ts-check

/** The load that was asked for last: a library that runs twice loses what it knew. */
let last = Promise.resolve();

/**
 * Why the library is not there.
 *
 * @typedef {object} Failure
 * @property {unknown} cause
 * @property {boolean} late whether it did not arrive in time
 * @property {string | undefined} directive what of the page's Content-Security-Policy blocked it
 */

/**
 * Waits for the library that the page itself is loading, or loads it from `url`.
 *
 * @param {string | undefined} url
 * @param {string | undefined} integrity
 * @returns {Promise<Failure | undefined>} undefined when there is nothing to wait for any more
 */
export function load(url, integrity) {
  const loaded = last.then(async () => {
    await pagesOwn();
    const { connect } = /** @type {any} */ (globalThis);
    if (url !== undefined && !connect?.core?.initCCP)
      await append(url, integrity);
  });
  last = loaded.catch(() => {});
  return loaded.then(
    () => undefined,
    (cause) => ({
      cause,
      late: cause instanceof Late,
      directive: cause?.directive,
    }),
  );
}

/**
 * What `url` answered with, as far as the browser tells: `text/html`, for example.
 *
 * @param {string} url
 * @returns {string | undefined}
 */
export function answerOf(url) {
  const entry = /** @type {any} */ (performance.getEntriesByName(url).at(-1));
  return entry?.contentType || undefined;
}

/** Until the page's own script element for the library has loaded, or the page is complete without it. */
function pagesOwn() {
  if (document.readyState === "complete") return;
  const script = document.querySelector("script[src*=connect-streams]");
  if (!script) return;
  return inTime(
    new Promise((resolve) => {
      for (const target of [script, window])
        target.addEventListener("load", resolve, { once: true });
    }),
  );
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
  const watch = new AbortController();
  /** @type {string | undefined} */
  let directive;
  document.addEventListener(
    "securitypolicyviolation",
    (event) => {
      // An address, or as much of it as the page may know.
      const ours = event.blockedURI && script.src.startsWith(event.blockedURI);
      if (ours && event.disposition === "enforce")
        directive = event.effectiveDirective;
    },
    { signal: watch.signal },
  );
  const globals = new PageGlobals(script);
  try {
    script.src = trusted(url);
    await inTime(
      new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => reject(new Error("the script did not load"));
        (document.head ?? document.documentElement).append(script);
      }),
    );
  } catch (failure) {
    // A script that has gone to another document is not run when it arrives after all (HTML, "execute the script element").
    document.implementation.createHTMLDocument("").adoptNode(script);
    // The browser may tell of its policy only after the failure.
    if (!(failure instanceof Late))
      await new Promise((resolve) => setTimeout(resolve, 50));
    throw directive
      ? Object.assign(/** @type {Error} */ (failure), { directive })
      : failure;
  } finally {
    watch.abort();
    globals.restore();
  }
}

class Late extends Error {
  name = "Late";
}

/**
 * @template T
 * @param {Promise<T>} arrival
 * @returns {Promise<T>} rejected when it takes too long
 */
function inTime(arrival) {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new Late(`the script did not arrive within ${PATIENCE_MS} ms`));
    const timer = setTimeout(late, PATIENCE_MS);
    arrival.then(resolve, reject).then(() => clearTimeout(timer));
  });
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

/** Keeps the page's own globals while a script of Streams loads, those included that the page sets meanwhile. */
class PageGlobals {
  /** @type {(() => void)[]} */
  #undo;

  /** @param {HTMLScriptElement} script whose globals may stay only where the page has none of that name */
  constructor(script) {
    this.#undo = NAMES.map((name) => keep(name, script));
  }

  /** The script has run, or will not. */
  restore() {
    for (const undo of this.#undo.splice(0))
      try {
        undo();
      } catch {
        // The page has made it something that cannot be set.
      }
  }
}

/**
 * @param {string} name
 * @param {HTMLScriptElement} script
 * @returns {() => void}
 */
function keep(name, script) {
  const page = /** @type {any} */ (globalThis);
  const before = Object.getOwnPropertyDescriptor(page, name);
  let own = page[name];
  let has = before !== undefined;
  /** @type {any} */
  let theirs;
  const give = () => {
    if (name === "AWS") complete(own, theirs);
  };
  if (before && !before.configurable)
    // `var AWS = …` in a script of the page.
    return () => {
      theirs = page[name];
      page[name] = own;
      give();
    };
  const isRunning = () => document.currentScript === script;
  Object.defineProperty(page, name, {
    configurable: true,
    enumerable: true,
    get: () => (isRunning() ? (theirs ?? own) : own),
    set(value) {
      if (isRunning()) theirs = value;
      else {
        own = value;
        has = true;
      }
    },
  });
  return () => {
    const watched = Object.getOwnPropertyDescriptor(page, name)?.get;
    if (watched) delete page[name];
    if (before?.get || before?.set) Object.defineProperty(page, name, before);
    // Streams deletes some of them, and sets them again.
    else if (has) page[name] = own;
    else if (watched && theirs !== undefined) page[name] = theirs;
    if (has) give();
  };
}

/**
 * On this page Streams 2.28.2 uses its `AWS` for `AWS.util.uuid.v4()` alone (Voice ID, and a softphone outside of the CCP). An
 * AWS SDK of the page's own has it, too; anything else by that name gets it.
 *
 * @param {any} own
 * @param {any} theirs
 */
function complete(own, theirs) {
  if (own instanceof Object && theirs && !own.util)
    Object.defineProperty(own, "util", {
      configurable: true,
      writable: true,
      value: theirs.util,
    });
}

/**
 * What Streams 2.28.2 overwrites besides `connect` (connect-streams.js: `window.AWS=AWS`, `global.lily = connect`,
 * `global.ccpVersion = "V2"`, `window.sprintf = …`).
 */
const NAMES = ["AWS", "lily", "ccpVersion", "sprintf", "vsprintf"];

/** How long the script may take to arrive; error.rs says so. */
const PATIENCE_MS = 15_000;
