// @ts-check
import { RestError } from "./rest-error.js";

/**
 * `/api/now/awa/agents/{user}`: presence. Source: AWA Agent API, REST API reference.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 * @returns {import("./rest.js").Endpoint[]}
 */
export function createAwa(serviceNow) {
  const path = "/api/now/awa/agents/:user";
  const roles = ["awa_integration_user"];
  const agentOf = (/** @type {string} */ sysId) => {
    const user = [...serviceNow.users.values()].find(
      (one) => one.sysId === sysId,
    );
    if (!user)
      throw new RestError(404, "Record Not Found", "there is no such user");
    return user;
  };
  const told = (
    /** @type {import("./users.js").User} */ { userName, sysId },
  ) => ({
    body: {
      result: { presence: serviceNow.presences.of(userName), sys_id: sysId },
    },
  });
  return [
    {
      method: "get",
      path,
      roles,
      run: ({ params }) => told(agentOf(params.user)),
    },
    {
      method: "get",
      path: `${path}/presence_states`,
      roles,
      run({ params }) {
        agentOf(params.user);
        return { body: { result: serviceNow.presences.states } };
      },
    },
    {
      method: "put",
      path,
      roles,
      run({ params, body }) {
        const user = agentOf(params.user);
        const state = body?.presence?.sys_id;
        if (typeof state !== "string")
          throw new RestError(400, "Bad Request", "presence.sys_id: missing");
        const known = serviceNow.presences.states.some(
          ({ sys_id }) => sys_id === state,
        );
        if (!known)
          throw new RestError(
            404,
            "Record Not Found",
            "no such presence state",
          );
        serviceNow.presences.set(user.userName, state);
        return told(user);
      },
    },
  ];
}
