// @ts-check
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import express from "express";
import { createConsole } from "./aws/console.js";
import { createCookieTest } from "./aws/cookie-test.js";
import { createSignIn } from "./aws/sign-in.js";
import { Clock } from "./clock.js";
import { createConnect } from "./connect/connect.js";
import { createControl } from "./control/control.js";
import { Desk } from "./desk/desk.js";
import { Distance } from "./distance.js";
import { createFaultSwitch } from "./faults.js";
import { hostName, HOST_NAMES, partyOf } from "./hosts.js";
import { makeSigner } from "./idp/assertion.js";
import { Idp, SIGN_OUT_PATH, SSO_PATH } from "./idp/idp.js";
import { ASSETS, html, sendPage } from "./page.js";
import { ServiceNow } from "./servicenow/service-now.js";
import { fixedSysId } from "./servicenow/users.js";
import { WORKSPACE_PATH } from "./servicenow/workspace.js";
import { Sessions } from "./sessions.js";
import { createScenes } from "./start/scenes.js";

/**
 * @typedef {import("./hosts.js").Party} Party
 * @typedef {import("./idp/assertion.js").Signer} Signer
 * @typedef {import("./hosts.js").HostNames} HostNames
 *
 * @typedef {object} LabRequest one request, as recorded in `lab.requests`
 * @property {number} atMs when it arrived, by the lab's clock
 * @property {Party} party
 * @property {string} method
 * @property {string} path without the query
 * @property {number | undefined} status HTTP status; 0 if the connection ended first; undefined while it is open
 *
 * @typedef {object} LabContext what all parties share
 * @property {Clock} clock
 * @property {HostNames} hostNames the default set
 * @property {(party: Party, names: HostNames) => string} origin available only once the lab is listening
 * @property {(ms: number) => Promise<void>} sleep ends early when the lab closes
 *
 * @typedef {Awaited<ReturnType<typeof startLab>>} Lab
 */

/** @type {Promise<Signer> | undefined} */
let sharedSigner;

/**
 * Starts a lab: everything that a softphone's page talks to, on one port of this machine, with a host name for each
 * party (see hosts.js). Nothing leaves the machine. Labs share no state, so any number can run side by side.
 *
 * ```js
 * const lab = await startLab();
 * lab.idp.framing = false;
 * await context.addCookies([lab.idp.beginSession("ada@example.com")]);
 * await page.goto(lab.urls.agentPage);
 * await lab.close();
 * ```
 *
 * @param {object} [options]
 * @param {number} [options.port] default 0, which picks a free one
 * @param {string} [options.host] the address to listen on, default 127.0.0.1
 * @param {HostNames} [options.hostNames] which set of host names `lab.urls` and cookies are for, default "separate"
 * @param {Promise<Signer>} [options.signer] the identity provider's key, default one that all labs of this process share:
 *   making one takes longer than everything else here
 * @throws the server's error if it cannot listen, such as `EADDRINUSE`
 */
export async function startLab({
  port = 0,
  host = "127.0.0.1",
  hostNames = "separate",
  signer = (sharedSigner ??= makeSigner()),
} = {}) {
  const clock = new Clock();
  const closing = new AbortController();
  /** @type {LabRequest[]} */
  const requests = [];
  const server = createServer();
  // With Node's default of five seconds, connections are sometimes cut just as a browser reuses them.
  server.keepAliveTimeout = 120_000;

  /** @type {LabContext} */
  const context = {
    clock,
    hostNames,
    origin: (party, names) =>
      `http://${hostName(party, names)}:${portOf(server)}`,
    async sleep(ms) {
      // Aborted when the lab closes: nobody is left to receive the answer, so this is not an error.
      if (ms > 0)
        await delay(ms, undefined, { signal: closing.signal }).catch(() => {});
    },
  };

  const key = await signer;
  const connect = createConnect({
    clock,
    origin: context.origin,
    hostNames: [
      hostNames,
      ...HOST_NAMES.filter((names) => names !== hostNames),
    ],
    log: (/** @type {Partial<LabRequest>} */ entry) =>
      requests.push({
        atMs: clock.now(),
        party: "instance",
        method: "",
        path: "",
        status: undefined,
        ...entry,
      }),
  });
  /** @type {Sessions<string>} */
  const awsSessions = new Sessions("aws-session", () => clock.now("aws"));
  const idp = new Idp(context, {
    signer: key,
    instanceId: () => connect.instanceId,
  });
  const desk = new Desk();
  const serviceNow = new ServiceNow(context);
  const distance = new Distance();
  const lab = {
    /** The port that every party listens on. */
    port: 0,
    /** Addresses under the lab's default set of host names; `urlsOf(names)` returns those of either set. */
    urls: /** @type {ReturnType<typeof urlsOf>} */ ({}),
    urlsOf: (/** @type {HostNames} */ names) =>
      urlsOf(context, { idp, connect }, names),
    hostNames,
    desk,
    idp,
    connect,
    serviceNow,
    /** Switches the faults of faults.js on and off, by id. */
    faults: createFaultSwitch(/** @returns {object} */ () => lab),
    aws: { endSessions: () => awsSessions.endAll() },
    clock,
    /** How far away every party is. */
    distance,
    requests,
    /** Closes sockets, timers and server. Calling it twice is harmless. */
    async close() {
      closing.abort();
      await connect.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  /** @type {Record<Party, import("express").RequestHandler>} */
  const apps = {
    desk: desk.app,
    instance: connect.app,
    signIn: express.Router().use(
      createCookieTest(),
      createSignIn(context, {
        sessions: awsSessions,
        certificate: key.certificate,
      }),
    ),
    console: createConsole(context, { sessions: awsSessions, connect }),
    idp: idp.app,
    serviceNow: serviceNow.app,
    start: express.Router().use(createControl(lab), createScenes(lab)),
  };
  const door = frontDoor({ apps, hostNames, clock, requests });
  /**
   * Whoever is far away gets a request later, unless the connection is gone by then.
   *
   * @param {import("node:http").IncomingMessage} req
   * @param {() => void} answer
   */
  const onceThere = (req, answer) => {
    const party = partyOf(req.headers.host, hostNames)?.party;
    const ms = party === "start" ? 0 : distance.of(req);
    if (ms === 0) return answer();
    context.sleep(ms).then(() => req.socket.destroyed || answer());
  };
  server.on("connection", (socket) => distance.connected(socket));
  server.on("request", (req, res) => onceThere(req, () => door(req, res)));

  /** The server no longer tracks upgraded sockets, so `close` destroys them. @type {Set<import("node:stream").Duplex>} */
  const upgraded = new Set();
  server.on("upgrade", (req, socket, head) => {
    const found = partyOf(req.headers.host, hostNames);
    if (found?.party !== "instance") return socket.destroy();
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    Object.assign(req, { labHostNames: found.names });
    onceThere(req, () => connect.upgrade(req, socket, head));
  });

  await listen(server, port, host).catch(async (error) => {
    await lab.close();
    throw error;
  });
  lab.port = portOf(server);
  lab.urls = lab.urlsOf(hostNames);
  desk.config = {
    instanceUrl: lab.urls.instance,
    ssoLoginUrl: lab.urls.ssoLogin,
    controls: "ccp",
    streams: { url: "/connect-streams-min.js" },
  };
  serviceNow.connectInstances.push(instanceRecord(lab));
  serviceNow.importBuilt();
  return lab;
}

/**
 * The Connect instance as a record of ServiceNow. It follows the desk's configuration, so that faults of the SSO Login URL strike
 * there, too.
 *
 * @param {{ connect: ReturnType<typeof createConnect>, desk: Desk, urls: ReturnType<typeof urlsOf> }} lab
 */
function instanceRecord({ connect, desk, urls }) {
  const host = new URL(urls.instance).host;
  return {
    sysId: fixedSysId("sn_cti_connect_instance"),
    name: "Acme contact centre",
    arn: connect.instanceArn,
    params: JSON.stringify({
      ccpHost: host,
      ccpUrl: `${urls.instance}/ccp-v2`,
      audioRecordingUrlPrefix: `${urls.instance}/get-recording?format=wav&callLegId=`,
    }),
    get ssoLoginUrl() {
      return desk.config.ssoLoginUrl ?? "";
    },
    active: "true",
  };
}

/**
 * @param {LabContext} context
 * @param {{ idp: Idp, connect: ReturnType<typeof createConnect> }} parts
 * @param {HostNames} names
 */
function urlsOf({ origin }, { idp, connect }, names) {
  const at = (/** @type {Party} */ party) => origin(party, names);
  const sso = `${at("idp")}${SSO_PATH}`;
  const relayState = idp.relayState(names);
  const withRelayState = (/** @type {string} */ state) =>
    `${sso}?RelayState=${encodeURIComponent(state)}`;
  const toInstance = (/** @type {string} */ id) =>
    withRelayState(idp.relayState(names, undefined, id));
  return {
    start: `${at("start")}/`,
    desk: at("desk"),
    agentPage: `${at("desk")}/agent/`,
    /** The host's own controls: the panel, and bare buttons. */
    iccPage: `${at("desk")}/icc/`,
    barePage: `${at("desk")}/icc/bare.html`,
    instance: at("instance"),
    ccp: `${at("instance")}/ccp-v2/`,
    signIn: at("signIn"),
    console: at("console"),
    idp: at("idp"),
    serviceNow: at("serviceNow"),
    /** The agent's workspace in ServiceNow, with the phone in its OpenFrame. */
    workspace: `${at("serviceNow")}${WORKSPACE_PATH}`,
    idpLogin: `${at("idp")}/login/login.htm`,
    /** For `idpLogoutUrl`: ends the session at the identity provider. */
    idpLogout: `${at("idp")}${SIGN_OUT_PATH}`,
    /** In Okta's form, with the relay state encoded. */
    ssoLogin: withRelayState(relayState),
    /** The same with the relay state unencoded, as in ServiceNow's example, so that the URL holds a second raw `?`. */
    ssoLoginRaw: `${sso}?RelayState=${relayState}`,
    /** Without a relay state: the identity provider uses its app's default. */
    ssoLoginPlain: sso,
    /** With the relay state of the account's other instance, where sign-in then completes. */
    ssoLoginOtherInstance: toInstance(connect.otherInstanceId),
    /** With the relay state of an instance that does not exist in this account or region: the console shows an error. */
    ssoLoginUnknownInstance: toInstance("a1b2c3d4-5678-90ab-cdef-00000000ffff"),
    relayState,
  };
}

/**
 * Routes each request to its party and records it.
 *
 * @param {object} parts
 * @param {Record<Party, import("express").RequestHandler>} parts.apps
 * @param {HostNames} parts.hostNames
 * @param {Clock} parts.clock
 * @param {LabRequest[]} parts.requests
 */
function frontDoor({ apps, hostNames, clock, requests }) {
  const door = express();
  door.disable("x-powered-by");
  door.use((req, res, next) => {
    const found = partyOf(req.headers.host, hostNames);
    if (!found)
      return sendPage(res, {
        status: 421,
        party: "Lab",
        title: "Unknown host name",
        body: html`<p>No party of this lab has that host name.</p>`,
      });
    /** @type {LabRequest} */
    const entry = {
      atMs: clock.now(),
      party: found.party,
      method: req.method,
      path: req.path,
      status: undefined,
    };
    requests.push(entry);
    res.once("finish", () => (entry.status = res.statusCode));
    res.once("close", () => (entry.status ??= 0));
    Object.assign(req, { labHostNames: found.names, labParty: found.party });
    next();
  });
  const assets = express.Router().use("/lab/assets", express.static(ASSETS));
  // Browsers request it unprompted, and would log a missing one as an error.
  assets.get("/favicon.ico", (_req, res) => void res.status(204).end());
  door.use((req, res, next) => {
    const party = /** @type {{ labParty: Party }} */ (
      /** @type {unknown} */ (req)
    ).labParty;
    if (party === "instance") return apps.instance(req, res, next);
    assets(req, res, () => apps[party](req, res, next));
  });
  door.use((_req, res) =>
    sendPage(res, {
      status: 404,
      party: "Lab",
      title: "Page not found",
      body: html`<p>This party has no page at that address.</p>`,
    }),
  );
  return door;
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** @param {import("node:http").Server} server */
function portOf(server) {
  const address = server.address();
  if (!address || typeof address === "string")
    throw new Error("addresses are available once the lab is listening");
  return address.port;
}
