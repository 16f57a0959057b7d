// @ts-check
import { readUpdateSet } from "./update-set.js";

/**
 * Previews an update set against an instance and commits it.
 *
 * @typedef {import("./update-set.js").Problem} Problem
 * @typedef {import("./update-set.js").UpdateRecord} UpdateRecord
 * @typedef {import("./tables.js").Tables} Tables
 *
 * @typedef {object} Import
 * @property {Problem[]} problems what an administrator would have to decide on before a commit
 * @property {Problem[]} newer records that were changed here later than in the set; the commit goes on, and leaves fields that the
 *   payload lacks alone
 * @property {string[]} committed names of updates, in their order; none as long as there is a problem
 */

/**
 * @param {Tables} tables
 * @param {string} text the file
 * @returns {Import}
 */
export function importUpdateSet(tables, text) {
  const { set, problems: inFile } = read(text);
  const problems = [...inFile];
  if (!set) return { problems, newer: [], committed: [] };
  if (set.scope !== "global" && !tables.row("sys_scope", set.scope))
    problems.push({
      update: "",
      problem: "application: there is no such scope",
    });
  /** @type {Problem[]} */
  const newer = [];
  for (const [index, record] of set.records.entries()) {
    const { name, recordedAt } = set.updates[index];
    for (const problem of preview(record, tables, set.records))
      problems.push({ update: name, problem });
    const here = tables.row(record.table, record.sysId);
    if (here && here.sys_updated_on > recordedAt)
      newer.push({ update: name, problem: "a newer change was made here" });
  }
  if (problems.length > 0) return { problems, newer, committed: [] };
  for (const [index, record] of set.records.entries())
    commit(record, set.updates[index].recordedAt, tables);
  return { problems, newer, committed: set.updates.map(({ name }) => name) };
}

/** The file that was read last: most labs of a process begin with the same one, and reading takes longer than anything else here. */
let last = { text: "", read: readUpdateSet("") };

/** @param {string} text */
function read(text) {
  if (last.text !== text) last = { text, read: readUpdateSet(text) };
  return last.read;
}

/**
 * @param {UpdateRecord} record
 * @param {Tables} tables
 * @param {UpdateRecord[]} others of the same set
 */
function* preview({ table, sysId, fields, names }, tables, others) {
  if (!tables.has(table)) {
    yield `the instance has no table ${table}`;
    return;
  }
  const { sys_scope: scope = "global" } = fields;
  if (scope !== "global" && !tables.row("sys_scope", scope))
    yield "sys_scope: there is no such scope";
  for (const [field, target] of Object.entries(REFERENCES)) {
    const value = fields[field];
    if (!value || referenced(target, value, names[field], tables, others))
      continue;
    yield `${field}: there is no record ${value} in ${target}`;
  }
  const key = NAMED.has(table) ? fields.name : undefined;
  const same = key && tables.rows(table).find((row) => row.name === key);
  if (same && same.sys_id !== sysId)
    yield `there is a record of that name with another sys_id: ${key}`;
  // Business rule “One Default Configuration”.
  if (table === "sn_openframe_configuration" && fields.default === "true") {
    const other = tables
      .rows(table)
      .find((row) => row.default === "true" && row.sys_id !== sysId);
    if (other) yield "default: there is another default configuration";
  }
}

/**
 * Whether a reference has its target, here or in the same set. Roles are found by their name, too: their sys_ids differ
 * between instances (assumed: exports carry a `name` for that).
 *
 * @param {string} target
 * @param {string} value
 * @param {string | undefined} name
 * @param {Tables} tables
 * @param {UpdateRecord[]} others
 */
function referenced(target, value, name, tables, others) {
  if (tables.row(target, value)) return true;
  if (others.some((one) => one.table === target && one.sysId === value))
    return true;
  return target === "sys_user_role" && !!name && !!tables.named(target, name);
}

/** @param {UpdateRecord} record @param {string} recordedAt @param {Tables} tables */
function commit({ table, sysId, action, fields, names }, recordedAt, tables) {
  if (action === "DELETE") return tables.remove(table, sysId);
  /** @type {Record<string, string>} */
  const values = { sys_updated_on: recordedAt, ...fields };
  const role = tables.named("sys_user_role", names.sys_user_role ?? "");
  if (
    values.sys_user_role &&
    !tables.row("sys_user_role", values.sys_user_role)
  )
    values.sys_user_role = role?.sys_id ?? "";
  const here = tables.row(table, sysId);
  if (here) Object.assign(here, values);
  else tables.insert(table, values);
}

/** Columns that refer to other records, and to which. */
const REFERENCES = {
  sys_security_acl: "sys_security_acl",
  sys_user_role: "sys_user_role",
  user_group: "sys_user_group",
};

/** Tables in which a name occurs once. */
const NAMED = new Set([
  "sys_ui_page",
  "sys_ui_script",
  "sys_properties",
  "sn_openframe_configuration",
]);
