// @ts-check

/** Watches what the softphone depends on: the network, and its container in the document. */
export class Environment {
  #end = new AbortController();
  #observer;

  /**
   * @param {HTMLElement} container
   * @param {(what: "online" | "offline" | "gone" | "back") => void} tell
   */
  constructor(container, tell) {
    const { signal } = this.#end;
    for (const what of /** @type {const} */ (["online", "offline"]))
      addEventListener(what, () => tell(what), { signal });
    let present = true;
    this.#observer = new MutationObserver(() => {
      if (container.isConnected === present) return;
      present = !present;
      if (present) observe();
      tell(present ? "back" : "gone");
    });
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
  }

  close() {
    this.#end.abort();
    this.#observer.disconnect();
  }
}
