// @ts-check
// What a host handed in may do anything when it is touched: getters throw, and so does a revoked Proxy.

/**
 * Takes a value apart.
 *
 * @param {any} value no primitive and no function, except a symbol or a bigint
 * @returns {unknown[] | string} whether it is a list, then for each field whether it can be read, its name and its value; or
 *   in words what it is
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
    return [
      list,
      ...names.flatMap((name) => {
        try {
          return [true, String(name), value[name]];
        } catch {
          return [false, String(name), undefined];
        }
      }),
    ];
  } catch {
    return "an object that throws when it is read";
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
