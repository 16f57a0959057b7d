// @ts-check
// A stand-in for Amazon Connect Streams: just what the module calls, with Streams' own bad habits
// (it changes the parameters, and leaves listeners and timers behind).

/** Puts a fresh one on the page. */
export function standIn() {
  const page = /** @type {any} */ (globalThis);
  /** @type {Record<string, Set<Function>>} */
  const subscribers = {};
  const events = {
    subscribe(/** @type {string} */ name, /** @type {Function} */ callback) {
      (subscribers[name] ??= new Set()).add(callback);
      return { unsubscribe: () => subscribers[name].delete(callback) };
    },
  };
  const tell = (/** @type {string} */ name, /** @type {unknown} */ data) =>
    [...(subscribers[name] ?? [])].forEach((callback) => callback(data));
  const agent = {
    getConfiguration: () => ({
      username: "ada@example.com",
      name: "Ada Example",
    }),
    getState: () => ({ name: "Available", type: "routable" }),
    onRefresh: (/** @type {Function} */ f) => events.subscribe("refresh", f),
  };
  /** @type {any} */
  const streams = {
    thrown: undefined,
    parameters: undefined,
    acknowledge: () => tell("acknowledge", { id: "1" }),
    agent: () => tell("agent", agent),
    held: () =>
      JSON.stringify({
        listeners: held.listeners,
        timers: held.timers.size,
        subscribers: Object.values(subscribers).reduce(
          (sum, set) => sum + set.size,
          0,
        ),
        frames: document.querySelectorAll("iframe").length,
        boxes: document.querySelectorAll(".connect-softphone").length,
      }),
  };
  const core = {
    ccpLoadTimeoutInstance: /** @type {unknown} */ (null),
    upstream: /** @type {unknown} */ (null),
    initCCP(
      /** @type {HTMLElement} */ container,
      /** @type {any} */ parameters,
    ) {
      if (streams.thrown !== undefined) throw streams.thrown;
      delete parameters.provider;
      parameters.softphone.touched = true;
      streams.parameters = parameters;
      core.upstream = { shutdown() {} };
      const frame = document.createElement("iframe");
      frame.name = "Amazon Connect CCP";
      container.append(frame);
      window.addEventListener("message", () => {});
      core.ccpLoadTimeoutInstance = setTimeout(() => {}, 1_000_000);
      setTimeout(() => {}, 1_000_000);
    },
    getEventBus: () => events,
    terminate() {
      core.upstream = null;
    },
  };
  page.connect = {
    core,
    EventType: {
      ACKNOWLEDGE: "acknowledge",
      AUTH_FAIL: "auth_fail",
      AUTHORIZE_SUCCESS: "authorize_success",
      TERMINATED: "terminated",
    },
    agent: (/** @type {Function} */ f) => events.subscribe("agent", f),
  };
  count();
  return streams;
}

/**
 * Calls a method of the phone; what it throws is returned.
 *
 * @param {any} phone
 * @param {string} method
 * @param {unknown[]} args
 */
export function invoke(phone, method, args) {
  try {
    return phone[method](...args);
  } catch (error) {
    return error;
  }
}

/** A container in the document. */
export function container() {
  const element = document.createElement("div");
  document.body.append(element);
  return element;
}

/** @param {string} expression */
export function evaluate(expression) {
  return (0, eval)(expression);
}

/** What the page holds: window listeners, and timers of more than a minute. */
const held = { listeners: 0, timers: new Set() };

function count() {
  const page = /** @type {any} */ (globalThis);
  if (page.counting) return;
  page.counting = true;
  const { addEventListener, removeEventListener } = page;
  page.addEventListener = (/** @type {any[]} */ ...args) => {
    held.listeners += 1;
    args[2]?.signal?.addEventListener("abort", () => (held.listeners -= 1));
    addEventListener.apply(page, args);
  };
  page.removeEventListener = (/** @type {unknown[]} */ ...args) => {
    held.listeners -= 1;
    removeEventListener.apply(page, args);
  };
  const { setTimeout, clearTimeout } = page;
  page.setTimeout = (/** @type {any} */ f, /** @type {number} */ delay) => {
    const id = setTimeout.call(page, f, delay);
    if (delay > 60_000) held.timers.add(id);
    return id;
  };
  page.clearTimeout = (/** @type {unknown} */ id) => {
    held.timers.delete(id);
    clearTimeout.call(page, id);
  };
}
