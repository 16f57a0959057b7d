// @ts-check

/** Watches what the softphone depends on: the network, and its container in the document with all that belongs into it. */
export class Environment {
  #end = new AbortController();
  #observer;
  #reports;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #absent;

  /**
   * @param {HTMLElement} container
   * @param {import("./panel.js").Panel} panel
   * @param {(what: "online" | "offline" | "gone" | "back" | "emptied" | `${"csp" | "coep"} ${string}`) => void} tell
   */
  constructor(container, panel, tell) {
    const { signal } = this.#end;
    for (const what of /** @type {const} */ (["online", "offline"]))
      addEventListener(what, () => tell(what), { signal });
    const blocked = (
      /** @type {"csp" | "coep"} */ by,
      /** @type {string} */ url,
    ) => {
      // The rest of the address may hold a token.
      const origin = /^https?:\/\/[^/]+/.exec(url)?.[0];
      if (origin) tell(`${by} ${origin}`);
    };
    document.addEventListener(
      "securitypolicyviolation",
      ({ blockedURI, disposition, effectiveDirective }) => {
        if (disposition === "enforce" && effectiveDirective === "frame-src")
          blocked("csp", blockedURI);
      },
      { signal },
    );
    this.#reports =
      globalThis.ReportingObserver &&
      new ReportingObserver(
        (reports) => {
          for (const report of /** @type {any[]} */ (reports)) {
            // Chromium (156) has the fields in its JSON alone.
            const { blockedURL, destination, disposition } =
              report.toJSON().body ?? {};
            if (disposition === "enforce" && destination === "iframe")
              blocked("coep", blockedURL);
          }
        },
        { types: ["coep"] },
      );
    this.#reports?.observe();
    let present = container.isConnected;
    let whole = true;
    const look = () => {
      if (container.isConnected !== present) {
        present = !present;
        clearInterval(this.#absent);
        if (present) observe();
        else wait();
        tell(present ? "back" : "gone");
      } else if (present && whole && !panel.isWhole) tell("emptied");
      panel.keepCover();
      whole = !present || panel.isWhole;
    };
    this.#observer = new MutationObserver(look);
    const wait = () => {
      this.#absent = setInterval(look, ABSENT_MS);
    };
    const observe = () => {
      // A document does not see what happens in the shadow trees inside it.
      /** @type {Node | undefined} */
      let node = container;
      for (; node; node = /** @type {ShadowRoot} */ (node).host) {
        node = node.getRootNode();
        this.#observer.observe(node, { childList: true, subtree: true });
      }
    };
    observe();
    if (!present) wait();
  }

  close() {
    this.#end.abort();
    this.#observer.disconnect();
    this.#reports?.disconnect();
    clearInterval(this.#absent);
  }
}

/** How often a container that is not in the document is looked for where no observer sees it. */
const ABSENT_MS = 250;
