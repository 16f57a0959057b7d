// @ts-check
import { createHash } from "node:crypto";

/**
 * @typedef {object} User
 * @property {string} sysId
 * @property {string} userName
 * @property {string} password
 * @property {string} email
 * @property {string} name
 * @property {string[]} roles
 * @property {string[]} groups names of sys_user_group
 */

/** What an agent of ServiceNow Voice has, without the integration roles. Source: set-up guides of others (reported). */
const AGENT_ROLES = [
  "agent_workspace_user",
  "awa_agent",
  "awa_external_user",
  "awa_integration_user",
  "interaction_agent",
  "sn_customerservice.csm_workspace_user",
  "sn_customerservice_agent",
  "sn_openframe_user",
];

/** The roles that the instance knows, by name; a role's sys_id differs between instances. */
export const ROLES = [
  "admin",
  ...AGENT_ROLES,
  "awa_manager",
  "sn_cti_amzn_cct.admin",
  "sn_cti_core.admin",
  "sn_openframe_api_user",
];

/** @returns {Map<string, User>} by user name: two agents, whom Amazon Connect knows, too, an administrator and an employee */
export function exampleUsers() {
  return new Map(
    [
      { ...person("ada"), roles: [...AGENT_ROLES] },
      { ...person("grace"), roles: [...AGENT_ROLES] },
      { ...person("admin"), roles: ["admin"] },
      { ...person("employee"), roles: [] },
    ].map((user) => [user.userName, user]),
  );
}

/** A sys_id that is the same in every lab. @param {string} of */
export function fixedSysId(of) {
  return createHash("md5").update(of).digest("hex");
}

/** @param {string} name @returns {User} */
function person(name) {
  const userName = `${name}@example.com`;
  return {
    sysId: fixedSysId(`sys_user ${userName}`),
    userName,
    password: "lab",
    email: userName,
    name: `${name[0].toUpperCase()}${name.slice(1)} Example`,
    roles: [],
    groups: ["Contact centre"],
  };
}
