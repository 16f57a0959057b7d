// @ts-check
import { DOMParser } from "@xmldom/xmldom";

/** A text is not well-formed XML. */
export class XmlError extends Error {}

/**
 * Parses XML as strictly as the parsers of a ServiceNow instance: `@xmldom/xmldom` repairs much of what they refuse, so what it
 * repairs, and what it does not see, is an error here.
 *
 * @param {string} text
 * @returns {Document}
 * @throws {XmlError} saying where
 */
export function parseXml(text) {
  const source = text.trim();
  if (!source) throw new XmlError("there is no XML");
  checkSource(source);
  /** @type {string[]} */
  const errors = [];
  const parser = new DOMParser({
    errorHandler: (_level, message) => errors.push(oneLine(message)),
  });
  const document = parser.parseFromString(source, "text/xml");
  if (errors.length > 0) throw new XmlError(errors[0]);
  if (!document?.documentElement) throw new XmlError("there is no element");
  checkPrefixes(document.documentElement, new Set(["xml", "xmlns"]));
  return document;
}

/** The child elements of a node. @param {Node} node @returns {Element[]} */
export function elementsOf(node) {
  return /** @type {Element[]} */ (
    [...Array.from(node.childNodes)].filter(({ nodeType }) => nodeType === 1)
  );
}

/** What xmldom does not refuse. @param {string} source */
function checkSource(source) {
  const where = (/** @type {number} */ at) =>
    `line ${source.slice(0, at).split("\n").length}`;
  // eslint-disable-next-line no-control-regex -- these are what XML 1.0 does not allow
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.exec(source);
  if (control)
    throw new XmlError(
      `${where(control.index)}: a control character (U+${hex(control[0])})`,
    );
  for (const { text, at } of outsideSections(source)) {
    if (/<!DOCTYPE/i.test(text))
      throw new XmlError(`${where(at + text.search(/<!DOCTYPE/i))}: a DOCTYPE`);
    const bare = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(text);
    if (bare)
      throw new XmlError(
        `${where(at + bare.index)}: “${text.slice(bare.index, bare.index + 12)}” is not an entity that XML knows`,
      );
    const end = text.indexOf("]]>");
    if (end >= 0) throw new XmlError(`${where(at + end)}: “]]>” in a text`);
    const attribute = /="[^"<]*<|='[^'<]*</.exec(tagsOf(text));
    if (attribute) throw new XmlError(`${where(at)}: “<” in an attribute`);
  }
}

/** The tags of a text alone, with the texts between them cut out. @param {string} text */
function tagsOf(text) {
  return (text.match(/<[a-z/](?:"[^"]*"|'[^']*'|[^>"'])*>/gi) ?? []).join("");
}

/** What is neither CDATA, comment nor processing instruction. @param {string} source */
function* outsideSections(source) {
  const section = /<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->|<\?[^]*?\?>/g;
  let at = 0;
  for (const match of source.matchAll(section)) {
    yield { text: source.slice(at, match.index), at };
    at = match.index + match[0].length;
  }
  yield { text: source.slice(at), at };
}

/**
 * Prefixes must be declared. ServiceNow declares `j2` and `g2` as "null", which counts.
 *
 * @param {Element} element
 * @param {Set<string>} outer
 */
function checkPrefixes(element, outer) {
  const known = new Set(outer);
  const names = [element.nodeName];
  for (const { name } of Array.from(element.attributes)) {
    if (name.startsWith("xmlns:")) known.add(name.slice("xmlns:".length));
    else names.push(name);
  }
  for (const name of names) {
    const prefix = name.includes(":") ? name.split(":")[0] : undefined;
    if (prefix && !known.has(prefix))
      throw new XmlError(`the prefix of ${name} is not declared`);
  }
  for (const child of elementsOf(element)) checkPrefixes(child, known);
}

/** @param {string} message */
function oneLine(message) {
  return String(message)
    .replace(/\[xmldom \w+\]\s*/, "")
    .replace(/\s*@#\[[^]*$/, "")
    .replaceAll(/\s+/g, " ");
}

/** @param {string} character */
function hex(character) {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
