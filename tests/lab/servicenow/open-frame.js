// @ts-check
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import express from "express";
import { checkContext } from "./contexts.js";
import { RELEASES } from "./releases.js";

/**
 * Serves the double of openFrameAPI, and keeps the journal that it writes: its calls, and what its callers did wrong.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 */
export function createOpenFrame(serviceNow) {
  const app = express.Router();
  app.get(
    "/scripts/openframe/:version/openFrameAPI.min.js",
    async (req, res, next) => {
      const { version } = req.params;
      const name = version === "latest" ? serviceNow.library : version;
      const release = RELEASES[name];
      if (
        !release ||
        serviceNow.libraryMissing ||
        (version !== "latest" && version !== "1.0.5")
      )
        return next();
      const lab = JSON.stringify({
        release,
        everKnown: Object.values(RELEASES).flatMap(({ events }) => events),
        payloadLimit: serviceNow.payloadLimit,
      });
      res
        .set("Content-Type", "text/javascript;charset=UTF-8")
        .set("Cache-Control", "no-cache")
        .send(
          `(function () {\nvar labOpenFrame = ${lab};\n${await script()}})();\n`,
        );
    },
  );
  // A part of the lab's machinery. A frame without an origin of its own may write, too: its Origin is "null".
  app.post(
    "/lab/openframe",
    express.text({ type: "*/*", limit: "10mb" }),
    (req, res) => {
      const { origin, host } = req.headers;
      if (origin && origin !== "null" && origin !== `http://${host}`)
        return void res.status(403).end();
      const userName = serviceNow.session(req)?.user.userName ?? "";
      for (const entry of JSON.parse(req.body))
        keep(serviceNow, userName, entry);
      res.status(204).end();
    },
  );
  return app;
}

/**
 * @param {import("./service-now.js").ServiceNow} serviceNow
 * @param {string} userName
 * @param {{ page: string, method?: string, args?: any[], contexts?: string[], violation?: string }} entry
 */
function keep(
  serviceNow,
  userName,
  { page, method, args = [], contexts = [], violation },
) {
  if (violation) return void serviceNow.violations.push(violation);
  if (!method) return;
  const atMs = serviceNow.now();
  serviceNow.calls.push({ page, userName, method, args, atMs });
  if (method !== "setICContext") return;
  const searchLimit = Number(serviceNow.property("icc_search_limit") ?? 10);
  const wrong = checkContext(args[0], args[1], {
    types: contexts,
    // Minimum 10, maximum 25: Interaction Controls 2.2.0, release notes.
    searchLimit: Math.min(25, Math.max(10, searchLimit || 10)),
    nowMs: atMs,
  });
  for (const problem of wrong)
    serviceNow.violations.push(`setICContext: ${problem}`);
}

/** @type {Promise<string> | undefined} */
let bundled;

/** The double as one classic script. */
function script() {
  return (bundled ??= build({
    entryPoints: [
      fileURLToPath(new URL("./open-frame-double/index.js", import.meta.url)),
    ],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "silent",
  }).then(({ outputFiles }) => outputFiles[0].text));
}
