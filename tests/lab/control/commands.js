// @ts-check
import { IDP_SETTINGS } from "../idp/settings.js";
import { typesOf } from "../settings.js";
import { connectCommands } from "./connect-commands.js";
import { checkedFields, checkedObject } from "./body.js";
import { endAllSessions, stateOf } from "./state.js";

/**
 * One command of the control API.
 *
 * @typedef {object} Command
 * @property {"get" | "post" | "put" | "patch" | "delete"} method
 * @property {string} path under `/control`
 * @property {string} says what it does, for the manual
 * @property {unknown} [body] an example, for the manual
 * @property {import("../settings.js").SettingsTable} [settings] the fields of the body, for the manual; none is required
 * @property {(body: any, params: Record<string, any>) => unknown} run
 */

/**
 * Everything the control API offers; routes and manual are both made from this list.
 *
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
export function commandsFor(lab) {
  return [...wholeLab(lab), ...identityProvider(lab), ...connectCommands(lab)];
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
      says: "What the lab is set to: addresses, users, sessions, offsets.",
      run: () => stateOf(lab),
    },
    {
      method: "delete",
      path: "/sessions",
      says: "Ends every session at the identity provider, at AWS and at Connect.",
      run: () => endAllSessions(lab),
    },
    {
      method: "post",
      path: "/faults/:id",
      says: "Lets something be wrong: an `id` from `faults.all` of the state. Again: once more.",
      run(_body, { id }) {
        lab.faults.set(id);
        return { active: lab.faults.active };
      },
    },
    {
      method: "delete",
      path: "/faults/:id",
      says: "Mends it, as far as the far side goes: what has ended or died stays so.",
      run(_body, { id }) {
        lab.faults.unset(id);
        return { active: lab.faults.active };
      },
    },
    {
      method: "delete",
      path: "/faults",
      says: "Mends everything that was set so.",
      run: () => lab.faults.clear(),
    },
    {
      method: "put",
      path: "/desk/missing",
      says: "Replaces the list of the desk’s paths that answer 404.",
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
      says: "Replaces what host pages get as config.json.",
      body: { instanceUrl: "http://…", ssoLoginUrl: null, controls: "ccp" },
      run: (body) => (lab.desk.config = checkedObject(body)),
    },
    {
      method: "patch",
      path: "/desk/config",
      says: "Changes some fields of it.",
      body: { controls: "icc" },
      run: (body) => Object.assign(lab.desk.config, checkedObject(body)),
    },
    {
      method: "patch",
      path: "/clock",
      says: "Moves the clocks, in milliseconds: everybody’s, and one party’s on top.",
      body: { offsetMs: 3_600_000, offsets: { idp: 0, aws: 0, connect: 0 } },
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
        });
        lab.clock.offsetMs = offsetMs;
        Object.assign(lab.clock.offsets, offsets);
        return { offsetMs: lab.clock.offsetMs, offsets: lab.clock.offsets };
      },
    },
    {
      method: "get",
      path: "/requests",
      says: "The requests so far: time, party, method, path without query, status.",
      run: () => lab.requests,
    },
    {
      method: "delete",
      path: "/requests",
      says: "Forgets them.",
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
      says: "Sets how the identity provider behaves.",
      settings: IDP_SETTINGS,
      run(body) {
        Object.assign(lab.idp, checkedFields(body, typesOf(IDP_SETTINGS)));
        return stateOf(lab).idp;
      },
    },
    {
      method: "post",
      path: "/idp/users",
      says: "Adds or replaces a user. `username` is the Connect user name it asserts; default the login.",
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
        if (!login) throw new Error("login: expected a text, found none");
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
      says: "Begins a session and returns its cookie. A browser can have it set by opening /lab/begin?login=…&next=… on the identity provider’s host.",
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
