// @ts-check
import { checkArguments } from "./arguments.js";
import { Journal } from "./journal.js";
import { Line } from "./line.js";

/**
 * A double of ServiceNow's openFrameAPI, written from its documentation and from what others saw of it. It is stricter than the
 * original in what it takes, and says what was wrong in the lab's journal.
 *
 * @type {{ release: import("../releases.js").Release, everKnown: string[], payloadLimit: number | null }}
 */
const { release, everKnown, payloadLimit } = labOpenFrame;

const journal = new Journal(release.contexts);
const line = new Line(payloadLimit);

class UnknownEvent extends Error {
  /** @param {string} event */
  constructor(event) {
    super(`${event} is not a valid event for subscription`);
    this.event = event;
  }
}

/** What `init` has come to. @type {"none" | "called" | "done" | "failed"} */
let state = "none";

/** @type {Record<string, (...args: any[]) => unknown>} */
const methods = {
  init(config, success, failure) {
    state = "called";
    line
      .ask("openframe_init", config, INIT_TIMEOUT_MS)
      .then((/** @type {any} */ answer) => {
        line.topDomain = answer.topDomain;
        return line.ask("openframe_get_config", undefined, INIT_TIMEOUT_MS);
      })
      .then(
        (answer) => {
          state = "done";
          success(answer);
        },
        (error) => {
          if (state !== "done") state = "failed";
          failure(error);
        },
      );
  },
  version: () => release.version,
  subscribe(event, callback) {
    if (!release.events.includes(event)) throw new UnknownEvent(event);
    line.subscribe(event, callback);
  },
  isVisible: (callback) => void line.ask("isVisible").then(callback, () => {}),
  getAWAAgentPresence: (success, failure) =>
    void line.ask("getAWAAgentPresence").then(success, failure),
  setPresenceIndicator: (name, color) =>
    line.tell("setPresenceIndicator", { state: name, color }),
  setSize: (width, height) => line.tell("setSize", { width, height }),
  setICContext: (type, context) => line.tell("setICContext", { type, context }),
  toastMessage: (message, type, duration) =>
    line.tell("toastMessage", { message, type, duration }),
};

/** @type {Record<string, unknown>} */
const openFrameAPI = {
  FRAME_MODE: { COLLAPSE: "collapse", EXPAND: "expand" },
  EVENTS: namesOf(release.events),
  INDICATOR_COLORS: {
    RED: "red",
    ORANGE: "orange",
    GREY: "grey",
    GREEN: "green",
  },
};
for (const name of release.methods)
  openFrameAPI[name] = (/** @type {any[]} */ ...args) => {
    journal.called(name, args);
    try {
      checkOrder(name);
      checkArguments(name, args);
      const method = methods[name];
      return method ? method(...args) : line.tell(name, args[0]);
    } catch (error) {
      // Whoever supports older releases has to ask for what they lack.
      if (!(error instanceof UnknownEvent && everKnown.includes(error.event)))
        journal.violated(`${name}: ${/** @type {Error} */ (error).message}`);
      throw error;
    }
  };

/** @param {string} name */
function checkOrder(name) {
  if (name === "version") return;
  if (name === "init") {
    if (state === "called") throw new Error("init has not answered yet");
    if (state === "done") throw new Error("init has already succeeded");
  } else if (state === "none" || state === "failed")
    throw new Error("init must be called first");
}

/** As the original has them, such as `COMMUNICATION` and `COMMUNICATION_EVENT`. @param {string[]} events */
function namesOf(events) {
  const entries = events.flatMap((event) => {
    const name = event.replace(/^openframe_/, "").toUpperCase();
    return [
      [name, event],
      [`${name}_EVENT`, event],
    ];
  });
  return Object.fromEntries(entries);
}

const INIT_TIMEOUT_MS = 3000;

/** @type {any} */ (window).openFrameAPI = openFrameAPI;
