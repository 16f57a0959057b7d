// @ts-check
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import express from "express";
import { hostNamesOf, withHostsOf } from "../hosts.js";
import { html, sendPage } from "../page.js";

/** The desk: the web server of the contact centre's own pages, which embed the softphone. */
export class Desk {
  /**
   * What host pages get as `/agent/config.json`, and `config.json` of any other page. Host names of the lab are
   * rewritten to those of the set on which it is asked for.
   *
   * @type {Record<string, any>}
   */
  config = {};

  /** Paths that answer 404, such as "/softphone-return.html"; mounted ones too. @type {Set<string>} */
  missing = new Set();

  #mounts = express.Router();

  constructor() {
    this.app = this.#routes();
  }

  /**
   * Adds a host page. It comes before what the desk serves by itself; of two for the same path the first wins.
   *
   * @param {string} path such as `/bench`
   * @param {string | import("express").RequestHandler} folderOrHandler an absolute folder, or an express handler
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
    app.use("/agent", files(`${ROOT}www/agent`));
    app.use("/softphone", files(`${ROOT}dist`));
    // The page of the return, and the script that it loads from beside itself.
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
    title: "Nothing here",
    body: html`<p class="error" role="alert">
      There is no <code>${path}</code>${
        built &&
        html`. It is made by <code>npm run build</code>, so please run that
          first`
      }.
    </p>`,
  });
}

const require = createRequire(import.meta.url);

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Asked again on every use, answered 304 while unchanged: what was just built is what one sees. */
const CACHING = {
  etag: true,
  lastModified: true,
  cacheControl: true,
  maxAge: 0,
};
