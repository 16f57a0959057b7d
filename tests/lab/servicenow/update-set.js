// @ts-check
import { elementsOf, parseXml, XmlError } from "./xml.js";

/**
 * Update sets, read as an instance reads them: the envelope, then each update's payload, which is XML of its own, as escaped
 * text or in CDATA sections.
 *
 * @typedef {object} UpdateRecord
 * @property {string} table
 * @property {string} sysId
 * @property {"INSERT_OR_UPDATE" | "DELETE"} action
 * @property {Record<string, string>} fields those that the payload has; what it lacks is left alone
 * @property {Record<string, string>} names of references, by field: what `name` or `display_value` calls the record
 *
 * @typedef {object} UpdateSet
 * @property {string} sysId
 * @property {string} name
 * @property {string} scope "global", or the sys_id of an application
 * @property {UpdateRecord[]} records in the order of the file
 * @property {{ name: string, recordedAt: string }[]} updates one for each record
 *
 * @typedef {{ update: string, problem: string }} Problem `update`: its name, or "" for the set itself
 */

/**
 * @param {string} text
 * @returns {{ set: UpdateSet | undefined, problems: Problem[] }} no set: the file cannot be uploaded at all
 */
export function readUpdateSet(text) {
  /** @type {Problem[]} */
  const problems = [];
  const wrong = (/** @type {string} */ update, /** @type {string} */ problem) =>
    void problems.push({ update, problem });
  let document;
  try {
    document = parseXml(text);
  } catch (error) {
    return { set: undefined, problems: [{ update: "", problem: told(error) }] };
  }
  const root = document.documentElement;
  if (root.nodeName !== "unload")
    return {
      set: undefined,
      problems: [
        { update: "", problem: `found <${root.nodeName}>, expected <unload>` },
      ],
    };
  if (!GLIDE_TIME.test(root.getAttribute("unload_date") ?? ""))
    wrong("", "unload_date: expected YYYY-MM-DD hh:mm:ss");
  const heads = elementsOf(root).filter(
    ({ nodeName }) => nodeName === "sys_remote_update_set",
  );
  if (heads.length !== 1)
    return {
      set: undefined,
      problems: [
        {
          update: "",
          problem: `found ${heads.length} sys_remote_update_set, expected one`,
        },
      ],
    };
  const head = fieldsOf(heads[0]).fields;
  if (!SYS_ID.test(head.sys_id ?? "")) wrong("", "sys_id: not a sys_id");
  if (!head.name) wrong("", "name: found nothing");
  if (head.state !== "loaded") wrong("", "state: expected loaded");
  /** @type {UpdateSet} */
  const set = {
    sysId: head.sys_id,
    name: head.name,
    scope: head.application ?? "global",
    records: [],
    updates: [],
  };
  for (const element of elementsOf(root).slice(0)) {
    if (element === heads[0]) continue;
    if (element.nodeName !== "sys_update_xml") {
      wrong("", `found <${element.nodeName}>, expected <sys_update_xml>`);
      continue;
    }
    const { fields } = fieldsOf(element);
    const { name = "" } = fields;
    const report = (/** @type {string} */ problem) => wrong(name, problem);
    checkUpdate(fields, set, report);
    const record = readPayload(fields.payload ?? "", report);
    if (!record) continue;
    if (name !== `${record.table}_${record.sysId}`)
      report(`name: expected ${record.table}_${record.sysId}`);
    if (set.records.some(({ sysId }) => sysId === record.sysId))
      report("its sys_id occurs twice in this set");
    set.records.push(record);
    set.updates.push({ name, recordedAt: fields.sys_recorded_at ?? "" });
  }
  if (set.records.length === 0) wrong("", "the set has no update");
  return { set, problems };
}

/**
 * @param {Record<string, string>} fields of a sys_update_xml
 * @param {UpdateSet} set
 * @param {(problem: string) => void} report
 */
function checkUpdate(fields, set, report) {
  if (fields.remote_update_set !== set.sysId)
    report("remote_update_set: not the sys_id of this set");
  if (!["INSERT_OR_UPDATE", "DELETE"].includes(fields.action ?? ""))
    report(`action: found ${fields.action}, expected INSERT_OR_UPDATE`);
  if (fields.category !== "customer") report("category: expected customer");
  if (!SYS_ID.test(fields.sys_id ?? "")) report("sys_id: not a sys_id");
  if (fields.update_guid && !SYS_ID.test(fields.update_guid))
    report("update_guid: expected 32 hexadecimal digits");
  if (!fields.type) report("type: found nothing");
  if (Buffer.byteLength(fields.payload ?? "") > PAYLOAD_LIMIT)
    report("payload: longer than the column");
}

/**
 * @param {string} payload
 * @param {(problem: string) => void} report
 * @returns {UpdateRecord | undefined}
 */
function readPayload(payload, report) {
  let root;
  try {
    root = parseXml(payload).documentElement;
  } catch (error) {
    return void report(`payload: ${told(error)}`);
  }
  const table = root.getAttribute("table") ?? "";
  if (root.nodeName !== "record_update" || !table)
    return void report("payload: expected <record_update table=…>");
  const [record, ...more] = elementsOf(root);
  if (!record || more.length > 0 || record.nodeName !== table)
    return void report(`payload: expected one <${table}>`);
  const action = record.getAttribute("action");
  if (action !== "INSERT_OR_UPDATE" && action !== "DELETE")
    return void report(`payload: action ${action}, expected INSERT_OR_UPDATE`);
  const { fields, names } = fieldsOf(record);
  const { sys_id: sysId = "" } = fields;
  if (!SYS_ID.test(sysId)) return void report("payload: no sys_id");
  const updateName = fields.sys_update_name;
  if (updateName !== undefined && updateName !== `${table}_${sysId}`)
    report(`payload: sys_update_name: expected ${table}_${sysId}`);
  return { table, sysId, action, fields, names };
}

/** @param {Element} element */
function fieldsOf(element) {
  /** @type {Record<string, string>} */
  const fields = {};
  /** @type {Record<string, string>} */
  const names = {};
  for (const field of elementsOf(element)) {
    fields[field.nodeName] = field.textContent ?? "";
    const name =
      field.getAttribute("name") ?? field.getAttribute("display_value");
    if (name) names[field.nodeName] = name;
  }
  return { fields, names };
}

/** @param {unknown} error */
function told(error) {
  if (error instanceof XmlError) return `not well-formed XML: ${error.message}`;
  return String(error);
}

const SYS_ID = /^[\da-f]{32}$/;
const GLIDE_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
/** MEDIUMTEXT, which strings over 255 characters are (reported). */
const PAYLOAD_LIMIT = 16_777_215;
