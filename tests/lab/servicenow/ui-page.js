// @ts-check
import express from "express";
import { hostNamesOf, withHostsOf } from "../hosts.js";
import { createGlide } from "./glide.js";
import { JellyError, renderJelly } from "./jelly.js";
import { createScope, runScript } from "./script.js";
import { sendFailure } from "./pages.js";

/**
 * UI pages: `<name>.do`, from the records of sys_ui_page.
 *
 * @typedef {import("./service-now.js").ServiceNow} ServiceNow
 * @typedef {import("./users.js").User} User
 */

/** @param {ServiceNow} serviceNow */
export function createUiPages(serviceNow) {
  const app = express.Router();
  app.get("/:name.do", (req, res, next) => {
    const { tables } = serviceNow;
    const name = String(req.params.name);
    const page = tables.named("sys_ui_page", name);
    if (!page) return next();
    const session = serviceNow.session(req);
    if (!session)
      return res.redirect(
        302,
        `/login.do?url=${encodeURIComponent(req.originalUrl)}`,
      );
    if (!mayRead(serviceNow, name, session.user))
      return sendFailure(res, {
        status: 403,
        title: "Security constraints",
        message: "Security constraints prevent access to the requested page.",
      });
    const parameters = parametersOf(req);
    const glide = createGlide({
      ...serviceNow.glideFor(session),
      parameters,
    });
    try {
      const { html, problems } = renderJelly(
        page.html ?? "",
        glide,
        parameters,
        () => serviceNow.now(),
      );
      for (const problem of problems)
        serviceNow.pageErrors.push(`${name}: ${problem}`);
      res
        .set(serviceNow.pageHeaders())
        .type("html")
        .send(
          withHostsOf(
            page.direct === "true" ? html : framed(html, page, session.token),
            hostNamesOf(req),
          ),
        );
    } catch (error) {
      if (!(error instanceof JellyError)) throw error;
      serviceNow.pageErrors.push(`${name}: ${error.message}`);
      sendFailure(res, {
        status: 500,
        title: "Jelly",
        message: `The page ${name} cannot be evaluated: ${error.message}`,
      });
    }
  });
  return app;
}

/**
 * By its ACLs of type ui_page. A page without one may be read by everybody who is logged in.
 *
 * @param {ServiceNow} serviceNow
 * @param {string} name
 * @param {User} user
 */
function mayRead(serviceNow, name, user) {
  const { tables } = serviceNow;
  const acls = tables
    .rows("sys_security_acl")
    .filter(
      (acl) =>
        acl.type === "ui_page" &&
        acl.operation === "read" &&
        acl.active !== "false" &&
        acl.name === name,
    );
  return (
    user.roles.includes("admin") ||
    acls.length === 0 ||
    acls.some((acl) => {
      const roles = tables
        .rows("sys_security_acl_role")
        .filter((link) => link.sys_security_acl === acl.sys_id)
        .map((link) => tables.row("sys_user_role", link.sys_user_role)?.name);
      const hasRole =
        roles.length === 0 ||
        roles.some((role) => role && user.roles.includes(role));
      return hasRole && answers(serviceNow, acl.script ?? "", user);
    })
  );
}

/** An ACL's script sets `answer`. @param {ServiceNow} serviceNow @param {string} script @param {User} user */
function answers(serviceNow, script, user) {
  if (!script.trim()) return true;
  const glide = serviceNow.glideFor({ user, token: "" });
  const globals = {
    ...createGlide({ ...glide, parameters: {} }),
    answer: false,
  };
  const scope = createScope(globals, () => serviceNow.now());
  runScript(script, scope);
  return scope.answer === true;
}

/** @param {express.Request} req */
function parametersOf(req) {
  return Object.fromEntries(
    Object.entries(req.query)
      .filter(([, value]) => typeof value === "string")
      .map(([name, value]) => [name, String(value)]),
  );
}

/**
 * A page that is not direct comes inside ServiceNow's own, with its token and much more.
 *
 * @param {string} html
 * @param {Record<string, string>} page
 * @param {string} token
 */
function framed(html, { client_script: script = "" }, token) {
  return `<!DOCTYPE html><html><head><script>window.g_ck = ${JSON.stringify(token)};</script></head><body>${html}<script>${script}</script></body></html>`;
}
