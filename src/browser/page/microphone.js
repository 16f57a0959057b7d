// @ts-check

/** @typedef {"granted" | "denied" | "prompt"} Permission */

/**
 * The agent's microphone, as far as the page that holds the CCP's frame can know it. The CCP opens
 * it, but the permission is the page's: it is delegated by the frame's `allow`, which Streams 2.28.2
 * sets (connect-streams.js, `_createCCPIframe`).
 *
 * Names and ids of devices are personal; they leave by `devices()` alone.
 */
export class Microphone {
  #tell;
  /** @type {string | undefined} what was told last */
  #code;
  /** @type {AbortController | undefined} there while it watches */
  #watching;
  /** The newest check: what older ones find no longer counts. */
  #newest = 0;
  #inContact = false;
  /** Whether the CCP could not have the microphone when it last tried. */
  #refused = false;

  /** @param {(code: string | undefined) => void} tell what is wrong now; called when that changes */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Begins to look, without ever asking the agent for anything. Again: looks again. Resolves once it has looked. */
  watch() {
    if (!this.#watching) {
      this.#watching = new AbortController();
      const { signal } = this.#watching;
      const on = (
        /** @type {EventTarget | undefined} */ it,
        /** @type {string} */ type,
      ) => it?.addEventListener(type, this.#check, { signal });
      on(navigator.mediaDevices, "devicechange");
      // No event says that another program has let go of it; the agent comes back from there.
      on(window, "focus");
      status().then((it) => on(it, "change"));
    }
    return this.#check();
  }

  /** @param {boolean} is whether a softphone contact is connected */
  set inContact(is) {
    if (is === this.#inContact) return;
    this.#inContact = is;
    // A call connects only after the CCP has opened the microphone.
    if (is) this.#refused = false;
    this.#check();
  }

  /**
   * Streams has one type of error for every reason (connect-streams.js 2.28.2, `fetchUserMedia`), so
   * the reason is looked up. It also hears of the CCPs in all other tabs: they share its worker.
   *
   * @param {string} errorType of what `agent.onSoftphoneError` gives
   * @returns {boolean} whether it was about the microphone
   */
  heard(errorType) {
    const is = errorType === "microphone_not_shared";
    if (is) {
      this.#refused = true;
      this.#check();
    }
    return is;
  }

  /**
   * Asks the agent for the microphone if need be, and opens it for a moment: only then has a
   * browser told whether it works, and what the devices are called.
   *
   * Rejects with a code.
   */
  async devices() {
    /** @type {MediaStream | undefined} */
    let stream;
    try {
      const media = navigator.mediaDevices;
      stream = await media.getUserMedia({ audio: true });
      const found = await media.enumerateDevices();
      const of = (/** @type {string} */ wanted) =>
        Object.freeze(
          found
            .filter(({ kind }) => kind === wanted)
            .map(({ deviceId: id, label }) => Object.freeze({ id, label })),
        );
      const devices = Object.freeze({
        microphones: of("audioinput"),
        speakers: of("audiooutput"),
        permission: (await permission(ask)) ?? "granted",
      });
      this.#refused = false;
      this.#check();
      return devices;
    } catch (error) {
      throw codeOf(/** @type {any} */ (error).name, await permission(ask));
    } finally {
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
  }

  /** Stops looking; nothing is told any more. */
  close() {
    this.#watching?.abort();
    this.#watching = this.#code = undefined;
    this.#refused = false;
    this.#newest += 1;
  }

  #check = async () => {
    if (!this.#watching) return;
    const mine = ++this.#newest;
    const [state, found] = await Promise.all([
      permission(),
      known(() => navigator.mediaDevices.enumerateDevices()),
    ]);
    if (mine !== this.#newest) return;
    /** @type {string | undefined} */
    let code;
    if (state === "denied") code = DENIED;
    // Without the permission a browser still lists one nameless device of each kind.
    else if (found && !found.some(({ kind }) => kind === "audioinput"))
      code = MISSING;
    else if (this.#refused)
      code =
        state === "granted"
          ? await this.devices().then(
              () => undefined,
              (reason) => reason,
            )
          : codeOf("NotAllowedError", state);
    if (code === MISSING && this.#inContact && this.#code !== MISSING)
      code = "MICROPHONE_LOST";
    if (mine === this.#newest && code !== this.#code)
      this.#tell((this.#code = code));
  };
}

const DENIED = "MICROPHONE_DENIED";
const MISSING = "MICROPHONE_MISSING";

/**
 * @param {string} name of what `getUserMedia` threw; TypeError: it is not there, as in an insecure page
 * @param {Permission | undefined} state
 */
function codeOf(name, state) {
  if (state === "denied") return DENIED;
  if (/^(NotAllowed|Security)/.test(name))
    // Closed without an answer: the agent can be asked again.
    return state === "prompt" ? "MICROPHONE_DISMISSED" : DENIED;
  return /^(NotReadable|Abort)/.test(name) ? "MICROPHONE_BUSY" : MISSING;
}

/**
 * @param {() => Promise<PermissionStatus | undefined>} [look] `ask`: where the agent may have answered just now
 * @returns {Promise<Permission | undefined>} undefined: the browser does not say
 */
async function permission(look = status) {
  // The state of the permission does not always regard the policy. Chromium alone has this, by the policy's old name.
  return /** @type {any} */ (document).featurePolicy?.allowsFeature(
    "microphone",
  ) === false
    ? "denied"
    : (await look())?.state;
}

/**
 * The one that the page keeps: Chromium (156) holds whatever `query` gave until the page ends. What it says follows the
 * agent's answers, a moment later.
 *
 * @type {PermissionStatus | undefined}
 */
let kept;

async function status() {
  return (kept ??= await ask());
}

/** Not every browser knows the permission's name. For an insecure page, which has no devices, it is not the agent who denied it. */
function ask() {
  return known(
    async () =>
      navigator.mediaDevices &&
      navigator.permissions.query({
        name: /** @type {PermissionName} */ ("microphone"),
      }),
  );
}

/**
 * @template T
 * @param {() => Promise<T>} look
 * @returns {Promise<T | undefined>}
 */
async function known(look) {
  try {
    return await look();
  } catch {}
}
