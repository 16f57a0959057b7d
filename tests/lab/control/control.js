// @ts-check
import express from "express";
import { html, sendPage } from "../page.js";
import { commandsFor } from "./commands.js";

/**
 * The control API: JSON over HTTP, for people and for tests in other languages, under `/control/` on the start page's
 * host. `GET /control` is its manual.
 *
 * @param {import("../lab.js").Lab} lab
 */
export function createControl(lab) {
  const commands = commandsFor(lab);
  const app = express.Router();
  app.get("/control", (req, res) =>
    sendManual(res, commands, String(req.headers.host)),
  );
  app.use("/control", refuseOtherOrigins, express.json());
  for (const command of commands)
    app[command.method](`/control${command.path}`, async (req, res) => {
      const value = await command.run(req.body ?? {}, req.params);
      res.set("Cache-Control", "no-store").json(value ?? { done: true });
    });
  app.use("/control", (req, res) => {
    res
      .status(404)
      .json({ error: `no such command: ${req.method} /control${req.path}` });
  });
  app.use("/control", answerError);
  return app;
}

/**
 * The lab listens on loopback, where any website in a browser on this machine can send requests (CSRF). Browsers state the
 * origin of every request that changes something, and only the start page's own is accepted. Programs other than browsers
 * send no `Origin`.
 *
 * @type {import("express").RequestHandler}
 */
export function refuseOtherOrigins(req, res, next) {
  const { origin, host } = req.headers;
  const fetchSite = req.headers["sec-fetch-site"] ?? "none";
  if (
    (origin === undefined || origin === `http://${host}`) &&
    (fetchSite === "same-origin" || fetchSite === "none")
  )
    return next();
  res.status(403).json({
    error: `the lab does not accept commands from ${origin ?? fetchSite}`,
  });
}

/**
 * @param {any} error
 * @param {import("express").Request} _req
 * @param {import("express").Response} res
 * @param {import("express").NextFunction} _next unused; express recognizes an error handler by its four parameters
 */
function answerError(error, _req, res, _next) {
  res.status(error.status ?? 400).json({ error: error.message });
}

/**
 * @param {import("express").Response} res
 * @param {import("./commands.js").Command[]} commands
 * @param {string} host
 */
function sendManual(res, commands, host) {
  sendPage(res, {
    party: "Lab",
    title: "Control API",
    wide: true,
    body: html`<p>
        Everything that a test can do to the lab, over HTTP. Requests and
        responses are JSON. A command without a result answers
        <code>{"done": true}</code>; an error is
        <code>{"error": "…"}</code> with a 4xx status. Browsers may send
        commands only from pages of this host.
      </p>
      <pre
        tabindex="0"
      ><code>curl -X POST http://${host}/control/calls -H 'content-type: application/json' \\
  -d '{"username": "ada@example.com", "attributes": {"orderId": "4711"}}'</code></pre>
      <dl class="commands">
        ${commands.map(
          ({ method, path, body, settings, says }) =>
            html`<div>
              <dt>
                <code
                  ><b>${method.toUpperCase()}</b>
                  /control${path.replaceAll(/:(\w+)/g, "{$1}")}</code
                >
              </dt>
              <dd>
                ${withCode(says)}
                ${
                  body &&
                  html`<pre tabindex="0"><code>${onOneLine(body)}</code></pre>`
                }
                ${settings && settingsList(settings)}
              </dd>
            </div>`,
        )}
      </dl>
      <p><a href="/">Back to the start page</a></p>`,
  });
}

/** @param {import("../settings.js").SettingsTable} settings */
function settingsList(settings) {
  return html`<dl class="settings">
    ${Object.entries(settings).map(
      ([name, setting]) =>
        html`<div>
          <dt>
            <code><b>${name}</b></code>
            ${setting.type.replaceAll("|", " or ")}, default
            <code>${onOneLine(setting.default)}</code>
          </dt>
          <dd>${withCode(setting.says)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** @param {unknown} value */
function onOneLine(value) {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
}

/** Marks up text between backticks as code. @param {string} text */
function withCode(text) {
  return text
    .split("`")
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
}
