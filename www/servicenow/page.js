// @ts-check
// What the server side of the UI page hands over, in an attribute. Everything in it may be missing: an instance's script may
// read less than it should.
import { isObject, own, parsed } from "./plain.js";

/**
 * @typedef {object} Page
 * @property {string} version of the update set
 * @property {{ sysId: string, userName: string, email: string, name: string, roles: string[] }} user
 * @property {{ sysId: string, table: string, fields: Record<string, unknown> } | null} record the Amazon Connect Instance
 * @property {string} recordProblem why there is none; "" if there is nothing to say
 * @property {Record<string, string>} properties those that are set, without their prefix
 * @property {string} searchLimit the system property `icc_search_limit`
 * @property {string} token of the session; "" if there is none
 * @property {Record<string, string>} parameters of the page's address
 * @property {number} nowMs by the server's clock; 0 if it is not known
 */

/**
 * @param {string | undefined} attribute JSON, percent-encoded
 * @returns {Page | undefined} `undefined`: the server's script did not run
 */
export function readPage(attribute) {
  const page = parsed(decoded(attribute ?? ""));
  if (!isObject(page)) return undefined;
  const user = own(page, "user");
  const text = (/** @type {unknown} */ value) =>
    typeof value === "string" ? value : "";
  const record = own(page, "record");
  const roles = own(user, "roles");
  const nowMs = own(page, "nowMs");
  const fields = own(record, "fields");
  return {
    version: text(own(page, "version")),
    user: {
      sysId: text(own(user, "sysId")),
      userName: text(own(user, "userName")),
      email: text(own(user, "email")),
      name: text(own(user, "name")),
      roles: Array.isArray(roles) ? roles.map(text) : [],
    },
    record: isObject(fields)
      ? {
          sysId: text(own(record, "sysId")),
          table: text(own(record, "table")),
          fields,
        }
      : null,
    recordProblem: text(own(page, "recordProblem")),
    properties: texts(own(page, "properties")),
    searchLimit: text(own(page, "searchLimit")),
    token: text(own(page, "token")),
    parameters: texts(own(page, "parameters")),
    nowMs: typeof nowMs === "number" && Number.isFinite(nowMs) ? nowMs : 0,
  };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** @param {unknown} value @returns {Record<string, string>} */
function texts(value) {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, one]) =>
      typeof one === "string" ? [[name, one]] : [],
    ),
  );
}
