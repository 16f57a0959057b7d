// @ts-check
/**
 * The instance's web pages: CCP, login, federation, logout.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express from "express";
import { hostNamesOf } from "../hosts.js";
import { ASSETS } from "../page.js";
import * as pages from "./pages.js";
import { streamsBundle } from "./shapes.js";

/**
 * @typedef {import("./settings.js").ConnectSettings & { approvedOrigins: Set<string>, users: Map<string, import("./directory.js").User> }} WebSettings
 *
 * @typedef {object} WebParts
 * @property {() => WebSettings} settings
 * @property {import("./failures.js").Failures} failures
 * @property {import("./sessions.js").Sessions} sessions
 * @property {import("./timers.js").Timers} timers
 * @property {(names: import("../hosts.js").HostNames) => string} origin of the instance
 * @property {string} region
 */

/** @param {WebParts} parts */
export function createWeb({
  settings,
  failures,
  sessions,
  timers,
  origin,
  region,
}) {
  const files = staticFiles();
  const web = express.Router();

  web.use(async (req, res, next) => {
    const failure = (await failures.strike([req.path], res))?.failed;
    if (failure) res.status(failure.status).type("text").send(failure.code);
    else next();
  });

  // Under a path that changes with the contents, so that browsers never have to revalidate.
  web.use(
    files.path,
    express.static(pageFolder, forever),
    express.static(streamsBundle(""), { ...forever, index: false }),
  );
  web.use("/lab/assets", express.static(ASSETS));

  web.get("/", (_req, res) => res.redirect(ccpPath));

  web.get(ccpPaths, async (req, res) => {
    const { saml, approvedOrigins, ccpDelayMs } = settings();
    const { needsReferrer, refusesUntilVisited } = settings();
    if (ccpDelayMs > 0) await timers.wait(ccpDelayMs);
    if (needsReferrer && !req.get("referer"))
      return pages.sendPage(res, pages.refused);
    const visitor = sessions.ofCookie(req.get("cookie"));
    const within = req.get("referer")?.startsWith(origin(hostNamesOf(req)));
    if (visitor && !within && !fromHost(req, approvedOrigins))
      visitor.visited = true;
    if (visitor && refusesUntilVisited && !visitor.visited)
      return pages.sendPage(
        res.set("Content-Security-Policy", "frame-ancestors 'self'"),
        pages.refused,
      );
    res.set(
      "Content-Security-Policy",
      `frame-ancestors ${["'self'", ...approvedOrigins].join(" ")}`,
    );
    if (settings().unloadOff) res.set("Permissions-Policy", "unload=()");
    const session = sessions.ofCookie(req.get("cookie"));
    if (session) sendCcp(res, session, hostNamesOf(req));
    else if (saml) pages.sendPage(res, pages.sessionExpired);
    else res.redirect(`/login?landat=${encodeURIComponent(req.path)}`);
  });

  web.get(/^\/(connect\/)?request-storage-access$/, (_req, res) => {
    const { approvedOrigins, storageAccess } = settings();
    if (storageAccess === "missing") return pages.sendPage(res, pages.notFound);
    res
      .set(
        "Content-Security-Policy",
        `frame-ancestors ${["'self'", ...approvedOrigins].join(" ")}`,
      )
      .set("Cache-Control", "no-store")
      .type("html")
      .send(
        files.storageAccess
          .replaceAll("{assets}", files.path)
          .replace("{mode}", storageAccess),
      );
  });

  // Asked by page/softphone.js and page/devices.js, so a part of the lab's machinery.
  web.get("/lab/softphone", (_req, res) => {
    const { localMute, softphoneError, ...devices } = settings();
    const { deviceList, deviceSetting, unplugged } = devices;
    res.set("Cache-Control", "no-store").json({
      localMute,
      softphoneError,
      deviceList,
      deviceSetting,
      unplugged,
    });
  });

  web.get(/^\/(connect\/)?home$/, (req, res) => {
    if (sessions.ofCookie(req.get("cookie"))) pages.sendPage(res, pages.home);
    else if (settings().saml) pages.sendPage(res, pages.sessionExpired);
    else res.redirect(`/login?landat=${encodeURIComponent(req.path)}`);
  });

  // The login page can be framed only by the instance itself, not even by approved origins: Streams #25, #576, #605.
  web.use(["/login", "/auth/federate", "/logout"], (_req, res, next) => {
    res.set("X-Frame-Options", "SAMEORIGIN");
    next();
  });

  web.get("/login", (req, res) => {
    const landAt = ownPath(req.query.landat);
    pages.sendPage(
      res,
      settings().saml ? pages.sessionExpired : pages.login({ landAt }),
    );
  });

  web.post("/login", express.urlencoded(), (req, res) => {
    if (settings().saml) return pages.sendPage(res, pages.sessionExpired);
    const { username = "", password, landat } = req.body ?? {};
    const landAt = ownPath(landat);
    const user = settings().users.get(username);
    if (!user || user.password !== password)
      return pages.sendPage(
        res,
        pages.login({ landAt, username, failed: true }),
      );
    res.set("Set-Cookie", sessions.setCookie(sessions.begin(username)));
    res.redirect(303, landAt);
  });

  web.get("/auth/federate", (req, res) => {
    const username = sessions.redeem(String(req.query.token ?? ""));
    if (username === undefined)
      return pages.sendPage(res, pages.signInLinkUsed);
    if (settings().ipRefused) return pages.sendPage(res, pages.ipRefused);
    if (!settings().users.has(username))
      return pages.sendPage(res, pages.accessDenied);
    res.set("Set-Cookie", sessions.setCookie(sessions.begin(username)));
    const destination = String(req.query.destination ?? ccpPath);
    const landing = approved(destination, hostNamesOf(req));
    if (landing) res.redirect(302, landing);
    // Whether a real instance checks the destination before or after the session begins is not documented. Here, after.
    else pages.sendPage(res, pages.notApproved(destination));
  });

  web.get("/auth/authorize", (req, res) => {
    const session = sessions.ofCookie(req.get("cookie"));
    res.set("Cache-Control", "no-store");
    if (!session) return void res.status(401).json({ message: "Unauthorized" });
    res.json({
      accessToken: sessions.token(session),
      expiration: session.endsAtMs,
    });
  });

  web.get(["/logout", "/connect/logout"], (req, res) => {
    const session = sessions.ofCookie(req.get("cookie"));
    if (settings().logoutWorks) {
      if (session) sessions.end(session);
      res.set("Set-Cookie", sessions.clearCookie);
    }
    if (settings().saml) pages.sendPage(res, pages.signedOut);
    else res.redirect("/login");
  });

  return web;

  /**
   * Sends the CCP, with its first token in the page; Amazon's client renews it at `/auth/authorize`.
   *
   * @param {express.Response} res
   * @param {import("./sessions.js").Session} session
   * @param {import("../hosts.js").HostNames} names
   */
  function sendCcp(res, session, names) {
    const instance = origin(names);
    const configuration = {
      sharedWorkerUrl: `${files.path}/worker.js`,
      authToken: sessions.token(session),
      refreshToken: sessions.token(session),
      authTokenExpiration: session.endsAtMs,
      region,
      endpoint: `${instance}/api`,
      authorizeEndpoint: `${instance}/auth/authorize`,
      agentAppEndpoint: `${instance}/agent-app/api`,
      taskTemplatesEndpoint: `${instance}/task-templates/api/ccp`,
      authCookieName: "lab-connect-auth",
    };
    const page = settings().ccpDead
      ? files.ccp.replace(scripts, "")
      : files.ccp;
    const json = JSON.stringify(configuration).replaceAll("<", "\\u003c");
    res
      .set("Cache-Control", "no-store")
      .type("html")
      .send(
        page
          .replaceAll("{assets}", files.path)
          .replace("{configuration}", () => json),
      );
  }

  /**
   * @param {string} destination
   * @param {import("../hosts.js").HostNames} names
   * @returns {string | undefined} the redirect's target: a path of the instance, or a URL of an approved origin
   */
  function approved(destination, names) {
    const instance = origin(names);
    const url = URL.canParse(destination, instance)
      ? new URL(destination, instance)
      : undefined;
    if (!url || !["http:", "https:"].includes(url.protocol)) return undefined;
    if (url.origin === instance) return url.pathname + url.search + url.hash;
    return settings().approvedOrigins.has(url.origin) ? url.href : undefined;
  }
}

/**
 * Returns the path to open after login. Anything but a path of the instance, such as another host, becomes the CCP.
 *
 * @param {unknown} landAt
 */
function ownPath(landAt) {
  return typeof landAt === "string" && /^\/(?![/\\])/.test(landAt)
    ? landAt
    : ccpPath;
}

/**
 * Whether a page of a host asks, by its own referrer: the CCP's frame, and not a redirect from AWS.
 *
 * @param {express.Request} req
 * @param {Set<string>} approvedOrigins
 */
function fromHost(req, approvedOrigins) {
  const referrer = req.get("referer") ?? "";
  return (
    URL.canParse(referrer) && approvedOrigins.has(new URL(referrer).origin)
  );
}

function staticFiles() {
  const hash = createHash("sha256");
  const bundle = streamsBundle("connect-streams-min.js");
  for (const file of [
    ...readdirSync(pageFolder).map((name) => pageFolder + name),
    bundle,
  ])
    hash.update(readFileSync(file));
  return {
    path: `/ccp-v2/static/${hash.digest("hex").slice(0, 12)}`,
    ccp: readFileSync(`${pageFolder}ccp.html`, "utf8"),
    storageAccess: readFileSync(`${pageFolder}storage-access.html`, "utf8"),
  };
}

const pageFolder = fileURLToPath(new URL("./page/", import.meta.url));
const scripts = /<script[^]*<\/script>/;
const forever = { immutable: true, maxAge: "1y" };
const ccpPath = "/ccp-v2/";
// A federate URL may also name the chat panel or the agent workspace as its destination; here they all show one page.
const ccpPaths = /^\/(connect\/)?(ccp-v2|agent-app-v2)(\/(softphone|chat)?)?$/;
