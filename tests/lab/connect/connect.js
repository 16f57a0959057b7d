// @ts-check
/**
 * A simulated Amazon Connect instance. Amazon's own client code (the Streams bundle) does all the talking, in the host page,
 * in the CCP and in its SharedWorker; only what lies beyond HTTP is simulated, and what is said there is checked against
 * the API shapes inside that bundle.
 *
 * Not simulated: audio and WebRTC (calls are voice contacts with softphone media information, and nothing at the far end),
 * chat, tasks, e-mail, Voice ID, monitoring, Global Resiliency, the `@amazon-connect/*` clients.
 */
import express from "express";
import { createApi, createOtherServices } from "./api.js";
import { createDirectory, exampleUsers } from "./directory.js";
import { createFaults } from "./faults.js";
import { createFloor } from "./floor.js";
import { createOrders } from "./orders.js";
import { createSessions } from "./sessions.js";
import { readShapes } from "./shapes.js";
import { createSite } from "./site.js";
import { createSockets } from "./socket.js";
import { createTimers } from "./timers.js";

/** @typedef {import("../hosts.js").Site} Site */

/**
 * @typedef {object} ConnectContext
 * @property {{ now(party: "connect"): number }} clock milliseconds since the epoch, as the instance sees them
 * @property {(party: "instance" | "desk", site: Site) => string} origin called only once the server listens
 * @property {Site[]} sites all sets of host names, the default of `beginSession` first
 * @property {(entry: { method: string, path: string, status: number }) => void} log told of WebSockets, which Express does not see
 */

/** @typedef {ReturnType<typeof createConnect>} Connect */

/**
 * Creates an instance. Nothing runs before requests come in; `close()` ends what then does.
 *
 * @param {ConnectContext} context
 */
export function createConnect({ clock, origin, sites, log }) {
  const now = () => clock.now("connect");
  const timers = createTimers();
  const shapes = readShapes();
  const faults = createFaults(timers, shapes.operations);
  const directory = createDirectory(instanceId);
  const sockets = createSockets({ refused: () => connect.socketsRefused });
  const orders = createOrders();
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
  /** @type {Set<string> | undefined} */
  let approvedOrigins;

  const app = express.Router();
  const connect = {
    /** For requests whose Host is the instance; `req.labSite` says which set of names it came in by. */
    app,
    instanceId,
    /** Another instance of the same account, of which the lab has no more than what the console does (console.js). */
    otherInstanceId,
    /** Whether agents come from an identity provider. False: they log in with user name and password. */
    saml: true,
    /** Origins that may embed the CCP and be a federate URL's destination. Default: the desk of every site. */
    get approvedOrigins() {
      // Not before it is asked for: the port is unknown until the server listens.
      return (approvedOrigins ??= new Set(
        sites.map((site) => origin("desk", site)),
      ));
    },
    set approvedOrigins(origins) {
      approvedOrigins = origins;
    },
    /** By user name. Changes count at once. */
    users: exampleUsers(),
    /** How slowly the CCP's page comes, in milliseconds. */
    ccpDelayMs: 0,
    /** Whether the CCP's page, when it loads, is one that never answers: for a CCP that a reload does not mend. */
    ccpDead: false,
    /** Whether `/logout` ends the session. False: it answers as always, as if the browser had sent no cookie. */
    logoutWorks: true,
    /** Whether every session ends as soon as a call is connected. */
    sessionsEndInCalls: false,
    /** Whether new WebSockets are refused. Those that are open stay; `dropSockets()` cuts them. */
    socketsRefused: false,
    /** How long sessions last that begin from now on; in a real instance 12 hours. */
    sessionLifeMs: 12 * 60 * 60 * 1000,
    /** After how long a call that nobody accepts is missed. */
    ringTimeoutMs: 20_000,
    /** After how long a party that the agent dials answers; null: only by `call.answer()`. */
    answerAfterMs: /** @type {number | null} */ (1000),
    /** Whether calls may have up to six parties; otherwise three. */
    multiPartyConference: false,

    /** Every request to the CTI API, in order. Empty it as you like. */
    apiCalls: /** @type {import("./api.js").ApiCall[]} */ ([]),
    /** Operations that were asked for and are not simulated. A test can expect it to be empty. */
    unknownOperations: /** @type {string[]} */ ([]),
    /** Requests and answers that did not have the form the Streams bundle describes. A test can expect it to be empty. */
    shapeErrors: /** @type {import("./api.js").ShapeError[]} */ ([]),

    /**
     * Signs a user in, as if by a browser.
     *
     * @param {string} username
     * @param {Site} [site] default: the first of `sites`
     * @returns the session cookie as Playwright's `context.addCookies` takes it
     * @throws {Error} when the instance has no such user
     */
    beginSession(username, site = sites[0]) {
      const { username: known } = floor.agent(username);
      return sessions.browserCookie(
        sessions.begin(known),
        new URL(origin("instance", site)).hostname,
      );
    },
    /** Every bearer token of the CTI API that was issued so far: none of them may be in a log. */
    bearerTokens: /** @type {ReadonlySet<string>} */ (sessions.issued),
    /** Ends every session. Streams hears of it as 401, hanging polls at once. */
    endSessions: () => sessions.endAll(),
    /**
     * A one-time token for `/auth/federate`, as the console gives it to whoever AWS sign-in has let through. Any name will
     * do: whether the instance knows the user shows when the token is used.
     *
     * @param {string} username
     * @param {Site} [_site] the token is good on every site
     */
    grant: (username, _site) => sessions.grant(username),
    fail: faults.fail,
    agent: floor.agent,
    call: floor.call,
    /** Every call so far, those that agents made included, oldest first. */
    calls: floor.calls,
    /** Cuts every open WebSocket, as a bad network would. */
    dropSockets: () => sockets.drop(),
    /**
     * Lets every CCP page die that is open now. A reload brings a page that lives, unless `ccpDead` is set.
     *
     * @param {import("./orders.js").CcpDeath} [how] default "freeze"
     * @returns {number} in how many browsers (each has one SharedWorker for all its pages)
     */
    killCcp: (how = "freeze") => orders.give(how),
    /**
     * Ends every SharedWorker. The CCP pages stay, with nobody behind them; one that loads afterwards starts another worker.
     *
     * @returns {number} how many
     */
    killWorker: () => orders.give("end"),
    /**
     * Lets every SharedWorker take its token for refused, as after a 401 to something it asks for itself, such as
     * SendClientLogs: AUTH_FAIL to every page, upon which the CCP asks `/auth/authorize` and, where the session lives, says
     * AUTHORIZE_SUCCESS (Streams 2.28.2, connect-streams.js, `handleAuthFail`, `_handleCTIAuthFail`).
     *
     * @returns {number} how many
     */
    failAuth: () => orders.give("authFail"),
    /**
     * Makes the timers of every SharedWorker that runs now go ten times as fast: what a page's simulated clock is for a page,
     * which does not reach workers. Streams' waits keep their order and their proportions.
     *
     * @returns {number} how many
     */
    hurryWorkers: () => orders.give("hurry"),

    /**
     * The server's "upgrade" event, for requests whose Host is the instance.
     *
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     */
    upgrade(req, socket, head) {
      // Part of the lab's machinery and of no real instance, so it is not noted down.
      if (req.url === orders.path) return orders.upgrade(req, socket, head);
      const status = sockets.upgrade(req, socket, head);
      log({ method: "GET", path: "/websocket", status });
    },
    /** Ends timers and WebSockets. Open requests are the server's to cut. */
    async close() {
      timers.close();
      floor.close();
      sockets.close();
      orders.close();
    },
  };

  const parts = { settings, shapes, faults, sessions, floor };
  const { apiCalls, unknownOperations, shapeErrors } = connect;
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
      webSocketUrl: (site) =>
        origin("instance", site)
          .replace(/^http/, "ws")
          .replace(/^ws:/, "wss:") + sockets.path(),
    }),
  );
  app.all(
    /^\/(agent-app|(connect\/)?task-templates)\//,
    createOtherServices(unknownOperations),
  );
  app.use(
    createSite({
      ...parts,
      timers,
      origin: (site) => origin("instance", site),
      region: directory.region,
    }),
  );
  return connect;
}

const instanceId = "a1b2c3d4-5678-90ab-cdef-000000000001";
const otherInstanceId = "a1b2c3d4-5678-90ab-cdef-000000000002";
