// @ts-check

/**
 * A lock that is held or waited for.
 *
 * @typedef {object} PortLock
 * @property {AbortController} end ends that
 * @property {Promise<boolean>} got whether it has been got
 * @property {boolean} waits whether it may take long
 */

/**
 * Which CCP has the agent's audio: the softphone's master in the SharedWorker that all tabs share (Streams 2.28.2,
 * connect-streams.js, `handleMasterRequest`).
 *
 * The worker gives the role to the first CCP that asks, and takes it back only when that CCP says good-bye in `unload`,
 * which browsers no longer fire reliably. It does not notice that a page is gone; the browser does, so each phone holds a
 * lock (Web Locks) that is named after its CCP's port at the worker. Whoever gets the lock of another port knows that no
 * open page has it, and keeps the lock until the audio is here, so that of many tabs one takes it.
 */
export class Audio {
  #connect;
  #prefix;
  #framed;
  #tell;
  /** The port of the CCP that is connected. @type {string | undefined} */
  #own;
  /** By the port. @type {Map<string, PortLock>} */
  #locks = new Map();
  /** The port for which what rings was brought here, too. @type {string | undefined} */
  #ringing;

  /**
   * @param {any} connect
   * @param {string} instance its origin
   * @param {boolean} framed whether the CCP may have the softphone (`softphone.allowFramedSoftphone`)
   * @param {(where: "here" | "nobody" | "elsewhere" | "orphaned") => void} tell
   */
  constructor(connect, instance, framed, tell) {
    this.#connect = connect;
    this.#prefix = `connect-softphone port ${instance} `;
    this.#framed = framed;
    this.#tell = tell;
  }

  /** A CCP has connected. @param {string} port the id that the worker gave it */
  connected(port) {
    // The lock of the port before is kept until the audio is here: no other tab need take it meanwhile.
    this.#own = port;
    if (!this.#locks.has(port)) this.#lock(port, false);
  }

  /** Asks where the audio is, without taking it. */
  ask() {
    const asked = this.#call("CHECK_MASTER", "SOFTPHONE", true, (answer) => {
      if (answer.isMaster) this.#here();
      else if (!answer.masterId || !this.#framed) this.#tell("nobody");
      else this.#look(answer.masterId);
    });
    if (!asked) this.#tell("nobody");
  }

  /** Brings the audio here. */
  take() {
    const { core, EventType } = this.#connect;
    if (this.#framed)
      this.#call("BECOME_MASTER", "SOFTPHONE", undefined, () => {
        this.#here();
        // A CCP looks whether it has the role when the agent's data change.
        core.getUpstream().sendUpstream(EventType.RELOAD_AGENT_CONFIGURATION);
      });
  }

  close() {
    this.#own = undefined;
    this.#release();
  }

  #here() {
    this.#release();
    // What rings goes with it: the worker would keep that role for a page that is gone, too.
    if (this.#ringing !== this.#own) this.#call("BECOME_MASTER", "RINGTONE");
    this.#ringing = this.#own;
    this.#tell("here");
  }

  /** Tells whether an open page has the audio at `port`, and asks again once it has not. @param {string} port */
  async #look(port) {
    const own = this.#own;
    const lock = this.#locks.get(port) ?? this.#lock(port, true);
    const held = !lock.waits && (await lock.got);
    if (own !== this.#own) return;
    this.#tell(held ? "orphaned" : "elsewhere");
    if (this.#locks.has(port)) return;
    if (await this.#lock(port, false).got) this.ask();
  }

  /**
   * Requests the lock of `port`.
   *
   * @param {string} port
   * @param {boolean} ifAvailable whether to get it now or not at all
   * @returns {PortLock}
   */
  #lock(port, ifAvailable) {
    const end = new AbortController();
    const { signal } = end;
    const options = ifAvailable ? { ifAvailable } : { signal };
    /** @type {Promise<boolean>} */
    const granted = new Promise((resolve) => {
      const hold = (/** @type {Lock | null} */ lock) => {
        resolve(lock !== null && !signal.aborted);
        return lock && ended(signal);
      };
      Promise.resolve()
        .then(() => navigator.locks.request(this.#prefix + port, options, hold))
        .catch(() => resolve(false)); // No locks here, or not needed any more.
    });
    const got = granted.then((got) => {
      lock.waits = false;
      if (!got && this.#locks.get(port) === lock) this.#locks.delete(port);
      return got;
    });
    const lock = { end, got, waits: !ifAvailable };
    this.#locks.set(port, lock);
    return lock;
  }

  /** Releases all locks but that of the CCP that is connected. */
  #release() {
    for (const [port, { end }] of this.#locks)
      if (port !== this.#own) {
        end.abort();
        this.#locks.delete(port);
      }
  }

  /**
   * @param {string} method of `connect.MasterMethods`
   * @param {string} topic of `connect.MasterTopics`
   * @param {boolean} [shouldNotBecomeMasterIfNone]
   * @param {(answer: any) => void} [success]
   * @returns {boolean} whether this version of Streams can be asked
   */
  #call(method, topic, shouldNotBecomeMasterIfNone, success = () => {}) {
    const own = this.#own;
    const { core, MasterMethods, MasterTopics } = this.#connect;
    const callbacks = {
      success: (/** @type {any} */ answer) => {
        if (own && own === this.#own) success(answer);
      },
    };
    try {
      const parameters = {
        topic: MasterTopics[topic],
        shouldNotBecomeMasterIfNone,
      };
      const client = core.getMasterClient();
      client.call(MasterMethods[method], parameters, callbacks);
      return true;
    } catch {
      return false;
    }
  }
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
function ended(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });
}
