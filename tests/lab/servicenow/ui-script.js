// @ts-check
import express from "express";
import { createGlide } from "./glide.js";
import { split } from "./expressions.js";
import { createScope, evaluate, ScriptError } from "./script.js";

/**
 * UI scripts: `<name>.jsdbx`, from the records of sys_ui_script. What looks like an expression is evaluated by the instance, unless
 * the address says `sysparm_substitute=false`.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 */
export function createUiScripts(serviceNow) {
  const app = express.Router();
  app.get("/:name.jsdbx", (req, res, next) => {
    const name = String(req.params.name);
    const script = serviceNow.tables
      .rows("sys_ui_script")
      .find((row) => row.name === name || row.script_name === name);
    if (!script || script.active === "false") return next();
    const session = serviceNow.session(req);
    if (!session) return void res.status(401).type("text").send("");
    const { script: text = "" } = script;
    const glide = serviceNow.glideFor(session);
    const sent =
      req.query.sysparm_substitute === "false"
        ? text
        : substituted(
            text,
            createScope(createGlide({ ...glide, parameters: {} }), () =>
              serviceNow.now(),
            ),
          );
    res
      .set("Content-Type", "text/javascript;charset=UTF-8")
      .set("X-Content-Type-Options", "nosniff")
      .set("Cache-Control", "no-cache")
      .send(sent);
  });
  return app;
}

/** @param {string} text @param {import("node:vm").Context} scope */
function substituted(text, scope) {
  return split(text, "{")
    .map(({ text, expression }) => {
      if (expression === undefined) return text;
      try {
        return String(evaluate(expression, scope, {}) ?? "");
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        return "";
      }
    })
    .join("");
}
