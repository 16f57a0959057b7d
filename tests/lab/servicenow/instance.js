// @ts-check
import { fixedSysId, ROLES } from "./users.js";

/**
 * The tables of a new instance with the plugins for ServiceNow Voice, and the records that it comes with.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 */
export function defineTables(serviceNow) {
  const { tables } = serviceNow;
  for (const [table, columns] of Object.entries(COLUMNS))
    tables.define(table, columns.split(" "));
  for (const name of ROLES)
    tables.insert("sys_user_role", {
      name,
      sys_id: fixedSysId(`sys_user_role ${name}`),
    });
  tables.insert("sys_user_group", {
    name: "Contact centre",
    sys_id: fixedSysId("sys_user_group Contact centre"),
  });
  for (const [name, value] of Object.entries(PROPERTIES))
    tables.insert("sys_properties", { name, value });
  tables.view("sys_user", {
    columns: () => ["sys_id", "user_name", "email", "name", "active"],
    rows: () =>
      [...serviceNow.users.values()].map(
        ({ sysId, userName, email, name }) => ({
          sys_id: sysId,
          user_name: userName,
          email,
          name,
          active: "true",
        }),
      ),
  });
  tables.view("sn_cti_connect_instance", connectInstances(serviceNow));
  tables.insert("csm_consumer", {
    sys_id: CONSUMER,
    name: "Kim Customer",
    business_phone: "+14155550100",
    mobile_phone: "(415) 555-0101",
  });
  tables.insert("sn_customerservice_case", {
    sys_id: fixedSysId("case 1"),
    number: "CS0000001",
    short_description: "The parcel did not arrive",
    consumer: CONSUMER,
  });
}

/**
 * The table sn_cti_connect_instance, whose columns and presence are settings.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 * @returns {import("./tables.js").View}
 */
function connectInstances(serviceNow) {
  const named = () =>
    /** @type {Record<string, string>} */ (serviceNow.connectColumns);
  return {
    columns: () => ["sys_id", ...Object.values(named())],
    rows() {
      const { connectTable } = serviceNow;
      if (connectTable === "missing") return undefined;
      if (connectTable === "unreadable") return [];
      return serviceNow.connectInstances.map(({ sysId, ...fields }) => ({
        sys_id: sysId,
        ...Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            named()[name] ?? name,
            value ?? "",
          ]),
        ),
      }));
    },
  };
}

const CONSUMER = fixedSysId("csm_consumer Kim Customer");

/** The customer whose record the workspace opens with. */
export const EXAMPLE_CONSUMER = CONSUMER;

/** @type {Record<string, string>} */
const COLUMNS = {
  sys_ui_page:
    "name html client_script processing_script description direct category",
  sys_ui_script: "name script_name script active global ui_type",
  sys_security_acl: "name type operation active script",
  sys_security_acl_role: "sys_security_acl sys_user_role",
  sys_properties: "name value type description",
  sys_user_role: "name",
  sys_user_group: "name",
  sys_scope: "name scope",
  sn_openframe_configuration:
    "name title subtitle url width height active default order user_group enforce_sandbox_restrictions sandbox_flags " +
    "configuration show_presence_indicator",
  interaction:
    "number type state direction short_description assigned_to client_session_id channel_metadata",
  csm_consumer: "name business_phone mobile_phone",
  sn_customerservice_case: "number short_description consumer",
};

/** System properties that an instance has; all values are ServiceNow's defaults. */
const PROPERTIES = {
  instance_name: "acme",
  icc_search_limit: "10",
  "glide.ui.escape_text": "true",
};
