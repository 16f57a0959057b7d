// @ts-check
/**
 * A simulated Amazon Connect instance. All client code is Amazon's own (the Streams bundle): in the host page, in the CCP
 * and in its SharedWorker. Only the server side of HTTP is simulated, and its requests and responses are checked against
 * the API shapes inside that bundle.
 *
 * Not simulated: audio and WebRTC (calls are voice contacts with softphone media information, but no media endpoint),
 * chat, tasks, e-mail, Voice ID, Global Resiliency, and of the `@amazon-connect/*` clients all but activity, the network's
 * status, previews and voice enhancement (page/sdk.js, sdk-requests.js).
 */
import express from "express";
import { defaultsOf } from "../settings.js";
import { createApi, createOtherServices } from "./api.js";
import { createBurst } from "./burst.js";
import { createDirectory, exampleUsers } from "./directory.js";
import { createFailures } from "./failures.js";
import { createFloor } from "./floor.js";
import { createInactivity } from "./inactivity.js";
import { createOperationFaults } from "./operation-faults.js";
import { createSdkRequests } from "./sdk-requests.js";
import { createSessions } from "./sessions.js";
import { CONNECT_SETTINGS } from "./settings.js";
import { readShapes } from "./shapes.js";
import { createSockets } from "./socket.js";
import { createTimers } from "./timers.js";
import { createWeb } from "./web.js";
import { createWorkerLine } from "./worker-line.js";

/** @typedef {import("../hosts.js").HostNames} HostNames */

/**
 * @typedef {object} ConnectContext
 * @property {{ now(party: "connect"): number }} clock epoch milliseconds, by the instance's clock
 * @property {(party: "instance" | "desk" | "serviceNow", names: HostNames) => string} origin called only once the server is listening
 * @property {HostNames[]} hostNames all sets of host names, the default of `beginSession` first
 * @property {(entry: { method: string, path: string, status: number }) => void} log records WebSockets, which Express does not see
 */

/** @typedef {ReturnType<typeof createConnect>} Connect */

/**
 * Creates an instance. Nothing runs until requests arrive; `close()` ends what runs then.
 *
 * @param {ConnectContext} context
 */
export function createConnect({ clock, origin, hostNames, log }) {
  const now = () => clock.now("connect");
  const timers = createTimers();
  const shapes = readShapes();
  const failures = createFailures(timers, shapes.operations);
  const directory = createDirectory(instanceId);
  const sockets = createSockets({ refused: () => connect.socketsRefused });
  const workerLine = createWorkerLine();
  const sessions = createSessions({
    now,
    lifeMs: () => connect.sessionLifeMs,
  });
  const settings = () => connect;
  const floor = createFloor({
    settings,
    directory,
    now,
    timers,
    onConnected: () => connect.sessionsEndInCalls && sessions.endAll(),
  });
  /** @type {string[]} */
  const unknownOperations = [];
  const inactivity = createInactivity({
    settings,
    sessions,
    timers,
    now,
    inCall: (username) =>
      connect.users.has(username) &&
      floor.agent(username).liveContacts.length > 0,
    unknownOperations,
    requested: createSdkRequests({ agent: floor.agent, settings }),
  });
  /** @type {Set<string> | undefined} */
  let approvedOrigins;

  const app = express.Router();
  const connect = {
    /** Handles requests whose Host is the instance; `req.labHostNames` is the set that this host name belongs to. */
    app,
    instanceId,
    instanceArn: directory.instanceArn,
    /** Another instance of the same account. The lab has only what aws/console.js shows of it. */
    otherInstanceId,
    ...defaultsOf(CONNECT_SETTINGS),
    /**
     * Origins that may embed the CCP and be a federate URL's destination. Default: the desk and ServiceNow, under both sets of
     * host names.
     */
    get approvedOrigins() {
      // Computed on first use, because the port is unknown until the server is listening.
      return (approvedOrigins ??= new Set(
        hostNames.flatMap((names) => [
          origin("desk", names),
          origin("serviceNow", names),
        ]),
      ));
    },
    set approvedOrigins(origins) {
      approvedOrigins = origins;
    },
    /** By user name. Changes take effect at once. */
    users: exampleUsers(),

    /** Every request to the CTI API, in order. Tests may empty it. */
    apiCalls: /** @type {import("./api.js").ApiCall[]} */ ([]),
    /** Operations that were requested but are not simulated. Tests can expect it to be empty. */
    unknownOperations,
    /** Requests and responses that do not match the shapes in the Streams bundle. Tests can expect it to be empty. */
    shapeErrors: /** @type {import("./api.js").ShapeError[]} */ ([]),

    /**
     * Signs a user in, as if through a browser.
     *
     * @param {string} username
     * @param {HostNames} [names] default: the first of `hostNames`
     * @returns the session cookie as Playwright's `context.addCookies` takes it
     * @throws {Error} if the instance has no such user
     */
    beginSession(username, names = hostNames[0]) {
      const { username: known } = floor.agent(username);
      return sessions.browserCookie(
        sessions.begin(known),
        new URL(origin("instance", names)).hostname,
      );
    },
    /** Every bearer token of the CTI API so far. None of them may appear in a log. */
    bearerTokens: /** @type {ReadonlySet<string>} */ (sessions.issued),
    /** Ends every session. Streams gets 401 from its next request, and at once from a waiting poll. */
    endSessions: () => sessions.endAll(),
    /**
     * Signs another user in to every browser that has a session, as they could in another window of it.
     *
     * @param {string} username
     * @throws {Error} if the instance has no such user
     */
    handOver: (username) => sessions.handOver(floor.agent(username).username),
    /**
     * Returns a one-time token for `/auth/federate`, which the console issues to anyone with an AWS session. Any user name is
     * accepted: whether the instance knows the user is checked when the token is used.
     *
     * @param {string} username
     */
    grant: (username) => sessions.grant(username),
    fail: failures.fail,
    /** What can happen to an operation, by name. */
    faults: createOperationFaults(failures.fail),
    agent: floor.agent,
    /** Adds a quick connect: its name, and fields that differ from a number in the queue "Support". */
    addQuickConnect: directory.addQuickConnect,
    call: floor.call,
    callback: floor.callback,
    preview: floor.preview,
    monitor: floor.monitor,
    burst: createBurst({ timers, agent: floor.agent, settings }),
    /** Every call so far, including those that agents made, oldest first. */
    calls: floor.calls,
    /** Cuts every open WebSocket, as a network failure would. */
    dropSockets: () => sockets.drop(),
    /**
     * Makes every open CCP page die. Reloading brings a working page, unless `ccpDead` is set.
     *
     * @param {import("./worker-line.js").CcpDeath} [how] default "freeze"
     * @returns {number} the number of browsers (each has one SharedWorker for all its pages)
     */
    killCcp: (how = "freeze") => workerLine.send(how),
    /**
     * Ends every SharedWorker. Open CCP pages stay, without a worker; a page that loads later starts a new one.
     *
     * @returns {number} how many
     */
    killWorker: () => workerLine.send("end"),
    /**
     * Makes every SharedWorker treat its token as refused, as after a 401 to a request of its own such as SendClientLogs.
     * Every page gets AUTH_FAIL; the CCP then requests `/auth/authorize` and, if the session is still alive, sends
     * AUTHORIZE_SUCCESS (Streams 2.28.2, connect-streams.js, `handleAuthFail`, `_handleCTIAuthFail`).
     *
     * @returns {number} how many
     */
    failAuth: () => workerLine.send("authFail"),
    /**
     * Makes the timers of all running SharedWorkers go ten times as fast, because a page's simulated clock does not reach
     * workers. Streams' waits keep their order and their proportions.
     *
     * @returns {number} how many
     */
    hurryWorkers: () => workerLine.send("hurry"),
    /**
     * Enhances an agent's voice, as in another window.
     *
     * @param {string} username
     * @param {"NONE" | "NOISE_SUPPRESSION" | "VOICE_ISOLATION"} mode
     */
    enhanceVoice(username, mode) {
      floor.agent(username).voiceEnhancementMode = mode;
      inactivity.voiceChanged(username, mode);
    },
    /** Every activity of agents that a CCP reported, in order. Tests may empty it. */
    activities: inactivity.activities,
    /** Makes it that many milliseconds longer ago that the agents with an open CCP were active. */
    letAgentsRest: inactivity.rest,

    /**
     * Handles the server's "upgrade" event, for requests whose Host is the instance.
     *
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     */
    upgrade(req, socket, head) {
      // These belong to the lab's machinery and not to a real instance, so they are not recorded.
      for (const line of [workerLine, inactivity])
        if (req.url === line.path) return line.upgrade(req, socket, head);
      const status = sockets.upgrade(req, socket, head);
      log({ method: "GET", path: "/websocket", status });
    },
    /** Ends timers and WebSockets. The server cuts the requests that are open. */
    async close() {
      timers.close();
      floor.close();
      sockets.close();
      workerLine.close();
      inactivity.close();
    },
  };

  const parts = { settings, shapes, failures, sessions, floor };
  const { apiCalls, shapeErrors } = connect;
  app.post(
    /^\/(connect\/)?api\/?$/,
    createApi({
      ...parts,
      directory,
      timers,
      now,
      apiCalls,
      unknownOperations,
      shapeErrors,
      webSocketUrl: (names) =>
        origin("instance", names)
          .replace(/^http/, "ws")
          .replace(/^ws:/, "wss:") + sockets.path(),
    }),
  );
  app.all(
    /^\/(agent-app|(connect\/)?task-templates)\//,
    createOtherServices(unknownOperations),
  );
  app.use(
    createWeb({
      ...parts,
      timers,
      origin: (names) => origin("instance", names),
      region: directory.region,
    }),
  );
  return connect;
}

const instanceId = "a1b2c3d4-5678-90ab-cdef-000000000001";
const otherInstanceId = "a1b2c3d4-5678-90ab-cdef-000000000002";
