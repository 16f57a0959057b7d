// @ts-check

/** @typedef {"granted" | "denied" | "prompt"} Permission */

/**
 * What the page saw of the microphone.
 *
 * - `permission`: undefined where the browser does not say
 * - `present`: whether a microphone is listed; undefined where the browser does not say, and after an attempt to open it
 * - `devices`: what there is, after the microphone was opened
 * - `failure`: the name of what was thrown when it could not be opened; `TypeError` where it does not exist, as on an insecure page;
 *   `TimeoutError` where neither the browser nor the agent has answered
 *
 * @typedef {{
 *   permission?: Permission,
 *   present?: boolean,
 *   devices?: { kind: string, id: string, label: string }[],
 *   failure?: string,
 * }} Sight
 */

/**
 * The agent's microphone, as far as the page that holds the CCP's frame can see it. The CCP opens it, but the
 * permission is the page's: it is delegated by the frame's `allow`, which Streams 2.28.2 sets (connect-streams.js,
 * `_createCCPIframe`). What follows from it is the core's to say (microphone.rs).
 *
 * Names and ids of devices are personal; they leave by `open()` alone.
 */
export class Microphone {
  #tell;
  /** @type {AbortController | undefined} there while it watches */
  #watching;
  /** The newest check: what older ones see no longer counts. */
  #newest = 0;
  /** The timers of what has not been opened yet. @type {Set<ReturnType<typeof setTimeout>>} */
  #pending = new Set();

  /** @param {(seen: Sight) => void} tell called after each check and each attempt */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Starts watching, without prompting. Called again, checks again. Resolves after the check. */
  watch() {
    if (!this.#watching) {
      this.#watching = new AbortController();
      const { signal } = this.#watching;
      const on = (
        /** @type {EventTarget | undefined} */ it,
        /** @type {string} */ type,
      ) => it?.addEventListener(type, this.check, { signal });
      on(navigator.mediaDevices, "devicechange");
      // No event says that another program has let go of it; the agent comes back from there.
      on(window, "focus");
      status().then((it) => on(it, "change"));
    }
    return this.check();
  }

  /** Checks without prompting, while it watches. */
  check = async () => {
    if (!this.#watching) return;
    const mine = ++this.#newest;
    const [state, found] = await Promise.all([
      permission(),
      known(() => navigator.mediaDevices.enumerateDevices()),
    ]);
    if (mine !== this.#newest) return;
    const present = found?.some(({ kind }) => kind === "audioinput");
    this.#tell({ permission: state, present });
  };

  /** Opens it, to see whether it works. A failure does not count when another check has begun by then. */
  async try() {
    const mine = this.#newest;
    const seen = await this.open();
    if (this.#watching && (!seen.failure || mine === this.#newest))
      this.#tell(seen);
  }

  /**
   * Asks the agent for the microphone if need be, and opens it for a moment: only then has a browser told whether
   * it works, and what the devices are called.
   *
   * @returns {Promise<Sight>}
   */
  async open() {
    /** @type {MediaStream | undefined} */
    let stream;
    let timer;
    try {
      const media = navigator.mediaDevices;
      const opened = media.getUserMedia({ audio: true });
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => {
          opened.then(stop, () => {});
          reject({ name: "TimeoutError" });
        }, OPEN_MS);
        this.#pending.add(timer);
      });
      stream = /** @type {MediaStream} */ (await Promise.race([opened, late]));
      const found = await media.enumerateDevices();
      return {
        permission: await permission(ask),
        devices: found.map(({ kind, deviceId: id, label }) => ({
          kind,
          id,
          label,
        })),
      };
    } catch (error) {
      const failure = String(/** @type {any} */ (error)?.name);
      return { permission: await permission(ask), failure };
    } finally {
      clearTimeout(timer);
      if (timer) this.#pending.delete(timer);
      if (stream) stop(stream);
    }
  }

  /** Stops watching; no check is told any more. */
  close() {
    this.#watching?.abort();
    this.#watching = undefined;
    this.#newest += 1;
    for (const timer of this.#pending) clearTimeout(timer);
  }
}

/** @param {MediaStream} stream */
function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** How long the browser, and the agent whom it asks, may take to open it. */
const OPEN_MS = 60_000;

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
