// @ts-check
import { SERVICENOW_PLANS } from "./servicenow/faults.js";

/**
 * What can go wrong on the far side: one table for tests, the control API and the start page. Faults that arise in the
 * browser are not here: blocked windows, no network, third-party cookies, microphones. Those of ServiceNow, which are a matter of
 * one host page and not of every phone, are in servicenow/faults.js.
 *
 * @typedef {import("./lab.js").Lab} Lab
 *
 * @typedef {object} Fault
 * @property {string} id
 * @property {string} group "Windows", "Identity provider", "Amazon Connect", "Session" or "ServiceNow"
 * @property {string} title what goes wrong, for people
 * @property {"start" | "session"} during when it has an effect: on the way to a working phone, or while the phone works
 * @property {(lab: Lab) => void} set activates it; if it is active, deactivates it first, so that a one-time fault strikes again
 * @property {(lab: Lab) => void} unset deactivates it, if it is active. What has already ended or died stays that way.
 */

/**
 * @typedef {object} Plan a fault as written in the table below
 * @property {string} title
 * @property {"start" | "session"} [during] default "start"
 * @property {(lab: Lab) => (() => void) | void} strike makes it happen; returns what undoes it
 */

/** @type {Record<string, Record<string, Plan>>} by group, then by id */
const plans = {
  Windows: {
    "window-opener-cut": {
      title:
        "The sign-in window looks closed to the page once it shows the identity provider (COOP)",
      strike: ({ idp }) => setTo(idp, "coop", true),
    },
    "window-return-page-missing": {
      title: "The return page is missing (404)",
      strike({ desk }) {
        desk.missing.add("/softphone-return.html");
        return () => desk.missing.delete("/softphone-return.html");
      },
    },
  },
  "Identity provider": {
    "idp-down": {
      title: "It is down: connections are cut",
      strike: ({ idp }) => setTo(idp, "down", true),
    },
    "idp-500": {
      title: "It answers with an error page (500)",
      strike: ({ idp }) => setTo(idp, "down", 500),
    },
    "idp-slow": {
      title: "It takes 10 seconds for each answer",
      strike: ({ idp }) => setTo(idp, "delayMs", 10_000),
    },
    "idp-no-framing": {
      title: "It refuses to be framed",
      strike: ({ idp }) => setTo(idp, "framing", false),
    },
    "idp-login-no-framing": {
      title: "Its login form refuses to be framed, its other pages do not",
      strike: ({ idp }) => setTo(idp, "refusesFramingOf", "login"),
    },
    "idp-sso-no-framing": {
      title: "Its SSO Login URL refuses to be framed, its login form does not",
      strike: ({ idp }) => setTo(idp, "refusesFramingOf", "sso"),
    },
    "idp-cookie-lax": {
      title: "Its session’s cookie is not sent in frames (SameSite=Lax)",
      strike: ({ idp }) => setTo(idp, "sameSite", "Lax"),
    },
    "idp-mfa": {
      title: "It asks for a code (246810)",
      strike: ({ idp }) => setTo(idp, "mfa", true),
    },
    "idp-first-request": {
      title: "It answers the first request that it stored, not the latest",
      strike: ({ idp }) => setTo(idp, "firstRequestWins", true),
    },
    "idp-session-gone": {
      title: "Its sessions have ended",
      during: "session",
      strike: ({ idp }) => idp.endSessions(),
    },
    "idp-no-relay-state": {
      title: "The SSO Login URL has no relay state; the app’s default is used",
      strike: ({ desk, urls }) =>
        setTo(desk.config, "ssoLoginUrl", urls.ssoLoginPlain),
    },
    "relay-other-instance": {
      title: "The relay state names another instance, where sign-in succeeds",
      strike: ({ desk, urls }) =>
        setTo(desk.config, "ssoLoginUrl", urls.ssoLoginOtherInstance),
    },
    "relay-unknown-instance": {
      title:
        "The relay state names an instance that does not exist in this account or region",
      strike: ({ desk, urls }) =>
        setTo(desk.config, "ssoLoginUrl", urls.ssoLoginUnknownInstance),
    },
  },
  "Amazon Connect": {
    "connect-user-unknown": {
      title: "The instance has no such user: “Access denied”",
      strike: ({ idp }) =>
        setTo(idp, "assertion", { roleSessionName: "nobody@example.com" }),
    },
    "origin-not-approved": {
      title: "The page’s origin is not approved",
      strike: ({ connect }) => setTo(connect, "approvedOrigins", new Set()),
    },
    "referrer-withheld": {
      title:
        "The host’s pages send no referrer, and the CCP is refused to whoever sends none",
      strike({ desk, connect }) {
        const undo = setTo(connect, "needsReferrer", true);
        const undoToo = setTo(desk, "referrerPolicy", "no-referrer");
        return () => (undo(), undoToo());
      },
    },
    "ccp-refused": {
      title:
        "The CCP answers 403 after a sign-in that did not end on a page of the instance",
      strike: ({ connect }) => setTo(connect, "refusesUntilVisited", true),
    },
    "storage-access-denied": {
      title:
        "Amazon’s page for the CCP’s cookies always says that it did not get them",
      strike: ({ connect }) => setTo(connect, "storageAccess", "denied"),
    },
    "storage-access-ignored": {
      title: "Amazon’s page for the CCP’s cookies waits for ever",
      strike: ({ connect }) => setTo(connect, "storageAccess", "ignored"),
    },
    "cookies-page-missing": {
      title: "Amazon’s page for the CCP’s cookies is missing (404)",
      strike: ({ connect }) => setTo(connect, "storageAccess", "missing"),
    },
    "unload-off": {
      title:
        "A CCP that is closed or reloaded does not tell its SharedWorker (no unload event)",
      strike: ({ connect }) => setTo(connect, "unloadOff", true),
    },
    "ccp-slow": {
      title: "The CCP takes 10 seconds to load",
      strike: ({ connect }) => setTo(connect, "ccpDelayMs", 10_000),
    },
    "ccp-dies": {
      title: "The CCP stops responding, until it is reloaded",
      during: "session",
      strike: ({ connect }) => void connect.killCcp("freeze"),
    },
    "ccp-goes-blank": {
      title: "The CCP’s frame goes blank, until it is reloaded",
      during: "session",
      strike: ({ connect }) => void connect.killCcp("blank"),
    },
    "ccp-stays-dead": {
      title: "The CCP stops responding, even after a reload",
      during: "session",
      strike({ connect }) {
        connect.killCcp("freeze");
        return setTo(connect, "ccpDead", true);
      },
    },
    "worker-killed": {
      title: "The CCP’s SharedWorker dies",
      during: "session",
      strike: ({ connect }) => void connect.killWorker(),
    },
    "worker-frozen": {
      title:
        "The API answers 401 until the CCP’s SharedWorker has given up asking for the agent’s data",
      during: "session",
      strike: (lab) => giveUp(lab, 401),
    },
    "worker-denied": {
      title:
        "The API answers 403 until the CCP’s SharedWorker has given up asking for the agent’s data",
      during: "session",
      strike: (lab) => giveUp(lab, 403),
    },
    "api-401": {
      title: "The API answers 401",
      during: "session",
      strike: (lab) => failing(lab, { status: 401 }),
    },
    "api-401-once": {
      // AUTH_FAIL with `authorize`: the CCP reloads itself, 0 to 4 s later (Streams 2.28.2, connect-streams.js,
      // `handleAPIRequest`, `_handleAuthorizeFail`).
      title: "The API answers 401 once, to the agent’s next change of state",
      during: "session",
      strike: ({ connect }) =>
        connect.fail("PutAgentState", { status: 401, times: 1 }),
    },
    "auth-fail-then-success": {
      title: "Streams gets AUTH_FAIL, and soon after it AUTHORIZE_SUCCESS",
      during: "session",
      strike: ({ connect }) => void connect.failAuth(),
    },
    "api-403": {
      title: "The API answers 403",
      during: "session",
      strike: (lab) => failing(lab, { status: 403 }),
    },
    "api-429": {
      title: "The API answers 429",
      during: "session",
      strike: (lab) => failing(lab, { status: 429 }),
    },
    "api-500": {
      title: "The API answers 500",
      during: "session",
      strike: (lab) => failing(lab, { status: 500 }),
    },
    "api-silent": {
      title: "The API does not answer",
      during: "session",
      strike: (lab) => failing(lab, { hang: true }),
    },
    "websocket-lost": {
      title: "The WebSocket is cut, and new ones are refused",
      during: "session",
      strike({ connect }) {
        const undo = setTo(connect, "socketsRefused", true);
        connect.dropSockets();
        return undo;
      },
    },
  },
  Session: {
    "session-ends": {
      title: "The session at Connect ends",
      during: "session",
      strike: ({ connect }) => connect.endSessions(),
    },
    "session-ends-in-call": {
      title: "The session at Connect ends as soon as a call is connected",
      during: "session",
      strike({ connect }) {
        if (connect.calls.some(({ state }) => state === "connected"))
          connect.endSessions();
        return setTo(connect, "sessionsEndInCalls", true);
      },
    },
    "ip-refused-in-call": {
      // Documented: the session is invalid, and the call goes on (Administrator Guide, "Authentication profiles").
      title:
        "The IP allow list has the agent’s network no longer: the session ends, and none begins",
      during: "session",
      strike({ connect }) {
        connect.endSessions();
        return setTo(connect, "ipRefused", true);
      },
    },
    "agent-before": {
      title: "Another agent signs in, in another window of this browser",
      during: "session",
      strike: ({ connect }) => connect.handOver("grace@example.com"),
    },
    "logout-fails": {
      title: "Signing out of Connect does nothing",
      during: "session",
      strike: ({ connect }) => setTo(connect, "logoutWorks", false),
    },
    "inactivity-warning": {
      title: "Connect warns agents that it will log them out for inactivity",
      during: "session",
      strike: (lab) => inactive(lab, {}),
    },
    "inactivity-logout": {
      title: "Connect warns agents, and logs them out five seconds later",
      during: "session",
      strike: (lab) => inactive(lab, { inactivityWarningMs: 5000 }),
    },
    "inactivity-without-terminate": {
      title:
        "Connect warns agents, and five seconds later their session is over, which nobody is told",
      during: "session",
      strike: (lab) =>
        inactive(lab, {
          inactivityWarningMs: 5000,
          inactivityTerminates: false,
        }),
    },
    "activity-refused": {
      title: "Connect warns agents, and does not extend their session",
      during: "session",
      strike: (lab) => inactive(lab, { activityRefused: true }),
    },
  },
};

/** What undoes the active faults, by lab and id. @type {WeakMap<Lab, Map<string, () => void>>} */
const undos = new WeakMap();

/** All faults that any phone can meet, in the order of the table above. @type {readonly Fault[]} */
export const FAULTS = Object.entries(plans).flatMap(([group, ofGroup]) =>
  faultsOf(group, ofGroup),
);

/** Those of ServiceNow. @type {readonly Fault[]} */
export const SERVICENOW_FAULTS = faultsOf("ServiceNow", SERVICENOW_PLANS);

/** What a lab can be told to do. */
export const ALL_FAULTS = [...FAULTS, ...SERVICENOW_FAULTS];

/**
 * The faults of one lab.
 *
 * @typedef {object} FaultSwitch
 * @property {readonly string[]} active the ids of the active faults, in the order of their activation
 * @property {(id: string) => void} set activates a fault, such as "idp-down"; throws for an unknown id
 * @property {(id: string) => void} unset deactivates it; throws for an unknown id
 * @property {() => void} clear deactivates all of them, in reverse order
 */

/**
 * @param {() => object} self the lab
 * @returns {FaultSwitch}
 */
export function createFaultSwitch(self) {
  // Typed as `object` above, because the type of the lab would otherwise refer to itself.
  const lab = () => /** @type {Lab} */ (self());
  return {
    get active() {
      return [...setIn(lab()).keys()];
    },
    set: (id) => faultOf(id).set(lab()),
    unset: (id) => faultOf(id).unset(lab()),
    clear() {
      for (const id of [...this.active].reverse()) this.unset(id);
    },
  };
}

/** @param {string} group @param {Record<string, Plan>} ofGroup */
function faultsOf(group, ofGroup) {
  return Object.entries(ofGroup).map(([id, plan]) => fault(group, id, plan));
}

/**
 * @param {string} group
 * @param {string} id
 * @param {Plan} plan
 * @returns {Fault}
 */
function fault(group, id, { title, during = "start", strike }) {
  return {
    id,
    group,
    title,
    during,
    set(lab) {
      this.unset(lab);
      setIn(lab).set(id, strike(lab) ?? (() => {}));
    },
    unset(lab) {
      setIn(lab).get(id)?.();
      setIn(lab).delete(id);
    },
  };
}

/** @param {string} id */
function faultOf(id) {
  const fault = ALL_FAULTS.find((one) => one.id === id);
  if (fault) return fault;
  const known = ALL_FAULTS.map((one) => one.id).join(", ");
  throw new Error(`no fault ${id}, expected one of ${known}`);
}

/** @param {Lab} lab */
function setIn(lab) {
  const known = undos.get(lab) ?? new Map();
  undos.set(lab, known);
  return known;
}

/**
 * Sets a field, and returns a function that restores it.
 *
 * @template {object} T
 * @template {keyof T} Name
 * @param {T} target
 * @param {Name} name
 * @param {T[Name]} value
 */
function setTo(target, name, value) {
  const before = target[name];
  target[name] = value;
  return () => {
    target[name] = before;
  };
}

/**
 * Lets agents have been inactive for as long as their authentication profile allows.
 *
 * @param {Lab} lab
 * @param {Partial<import("./connect/settings.js").ConnectSettings>} settings
 */
function inactive({ connect }, settings) {
  const inactivityMs = 15 * 60 * 1000;
  const changed = { inactivityMs, ...settings };
  const before = Object.fromEntries(
    Object.keys(changed).map((name) => [
      name,
      connect[/** @type {keyof typeof changed} */ (name)],
    ]),
  );
  Object.assign(connect, changed);
  connect.letAgentsRest(inactivityMs);
  return () => void Object.assign(connect, before);
}

/**
 * Refuses the agent's snapshot until the poll that is refused is the SharedWorker's last one (Streams 2.28.2,
 * connect-streams.js, `_retryMethod`). Meanwhile nothing else is answered: all operations share one counter, which every
 * answer resets. The workers' timers go ten times as fast.
 *
 * @param {Lab} lab
 * @param {401 | 403} status
 */
function giveUp({ connect }, status) {
  const times = 1 + (status === 401 ? 20 : 10);
  connect.hurryWorkers();
  const undos = [
    connect.fail("GetAgentSnapshot", { status, times, spent: undo }),
    connect.fail("*", { hang: true }),
  ];
  answerPolls(connect);
  return undo;

  function undo() {
    for (const undo of undos) undo();
  }
}

/**
 * Makes every operation of the API fail. Waiting polls are answered at once, so that the next ones fail now and not up to
 * half a minute later.
 *
 * @param {Lab} lab
 * @param {import("./connect/failures.js").Failure} how
 */
function failing({ connect }, how) {
  const undo = connect.fail("*", how);
  answerPolls(connect);
  return undo;
}

/** @param {Lab["connect"]} connect */
function answerPolls(connect) {
  for (const username of connect.users.keys())
    connect.agent(username).changed();
}
