// @ts-check

/**
 * Amazon's page for the cookies of the CCP's frame, and its messages (Streams 2.28.2, connect-streams.js, `storageAccess`).
 *
 * The messages are Streams', the code is not: its own builds on `canRequest` in `initCCP`, after which Streams does nothing at
 * all before the cookies are granted. It also looks the frame up by name at every message on the page, and throws once that
 * is gone, does not look where a message comes from, and knows Amazon's hosts only.
 */
export class StorageAccess {
  #frame;
  #url;
  #request;
  #tell;
  /** Whether the page is on its way. */
  #opening = false;

  /**
   * @param {HTMLIFrameElement} frame
   * @param {string} url of the page
   * @param {string} ccpUrl where the page goes on to
   * @param {object | undefined} options the host's `storageAccess`: what the page says, and what it looks like
   * @param {(what: "there" | "missing" | "granted" | "denied") => void} tell
   */
  constructor(frame, url, ccpUrl, options, tell) {
    this.#frame = frame;
    this.#url = new URL(url);
    const landat = new URL(ccpUrl).pathname;
    this.#request = { ...options, canRequest: true, landat };
    this.#tell = tell;
    frame.addEventListener("load", this.#loaded);
    addEventListener("message", this.#heard);
  }

  /** The frame is about to load the page. */
  expect() {
    this.#opening = true;
  }

  close() {
    this.#frame.removeEventListener("load", this.#loaded);
    removeEventListener("message", this.#heard);
  }

  #loaded = () => {
    if (!this.#opening) return;
    this.#opening = false;
    const data = this.#request;
    const message = { event: "storageAccess::request", data };
    try {
      this.#frame.contentWindow?.postMessage(message, this.#url.origin);
    } catch {
      // The host's own options hold something that cannot be sent, such as a function.
      const plain = JSON.parse(JSON.stringify(message));
      this.#frame.contentWindow?.postMessage(plain, this.#url.origin);
    }
  };

  /** @param {MessageEvent} message */
  #heard = ({ source, origin, data }) => {
    if (source !== this.#frame.contentWindow) return;
    if (origin !== this.#url.origin) return;
    switch (data?.event) {
      case "storageAccess::init":
        return this.#tell(data.data?.hasAccess ? "there" : "missing");
      case "storageAccess::granted":
        return this.#tell("granted");
      case "storageAccess::denied":
        return this.#tell("denied");
    }
  };
}
