// @ts-check
import { Leftovers } from "./leftovers.js";
import { refusal } from "./orders.js";

/**
 * Amazon's SDK in Streams, as far as the phone uses it: previews of campaigns, what Amazon does to the agent's voice, what the agent does on the host page counts as activity, and a
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
   * @param {(what: number | "cleared" | "taken" | "refused" | "NONE" | "NOISE_SUPPRESSION" | "VOICE_ISOLATION") => void} tell a
   *   number: when the agent will be logged out, in milliseconds since 1970; one of the last three: what is done to their voice
   */
  constructor(connect, tell) {
    this.#tell = tell;
    try {
      const proxy = connect.core.getSDKClientConfig().provider.getProxy();
      this.#proxy = proxy;
      this.#own = connect.core._amazonConnectProviderData.isStreamsProvider;
      // Streams makes one proxy per page, whose listener went with the last CCP. Adding one twice changes nothing.
      if (this.#own) addEventListener("message", proxy.postMessageHandler);
      this.#on(ACTIVITY, "expiration-warning", (data) =>
        tell(Number(data?.expiration)),
      );
      this.#on(ACTIVITY, "expiration-warning-cleared", () => tell("cleared"));
      this.#on(ACTIVITY, "session-extension-error", () => tell("refused"));
      this.#on(VOICE, "voice/voiceEnhancementModeChanged", (data) =>
        this.#tellVoice(data),
      );
      // With every new page of the CCP.
      const ready = (/** @type {any} */ { status }) =>
        status === "ready" && void this.#askVoice();
      proxy.onConnectionStatusChange(ready);
      this.#undo.push(() => proxy.offConnectionStatusChange(ready));
      if (proxy.connectionStatus === "ready") void this.#askVoice();
    } catch {
      // A version of Streams without it.
    }
  }

  /** Reports activity, and tells whether it was taken. */
  async report() {
    const taken = this.#report().then(
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

  async #askVoice() {
    try {
      const command = "voice/getVoiceEnhancementMode";
      this.#tellVoice(await this.#ask(VOICE, command));
    } catch {
      // It is not known then.
    }
  }

  /** @param {any} data */
  #tellVoice(data) {
    const mode = data?.voiceEnhancementMode;
    if (VOICES.includes(mode)) this.#tell(mode);
  }

  /**
   * @param {string} namespace
   * @param {string} key
   * @param {(data: any) => void} handler
   */
  #on(namespace, key, handler) {
    const topic = { namespace, key };
    this.#proxy.subscribe(topic, handler);
    this.#undo.push(() => this.#proxy.unsubscribe(topic, handler));
  }

  /**
   * @param {string} name one of the orders in call_control/command.rs
   * @param {any} order
   * @param {(answer: { type?: string, message?: string }) => void} done called once; `type` is there when it was refused
   */
  async send(name, order, done) {
    try {
      if (name === "engagePreview")
        await this.#ask(CONTACT, "contact/engagePreviewContact", {
          contactId: order,
        });
      else await this.#enhance(order);
      done({});
    } catch (error) {
      done(refusal(error));
    }
  }

  /** @param {string} voiceEnhancementMode */
  async #enhance(voiceEnhancementMode) {
    const command = "voice/setVoiceEnhancementMode";
    await this.#ask(VOICE, command, { voiceEnhancementMode });
    await this.#askVoice();
  }

  /**
   * Tells what the agent can do before the customer of a contact is called, or nothing.
   *
   * @param {string} contactId
   * @param {(preview: { autoDialTimeout: number, canDiscardPreview: boolean }) => void} done
   */
  async preview(contactId, done) {
    try {
      const { isPreviewMode } = await this.#ask(
        CONTACT,
        "contact/isPreviewMode",
        { contactId },
      );
      if (!isPreviewMode) return;
      const command = "contact/getPreviewConfiguration";
      done(await this.#ask(CONTACT, command, { contactId }));
    } catch {
      // Nothing is known then.
    }
  }

  /** Reports activity; the promise is settled within 30 seconds. */
  async #report() {
    const timers = new Leftovers();
    this.#pending.add(timers);
    try {
      await this.#request(timers, ACTIVITY, "sendActivity");
    } finally {
      this.#pending.delete(timers);
    }
  }

  /**
   * What is not answered, because the CCP has been reloaded for example, is not waited for: the core has deadlines of its
   * own, and the SDK would log an error.
   *
   * @param {string} namespace
   * @param {string} command
   * @param {object} [data]
   */
  async #ask(namespace, command, data) {
    const timers = new Leftovers();
    const answer = this.#request(timers, namespace, command, data);
    timers.clear();
    return answer;
  }

  /**
   * @param {Leftovers} timers take those that it leaves
   * @param {string} namespace
   * @param {string} command
   * @param {object} [data]
   * @returns {Promise<any>}
   */
  #request(timers, namespace, command, data) {
    // Before the CCP has opened the channel, requests would queue, and each would log that it timed out.
    if (this.#proxy?.connectionStatus !== "ready")
      throw new Error("The CCP offers no channel for it.");
    timers.record();
    try {
      return this.#proxy.request(namespace, command, data);
    } finally {
      timers.pause();
    }
  }
}

const ACTIVITY = "aws.connect.activity";
const CONTACT = "aws.connect.contact";
const VOICE = "aws.connect.voice";
/** Streams 2.28.2, index.d.ts, `VoiceEnhancementMode`. */
const VOICES = ["NONE", "NOISE_SUPPRESSION", "VOICE_ISOLATION"];
