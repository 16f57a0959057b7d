// @ts-check
import { fileURLToPath } from "node:url";
import express from "express";
import { refuseOtherOrigins } from "../control/control.js";
import { endAllSessions } from "../control/state.js";
import { ALL_FAULTS } from "../faults.js";
import { HOST_NAMES } from "../hosts.js";

/**
 * Serves the start page, and `POST /scene`, which sets up the lab as chosen there and opens the agent page.
 *
 * @param {import("../lab.js").Lab} lab
 */
export function createScenes(lab) {
  const app = express.Router();
  app.use((_req, res, next) => {
    res.set("Content-Security-Policy", policy(lab));
    next();
  });
  app.use(express.static(PAGES, { maxAge: 0 }));
  app.post("/scene", refuseOtherOrigins, express.urlencoded(), (req, res) =>
    res.redirect(303, setScene(lab, req.body ?? {})),
  );
  return app;
}

/**
 * Sets up the lab for a scene: ends every session, as if it were morning, and configures identity provider, host page and
 * instance as chosen. A fault of a running session is not activated here: there is no session yet.
 *
 * @param {import("../lab.js").Lab} lab
 * @param {Record<string, unknown>} choice `idp`: "in" or "out"; `sso`: "yes" or "no"; `framing`: "yes" or "no";
 *   `agent`: a login of the identity provider; `hostNames`: "separate" or "one". The first of each is the
 *   default. `distance`: "0", "40" or "120" ms of round trip, default "0"; `fault`: the id of one of `ALL_FAULTS`, default none;
 *   `page`: "agent", "icc" (the panel), "bare" (bare buttons), "workspace" or "workspace-icc" (ServiceNow, with the CCP or with its
 *   Interaction Controls), default "agent"
 * @returns {string} where to send the browser
 */
export function setScene(
  lab,
  { idp, sso, framing, agent, hostNames, distance, fault, page },
) {
  const urls = lab.urlsOf(
    HOST_NAMES.find((one) => one === hostNames) ?? lab.hostNames,
  );
  const login = lab.idp.users.has(String(agent))
    ? String(agent)
    : /** @type {string} */ (lab.idp.users.keys().next().value);
  const configured = sso !== "no";
  lab.faults.clear();
  endAllSessions(lab);
  lab.idp.framing = framing !== "no";
  lab.connect.saml = configured;
  lab.distance.roundTripMs =
    DISTANCES.find((ms) => String(ms) === distance) ?? 0;
  lab.desk.config = {
    ...lab.desk.config,
    instanceUrl: urls.instance,
    ssoLoginUrl: configured ? urls.ssoLogin : null,
  };
  const wrong = ALL_FAULTS.find(({ id }) => id === fault);
  if (wrong?.during === "start") wrong.set(lab);
  // A fault that replaces the SSO Login URL must not bring one back.
  if (!configured) lab.desk.config.ssoLoginUrl = null;
  const next = pageOf(lab, urls, String(page), login);
  if (idp === "out") return next;
  const query = new URLSearchParams({ login, next });
  return `${urls.idp}/lab/begin?${query}`;
}

/**
 * Where a page is. That of ServiceNow begins a session there, too.
 *
 * @param {import("../lab.js").Lab} lab
 * @param {import("../lab.js").Lab["urls"]} urls
 * @param {string} page
 * @param {string} user
 */
function pageOf({ serviceNow }, urls, page, user) {
  if (page === "icc") return urls.iccPage;
  if (page === "bare") return urls.barePage;
  if (!page.startsWith("workspace")) return urls.agentPage;
  const controls = page === "workspace-icc" ? "icc" : "ccp";
  serviceNow.setProperty("connect_softphone.controls", controls);
  const query = new URLSearchParams({ user, next: urls.workspace });
  return `${urls.serviceNow}/lab/begin?${query}`;
}

/** Allows one frame: the cookie test, a page of AWS sign-in. @param {import("../lab.js").Lab} lab */
function policy(lab) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    `frame-src ${lab.urlsOf("separate").signIn}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const DISTANCES = [0, 40, 120];
const PAGES = fileURLToPath(new URL("./page/", import.meta.url));
