// @ts-check
import { SERVICENOW_SETTINGS } from "../servicenow/settings.js";
import { typesOf } from "../settings.js";
import { checkedFields, checkedObject } from "./body.js";
import { stateOf } from "./state.js";

/**
 * The commands of the control API for ServiceNow.
 *
 * @param {import("../lab.js").Lab} lab
 * @returns {import("./commands.js").Command[]}
 */
export function serviceNowCommands(lab) {
  return [...instance(lab), ...workspace(lab)];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {import("./commands.js").Command[]}
 */
function instance({ serviceNow, ...lab }) {
  const whole = /** @type {import("../lab.js").Lab} */ ({ serviceNow, ...lab });
  return [
    {
      method: "patch",
      path: "/servicenow",
      says: "Changes settings of the ServiceNow instance.",
      settings: SERVICENOW_SETTINGS,
      run(body) {
        const values = checkedFields(body, typesOf(SERVICENOW_SETTINGS));
        Object.assign(serviceNow, values);
        return stateOf(whole).serviceNow;
      },
    },
    {
      method: "post",
      path: "/servicenow/sessions",
      says: "Begins a session at ServiceNow and returns its cookie. To set the cookie in a browser, open `/lab/begin?user=…&next=…` on its host.",
      body: { userName: "ada@example.com" },
      run: (body) =>
        serviceNow.beginSession(
          checkedFields(body, { userName: "string" }).userName ?? "",
        ),
    },
    {
      method: "delete",
      path: "/servicenow/sessions",
      says: "Ends every session at ServiceNow.",
      run: () => serviceNow.endSessions(),
    },
    {
      method: "post",
      path: "/servicenow/update-set",
      says: "Previews an update set, whose XML is `xml`, and commits it if there is no problem. Without `xml`, the one that `npm run build` made.",
      body: { xml: "<unload …>" },
      run(body) {
        const { xml } = checkedFields(body, { xml: "string" });
        const done =
          xml === undefined
            ? serviceNow.importBuilt()
            : serviceNow.importUpdateSet(xml);
        if (!done) throw new Error("there is no update set in dist/servicenow");
        return done;
      },
    },
    {
      method: "put",
      path: "/servicenow/properties/:name",
      says: "Sets a system property, such as `connect_softphone.controls`. Without `value`, it has none.",
      body: { value: "icc" },
      run(body, { name }) {
        const { value } = checkedFields(body, { value: "string" });
        serviceNow.setProperty(name, value);
      },
    },
    {
      method: "get",
      path: "/servicenow/tables/:table",
      says: "Lists the records of a table.",
      run: (_body, { table }) => serviceNow.tables.rows(table),
    },
    {
      method: "patch",
      path: "/servicenow/tables/:table/:sysId",
      says: "Changes fields of a record, as an administrator. All values are texts.",
      body: { active: "false" },
      run: (body, { table, sysId }) =>
        serviceNow.tables.update(table, sysId, texts(body)),
    },
    {
      method: "patch",
      path: "/servicenow/connect-instance",
      says: "Changes the Amazon Connect Instance record: `name`, `arn`, `params`, `ssoLoginUrl`, `active`, whatever its columns are called.",
      body: { ssoLoginUrl: "" },
      run(body) {
        const values = checkedFields(body, {
          name: "string",
          arn: "string",
          params: "string",
          ssoLoginUrl: "string",
          active: "string",
        });
        const [record] = serviceNow.connectInstances;
        serviceNow.connectInstances[0] = { ...record, ...values };
        return serviceNow.connectInstances[0];
      },
    },
    {
      method: "put",
      path: "/servicenow/users/:userName/roles",
      says: "Replaces the roles of a user.",
      body: ["sn_openframe_user"],
      run(body, { userName }) {
        const user = serviceNow.users.get(userName);
        if (!user) throw new Error(`ServiceNow has no user ${userName}`);
        if (!Array.isArray(body)) throw new Error("expected a list of roles");
        user.roles = body.map(String);
        return user;
      },
    },
  ];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {import("./commands.js").Command[]}
 */
function workspace({ serviceNow }) {
  return [
    {
      method: "put",
      path: "/servicenow/users/:userName/presence",
      says: "Sets an agent’s presence in Advanced Work Assignment, by the name of a presence state.",
      body: { name: "Available" },
      run(body, { userName }) {
        const { name = "" } = checkedFields(body, { name: "string" });
        if (!serviceNow.presences.set(userName, name))
          throw new Error(`there is no presence state ${name}`);
        return serviceNow.presences.of(userName);
      },
    },
    {
      method: "post",
      path: "/servicenow/actions",
      says: "Sends an action of the Interaction Controls to the workspaces of a user, by default of all.",
      body: { name: "mute", payload: {}, userName: "ada@example.com" },
      run(body) {
        const { name, payload, userName } = checkedFields(body, {
          name: "string",
          payload: "object",
          userName: "string",
        });
        if (!name) throw new Error("name: found nothing, expected a string");
        return { sent: serviceNow.sendAction(name, payload, userName) };
      },
    },
    {
      method: "post",
      path: "/servicenow/events",
      says: "Sends any event of openFrameAPI to the workspaces of a user, by default of all.",
      body: {
        event: "openframe_heart_beat",
        payload: { sessionLoggedIn: false },
      },
      run(body) {
        const { event, payload, userName } = checkedFields(body, {
          event: "string",
          payload: "object|string|list|null",
          userName: "string",
        });
        if (!event) throw new Error("event: found nothing, expected a string");
        return { sent: serviceNow.send(event, payload, userName) };
      },
    },
    {
      method: "get",
      path: "/servicenow/journal",
      says: "Returns the calls of openFrameAPI, what its callers did wrong, REST requests, and errors in UI pages.",
      run: () => ({
        calls: serviceNow.calls,
        violations: serviceNow.violations,
        restCalls: serviceNow.restCalls,
        pageErrors: serviceNow.pageErrors,
        logs: serviceNow.logs,
      }),
    },
    {
      method: "delete",
      path: "/servicenow/journal",
      says: "Empties that journal.",
      run() {
        for (const list of [
          serviceNow.calls,
          serviceNow.violations,
          serviceNow.restCalls,
          serviceNow.pageErrors,
          serviceNow.logs,
        ])
          list.splice(0);
      },
    },
  ];
}

/** @param {unknown} body @returns {Record<string, string>} */
function texts(body) {
  const found = checkedObject(body);
  for (const [name, value] of Object.entries(found))
    if (typeof value !== "string")
      throw new Error(
        `${name}: found ${JSON.stringify(value)}, expected string`,
      );
  return found;
}
