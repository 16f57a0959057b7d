// @ts-check
/**
 * What can be wrong on the far side, as scenes: one table for tests, for the control API and for the start page. Faults that
 * only a browser can make are not here: blocked windows, no network, third-party cookies, microphones.
 *
 * @typedef {import("./lab.js").Lab} Lab
 *
 * @typedef {object} Fault
 * @property {string} id
 * @property {string} group "Windows", "Identity provider", "Amazon Connect" or "Session"
 * @property {string} title what is wrong, for people
 * @property {"start" | "session"} during when it is met: on the way to a working phone, or while the phone works
 * @property {(lab: Lab) => void} set lets it happen; again: undone first, so that what strikes once strikes again
 * @property {(lab: Lab) => void} unset mends the far side; nothing when it is not set. What has ended or died stays so.
 */

/**
 * @typedef {object} Plan a fault as it is written down below
 * @property {string} title
 * @property {"start" | "session"} [during] default "start"
 * @property {(lab: Lab) => (() => void) | void} strike returns how to mend it
 */

/** @type {Record<string, Record<string, Plan>>} by group, then by id */
const plans = {
  Windows: {
    "window-opener-cut": {
      title:
        "The window looks closed as soon as it shows the identity provider (COOP)",
      strike: ({ idp }) => setTo(idp, "coop", true),
    },
    "window-return-page-missing": {
      title: "The page of the return is missing (404)",
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
      title: "It answers 500, on a page that stays",
      strike: ({ idp }) => setTo(idp, "down", 500),
    },
    "idp-slow": {
      title: "Each of its answers takes 10 seconds",
      strike: ({ idp }) => setTo(idp, "delayMs", 10_000),
    },
    "idp-no-framing": {
      title: "It refuses to be framed",
      strike: ({ idp }) => setTo(idp, "framing", false),
    },
    "idp-mfa": {
      title: "It asks for a code (246810)",
      strike: ({ idp }) => setTo(idp, "mfa", true),
    },
    "idp-session-gone": {
      title: "Its sessions are gone",
      during: "session",
      strike: ({ idp }) => idp.endSessions(),
    },
    "idp-no-relay-state": {
      title: "It takes no relay state: its app has one",
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
        "The relay state names an instance that account or region does not have",
      strike: ({ desk, urls }) =>
        setTo(desk.config, "ssoLoginUrl", urls.ssoLoginUnknownInstance),
    },
  },
  "Amazon Connect": {
    "connect-user-unknown": {
      title: "It does not know the user: Access denied",
      strike: ({ idp }) =>
        setTo(idp, "assertion", { roleSessionName: "nobody@example.com" }),
    },
    "origin-not-approved": {
      title: "The page’s origin is not approved",
      strike: ({ connect }) => setTo(connect, "approvedOrigins", new Set()),
    },
    "ccp-slow": {
      title: "The CCP loads well, and takes 10 seconds",
      strike: ({ connect }) => setTo(connect, "ccpDelayMs", 10_000),
    },
    "ccp-dies": {
      title: "The CCP stops answering; a reload mends it",
      during: "session",
      strike: ({ connect }) => void connect.killCcp("freeze"),
    },
    "ccp-goes-blank": {
      title: "The CCP’s frame goes blank; a reload mends it",
      during: "session",
      strike: ({ connect }) => void connect.killCcp("blank"),
    },
    "ccp-stays-dead": {
      title: "The CCP stops answering, and a reload does not mend it",
      during: "session",
      strike({ connect }) {
        connect.killCcp("freeze");
        return setTo(connect, "ccpDead", true);
      },
    },
    "worker-killed": {
      title: "The CCP’s SharedWorker ends",
      during: "session",
      strike: ({ connect }) => void connect.killWorker(),
    },
    "api-401": {
      title: "The API answers 401",
      during: "session",
      strike: (lab) => failing(lab, { status: 401 }),
    },
    "api-401-once": {
      // AUTH_FAIL with `authorize`: the CCP reloads itself, 0 to 4 s later (Streams 2.28.2, connect-streams.js,
      // `handleAPIRequest`, `_handleAuthorizeFail`).
      title: "The API answers 401 to the agent’s next change of state, once",
      during: "session",
      strike: ({ connect }) =>
        connect.fail("PutAgentState", { status: 401, times: 1 }),
    },
    "auth-fail-then-success": {
      title: "Streams is told AUTH_FAIL, and AUTHORIZE_SUCCESS soon after",
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
      title: "The WebSocket is lost, and new ones are refused",
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
    "logout-fails": {
      title: "Signing out of Connect does nothing",
      during: "session",
      strike: ({ connect }) => setTo(connect, "logoutWorks", false),
    },
  },
};

/** How to mend what is set, by lab and id. @type {WeakMap<Lab, Map<string, () => void>>} */
const undos = new WeakMap();

/** All of them, in the order of the table above. @type {readonly Fault[]} */
export const FAULTS = Object.entries(plans).flatMap(([group, ofGroup]) =>
  Object.entries(ofGroup).map(([id, plan]) => fault(group, id, plan)),
);

/**
 * The faults as a lab offers them.
 *
 * @typedef {object} FaultSwitch
 * @property {readonly string[]} active the ids of those that are set, in the order in which they were
 * @property {(id: string) => void} set lets a fault happen, such as "idp-down"; throws when there is none with this id
 * @property {(id: string) => void} unset mends it; throws when there is none with this id
 * @property {() => void} clear mends all of them, the last one first
 */

/**
 * @param {() => object} self the lab
 * @returns {FaultSwitch}
 */
export function createFaultSwitch(self) {
  // By its own type the lab would be a part of itself.
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
  const fault = FAULTS.find((one) => one.id === id);
  if (fault) return fault;
  const known = FAULTS.map((one) => one.id).join(", ");
  throw new Error(`no fault ${id}, expected one of ${known}`);
}

/** @param {Lab} lab */
function setIn(lab) {
  const known = undos.get(lab) ?? new Map();
  undos.set(lab, known);
  return known;
}

/**
 * Sets a field, and returns what sets it back.
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
 * Lets every operation of the API fail. A poll that waits is answered at once, so that the next one fails now and not in
 * half a minute.
 *
 * @param {Lab} lab
 * @param {import("./connect/faults.js").Fault} how
 */
function failing({ connect }, how) {
  const undo = connect.fail("*", how);
  for (const username of connect.users.keys())
    connect.agent(username).changed();
  return undo;
}
