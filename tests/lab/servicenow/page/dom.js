// @ts-check
/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
export function found(selector, within = document) {
  const element = within.querySelector(selector);
  if (element instanceof HTMLElement) return element;
  throw new Error(`the page has no ${selector}`);
}

/**
 * Makes an element. Texts are never taken for HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean>} attributes `false`: without it
 * @param {...(Node | string)} children
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  made.append(...children);
  return made;
}

/**
 * A button that does something.
 *
 * @param {string} label
 * @param {() => void} click
 * @param {Record<string, string | boolean>} [attributes]
 */
export function button(label, click, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", click);
  return made;
}

/**
 * Asks the instance.
 *
 * @param {"GET" | "POST"} method
 * @param {string} path under /lab/workspace
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const response = await fetch(`/lab/workspace/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  return response.json();
}
