// @ts-check
import { split } from "./expressions.js";
import { createScope, evaluate, runScript, ScriptError } from "./script.js";
import { elementsOf, parseXml, XmlError } from "./xml.js";

/**
 * Jelly, as a UI page of an instance is evaluated: the page must be XML; then `g:` and `j:` tags and `${…}` in a first phase, and
 * `g2:`, `j2:` and `$[…]` in a second one, which knows Jelly's variables of the first only if they were copied. Variables of scripts
 * are the same in both (reported: that is how pages write a doctype).
 *
 * @typedef {{ open: "{" | "[", tags: { g: string, j: string }, scope: import("node:vm").Context, jelly: Record<string, unknown> }} Phase
 * @typedef {{ name: string, attributes: [string, string][], children: Piece[] }} Tag
 * @typedef {string | Tag} Piece a string is output as it is
 *
 * @typedef {object} Rendered
 * @property {string} html
 * @property {string[]} problems expressions that failed, which leave nothing in the page
 */

/** A page cannot be evaluated. */
export class JellyError extends Error {}

/**
 * @param {string} text of the page's html field
 * @param {Record<string, unknown>} globals of its scripts
 * @param {Record<string, string>} parameters of the request: variables of both phases
 * @param {() => number} now
 * @returns {Rendered}
 * @throws {JellyError}
 */
export function renderJelly(text, globals, parameters, now) {
  let root;
  try {
    root = parseXml(text).documentElement;
  } catch (error) {
    if (error instanceof XmlError) throw new JellyError(error.message);
    throw error;
  }
  if (root.nodeName !== "j:jelly")
    throw new JellyError(`found <${root.nodeName}>, expected <j:jelly>`);
  const page = new Page(createScope(globals, now), parameters);
  const first = page.run(PHASES[0], piecesOf(root), true);
  const second = page.run(PHASES[1], first, true);
  return { html: second.map(written).join(""), problems: page.problems };
}

class Page {
  /** @type {string[]} */
  problems = [];
  #scope;
  #parameters;
  /** @type {Record<string, unknown>} */
  #copied = {};
  /** @type {Set<string>} */
  #required = new Set();

  /** @param {import("node:vm").Context} scope @param {Record<string, string>} parameters */
  constructor(scope, parameters) {
    this.#scope = scope;
    this.#parameters = parameters;
  }

  /**
   * @param {Pick<Phase, "open" | "tags">} form
   * @param {Piece[]} pieces
   * @param {boolean} escaping
   */
  run(form, pieces, escaping) {
    const jelly = { ...this.#parameters, ...this.#copied };
    /** @type {Phase} */
    const phase = { ...form, scope: this.#scope, jelly };
    return this.#all(phase, pieces, escaping);
  }

  /**
   * @param {Phase} phase
   * @param {Piece[]} pieces
   * @param {boolean} escaping
   * @returns {Piece[]}
   */
  #all(phase, pieces, escaping) {
    return pieces.flatMap((piece) =>
      typeof piece === "string"
        ? [this.#text(phase, piece, escaping ? escapeHtml : String)]
        : this.#tag(phase, piece, escaping),
    );
  }

  /**
   * @param {Phase} phase
   * @param {Tag} tag
   * @param {boolean} escaping
   * @returns {Piece[]}
   */
  #tag(phase, { name, attributes, children }, escaping) {
    const [prefix, local] = name.includes(":") ? name.split(":") : ["", name];
    const { g, j } = phase.tags;
    const given = Object.fromEntries(attributes);
    const inside = () => this.#all(phase, children, escaping);
    if (prefix === j) {
      if (local === "if") return this.#holds(phase, given.test) ? inside() : [];
      if (local === "set") {
        phase.jelly[given.var] = this.#value(phase, given.value ?? "");
        return [];
      }
      if (local === "choose") return this.#choose(phase, children, escaping);
      throw new JellyError(`the lab knows no <${name}>`);
    }
    if (prefix === g) {
      if (local === "evaluate") return this.#evaluate(phase, given, children);
      if (local === "no_escape") return this.#all(phase, children, false);
      if (local === "requires") return this.#requires(phase, given);
      throw new JellyError(`the lab knows no <${name}>`);
    }
    const filled = attributes.map(
      ([key, value]) =>
        /** @type {[string, string]} */ ([
          key,
          this.#text(phase, value, String),
        ]),
    );
    return [{ name, attributes: filled, children: inside() }];
  }

  /** @param {Phase} phase @param {Piece[]} children @param {boolean} escaping */
  #choose(phase, children, escaping) {
    const { j } = phase.tags;
    for (const child of children) {
      if (typeof child === "string") continue;
      const { test } = Object.fromEntries(child.attributes);
      const taken =
        child.name === `${j}:otherwise` ||
        (child.name === `${j}:when` && this.#holds(phase, test));
      if (taken) return this.#all(phase, child.children, escaping);
    }
    return [];
  }

  /** @param {Phase} phase @param {Record<string, string>} given @param {Piece[]} children */
  #evaluate(phase, given, children) {
    const text = children
      .map((child) => (typeof child === "string" ? child : written(child)))
      .join("");
    const code = this.#text(phase, given.expression ?? text, String);
    // Scripts see variables of Jelly only if they ask for them.
    phase.scope.jelly = given.jelly === "true" ? phase.jelly : undefined;
    let value;
    try {
      value = runScript(code, phase.scope);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new JellyError(`<g:evaluate>: ${error.message}`);
    }
    if (given.var) {
      const kept = given.object === "true" ? value : textOf(value);
      phase.jelly[given.var] = kept;
      if (given.copyToPhase2 === "true") this.#copied[given.var] = kept;
    }
    return [];
  }

  /** @param {Phase} phase @param {Record<string, string>} given */
  #requires(phase, { name = "", params = "" }) {
    const query = this.#text(phase, params, String);
    const src = `/${name}${query && `?${query}`}`;
    if (this.#required.has(name)) return [];
    this.#required.add(name);
    return [
      {
        name: "script",
        attributes: /** @type {[string, string][]} */ ([
          ["type", "text/javascript"],
          ["src", src],
        ]),
        children: [],
      },
    ];
  }

  /** @param {Phase} phase @param {string | undefined} test */
  #holds(phase, test = "") {
    const value = this.#value(phase, test);
    return typeof value === "string" ? TRUE.includes(value) : value === true;
  }

  /** An attribute that is one expression has its value; any other is a text. @param {Phase} phase @param {string} text */
  #value(phase, text) {
    const [before, only, ...after] = split(text, phase.open);
    const single = !before.text && after.every((part) => part.text === "");
    return only?.expression !== undefined && single
      ? this.#of(phase, only.expression)
      : this.#text(phase, text, String);
  }

  /**
   * @param {Phase} phase
   * @param {string} text
   * @param {(value: string) => string} escape what becomes of a value without a prefix
   */
  #text(phase, text, escape) {
    return split(text, phase.open)
      .map(({ text, expression }) => {
        if (expression === undefined) return text;
        const [, kind, code] = /^(HTML|JS|SAFE|NS)?:?([^]*)$/.exec(
          expression,
        ) ?? ["", "", expression];
        const value = textOf(this.#of(phase, code));
        if (kind === "HTML") return escapeHtml(value);
        if (kind === "JS") return escapeScript(value);
        return escape(value);
      })
      .join("");
  }

  /** @param {Phase} phase @param {string} code */
  #of(phase, code) {
    try {
      return evaluate(code.trim(), phase.scope, { empty, ...phase.jelly });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      this.problems.push(error.message);
      return "";
    }
  }
}

/** @param {Element} element @returns {Piece[]} without comments, which Jelly drops */
function piecesOf(element) {
  const elements = new Map(elementsOf(element).map((one) => [one, tagOf(one)]));
  return Array.from(element.childNodes).flatMap(
    /** @returns {Piece[]} */ (node) => {
      const tag = elements.get(/** @type {Element} */ (node));
      if (tag) return [tag];
      const isText = node.nodeType === 3 || node.nodeType === 4;
      return isText ? [node.nodeValue ?? ""] : [];
    },
  );
}

/** @param {Element} element @returns {Tag} */
function tagOf(element) {
  const attributes = Array.from(element.attributes)
    .filter(({ name }) => !name.startsWith("xmlns"))
    .map(({ name, value }) => /** @type {[string, string]} */ ([name, value]));
  return { name: element.nodeName, attributes, children: piecesOf(element) };
}

/** @param {Piece} piece @returns {string} */
function written(piece) {
  if (typeof piece === "string") return piece;
  const { name, attributes, children } = piece;
  const given = attributes
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join("");
  if (VOID.has(name)) return `<${name}${given} />`;
  return `<${name}${given}>${children.map(written).join("")}</${name}>`;
}

/** Jelly's own function. @param {unknown} value */
function empty(value) {
  return value === undefined || value === null || value === "";
}

/** @param {unknown} value */
function textOf(value) {
  return value === undefined || value === null ? "" : String(value);
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** For a string in a script. @param {string} text */
function escapeScript(text) {
  return text.replace(
    /[\\'"<>&\n\r\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** @type {Pick<Phase, "open" | "tags">[]} */
const PHASES = [
  { open: "{", tags: { g: "g", j: "j" } },
  { open: "[", tags: { g: "g2", j: "j2" } },
];

/** Texts that hold as a test. Source: “Extensions to Jelly syntax”. */
const TRUE = ["true", "yes", "on", "1"];

const VOID = new Set(
  "area base br col embed hr img input link meta source track wbr".split(" "),
);
