// @ts-check
// Where the Amazon Connect Instance record comes from: the page's server side, which may read it where agents may not; the
// Table API; or a property that holds it.
import { own, textOf } from "./plain.js";

/**
 * @param {import("./page.js").Page} page
 * @param {import("./settings.js").Settings} settings
 * @param {Readonly<Record<string, string>>} columns by our names, several tried in turn
 * @param {import("./rest.js").Rest} rest
 * @returns {Promise<{ fields: Record<string, unknown> } | { problem: string }>}
 */
export async function instanceRecord(page, settings, columns, rest) {
  const source = settings["record.source"];
  if (source === "json") {
    const fields = settings["record.json"];
    if (fields) return { fields: asTexts(fields) };
    return { problem: "Put the record into connect_softphone.record.json." };
  }
  if (source === "rest") return fromTable(page, settings, columns, rest);
  if (page.record) return { fields: page.record.fields };
  const problem =
    page.recordProblem ||
    "The page has read no Amazon Connect Instance record. Import the update set again.";
  return { problem };
}

/**
 * @param {import("./page.js").Page} page
 * @param {import("./settings.js").Settings} settings
 * @param {Readonly<Record<string, string>>} columns
 * @param {import("./rest.js").Rest} rest
 * @returns {Promise<{ fields: Record<string, unknown> } | { problem: string }>}
 */
async function fromTable(page, settings, columns, rest) {
  const table = settings["record.table"];
  const all = { ...columns, ...settings["record.columns"] };
  const wanted = page.parameters.sysparm_id || settings.record;
  const isId = /^[0-9a-f]{32}$/i.test(wanted);
  const query = wanted
    ? `${isId ? "sys_id" : names(all.name)[0]}=${wanted.replaceAll("^", "")}`
    : `${names(all.active)[0]}=true`;
  const path = `/api/now/table/${encodeURIComponent(table)}?sysparm_limit=2&sysparm_query=${encodeURIComponent(query)}`;
  const { status, body } = await rest.send("GET", path);
  if (status !== 200)
    return {
      problem: `The table ${table} could not be read (${status || "no answer"}). Give agents a role that reads it, or set connect_softphone.record.source to server.`,
    };
  const rows = own(body, "result");
  if (!Array.isArray(rows) || rows.length !== 1)
    return {
      problem: `The table ${table} has ${Array.isArray(rows) && rows.length > 1 ? "several records" : "no record"} that could be the instance. Put the sys_id of the right one into connect_softphone.record.`,
    };
  const fields = Object.entries(all).map(([name, some]) => {
    const column = names(some).find((one) => own(rows[0], one) !== undefined);
    return [name, column === undefined ? "" : own(rows[0], column)];
  });
  return { fields: Object.fromEntries(fields) };
}

/** Instance Params may be an object there, and are a text in a record. @param {Readonly<Record<string, unknown>>} fields */
function asTexts(fields) {
  const { params } = fields;
  return typeof params === "object" && params !== null
    ? { ...fields, params: JSON.stringify(params) }
    : { ...fields };
}

/** @param {string} columns */
function names(columns) {
  const all = columns.split(",").map((one) => textOf(one) ?? "");
  return all.filter((one) => one !== "");
}
