// @ts-check
/**
 * The API shapes of Amazon Connect's CTI service, extracted from the Streams bundle, and a checker for them.
 *
 * Streams 2.28.2 carries the AWS SDK with the service description `2017-02-15`, target prefix `AmazonConnectCTIService`
 * (connect-streams.js, `apiLoader.services['connect']`). The lab validates its requests and responses against that
 * description, so that the simulation cannot drift away from the client.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * @typedef {object} Shape one node of the service description; `{}` is a string
 * @property {string} [type] structure, list, map, string, boolean, integer, long, double or timestamp
 * @property {string} [shape] name of a shared shape
 * @property {string[]} [required]
 * @property {Record<string, Shape>} [members]
 * @property {Shape} [member]
 * @property {Shape} [key]
 * @property {Shape} [value]
 */

/**
 * @typedef {object} Shapes
 * @property {string[]} operations the names of all operations, such as "GetAgentSnapshot"
 * @property {(operation: string, direction: "input" | "output", value: unknown) => string[]} check
 *   what is wrong with `value`, one sentence per problem; empty if it conforms. Unknown members are problems; `null`
 *   counts as absent.
 */

/**
 * Extracts the shapes from a Streams bundle.
 *
 * @param {string} [bundle] path of the unminified bundle; default: the installed npm package's
 * @returns {Shapes}
 * @throws {Error} if the file contains no service description
 */
export function readShapes(bundle = streamsBundle("connect-streams.js")) {
  const service = serviceDescription(readFileSync(bundle, "utf8"));
  return {
    operations: Object.keys(service.operations),
    check(operation, direction, value) {
      const description = service.operations[operation];
      if (!description) return [`${operation} is not an operation`];
      /** @type {string[]} */
      const problems = [];
      visit(
        description[direction] ?? { type: "structure" },
        value,
        operation,
        problems,
      );
      return problems;
    },
  };

  /**
   * @param {Shape} given
   * @param {unknown} value
   * @param {string} path
   * @param {string[]} problems
   */
  function visit(given, value, path, problems) {
    const shape = given.shape ? service.shapes[given.shape] : given;
    const type = shape.type ?? (shape.members ? "structure" : "string");
    if (!isOfType(type, value)) {
      problems.push(`${path} is ${kind(value)}, expected ${type}`);
    } else if (type === "structure") {
      const object = /** @type {Record<string, unknown>} */ (value);
      const members = shape.members ?? {};
      for (const name of shape.required ?? []) {
        if (object[name] == null)
          problems.push(`${path}.${name} is missing, expected a value`);
      }
      for (const [name, member] of present(object)) {
        if (Object.hasOwn(members, name))
          visit(members[name], member, `${path}.${name}`, problems);
        else
          problems.push(`${path}.${name} is unknown, expected it to be absent`);
      }
    } else if (type === "list") {
      const items = /** @type {unknown[]} */ (value);
      items.forEach((item, index) =>
        visit(shape.member ?? {}, item, `${path}[${index}]`, problems),
      );
    } else if (type === "map") {
      const object = /** @type {Record<string, unknown>} */ (value);
      for (const [name, member] of present(object))
        visit(shape.value ?? {}, member, `${path}.${name}`, problems);
    }
  }
}

/**
 * Returns the path of a file in the `release` folder of the installed amazon-connect-streams package.
 *
 * @param {string} name
 */
export function streamsBundle(name) {
  const main = createRequire(import.meta.url).resolve("amazon-connect-streams");
  return main.replace(/[^/\\]+$/, name);
}

/**
 * @param {string} source
 * @returns {{ operations: Record<string, { input?: Shape, output?: Shape }>, shapes: Record<string, Shape> }}
 */
function serviceDescription(source) {
  const mark = source.indexOf(`"targetPrefix":"${targetPrefix}"`);
  const start = source.lastIndexOf(opening, mark) + opening.length;
  if (mark < 0 || start < opening.length)
    throw new Error(
      `the bundle contains no description of the service ${targetPrefix}`,
    );
  return JSON.parse(source.slice(start, endOfObject(source, start)));
}

/**
 * @param {string} source
 * @param {number} start index of the opening brace
 */
function endOfObject(source, start) {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < source.length; index++) {
    const character = source[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return index + 1;
  }
  throw new Error("the service description in the bundle does not end");
}

/**
 * @param {string} type
 * @param {unknown} value
 */
function isOfType(type, value) {
  switch (type) {
    case "structure":
    case "map":
      return (
        typeof value === "object" && value !== null && !Array.isArray(value)
      );
    case "list":
      return Array.isArray(value);
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
    case "long":
      return Number.isSafeInteger(value);
    case "double":
      return typeof value === "number" && Number.isFinite(value);
    case "timestamp":
      return isEpochSeconds(value);
    default:
      return false;
  }
}

/**
 * In JSON 1.0, timestamps are epoch seconds. Sending milliseconds is the usual mistake; a year after 2286 reveals it.
 *
 * @param {unknown} value
 */
function isEpochSeconds(value) {
  return (
    typeof value === "number" &&
    Number.isFinite(value) &&
    Math.abs(value) < 10_000_000_000
  );
}

/** @param {Record<string, unknown>} object */
function present(object) {
  return Object.entries(object).filter(([, value]) => value != null);
}

/** @param {unknown} value */
function kind(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

const targetPrefix = "AmazonConnectCTIService";
const opening = "module.exports=";
