// @ts-check
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import express from "express";
import { hostNamesOf, withHostsOf } from "../hosts.js";
import { html, sendPage } from "../page.js";

/** The desk: the web server of the contact centre's own pages, which embed the softphone. */
export class Desk {
  /**
   * What the agent page gets as `/agent/config.json`, and every other page as its own `config.json`. Host names of the lab
   * are replaced by those of the set that the request came in on.
   *
   * @type {Record<string, any>}
   */
  config = {};

  /** Paths that answer 404, such as "/softphone-return.html"; this covers mounted pages too. @type {Set<string>} */
  missing = new Set();

  /** The `Referrer-Policy` of all pages; none: the browser's default. @type {string | undefined} */
  referrerPolicy;

  #mounts = express.Router();

  constructor() {
    this.app = this.#routes();
  }

  /**
   * Adds a host page. It takes precedence over the desk's own pages; if two have the same path, the first one wins.
   *
   * @param {string} path such as `/bench`
   * @param {string | import("express").RequestHandler} folderOrHandler an absolute path of a folder, or an express handler
   */
  mount(path, folderOrHandler) {
    this.#mounts.use(
      path,
      typeof folderOrHandler === "string"
        ? files(folderOrHandler)
        : folderOrHandler,
    );
  }

  #routes() {
    const app = express.Router();
    app.use((_req, res, next) => {
      if (this.referrerPolicy) res.set("Referrer-Policy", this.referrerPolicy);
      next();
    });
    app.use((req, res, next) =>
      this.missing.has(req.path) ? sendMissing(res, req.path) : next(),
    );
    app.use(this.#mounts);
    app.get(["/config.json", "/*page/config.json"], (req, res) => {
      const text = withHostsOf(JSON.stringify(this.config), hostNamesOf(req));
      res.set("Cache-Control", "no-store").type("json").send(text);
    });
    app.get("/", (_req, res) => res.redirect(302, "/agent/"));
    for (const name of ["connect-streams.js", "connect-streams-min.js"])
      app.get(`/${name}`, (_req, res) =>
        res.sendFile(
          require.resolve(`amazon-connect-streams/release/${name}`),
          CACHING,
        ),
      );
    for (const page of ["agent", "icc"])
      app.use(`/${page}`, files(`${ROOT}www/${page}`));
    app.use("/softphone", files(`${ROOT}dist`));
    // The return page, and the script that it loads from the same folder.
    for (const name of ["softphone-return.html", "softphone-return.js"])
      app.get(`/${name}`, (_req, res, next) =>
        res.sendFile(
          name,
          { root: `${ROOT}dist`, ...CACHING },
          (error) => error && next(),
        ),
      );
    app.use((req, res) => sendMissing(res, req.path));
    return app;
  }
}

/** @param {string} folder */
function files(folder) {
  return express.static(folder, CACHING);
}

/**
 * @param {import("express").Response} res
 * @param {string} path
 */
function sendMissing(res, path) {
  const built = path.startsWith("/softphone");
  sendPage(res, {
    status: 404,
    party: "Desk",
    title: "Page not found",
    body: html`<p class="error" role="alert">
      There is no <code>${path}</code>${
        built && html`. Run <code>npm run build</code>, which creates it`
      }.
    </p>`,
  });
}

const require = createRequire(import.meta.url);

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Browsers revalidate on every use and get 304 while a file is unchanged, so they always show the latest build. */
const CACHING = {
  etag: true,
  lastModified: true,
  cacheControl: true,
  maxAge: 0,
};
