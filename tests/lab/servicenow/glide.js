// @ts-check
import { matches } from "./query.js";

/**
 * What server-side scripts of an instance find: GlideRecord, gs, RP. Only what is in here; anything else throws, as a method that
 * does not exist.
 *
 * @typedef {import("./tables.js").Tables} Tables
 * @typedef {import("./tables.js").Row} Row
 *
 * @typedef {object} GlideUser
 * @property {string} sysId
 * @property {string} userName
 * @property {string} email
 * @property {string} name
 * @property {string[]} roles
 *
 * @typedef {object} GlideParts
 * @property {Tables} tables
 * @property {GlideUser} user
 * @property {string} token of the session, "" for none
 * @property {Record<string, string>} parameters of the request
 * @property {(table: string) => boolean} canRead whether the user may read the table, for `canRead()` and GlideRecordSecure
 * @property {(level: string, text: string) => void} log
 */

/** @param {GlideParts} parts @returns {Record<string, unknown>} global variables */
export function createGlide(parts) {
  return {
    GlideRecord: recordClass(parts, false),
    GlideRecordSecure: recordClass(parts, true),
    gs: createSystem(parts),
    RP: {
      getParameterValue: (/** @type {string} */ name) =>
        parts.parameters[name] ?? null,
    },
    AMP: "&",
    LT: "<",
    GT: ">",
    SP: " ",
  };
}

/** `gs`. @param {GlideParts} parts */
function createSystem({ tables, user, token, log }) {
  const property = (/** @type {string} */ name) =>
    tables.named("sys_properties", name)?.value;
  const nil = (/** @type {unknown} */ value) =>
    value === undefined || value === null || String(value) === "";
  const hasRole = (/** @type {string} */ names) =>
    user.roles.includes("admin") ||
    String(names)
      .split(",")
      .some((name) => user.roles.includes(name.trim()));
  const write = (/** @type {string} */ level) =>
    function (/** @type {string} */ text, /** @type {...unknown} */ ...values) {
      log(
        level,
        String(text).replace(/\{(\d)\}/g, (_, n) => String(values[n] ?? "")),
      );
    };
  return {
    getProperty(/** @type {string} */ name, /** @type {unknown} */ other) {
      const value = property(name);
      return value === undefined || value === "" ? (other ?? null) : value;
    },
    getUserID: () => user.sysId,
    getUserName: () => user.userName,
    getUserDisplayName: () => user.name,
    getUser: () => ({
      getID: () => user.sysId,
      getName: () => user.userName,
      getEmail: () => user.email,
      getFullName: () => user.name,
      getDisplayName: () => user.name,
      hasRole,
      getRoles: () => javaList(user.roles),
    }),
    hasRole,
    getSession: () => ({
      getSessionToken: () => token,
      getRoles: () => user.roles.join(","),
      isLoggedIn: () => true,
    }),
    getSessionToken: () => token,
    nil,
    tableExists: (/** @type {string} */ name) => tables.has(name),
    getMessage: (/** @type {string} */ text) => text,
    log: write("log"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    debug: write("debug"),
  };
}

/** Java's lists are not arrays. @param {string[]} values */
function javaList(values) {
  return {
    size: () => values.length,
    get: (/** @type {number} */ index) => values[index],
    contains: (/** @type {string} */ value) => values.includes(value),
    toArray: () => [...values],
    toString: () => `[${values.join(", ")}]`,
  };
}

/** @param {GlideParts} parts @param {boolean} secure whether it finds only what the user may read */
function recordClass({ tables, canRead }, secure) {
  class GlideRecord {
    /** @type {Row[]} */
    #found = [];
    #at = -1;
    /** @type {string[]} */
    #query = [];
    #limit = Infinity;
    #order = "";
    /** @type {string} */
    #table;

    /** @param {string} table */
    constructor(table) {
      this.#table = String(table);
      // A field of the record, such as `gr.name`: an object, not a text.
      return new Proxy(this, {
        get: (target, name) => {
          if (typeof name === "symbol" || name in target) {
            const value = /** @type {any} */ (target)[name];
            return typeof value === "function" ? value.bind(target) : value;
          }
          return tables.hasColumn(target.#table, name)
            ? element(target.getValue(name) ?? "")
            : undefined;
        },
      });
    }

    isValid() {
      return tables.has(this.#table);
    }

    getTableName() {
      return this.#table;
    }

    /** @param {string} name */
    isValidField(name) {
      return tables.hasColumn(this.#table, String(name));
    }

    canRead() {
      return canRead(this.#table);
    }

    /** @param {string} field @param {string} operator @param {string} [value] */
    addQuery(field, operator, value) {
      if (operator === undefined) this.#query.push(String(field));
      else if (value === undefined) this.#query.push(`${field}=${operator}`);
      else this.#query.push(`${field}${operator}${value}`);
    }

    /** @param {string} query */
    addEncodedQuery(query) {
      this.#query.push(String(query));
    }

    addActiveQuery() {
      this.#query.push("active=true");
    }

    /** @param {string} field */
    addNotNullQuery(field) {
      this.#query.push(`${field}ISNOTEMPTY`);
    }

    /** @param {string} field */
    orderBy(field) {
      this.#order += `^ORDERBY${field}`;
    }

    /** @param {string} field */
    orderByDesc(field) {
      this.#order += `^ORDERBYDESC${field}`;
    }

    /** @param {number} limit */
    setLimit(limit) {
      this.#limit = Number(limit);
    }

    query() {
      const hidden = secure && !canRead(this.#table);
      const query = this.#query.join("^") + this.#order;
      this.#found = hidden
        ? []
        : tables.query(this.#table, query).slice(0, this.#limit);
      this.#at = -1;
    }

    next() {
      if (this.#at + 1 >= this.#found.length) return false;
      this.#at += 1;
      return true;
    }

    hasNext() {
      return this.#at + 1 < this.#found.length;
    }

    getRowCount() {
      return this.#found.length;
    }

    /** @param {string} field a sys_id, or a field with `value` @param {string} [value] */
    get(field, value) {
      if (secure && !canRead(this.#table)) return false;
      const wanted =
        value === undefined
          ? { field: "sys_id", operator: "=", value: String(field) }
          : { field: String(field), operator: "=", value: String(value) };
      this.#found = tables
        .rows(this.#table)
        .filter((row) => matches(row, wanted))
        .slice(0, 1);
      this.#at = -1;
      return this.next();
    }

    /** @param {string} field @returns null for a field that is empty or does not exist */
    getValue(field) {
      return this.#found[this.#at]?.[String(field)] || null;
    }

    /** @param {string} field */
    getDisplayValue(field) {
      return this.getValue(field ?? "name") ?? "";
    }

    /** @param {string} field */
    getElement(field) {
      return element(this.getValue(field) ?? "");
    }

    getUniqueValue() {
      return this.getValue("sys_id");
    }
  }
  return GlideRecord;
}

/** A GlideElement. @param {string} value */
function element(value) {
  return {
    toString: () => value,
    getDisplayValue: () => value,
    nil: () => value === "",
  };
}
