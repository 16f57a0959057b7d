// @ts-check
import { IDP_SETTINGS } from "../idp/settings.js";
import { typesOf } from "../settings.js";
import { checkedFields, checkedObject } from "./body.js";
import { connectCommands } from "./connect-commands.js";
import { serviceNowCommands } from "./servicenow-commands.js";
import { endAllSessions, stateOf } from "./state.js";

/**
 * One command of the control API.
 *
 * @typedef {object} Command
 * @property {"get" | "post" | "put" | "patch" | "delete"} method
 * @property {string} path under `/control`
 * @property {string} says what it does, for the manual; with code between backticks
 * @property {unknown} [body] an example, for the manual
 * @property {import("../settings.js").SettingsTable} [settings] the fields of the body, for the manual; none is required
 * @property {(body: any, params: Record<string, any>) => unknown} run
 */

/**
 * Every command of the control API; its routes and its manual are both made from this list.
 *
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
export function commandsFor(lab) {
  return [
    ...wholeLab(lab),
    ...identityProvider(lab),
    ...connectCommands(lab),
    ...serviceNowCommands(lab),
  ];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
function wholeLab(lab) {
  return [
    {
      method: "get",
      path: "/state",
      says: "Returns the state of the lab: addresses, settings, users, faults, clocks.",
      run: () => stateOf(lab),
    },
    {
      method: "delete",
      path: "/sessions",
      says: "Ends every session at the identity provider, AWS, Connect and ServiceNow.",
      run: () => endAllSessions(lab),
    },
    {
      method: "post",
      path: "/faults/:id",
      says: "Activates a fault; its `id` is one of `faults.all` in the state. Repeating it re-triggers it.",
      run(_body, { id }) {
        lab.faults.set(id);
        return { active: lab.faults.active };
      },
    },
    {
      method: "delete",
      path: "/faults/:id",
      says: "Deactivates a fault. What has already ended or died stays that way.",
      run(_body, { id }) {
        lab.faults.unset(id);
        return { active: lab.faults.active };
      },
    },
    {
      method: "delete",
      path: "/faults",
      says: "Deactivates every fault.",
      run: () => lab.faults.clear(),
    },
    {
      method: "put",
      path: "/desk/missing",
      says: "Replaces the list of paths for which the desk answers 404.",
      body: ["/softphone-return.html"],
      run(body) {
        if (!Array.isArray(body)) throw new Error("expected a list of paths");
        lab.desk.missing = new Set(body);
        return body;
      },
    },
    {
      method: "put",
      path: "/desk/config",
      says: "Replaces the `config.json` that host pages get.",
      body: { instanceUrl: "http://…", ssoLoginUrl: null, controls: "ccp" },
      run: (body) => (lab.desk.config = checkedObject(body)),
    },
    {
      method: "patch",
      path: "/desk/config",
      says: "Changes some fields of that `config.json`.",
      body: { controls: "icc" },
      run: (body) => Object.assign(lab.desk.config, checkedObject(body)),
    },
    {
      method: "patch",
      path: "/clock",
      says: "Moves the clocks, in milliseconds: `offsetMs` moves all of them, `offsets` single parties on top.",
      body: {
        offsetMs: 3_600_000,
        offsets: { idp: 0, aws: 0, connect: 0, serviceNow: 0 },
      },
      run(body) {
        const { offsetMs = lab.clock.offsetMs, offsets = {} } = checkedFields(
          body,
          {
            offsetMs: "number",
            offsets: "object",
          },
        );
        checkedFields(offsets, {
          idp: "number",
          aws: "number",
          connect: "number",
          serviceNow: "number",
        });
        lab.clock.offsetMs = offsetMs;
        Object.assign(lab.clock.offsets, offsets);
        return { offsetMs: lab.clock.offsetMs, offsets: lab.clock.offsets };
      },
    },
    {
      method: "patch",
      path: "/distance",
      says: "Moves every party away: one round trip, in milliseconds, for each new connection and for each request.",
      body: { roundTripMs: 40 },
      run(body) {
        const { roundTripMs = lab.distance.roundTripMs } = checkedFields(body, {
          roundTripMs: "number",
        });
        lab.distance.roundTripMs = roundTripMs;
        return { roundTripMs };
      },
    },
    {
      method: "get",
      path: "/requests",
      says: "Lists the requests so far: time, party, method, path without query, status.",
      run: () => lab.requests,
    },
    {
      method: "delete",
      path: "/requests",
      says: "Empties that list.",
      run: () => void lab.requests.splice(0),
    },
  ];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
function identityProvider(lab) {
  return [
    {
      method: "patch",
      path: "/idp",
      says: "Changes settings of the identity provider.",
      settings: IDP_SETTINGS,
      run(body) {
        Object.assign(lab.idp, checkedFields(body, typesOf(IDP_SETTINGS)));
        return stateOf(lab).idp;
      },
    },
    {
      method: "post",
      path: "/idp/users",
      says: "Adds or replaces a user. `username` is the Connect user name that is asserted, by default the login.",
      body: {
        login: "alan@example.com",
        password: "lab",
        username: "alan@example.com",
      },
      run(body) {
        const {
          login,
          password = "lab",
          username = login,
        } = checkedFields(body, {
          login: "string",
          password: "string",
          username: "string",
        });
        if (!login) throw new Error("login: found nothing, expected a string");
        lab.idp.users.set(login, { login, password, username });
        return lab.idp.users.get(login);
      },
    },
    {
      method: "delete",
      path: "/idp/users/:login",
      says: "Removes a user.",
      run: (_body, { login }) => void lab.idp.users.delete(login),
    },
    {
      method: "post",
      path: "/idp/sessions",
      says: "Begins a session and returns its cookie. To set the cookie in a browser, open `/lab/begin?login=…&next=…` on the identity provider’s host.",
      body: { login: "ada@example.com" },
      run: (body) =>
        lab.idp.beginSession(
          checkedFields(body, { login: "string" }).login ?? "",
        ),
    },
    {
      method: "delete",
      path: "/idp/sessions",
      says: "Ends every session at the identity provider.",
      run: () => lab.idp.endSessions(),
    },
  ];
}
