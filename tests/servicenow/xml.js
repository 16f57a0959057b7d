// @ts-check
import { DOMParser } from "@xmldom/xmldom";

/**
 * Parses XML, and refuses what is not.
 *
 * @param {string} text
 * @returns {Element} its root
 */
export function parse(text) {
  /** @type {string[]} */
  const problems = [];
  const note = (/** @type {string} */ problem) => void problems.push(problem);
  const errorHandler = { warning: note, error: note, fatalError: note };
  const document = new DOMParser({ errorHandler }).parseFromString(
    text,
    "text/xml",
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return document.documentElement;
}

/**
 * The elements in an element.
 *
 * @param {Element} element
 * @returns {Element[]}
 */
export function children(element) {
  return Array.from(element.childNodes)
    .filter((node) => node.nodeType === 1)
    .map((node) => /** @type {Element} */ (node));
}

/**
 * The texts in an element, by their elements' names.
 *
 * @param {Element} element
 * @returns {Record<string, string>}
 */
export function fieldsOf(element) {
  return Object.fromEntries(
    children(element).map((child) => [child.tagName, child.textContent ?? ""]),
  );
}

/**
 * The records of an Update Set, read as ServiceNow documents it: each payload is XML in a text.
 *
 * @param {string} text
 */
export function readUpdateSet(text) {
  const unload = parse(text);
  const [set, ...updates] = children(unload);
  const records = updates.map((update) => {
    const fields = fieldsOf(update);
    const outer = parse(fields.payload);
    const [record] = children(outer);
    return {
      update: fields,
      table: outer.getAttribute("table"),
      action: record.getAttribute("action"),
      name: record.tagName,
      fields: fieldsOf(record),
    };
  });
  return { unload, set: fieldsOf(set), records };
}
