// @ts-check
/**
 * What a party of the lab can be set to: one table per party drives its fields, the control API with its manual, and the
 * state that the API reports. A new setting takes a row there and the code that reads it.
 *
 * @typedef {object} Setting
 * @property {string} type `typeof` the value; several are joined by `|`, and null is written as `null`
 * @property {unknown} default
 * @property {string} says what it means, one or two sentences; with code between backticks
 */

/** @typedef {Record<string, Setting>} SettingsTable by name */

/**
 * The fields that a table describes, with the types of its defaults.
 *
 * @template {SettingsTable} Table
 * @typedef {{ [Name in keyof Table]: Table[Name]["default"] }} ValuesOf
 */

/**
 * Returns every setting at its default.
 *
 * @template {SettingsTable} Table
 * @param {Table} table
 * @returns {ValuesOf<Table>}
 */
export function defaultsOf(table) {
  // Cloned: a default that is an object must not be shared between labs.
  const entries = Object.entries(table).map(([name, setting]) => [
    name,
    structuredClone(setting.default),
  ]);
  return Object.fromEntries(entries);
}

/**
 * Makes a class whose instances have every setting as a field, at its default.
 *
 * @template {SettingsTable} Table
 * @param {Table} table
 * @returns {new () => ValuesOf<Table>}
 */
export function settable(table) {
  return /** @type {any} */ (
    class {
      constructor() {
        Object.assign(this, defaultsOf(table));
      }
    }
  );
}

/**
 * Returns the settings among a party's fields.
 *
 * @template {SettingsTable} Table
 * @param {Table} table
 * @param {ValuesOf<Table>} party
 * @returns {ValuesOf<Table>}
 */
export function valuesOf(table, party) {
  return /** @type {any} */ (
    Object.fromEntries(Object.keys(table).map((name) => [name, party[name]]))
  );
}

/**
 * Returns the type of each setting, as control/body.js checks it.
 *
 * @param {SettingsTable} table
 * @returns {Record<string, string>}
 */
export function typesOf(table) {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type }]) => [name, type]),
  );
}
