// @ts-check
/**
 * Shapes of plain data: what a value must look like, as a function that lists what is wrong with it.
 *
 * @typedef {(value: unknown, path: string) => string[]} Shape
 */

/** @type {Shape} */
export const text = typed("string");
/** @type {Shape} */
export const flag = typed("boolean");

/** A text with something in it. @type {Shape} */
export const id = (value, path) =>
  typeof value === "string" && value !== ""
    ? []
    : [`${path}: found ${shown(value)}, expected a text that is not empty`];

/** Any object. @type {Shape} */
export const free = (value, path) =>
  isObject(value) ? [] : [`${path}: found ${shown(value)}, expected an object`];

/** Such as "Wed, 17 Dec 2025 05:23:41 GMT", on a day that exists and has that name. @type {Shape} */
export const time = (value, path) =>
  typeof value === "string" && isRfc1123(value)
    ? []
    : [
        `${path}: found ${shown(value)}, expected a time such as “Wed, 17 Dec 2025 05:23:41 GMT”`,
      ];

/** Milliseconds as a text. @type {Shape} */
export const milliseconds = (value, path) =>
  typeof value === "string" && /^\d+$/.test(value)
    ? []
    : [`${path}: found ${shown(value)}, expected milliseconds as a text`];

/** @param {...string} values @returns {Shape} */
export function oneOf(...values) {
  return (value, path) =>
    values.includes(/** @type {string} */ (value))
      ? []
      : [
          `${path}: found ${shown(value)}, expected one of ${values.join(", ")}`,
        ];
}

/** @param {Shape} shape @param {{ most?: number }} [options] @returns {Shape} */
export function list(shape, { most = Infinity } = {}) {
  return (value, path) => {
    if (!Array.isArray(value))
      return [`${path}: found ${shown(value)}, expected a list`];
    const many =
      value.length > most
        ? [`${path}: found ${value.length} entries, expected at most ${most}`]
        : [];
    return [
      ...many,
      ...value.flatMap((one, index) => shape(one, `${path}[${index}]`)),
    ];
  };
}

/**
 * @param {Record<string, Shape>} required
 * @param {Record<string, Shape>} [optional]
 * @param {(value: any, path: string) => string[]} [rule] what fields have to do with each other
 * @returns {Shape}
 */
export function object(required, optional = {}, rule = () => []) {
  return (value, path) => {
    if (!isObject(value))
      return [`${path}: found ${shown(value)}, expected an object`];
    const wrong = [];
    for (const name of Object.keys(required))
      if (value[name] === undefined)
        wrong.push(`${path}.${name}: missing, but required`);
    for (const [name, one] of Object.entries(value)) {
      const shape = own(required, name) ?? own(optional, name);
      if (!shape) wrong.push(`${path}.${name}: no such field`);
      else if (one !== undefined) wrong.push(...shape(one, `${path}.${name}`));
    }
    return wrong.length > 0 ? wrong : rule(value, path);
  };
}

/** @param {string} value */
export function isRfc1123(value) {
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toUTCString() === value;
}

/** @param {string} type @returns {Shape} */
function typed(type) {
  return (value, path) =>
    typeof value === type
      ? []
      : [`${path}: found ${shown(value)}, expected ${type}`];
}

/** @param {Record<string, Shape>} shapes @param {string} name */
function own(shapes, name) {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function shown(value) {
  return value === undefined
    ? "nothing"
    : String(JSON.stringify(value)).slice(0, 60);
}
