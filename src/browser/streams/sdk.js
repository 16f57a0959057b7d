// @ts-check
import { Leftovers } from "./leftovers.js";

/**
 * Amazon's SDK in Streams, as far as the phone uses it: what the agent does on the host page counts as activity, and a
 * logout for inactivity is announced (Streams 2.28.2, connect-streams.js, `SiteProxy`, `Proxy`, `HealthCheckManager`).
 *
 * It speaks to the SDK's proxy itself. `connect.sendActivity()` tells nobody whether it worked, and leaves a timer that
 * must run out before the next call works; `connect.SessionExpirationWarningManager` does not unsubscribe from
 * `onSessionExtensionError`, because it removes another handler.
 */
export class Sdk {
  /** @type {any} */
  #proxy;
  /** Whether Streams made the proxy, and not the host. */
  #own = false;
  #tell;
  /** How to unsubscribe. @type {(() => void)[]} */
  #undo = [];
  /** The timers of requests that have not been answered. @type {Set<Leftovers>} */
  #pending = new Set();

  /**
   * To be made while Streams' leftovers are recorded: they are removed when the CCP is closed.
   *
   * @param {any} connect
   * @param {(what: number | "cleared" | "taken" | "refused") => void} tell a number: when the agent will be logged out, in
   *   milliseconds since 1970
   */
  constructor(connect, tell) {
    this.#tell = tell;
    try {
      const proxy = connect.core.getSDKClientConfig().provider.getProxy();
      this.#proxy = proxy;
      this.#own = connect.core._amazonConnectProviderData.isStreamsProvider;
      // Streams makes one proxy per page, whose listener went with the last CCP. Adding one twice changes nothing.
      if (this.#own) addEventListener("message", proxy.postMessageHandler);
      this.#on("expiration-warning", (data) => tell(Number(data?.expiration)));
      this.#on("expiration-warning-cleared", () => tell("cleared"));
      this.#on("session-extension-error", () => tell("refused"));
    } catch {
      // A version of Streams without it.
    }
  }

  /** Reports activity, and tells whether it was taken. */
  async report() {
    const taken = this.#request("sendActivity").then(
      () => true,
      () => false,
    );
    this.#tell((await taken) ? "taken" : "refused");
  }

  /** Stops what `connect.core.terminate()` leaves running. */
  close() {
    this.#tell = () => {};
    for (const timers of this.#pending) timers.clear();
    for (const undo of this.#undo) undo();
    if (!this.#own) return;
    this.#proxy.healthCheck?.stop();
    // An answer that is still on its way would start the timer again.
    this.#proxy.messagePort?.close();
  }

  /**
   * @param {string} key
   * @param {(data: any) => void} handler
   */
  #on(key, handler) {
    const topic = { namespace: ACTIVITY, key };
    this.#proxy.subscribe(topic, handler);
    this.#undo.push(() => this.#proxy.unsubscribe(topic, handler));
  }

  /** @param {string} command */
  async #request(command) {
    // Before the CCP has opened the channel, requests would queue, and each would log that it timed out.
    if (this.#proxy.connectionStatus !== "ready") throw new Error("no channel");
    const timers = new Leftovers();
    this.#pending.add(timers);
    timers.record();
    try {
      const answer = this.#proxy.request(ACTIVITY, command);
      timers.pause();
      await answer;
    } finally {
      timers.pause();
      this.#pending.delete(timers);
    }
  }
}

const ACTIVITY = "aws.connect.activity";
