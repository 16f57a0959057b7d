// @ts-check
import { fixedSysId } from "./users.js";

/**
 * An update set for tests, as an instance exports it.
 *
 * @typedef {object} TestRecord
 * @property {string} table
 * @property {Record<string, string>} fields `sys_id`: default one that follows from the name
 * @property {string} [xml] further XML inside the record
 * @property {"escaped" | "cdata"} [form] of the payload, default "escaped"
 *
 * @param {TestRecord[]} records
 * @param {{ scope?: string, recordedAt?: string }} [options]
 */
export function updateSetOf(
  records,
  { scope = "global", recordedAt = "2026-07-01 08:00:00" } = {},
) {
  const set = fixedSysId("test update set");
  const updates = records.map(
    ({ table, fields, xml = "", form = "escaped" }) => {
      const sysId = fields.sys_id ?? sysIdOf(table, fields.name);
      const payload = `<?xml version="1.0" encoding="UTF-8"?><record_update table="${table}"><${table} action="INSERT_OR_UPDATE">${tags({ ...fields, sys_id: sysId })}${xml}</${table}></record_update>`;
      const written =
        form === "cdata"
          ? `<![CDATA[${payload.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`
          : escapeXml(payload);
      return `<sys_update_xml action="INSERT_OR_UPDATE">${tags({
        action: "INSERT_OR_UPDATE",
        application: scope,
        category: "customer",
        name: `${table}_${sysId}`,
        remote_update_set: set,
        sys_id: fixedSysId(`update ${table}_${sysId}`),
        sys_recorded_at: recordedAt,
        type: table,
        update_guid: fixedSysId(`guid ${table}_${sysId}`),
      })}<payload>${written}</payload></sys_update_xml>`;
    },
  );
  return `<?xml version="1.0" encoding="UTF-8"?><unload unload_date="2026-07-01 08:00:00"><sys_remote_update_set action="INSERT_OR_UPDATE">${tags(
    { application: scope, name: "Test", state: "loaded", sys_id: set },
  )}</sys_remote_update_set>${updates.join("")}</unload>`;
}

/** @param {string} table @param {string} name */
export function sysIdOf(table, name) {
  return fixedSysId(`test ${table} ${name}`);
}

/**
 * An update set with a UI page of a test's own, which OpenFrame shows.
 *
 * @param {string} script of a UI script that the page loads
 * @param {{ head?: string, configuration?: Record<string, string> }} [options] `head`: Jelly before the scripts
 */
export function phoneUpdateSet(script, { head = "", configuration = {} } = {}) {
  const html = `<j:jelly trim="false" xmlns:j="jelly:core" xmlns:g="glide" xmlns:j2="null" xmlns:g2="null">
    <html><head><title>Test phone</title>${head}
    <script src="/scripts/openframe/latest/openFrameAPI.min.js"></script>
    <g:requires name="test_phone.jsdbx" params="sysparm_substitute=false&amp;v=1"/>
    </head><body><p id="state">starting</p></body></html></j:jelly>`;
  return updateSetOf([
    {
      table: "sys_ui_page",
      fields: { name: "test_phone", direct: "true", html },
    },
    {
      table: "sys_ui_script",
      fields: { name: "test_phone", active: "true", script },
      form: "cdata",
    },
    {
      table: "sn_openframe_configuration",
      fields: {
        name: "Test phone",
        title: "Test phone",
        active: "true",
        default: "false",
        url: "/test_phone.do",
        width: "400",
        height: "500",
        order: "1",
        enforce_sandbox_restrictions: "false",
        ...configuration,
      },
    },
  ]);
}

/** @param {Record<string, string>} fields */
function tags(fields) {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
}

/** @param {string} text */
function escapeXml(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
