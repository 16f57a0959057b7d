// @ts-check
// What a host handed in may do anything when it is touched: getters throw, and so does a revoked Proxy.

/**
 * Takes a value apart.
 *
 * @param {any} value no primitive and no function, except a symbol or a bigint
 * @returns {unknown[] | string} whether it is a list, a letter for what each field is, and then the name and the value of each;
 *   or in words what it is
 */
export function partsOf(value) {
  try {
    if (typeof value !== "object") return "a value of an unsupported type";
    if (isSignal(value)) return "an AbortSignal";
    if (typeof value.then === "function") return "a promise";
    const list = Array.isArray(value);
    const names = list
      ? Array.from({ length: Math.min(value.length, MOST) }, (_, at) => at)
      : Object.keys(value);
    let kinds = "";
    /** @type {unknown[]} */
    const fields = [];
    for (const name of names) {
      try {
        const field = value[name];
        kinds += kindOf(field);
        fields.push(String(name), field);
      } catch {
        kinds += "!";
        fields.push(String(name), undefined);
      }
    }
    return [list, kinds, ...fields];
  } catch {
    return "an object that throws when it is read";
  }
}

/**
 * What a value is, for src/browser/host_value.rs: asking from there costs more than reading it.
 *
 * @param {unknown} value
 */
function kindOf(value) {
  if (value === null) return "0";
  switch (typeof value) {
    case "undefined":
      return "u";
    case "boolean":
      return value ? "t" : "f";
    case "number":
      return "n";
    case "string":
      return "s";
    case "function":
      return "c";
    default:
      return "o";
  }
}

/**
 * A copy of the host's options, two levels deep, so that what Streams changes or deletes in them stays the host's. Instances of
 * classes, such as a provider, are passed as they are. A name such as `__proto__` is a name like any other here.
 *
 * @param {any} options
 * @throws what a getter throws
 */
export function copyOf(options) {
  return mapped(options ?? {}, (value) => {
    if (Array.isArray(value)) return [...value];
    const plain = value && Object.getPrototypeOf(value) === Object.prototype;
    return plain ? mapped(value, (it) => it) : value;
  });
}

/** @param {any} value a signal of another window is no instance of this one's class */
export function isSignal(value) {
  return (
    typeof value?.aborted === "boolean" &&
    typeof value.addEventListener === "function"
  );
}

/**
 * @param {object} object
 * @param {(value: any) => unknown} change
 */
function mapped(object, change) {
  const entries = Object.entries(object);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, change(value)]),
  );
}

/** How many items of a list are read; none that can be used has so many. */
const MOST = 100;
