// @ts-check
/**
 * What can go wrong at ServiceNow, as faults.js has it for the other parties.
 *
 * @typedef {import("../faults.js").Plan} Plan
 * @typedef {import("./service-now.js").ServiceNow} ServiceNow
 */

/** @type {Record<string, Plan>} by id */
export const SERVICENOW_PLANS = {
  "openframe-library-old": {
    title: "openFrameAPI is an old one, without the Interaction Controls",
    strike: ({ serviceNow }) => set(serviceNow, { library: "1.0.5" }),
  },
  "openframe-library-missing": {
    title: "openFrameAPI is missing (404)",
    strike: ({ serviceNow }) => set(serviceNow, { libraryMissing: true }),
  },
  "openframe-init-slow": {
    title:
      "OpenFrame does not answer the first two times that it is asked to begin",
    strike: ({ serviceNow }) => set(serviceNow, { initsIgnored: 2 }),
  },
  "openframe-payload-limit": {
    title: "openFrameAPI sends no message of more than 4400 characters",
    strike: ({ serviceNow }) => set(serviceNow, { payloadLimit: 4400 }),
  },
  "openframe-no-popups": {
    title: "The frame’s sandbox allows no windows",
    strike: ({ serviceNow }) =>
      set(serviceNow, {
        sandbox: "allow-scripts allow-same-origin allow-forms allow-modals",
      }),
  },
  "openframe-no-origin": {
    title: "The frame’s sandbox gives the page no origin",
    strike: ({ serviceNow }) =>
      set(serviceNow, {
        sandbox: "allow-scripts allow-forms allow-popups allow-modals",
      }),
  },
  "servicenow-referrer-withheld": {
    title:
      "ServiceNow’s pages send no referrer to other sites, and the CCP is refused to whoever sends none",
    strike({ serviceNow, connect }) {
      const before = connect.needsReferrer;
      connect.needsReferrer = true;
      const undo = set(serviceNow, { referrerPolicy: "same-origin" });
      return () => {
        connect.needsReferrer = before;
        undo();
      };
    },
  },
  "servicenow-csp": {
    title:
      "ServiceNow’s pages allow scripts of their own host only, and no wasm",
    strike: ({ serviceNow }) =>
      set(serviceNow, {
        contentSecurityPolicy: "script-src 'self'; frame-ancestors 'self'",
      }),
  },
  "servicenow-record-missing": {
    title: "The plugin with the Amazon Connect Instance table is missing",
    strike: ({ serviceNow }) => set(serviceNow, { connectTable: "missing" }),
  },
  "servicenow-record-unreadable": {
    title: "The page may not read the Amazon Connect Instance table",
    strike: ({ serviceNow }) => set(serviceNow, { connectTable: "unreadable" }),
  },
  "servicenow-no-token": {
    title: "The page gets an empty session token",
    strike: ({ serviceNow }) => set(serviceNow, { sessionTokens: false }),
  },
  "servicenow-rest-401": {
    title: "ServiceNow’s REST API answers 401",
    strike: ({ serviceNow }) => set(serviceNow, { restStatus: 401 }),
  },
  "servicenow-rest-403": {
    title: "ServiceNow’s REST API answers 403",
    strike: ({ serviceNow }) => set(serviceNow, { restStatus: 403 }),
  },
  "servicenow-rest-500": {
    title: "ServiceNow’s REST API answers 500",
    strike: ({ serviceNow }) => set(serviceNow, { restStatus: 500 }),
  },
  "servicenow-presence-silent": {
    title: "Changes of presence are not told",
    strike: ({ serviceNow }) => set(serviceNow, { presenceEvents: false }),
  },
  "servicenow-session-ends": {
    title: "The session at ServiceNow ends",
    during: "session",
    strike({ serviceNow }) {
      serviceNow.endSessions();
      serviceNow.send("openframe_heart_beat", { sessionLoggedIn: false });
    },
  },
};

/**
 * Changes settings, and returns a function that restores them.
 *
 * @param {ServiceNow} serviceNow
 * @param {Partial<import("./settings.js").ServiceNowSettings>} settings
 */
function set(serviceNow, settings) {
  const names = /** @type {(keyof typeof settings)[]} */ (
    Object.keys(settings)
  );
  const before = Object.fromEntries(
    names.map((name) => [name, serviceNow[name]]),
  );
  Object.assign(serviceNow, settings);
  return () => void Object.assign(serviceNow, before);
}
