// @ts-check
import { request } from "node:http";

/**
 * A browser without scripts, for tests of the lab itself: it keeps cookies, follows redirects and posts the identity
 * provider's form. It always connects to 127.0.0.1, because Node does not resolve `*.localhost`.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} text
 * @property {string} url
 */
export class Visitor {
  /** The addresses that it requested, in order. @type {string[]} */
  trail = [];

  /** @type {{ name: string, value: string, domain: string, hostOnly: boolean }[]} */
  #cookies = [];

  /** @param {{ name: string, value: string, domain: string }} cookie as the lab's `beginSession` returns it */
  addCookie({ name, value, domain }) {
    this.#keep({ name, value, domain, hostOnly: true });
  }

  /** Whether it would send a cookie to a host. @param {string} name @param {string} host */
  hasCookie(name, host) {
    return this.#cookiesFor(host).some((cookie) => cookie.name === name);
  }

  /**
   * Makes one request, without following redirects.
   *
   * @param {string} url
   * @param {object} [options]
   * @param {string} [options.method]
   * @param {Record<string, string>} [options.headers]
   * @param {Record<string, string>} [options.form] sent as a form
   * @param {unknown} [options.json] sent as JSON
   * @returns {Promise<Answer>}
   */
  async ask(url, { method, headers = {}, form, json } = {}) {
    this.trail.push(url);
    // Not URL.href: the configured URL must be sent byte for byte, a second raw "?" included.
    const [, host, path] =
      /^http:\/\/([^/]+)(.*)$/.exec(url) ?? fail(`not an address: ${url}`);
    const name = host.replace(/:\d+$/, "");
    const body = form
      ? new URLSearchParams(form).toString()
      : json === undefined
        ? undefined
        : JSON.stringify(json);
    const cookies = this.#cookiesFor(name);
    const answer = await send(
      {
        host: "127.0.0.1",
        port: host.slice(name.length + 1),
        path: path || "/",
        method: method ?? (body === undefined ? "GET" : "POST"),
        agent: false,
        headers: {
          host,
          ...(form && { "content-type": "application/x-www-form-urlencoded" }),
          ...(json !== undefined && { "content-type": "application/json" }),
          ...(cookies.length > 0 && {
            cookie: cookies.map((c) => `${c.name}=${c.value}`).join("; "),
          }),
          ...headers,
        },
      },
      body,
    );
    for (const line of answer.headers["set-cookie"] ?? [])
      this.#keep(parseCookie(line, name));
    return { ...answer, url };
  }

  /**
   * Navigates as a browser does: follows redirects, and submits a form that posts itself.
   *
   * @param {string} url
   * @param {Parameters<Visitor["ask"]>[1]} [options] for the first request
   * @returns {Promise<Answer>} the page where it arrived
   */
  async visit(url, options) {
    let answer = await this.ask(url, options);
    for (let hops = 0; hops < 20; hops++) {
      const { location } = answer.headers;
      if (location) answer = await this.ask(new URL(location, answer.url).href);
      else if (answer.text.includes("data-post-at-once"))
        answer = await this.submit(answer);
      else return answer;
    }
    throw new Error(`too many redirects: ${this.trail.join(" → ")}`);
  }

  /** Submits a page's form, hidden fields included. @param {Answer} page @param {Record<string, string>} [typed] */
  submit(page, typed = {}) {
    const { action, fields } = formOf(page);
    return this.ask(new URL(action, page.url).href, {
      form: { ...fields, ...typed },
    });
  }

  /** @param {string} host */
  #cookiesFor(host) {
    return this.#cookies.filter(({ domain, hostOnly }) =>
      hostOnly
        ? host === domain
        : host === domain || host.endsWith(`.${domain}`),
    );
  }

  /** @param {{ name: string, value: string, domain: string, hostOnly: boolean }} cookie */
  #keep(cookie) {
    this.#cookies = this.#cookies.filter(
      (old) => old.name !== cookie.name || old.domain !== cookie.domain,
    );
    if (cookie.value) this.#cookies.push(cookie);
  }
}

/** Reads a page's form: its target and its hidden fields. @param {Answer} page */
export function formOf({ text }) {
  const action =
    /<form[^>]*action="([^"]*)"/.exec(text)?.[1] ??
    fail("the page has no form");
  const fields = Object.fromEntries(
    [
      ...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g),
    ].map(([, name, value]) => [name, unescaped(value)]),
  );
  return { action: unescaped(action), fields };
}

/** @param {string} text */
const unescaped = (text) =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

/**
 * @param {string} line
 * @param {string} host
 */
function parseCookie(line, host) {
  const [pair, ...attributes] = line.split(/;\s*/);
  const [name, value] = pair.split("=");
  const domain = attributes
    .find((attribute) => /^domain=/i.test(attribute))
    ?.slice("domain=".length);
  return { name, value, domain: domain ?? host, hostOnly: !domain };
}

/**
 * @param {import("node:http").RequestOptions} options
 * @param {string | undefined} body
 * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, text: string }>}
 */
function send(options, body) {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, async (incoming) => {
      let text = "";
      try {
        for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
      } catch (error) {
        return reject(error);
      }
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        text,
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** @param {string} message @returns {never} */
function fail(message) {
  throw new Error(message);
}
