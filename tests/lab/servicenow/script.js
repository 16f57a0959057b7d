// @ts-check
import vm from "node:vm";
import { parse } from "acorn";

/**
 * Server-side scripts, as Rhino runs them in ES5 mode: newer syntax is refused, and newer functions are not there.
 */

/** A script did not run. */
export class ScriptError extends Error {}

/**
 * One scope of global variables.
 *
 * @param {Record<string, unknown>} globals
 * @param {() => number} now the instance's clock, epoch milliseconds
 */
export function createScope(globals, now) {
  const scope = vm.createContext({ ...globals });
  vm.runInContext(`(${onlyEs5})`, scope)(ES5, now);
  return scope;
}

/**
 * Runs a script.
 *
 * @param {string} code
 * @param {vm.Context} scope
 * @returns {unknown} the value of its last expression
 * @throws {ScriptError}
 */
export function runScript(code, scope) {
  check(code, code);
  try {
    return vm.runInContext(code, scope, { timeout: 2000 });
  } catch (error) {
    throw new ScriptError(String(error));
  }
}

/**
 * Evaluates one expression, which sees the names in `variables`, too.
 *
 * @param {string} expression
 * @param {vm.Context} scope
 * @param {Record<string, unknown>} variables
 * @throws {ScriptError} also if a name is not known
 */
export function evaluate(expression, scope, variables) {
  check(`(${expression}\n)`, expression);
  try {
    const code = `(function (v) { with (v) { return (${expression}\n); } })`;
    return vm.runInContext(code, scope, { timeout: 2000 })(variables);
  } catch (error) {
    throw new ScriptError(`${expression}: ${error}`);
  }
}

/** @param {string} code @param {string} shown */
function check(code, shown) {
  try {
    parse(code, { ecmaVersion: 5, sourceType: "script" });
  } catch (error) {
    const { message, pos = 0 } = /** @type {any} */ (error);
    const near = shown.slice(Math.max(0, pos - 20), pos + 20).trim();
    throw new ScriptError(`not ECMAScript 5: ${message} near “${near}”`);
  }
}

/**
 * Removes what ES5 does not have. Runs in the scope itself, so it must be self-contained.
 *
 * @param {typeof ES5} known
 * @param {() => number} now
 */
function onlyEs5(known, now) {
  const scope = /** @type {any} */ (globalThis);
  const { construct, get } = Reflect; // Soon not there any more.
  scope.Date = new Proxy(Date, {
    construct: (real, args) =>
      construct(real, args.length > 0 ? args : [now()]),
    get: (real, name) => (name === "now" ? now : get(real, name)),
  });
  /** Found first, removed then: this function needs them, too. @type {[any, string][]} */
  const newer = known.globalsNotThere.map((name) => [scope, name]);
  const add = (/** @type {any} */ owner, /** @type {string[]} */ allowed) => {
    for (const key of Object.getOwnPropertyNames(owner))
      if (!allowed.includes(key)) newer.push([owner, key]);
  };
  for (const [name, allowed] of Object.entries(known.own))
    add(scope[name], allowed);
  for (const [name, allowed] of Object.entries(known.prototypes))
    add(scope[name].prototype, allowed);
  for (const [owner, key] of newer) delete owner[key];
}

const FUNCTION = ["length", "name", "prototype"];
const ES5 = {
  globalsNotThere: (
    "Map Set WeakMap WeakSet WeakRef Promise Proxy Reflect Symbol BigInt globalThis Iterator " +
    "console WebAssembly SharedArrayBuffer Atomics Intl FinalizationRegistry"
  ).split(" "),
  own: {
    Object: [
      ...FUNCTION,
      ...(
        "create keys getPrototypeOf defineProperty defineProperties freeze seal preventExtensions isFrozen isSealed " +
        "isExtensible getOwnPropertyNames getOwnPropertyDescriptor"
      ).split(" "),
    ],
    Array: [...FUNCTION, "isArray"],
    String: [...FUNCTION, "fromCharCode"],
    Number: [
      ...FUNCTION,
      ..."MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY".split(
        " ",
      ),
    ],
    Date: [...FUNCTION, "UTC", "parse", "now"],
  },
  prototypes: {
    Array: (
      "constructor length concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight reverse " +
      "shift slice some sort splice toString toLocaleString unshift"
    ).split(" "),
    String: (
      "constructor length charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split " +
      "substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toString trim valueOf"
    ).split(" "),
  },
};
