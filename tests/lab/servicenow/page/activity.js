// @ts-check
/** Tells of the agent's activity in the workspace, which extends their session: `openframe_heart_beat`. */
export class Activity {
  #everyMs;
  #time;
  #send;
  #lastTold = -Infinity;

  /**
   * @param {{ everyMs: number, time: string }} heartBeat
   * @param {(event: string, payload: unknown) => void} send
   */
  constructor({ everyMs, time }, send) {
    this.#everyMs = everyMs;
    this.#time = time;
    this.#send = send;
    for (const event of ["pointerdown", "keydown"])
      addEventListener(event, this.#seen, true);
  }

  stop() {
    for (const event of ["pointerdown", "keydown"])
      removeEventListener(event, this.#seen, true);
  }

  #seen = () => {
    const now = Date.now();
    if (now - this.#lastTold < this.#everyMs) return;
    this.#lastTold = now;
    this.#send("openframe_heart_beat", {
      lastUiActivity: written(now, this.#time),
      sessionLoggedIn: true,
    });
  };
}

/** @param {number} ms @param {string} form */
function written(ms, form) {
  const date = new Date(ms);
  if (form === "iso") return date.toISOString();
  if (form === "rfc1123") return date.toUTCString();
  if (form === "ms") return String(ms);
  return date.toISOString().slice(0, 19).replace("T", " ");
}
