// @ts-check
/**
 * What each method takes. Sources: openFrameAPI, Client API reference; for what throws, version 1.0.5 (read in source).
 *
 * @param {string} method
 * @param {unknown[]} args
 * @throws {Error} in words
 */
export function checkArguments(method, args) {
  const rules = RULES[method];
  if (!rules) throw new Error("the double does not know this method");
  const most = rules.length;
  if (args.length > most)
    throw new Error(`found ${args.length} arguments, expected ${most}`);
  for (const [index, rule] of rules.entries()) {
    const problem = rule(args[index], args);
    if (problem) throw new Error(`argument ${index + 1}: ${problem}`);
  }
}

/** @typedef {(value: any, args: unknown[]) => string | false | undefined} Rule what is wrong, if anything */

/** @param {unknown} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @type {Rule} */
const callback = (value) =>
  typeof value !== "function" && "expected a function";

/** @param {number} most @param {number} [least] @returns {Rule} */
const text =
  (most, least = 0) =>
  (value) =>
    typeof value !== "string"
      ? `found ${typeof value}, expected a text`
      : (value.length > most && `more than ${most} characters`) ||
        (value.length < least && "an empty text");

/** @type {Rule} */
const size = (value) =>
  !(typeof value === "number" && Number.isFinite(value) && value > 0) &&
  "expected a number greater than zero";

/** @type {Rule} */
const icon = (value) =>
  !isObject(value)
    ? "expected an object"
    : (typeof value.imageURL !== "string" && "imageURL: expected a text") ||
      (typeof value.imageTitle !== "string" && "imageTitle: expected a text");

/** @param {Record<string, boolean>} fields by name: whether it is required @returns {Rule} */
const texts = (fields) => (value) => {
  if (!isObject(value)) return "expected an object";
  for (const [name, required] of Object.entries(fields)) {
    if (value[name] === undefined && !required) continue;
    if (typeof value[name] !== "string" || value[name] === "")
      return `${name}: expected a text`;
    if (name === "query" && /sysparm_(stack|goto_url)/.test(value[name]))
      return "query: sysparm_stack and sysparm_goto_url are not allowed";
  }
  const unknown = Object.keys(value).find((name) => !(name in fields));
  return unknown && `${unknown}: no such field`;
};

/** @type {Rule} */
const config = (value) => {
  if (!isObject(value)) return "expected an object";
  for (const [name, one] of Object.entries(value)) {
    const rule = CONFIG[name];
    if (!rule) return `${name}: no such field`;
    const problem = rule(one, []);
    if (problem) return `${name}: ${problem}`;
  }
  return undefined;
};

/** @type {Rule} */
const url = (value, args) =>
  text(2083, 1)(value, args) ||
  (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(value) && "an absolute address");

/** @param {...unknown} values @returns {Rule} */
const oneOf =
  (...values) =>
  (value) =>
    !values.includes(value) &&
    `found ${JSON.stringify(value)}, expected one of ${values.join(", ")}`;

/** @type {Record<string, Rule>} */
const CONFIG = {
  height: size,
  width: size,
  title: text(256),
  subTitle: text(256),
  titleIcon: icon,
  collapsedViewEnabled: oneOf(true, false),
  allow: text(2083),
};

/** @type {Record<string, Rule[]>} */
const RULES = {
  init: [config, callback, callback],
  version: [],
  subscribe: [text(256, 1), callback],
  hide: [],
  show: [],
  showIframe: [],
  hideIframe: [],
  isVisible: [callback],
  setTitle: [text(256)],
  setSubtitle: [text(256)],
  setTitleIcon: [icon],
  setIcons: [
    (value, args) =>
      !Array.isArray(value)
        ? "expected a list"
        : value.map((one) => icon(one, args)).find(Boolean),
  ],
  setSize: [size, size],
  setHeight: [size],
  setWidth: [size],
  setFrameMode: [oneOf("collapse", "expand")],
  openServiceNowForm: [
    texts({ entity: true, query: true, interaction_sys_id: false }),
  ],
  openServiceNowFormwithChildTab: [
    texts({
      entity: true,
      sys_id: true,
      parent_entity: true,
      parent_entity_sys_id: true,
    }),
  ],
  openServiceNowList: [texts({ entity: true, query: false })],
  openCustomURL: [url],
  openInteraction: [text(32, 32)],
  setPresenceIndicator: [text(256, 1), oneOf("red", "orange", "grey", "green")],
  getAWAAgentPresence: [callback, callback],
  setICContext: [
    text(256, 1),
    (value) => !isObject(value) && "expected an object",
  ],
  toastMessage: [
    text(Infinity, 1),
    oneOf("info", "warning", "error"),
    (value, args) => value !== undefined && size(value, args),
  ],
  log: [() => undefined, () => undefined, () => undefined],
};
