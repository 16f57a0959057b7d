// @ts-check
import { randomBytes } from "node:crypto";
import { matches, parseQuery } from "./query.js";

/** @typedef {Record<string, string>} Row every value is a text, as in ServiceNow's XML; `sys_id` is always there */

/**
 * A table that is computed whenever it is read.
 *
 * @typedef {object} View
 * @property {() => Row[] | undefined} rows undefined: there is no such table
 * @property {() => string[]} columns
 */

/** The records of an instance. Every table that is asked for must have been defined, as a plugin does it. */
export class Tables {
  /** @type {Map<string, { columns: Set<string>, rows: Map<string, Row>, view?: View }>} */
  #tables = new Map();
  #now;

  /** @param {() => number} now the instance's clock, epoch milliseconds */
  constructor(now) {
    this.#now = now;
  }

  /** @param {string} table @param {string[]} [columns] besides those that its rows turn out to have */
  define(table, columns = []) {
    this.#tables.set(table, {
      columns: new Set(["sys_id", ...columns]),
      rows: new Map(),
    });
  }

  /** @param {string} table @param {View} view */
  view(table, view) {
    this.#tables.set(table, { columns: new Set(), rows: new Map(), view });
  }

  /** @param {string} table */
  has(table) {
    const found = this.#tables.get(table);
    return !!found && (!found.view || found.view.rows() !== undefined);
  }

  /** @param {string} table @param {string} column */
  hasColumn(table, column) {
    const found = this.#tables.get(table);
    if (!found) return false;
    if (found.columns.has(column)) return true;
    if (found.view?.columns().includes(column)) return this.has(table);
    return this.rows(table).some((row) => Object.hasOwn(row, column));
  }

  /** @param {string} table @returns {Row[]} in the order of their creation; none if there is no such table */
  rows(table) {
    const found = this.#tables.get(table);
    return found?.view?.rows() ?? [...(found?.rows.values() ?? [])];
  }

  /** @param {string} table @param {string} sysId */
  row(table, sysId) {
    return this.rows(table).find(({ sys_id }) => sys_id === sysId);
  }

  /** The first row with that name. @param {string} table @param {string} name */
  named(table, name) {
    return this.rows(table).find((row) => row.name === name);
  }

  /**
   * Adds a row.
   *
   * @param {string} table
   * @param {Record<string, string>} fields `sys_id`: default a new one
   * @returns {Row}
   */
  insert(table, fields) {
    const found = this.#tables.get(table);
    if (!found) throw new Error(`the instance has no table ${table}`);
    const at = this.#glideNow();
    const row = {
      sys_created_on: at,
      sys_updated_on: at,
      ...fields,
      sys_id: fields.sys_id ?? newSysId(),
    };
    found.rows.set(row.sys_id, row);
    return row;
  }

  /**
   * Changes a row's fields, as an administrator does it; other fields stay.
   *
   * @param {string} table
   * @param {string} sysId
   * @param {Record<string, string>} fields
   */
  update(table, sysId, fields) {
    const row = this.row(table, sysId);
    if (!row) throw new Error(`${table} has no record ${sysId}`);
    return Object.assign(row, fields, { sys_updated_on: this.#glideNow() });
  }

  /** @param {string} table @param {string} sysId */
  remove(table, sysId) {
    this.#tables.get(table)?.rows.delete(sysId);
  }

  /**
   * The rows that an encoded query finds. A condition on a column that does not exist is dropped, which is ServiceNow's default
   * (glide.invalid_query.returns_no_rows is false).
   *
   * @param {string} table
   * @param {string} encoded such as `active=true^nameSTARTSWITHa^ORDERBYname`
   */
  query(table, encoded) {
    const { groups, order } = parseQuery(encoded);
    const known = groups.map((group) =>
      group.filter(({ field }) => this.hasColumn(table, field)),
    );
    const found = this.rows(table).filter((row) =>
      known.every(
        (group) => group.length === 0 || group.some((one) => matches(row, one)),
      ),
    );
    for (const { field, descending } of order.toReversed())
      found.sort((a, b) => {
        const by = compare(a[field] ?? "", b[field] ?? "");
        return descending ? -by : by;
      });
    return found;
  }

  /** Now, as ServiceNow writes it: UTC, without a zone. */
  #glideNow() {
    return glideTime(this.#now());
  }
}

/** @param {number} ms epoch @returns such as "2026-07-01 08:30:00" */
export function glideTime(ms) {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

export function newSysId() {
  return randomBytes(16).toString("hex");
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  const numbers = a !== "" && b !== "" && Number(a) - Number(b);
  if (typeof numbers === "number" && !Number.isNaN(numbers)) return numbers;
  return a < b ? -1 : a > b ? 1 : 0;
}
