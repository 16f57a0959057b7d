// @ts-check
import { RestError } from "./rest-error.js";

/**
 * The soft phone event sink of ServiceNow Voice for Amazon Connect. Source: CTI API, REST API reference: one request of the stock
 * page, to which the shapes here are held.
 *
 * @returns {import("./rest.js").Endpoint[]}
 */
export function createEventSink() {
  return [
    {
      method: "post",
      path: "/api/sn_cti_core/cti_api/softphone/sources/aws_ccp/actor/agent/events/:event",
      roles: ["sn_openframe_user"],
      run({ body, params: { event } }) {
        if (!/^[A-Za-z\d]+$/.test(event))
          refuse("event: expected letters and digits only");
        const { agent, window, aws } = body ?? {};
        const { status } = agent ?? {};
        if (typeof agent?.sys_id !== "string") refuse("agent.sys_id: missing");
        if (typeof status?.name !== "string")
          refuse("agent.status.name: missing");
        if (status.name.replaceAll(/[^A-Za-z\d]/g, "") !== event)
          refuse("event: not the name of the agent’s state");
        if (
          !["routable", "not_routable", "offline", "system", "error"].includes(
            status.type,
          )
        )
          refuse("agent.status.type: unknown");
        if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(status.startTimestamp ?? ""))
          refuse("agent.status.startTimestamp: expected ISO 8601");
        if (
          status.agentStateARN !== null &&
          typeof status.agentStateARN !== "string"
        )
          refuse("agent.status.agentStateARN: expected a text or null");
        if (typeof window?.location?.href !== "string")
          refuse("window.location.href: missing");
        if (typeof aws?.connect?.config !== "object")
          refuse("aws.connect.config: missing");
        return { body: { result: {} } };
      },
    },
  ];
}

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new RestError(400, "Bad Request", why);
}
