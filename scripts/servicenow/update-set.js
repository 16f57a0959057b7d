// An Update Set as ServiceNow exports and imports it: an envelope of records, each as text inside of it. Only text goes in and
// comes out, and the same text for the same records: nothing here knows the time or chance.
import { createHash } from "node:crypto";

/**
 * @typedef {object} UpdateRecord
 * @property {string} table
 * @property {string} name what it is called; with the table, what its sys_id is made of
 * @property {Record<string, string | Reference>} fields a field that is not there stays what it is on the instance
 *
 * @typedef {{ value: string, attributes: Record<string, string> }} Reference a value with the attributes that exports give it
 */

/** How ServiceNow calls the tables in the list of an Update Set. */
const TYPES = /** @type {Record<string, string>} */ ({
  sn_openframe_configuration: "OpenFrame Configuration",
  sys_properties: "System Property",
  sys_security_acl: "Access Control",
  sys_ui_page: "UI Page",
  sys_ui_script: "UI Script",
});

/**
 * A record's sys_id: the same in every version, so that a later import changes the record and does not add another.
 *
 * @param {string} table
 * @param {string} name
 */
export function sysIdOf(table, name) {
  return md5(["connect-softphone", table, name]);
}

/**
 * The Update Set. Its own sys_id is that of this version: imported again, it replaces itself.
 *
 * @param {{ name: string, description: string, version: string, records: UpdateRecord[] }} given
 */
export function updateSet({ name, description, version, records }) {
  const date = dateOf(version);
  const id = md5(["connect-softphone", "sys_remote_update_set", name]);
  const stamps = {
    sys_created_by: "admin",
    sys_created_on: date,
    sys_mod_count: "0",
    sys_updated_by: "admin",
    sys_updated_on: date,
  };
  const updates = records.map((record, index) =>
    element("sys_update_xml", ACTION, {
      action: "INSERT_OR_UPDATE",
      application: GLOBAL,
      category: "customer",
      comments: "",
      name: updateName(record),
      payload: payload(record),
      payload_hash: "",
      remote_update_set: { value: id, attributes: { display_value: name } },
      replace_on_upgrade: "false",
      ...stamps,
      sys_id: md5([id, record.table, record.name]),
      sys_recorded_at: recordedAt(date, index),
      table: "",
      target_name: record.name,
      type: TYPES[record.table],
      update_domain: "global",
      // Of this content, because by it an instance knows what it has already.
      update_guid: md5([record.table, record.name, payload(record)]),
      update_guid_history: "",
      update_set: "",
      view: "",
    }),
  );
  const envelope = element("sys_remote_update_set", ACTION, {
    application: GLOBAL,
    description,
    name,
    origin_sys_id: "",
    parent: "",
    release_date: "",
    remote_base_update_set: "",
    remote_parent_id: "",
    remote_sys_id: md5([id, "remote"]),
    state: "loaded",
    summary: "",
    sys_class_name: "sys_remote_update_set",
    ...stamps,
    sys_id: id,
  });
  return unload(date, [envelope, ...updates]);
}

/**
 * One record as `/<table>.do?UNL` exports it, for the form's _Import XML_.
 *
 * @param {UpdateRecord} record
 * @param {string} version
 */
export function singleRecord(record, version) {
  return unload(dateOf(version), [recordElement(record)]);
}

/**
 * A date that the version alone decides: hours, minutes and seconds are its three numbers.
 *
 * @param {string} version
 */
export function dateOf(version) {
  const [hours = 0, minutes = 0, seconds = 0] = version
    .split(/[.-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) % 60 || 0);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `2026-01-01 ${two(hours % 24)}:${two(minutes)}:${two(seconds)}`;
}

/** @param {UpdateRecord} record */
function payload(record) {
  return `${PROLOGUE}<record_update table="${record.table}">${recordElement(record)}</record_update>`;
}

/** @param {UpdateRecord} record */
function recordElement(record) {
  const { table, name, fields } = record;
  return element(table, ACTION, {
    ...fields,
    sys_class_name: table,
    sys_id: sysIdOf(table, name),
    sys_name: name,
    sys_package: {
      value: "global",
      attributes: { display_value: "Global", source: "global" },
    },
    sys_policy: "",
    sys_scope: GLOBAL,
    sys_update_name: updateName(record),
  });
}

/** @param {UpdateRecord} record */
function updateName({ table, name }) {
  return `${table}_${sysIdOf(table, name)}`;
}

/** @param {string} date @param {string[]} elements */
function unload(date, elements) {
  return `${PROLOGUE}\n<unload unload_date="${date}">\n${elements.join("\n")}\n</unload>\n`;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {Record<string, string | Reference>} fields
 */
function element(name, attributes, fields) {
  const content = Object.entries(fields).map(([field, given]) => {
    const { value, attributes } =
      typeof given === "string" ? { value: given, attributes: {} } : given;
    const start = `<${field}${attributesOf(attributes)}`;
    return value === ""
      ? `${start}/>`
      : `${start}>${escaped(value)}</${field}>`;
  });
  return `<${name}${attributesOf(attributes)}>${content.join("")}</${name}>`;
}

/** @param {Record<string, string>} attributes */
function attributesOf(attributes) {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

/**
 * Text for XML, such that what a parser reads is the text again. Escaped and not in CDATA: that cannot stand in itself, and
 * these texts stand in a text.
 *
 * @param {string} text
 */
function escaped(text) {
  const stray = /[^\t\n\u0020-\ud7ff\ue000-\ufffd]/u.exec(
    text.replace(/[\u{10000}-\u{10ffff}]/gu, ""),
  );
  if (stray)
    throw new Error(
      `XML has no character ${JSON.stringify(stray[0])}: ${JSON.stringify(text.slice(Math.max(0, stray.index - 40), stray.index + 40))}`,
    );
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // In ASCII, whatever somebody takes the file's encoding for, and whatever a parser takes for the end of a line.
      .replace(/[^\t\n -~]/gu, (one) => `&#${one.codePointAt(0)};`)
  );
}

/**
 * Where it stands in the order of changes, as exports count: milliseconds in hexadecimal, then a number.
 *
 * @param {string} date
 * @param {number} index
 */
function recordedAt(date, index) {
  const ms = Date.parse(`${date.replace(" ", "T")}Z`);
  return ms.toString(16) + (index + 1).toString(16).padStart(7, "0");
}

/** @param {string[]} parts */
function md5(parts) {
  return createHash("md5").update(parts.join("\n")).digest("hex");
}

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>';
const ACTION = { action: "INSERT_OR_UPDATE" };
/** @type {Reference} */
const GLOBAL = { value: "global", attributes: { display_value: "Global" } };
