// @ts-check
/**
 * The inactivity logout of an agent's authentication profile, and the line over which the CCP's pages report activity and
 * hear of it (page/sdk.js).
 *
 * Documented (Amazon Connect Administrator Guide, "Authentication profiles"): the logout itself, and what counts as activity:
 * mouse and keyboard on the CCP, `sendActivity` and a live voice contact. Assumed: how long the warning lasts, that activity
 * during the warning ends it, and that the logout is TERMINATED for Streams. The line is the lab's own.
 */
import { WebSocketServer } from "ws";

/**
 * @typedef {object} Activity
 * @property {number} atMs by the instance's clock
 * @property {string} username
 * @property {"ccp" | "sdk"} from where it was: on the CCP's own page, or reported by `sendActivity`
 *
 * @typedef {object} InactivityParts
 * @property {() => import("./settings.js").ConnectSettings} settings
 * @property {import("./sessions.js").Sessions} sessions
 * @property {import("./timers.js").Timers} timers
 * @property {() => number} now
 * @property {(username: string) => boolean} inCall whether the agent has a live voice contact
 * @property {(username: string, command: string, data: any) => object | undefined} requested answers what else is asked for
 *   over the line (sdk-requests.js)
 * @property {string[]} unknownOperations records what was requested of the SDK and is not simulated
 */

/** @typedef {ReturnType<typeof createInactivity>} Inactivity */

/** @param {InactivityParts} parts */
export function createInactivity({
  settings,
  sessions,
  timers,
  now,
  inCall,
  unknownOperations,
  requested,
}) {
  const server = new WebSocketServer({ noServer: true });
  /** The open pages of each session. @type {Map<import("./sessions.js").Session, Set<import("ws").WebSocket>>} */
  const pages = new Map();
  /** @type {WeakMap<import("./sessions.js").Session, { activeAtMs: number, endsAtMs: number | null }>} */
  const known = new WeakMap();
  /** @type {Activity[]} */
  const activities = [];
  let watching = false;

  /** @param {import("./sessions.js").Session} session */
  function stateOf(session) {
    const state = known.get(session) ?? { activeAtMs: now(), endsAtMs: null };
    known.set(session, state);
    return state;
  }

  /**
   * @param {import("./sessions.js").Session} session
   * @param {object} message
   */
  function tell(session, message) {
    for (const page of pages.get(session) ?? [])
      page.send(JSON.stringify(message));
  }

  /**
   * @param {import("./sessions.js").Session} session
   * @param {string} topic
   * @param {object} [data]
   */
  function publish(session, topic, data) {
    tell(session, { type: "publish", topic, data });
  }

  /** @param {import("./sessions.js").Session} session */
  function activeNow(session) {
    const state = stateOf(session);
    state.activeAtMs = now();
    if (state.endsAtMs === null) return;
    state.endsAtMs = null;
    publish(session, "expiration-warning-cleared");
  }

  /** @param {import("./sessions.js").Session} session */
  function check(session) {
    const { inactivityMs, inactivityWarningMs, inactivityTerminates } =
      settings();
    const state = stateOf(session);
    if (inactivityMs === null || inCall(session.username))
      return activeNow(session);
    if (state.endsAtMs === null) {
      if (now() < state.activeAtMs + inactivityMs) return;
      state.endsAtMs = state.activeAtMs + inactivityMs + inactivityWarningMs;
      publish(session, "expiration-warning", { expiration: state.endsAtMs });
    } else if (now() >= state.endsAtMs) {
      if (inactivityTerminates) tell(session, { type: "terminate" });
      sessions.end(session);
    }
  }

  // Tests set the lab's clock whenever they like, so it is looked at and not waited for.
  function watch() {
    watching = pages.size > 0;
    if (!watching) return;
    timers.after(PACE_MS, () => {
      for (const session of [...pages.keys()]) check(session);
      watch();
    });
  }

  /**
   * @param {import("./sessions.js").Session} session
   * @param {import("ws").WebSocket} page
   * @param {{ type: string, id?: string, operation?: string, command?: string, data?: any }} message
   */
  function heard(session, page, { type, id, operation, command, data }) {
    if (type === "unknown")
      return void unknownOperations.push(String(operation));
    const { username } = session;
    if (type === "request")
      return page.send(
        JSON.stringify({
          type: "answer",
          id,
          ...answerTo(username, command, data),
        }),
      );
    const refused = settings().activityRefused || !pages.has(session);
    if (!refused)
      activities.push({ atMs: now(), username, from: id ? "sdk" : "ccp" });
    if (id)
      page.send(
        JSON.stringify({
          type: "answer",
          id,
          ...(refused && { refused: "activityRefused" }),
        }),
      );
    if (!refused) return activeNow(session);
    publish(session, "session-extension-error", {
      isWarningActive: stateOf(session).endsAtMs !== null,
      errorDetails: {},
    });
  }

  /** @param {string} username @param {string | undefined} command @param {any} data */
  function answerTo(username, command, data) {
    try {
      const answer = requested(username, String(command), data);
      if (answer) return { data: answer };
      unknownOperations.push(`SDK ${command}`);
      return { refused: "unknownRoute" };
    } catch (error) {
      return { refused: /** @type {Error} */ (error).message };
    }
  }

  return {
    path: "/lab/sdk-line",
    /** Every activity that was reported, in order. Tests may empty it. */
    activities,
    /**
     * Tells the CCP's pages what is done to the agent's voice now.
     *
     * @param {string} username
     * @param {string} voiceEnhancementMode
     */
    voiceChanged(username, voiceEnhancementMode) {
      for (const session of pages.keys())
        if (session.username === username)
          tell(session, { type: "voice", data: { voiceEnhancementMode } });
    },
    /**
     * Makes it that much longer ago that anybody was active.
     *
     * @param {number} ms
     */
    rest(ms) {
      for (const session of pages.keys()) stateOf(session).activeAtMs -= ms;
    },
    /**
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     */
    upgrade(req, socket, head) {
      const session = sessions.ofCookie(req.headers.cookie);
      if (!session)
        return void socket.end(
          "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n",
        );
      server.handleUpgrade(req, socket, head, (page) => {
        const open = pages.get(session) ?? new Set();
        pages.set(session, open.add(page));
        session.onEnd.add(() => pages.delete(session));
        page.on("error", () => page.terminate());
        page.on("close", () => {
          open.delete(page);
          if (open.size === 0) pages.delete(session);
        });
        page.on("message", (data) =>
          heard(session, page, JSON.parse(String(data))),
        );
        const { endsAtMs } = stateOf(session);
        if (endsAtMs !== null)
          publish(session, "expiration-warning", { expiration: endsAtMs });
        if (!watching) watch();
      });
    },
    close() {
      for (const page of server.clients) page.terminate();
      server.close();
    },
  };
}

const PACE_MS = 100;
