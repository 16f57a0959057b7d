// @ts-check

/**
 * Keeps the copy of Streams that a phone was opened with when the page loads another one.
 *
 * Each copy writes itself into the same global and starts with a new `connect.core` (Streams 2.28.2,
 * connect-streams.js: `var connect = global.connect || {}`, `connect.core = {}`). What the first copy
 * has set up looks for its bus and its client there, so the phone would stop hearing anything, silently.
 */
export class StreamsPin {
  #connect;
  #core;

  /**
   * @param {any} connect
   * @param {() => void} tell another copy was loaded
   */
  constructor(connect, tell) {
    this.#connect = connect;
    const core = (this.#core = connect.core);
    const parts = Object.entries(connect).filter(
      ([, value]) => value instanceof Object,
    );
    let now = core;
    Object.defineProperty(connect, "core", {
      configurable: true,
      enumerable: true,
      get: () => now,
      set(other) {
        if (now === core) {
          const values = { ...connect };
          // Once the other copy has run to its end; until then it needs its own values.
          queueMicrotask(() => {
            now = core;
            for (const [name, value] of Object.entries(values))
              if (name !== "core") connect[name] = value;
            for (const [name, value] of parts)
              if (name !== "core") connect[name] = value;
            tell();
          });
        }
        now = other;
      },
    });
  }

  end() {
    Object.defineProperty(this.#connect, "core", {
      configurable: true,
      enumerable: true,
      writable: true,
      value: this.#core,
    });
  }
}
