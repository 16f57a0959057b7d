// @ts-check
import express from "express";
import { hostNamesOf, partyOf, withHostsOf } from "../hosts.js";
import { Sessions } from "../sessions.js";
import { NAME, sendFailure, sendLogin } from "./pages.js";
import { WORKSPACE_PATH } from "./workspace.js";

/**
 * Login, logout, and the lab's own way to begin a session.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 */
export function createLogin(serviceNow) {
  const app = express.Router();
  app.get("/", (_req, res) => res.redirect(302, WORKSPACE_PATH));
  app.get("/login.do", (req, res) =>
    sendLogin(res, { url: ownPath(req.query.url) }),
  );
  app.post("/login.do", express.urlencoded(), (req, res) => {
    const { user_name: userName = "", user_password: password } =
      req.body ?? {};
    const url = ownPath(req.body?.url);
    const user = serviceNow.users.get(userName);
    if (!user || user.password !== password)
      return sendLogin(res, { url, userName, failed: true });
    Sessions.send(res, serviceNow.beginSession(userName, hostNamesOf(req)));
    res.redirect(303, url);
  });
  app.get("/logout.do", (req, res) => {
    serviceNow.endSession(req);
    res.redirect(302, "/login.do");
  });
  // A part of the lab's machinery, for its start page: begins a session in the browser that opens it.
  app.get("/lab/begin", (req, res) => {
    const userName = String(req.query.user ?? "");
    const next = String(req.query.next ?? "");
    const url = URL.canParse(next) ? new URL(next) : undefined;
    if (
      !serviceNow.users.has(userName) ||
      !url ||
      !partyOf(url.host, hostNamesOf(req))
    )
      return sendFailure(res, {
        status: 400,
        title: "No session was begun",
        message: `${NAME} needs a known user, and an address of this lab to go on to.`,
      });
    Sessions.send(res, serviceNow.beginSession(userName, hostNamesOf(req)));
    res.redirect(302, withHostsOf(url.href, hostNamesOf(req)));
  });
  return app;
}

/** Where to go after the login: a path of this host. @param {unknown} url */
function ownPath(url) {
  return typeof url === "string" && /^\/(?![/\\])/.test(url)
    ? url
    : WORKSPACE_PATH;
}
