// @ts-check
import { fileURLToPath } from "node:url";
import express from "express";
import { hostNamesOf, withHostsOf } from "../hosts.js";
import { EXAMPLE_CONSUMER } from "./instance.js";
import { offerError } from "./offer-error.js";
import { fixedSysId } from "./users.js";

/**
 * The agent's workspace: a page with an OpenFrame window, and what it asks the instance for. How a real workspace asks for it is
 * not known, so everything under `/lab/workspace` is the lab's machinery.
 *
 * @typedef {import("./service-now.js").ServiceNow} ServiceNow
 *
 * @typedef {object} Workspaces the pages that are open
 * @property {number} count
 * @property {(message: object, userName?: string) => number} send to how many
 */

/** Where a configurable workspace lives. */
export const WORKSPACE_PATH = "/now/cwf/agent/home";

/**
 * @param {ServiceNow} serviceNow
 * @returns {{ app: express.Router, workspaces: Workspaces }}
 */
export function createWorkspace(serviceNow) {
  const app = express.Router();
  /** @type {Set<{ userName: string, res: express.Response }>} */
  const open = new Set();
  /** @type {Workspaces} */
  const workspaces = {
    get count() {
      return open.size;
    },
    send(message, userName) {
      const to = [...open].filter(
        (one) => userName === undefined || one.userName === userName,
      );
      for (const { res } of to)
        res.write(`data: ${JSON.stringify(message)}\n\n`);
      return to.length;
    },
  };

  app.get(WORKSPACE_PATH, (req, res) => {
    if (!serviceNow.session(req))
      return res.redirect(
        302,
        `/login.do?url=${encodeURIComponent(req.originalUrl)}`,
      );
    res
      .set("X-Frame-Options", "SAMEORIGIN")
      .set("Cache-Control", "no-cache,no-store,no-transform")
      .sendFile("workspace.html", { root: PAGE });
  });
  app.use("/lab/workspace/page", express.static(PAGE, { maxAge: 0 }));
  app.use("/lab/workspace", express.json(), (req, res, next) => {
    const session = serviceNow.session(req);
    if (!session) return void res.status(401).json({ error: "no session" });
    res.locals.session = session;
    next();
  });

  app.get("/lab/workspace/config", (req, res) => {
    const config = configFor(serviceNow, res.locals.session);
    res
      .set("Cache-Control", "no-store")
      .type("json")
      .send(withHostsOf(JSON.stringify(config), hostNamesOf(req)));
  });
  app.get("/lab/workspace/events", (_req, res) => {
    res.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    res.write(": here\n\n");
    const one = { userName: res.locals.session.user.userName, res };
    open.add(one);
    res.once("close", () => open.delete(one));
  });
  app.get("/lab/workspace/record", (req, res) => {
    const { table = "", query = "" } = /** @type {Record<string, string>} */ (
      req.query
    );
    const rows = serviceNow.tables.has(table)
      ? serviceNow.tables.query(table, query)
      : [];
    res.set("Cache-Control", "no-store").json(rows.slice(0, 50));
  });
  app.post("/lab/workspace/presence", (req, res) => {
    const { userName } = res.locals.session.user;
    const known = serviceNow.presences.set(userName, String(req.body?.sysId));
    res.status(known ? 200 : 400).json(serviceNow.presences.of(userName));
  });
  app.post("/lab/workspace/offer", (req, res) => {
    const { user } = res.locals.session;
    const offer = req.body;
    const error = offerError(offer, {
      nowMs: serviceNow.now(),
      roles: user.roles,
      available: serviceNow.presences.of(user.userName).available,
    });
    res.json(
      error
        ? { error }
        : { workItem: workItemOf(offer, offer.nowRecordId ?? "") },
    );
  });
  app.post("/lab/workspace/accept", (req, res) => {
    const offer = req.body;
    // The interaction is made after the accept: “resiliency”.
    const record = offer.nowRecordId
      ? { sys_id: offer.nowRecordId }
      : serviceNow.tables.insert("interaction", {
          number: `IMS${String(serviceNow.interactions.length + 1).padStart(7, "0")}`,
          type: "phone",
          state: "work_in_progress",
          user_phone_number: String(offer.requesterId ?? ""),
          client_session_id: String(offer.externalId ?? ""),
          assigned_to: res.locals.session.user.sysId,
        });
    res.json({ workItem: workItemOf(offer, record.sys_id) });
  });
  return { app, workspaces };
}

/** @param {any} offer @param {string} interaction its sys_id */
function workItemOf(offer, interaction) {
  return {
    sys_id: fixedSysId(`awa_work_item ${offer.externalId}`),
    size: 1,
    serviceChannel: {
      name: "Phone",
      sys_id: fixedSysId("awa_service_channel Phone"),
    },
    document: { sys_id: interaction, table: "interaction" },
    previousWorkItem: "",
    isQueueTransferred: Boolean(offer.transferContent),
    isAutoAccepted: false,
  };
}

/** @param {ServiceNow} serviceNow @param {import("./service-now.js").Session} session */
function configFor(serviceNow, { user }) {
  const { tables, presences } = serviceNow;
  const frame = frameOf(serviceNow, user);
  return {
    user: { sysId: user.sysId, userName: user.userName, name: user.name },
    frame,
    openFrame: {
      initsIgnored: serviceNow.initsIgnored,
      openAtStart: serviceNow.openAtStart,
      sandbox:
        serviceNow.sandbox ??
        (frame?.enforce_sandbox_restrictions === "true"
          ? (frame.sandbox_flags ?? "")
          : null),
      allow: serviceNow.frameAllow,
    },
    actions: {
      form: serviceNow.actionForm,
      names: serviceNow.actionNames,
      callIdKey: serviceNow.callIdKey,
      searchForm: serviceNow.searchForm,
    },
    clickToCall: {
      form: serviceNow.clickToCall,
      place: serviceNow.clickToCallPlace,
    },
    heartBeat: {
      everyMs: serviceNow.heartBeatMs,
      time: serviceNow.heartBeatTime,
    },
    presenceAnswer: serviceNow.presenceAnswer,
    presenceStates: presences.states,
    presence: presences.of(user.userName),
    searchLimit: Number(serviceNow.property("icc_search_limit") ?? 10),
    consumer: tables.row("csm_consumer", EXAMPLE_CONSUMER),
    nowMs: serviceNow.now(),
  };
}

/**
 * The OpenFrame configuration of a user: of those that are active and for them, the one with the lowest order.
 *
 * @param {ServiceNow} serviceNow
 * @param {import("./users.js").User} user
 */
function frameOf({ tables }, { roles, groups }) {
  if (!OPENFRAME_ROLES.some((role) => roles.includes(role))) return undefined;
  const mine = tables
    .rows("sn_openframe_configuration")
    .filter(({ active, user_group: group = "" }) => {
      const name = tables.row("sys_user_group", group)?.name;
      return active === "true" && (!group || groups.includes(name ?? group));
    });
  return mine.sort((a, b) => Number(a.order ?? 0) - Number(b.order ?? 0)).at(0);
}

const OPENFRAME_ROLES = [
  "sn_openframe_user",
  "sn_customerservice_agent",
  "sn_customerservice.consumer_agent",
  "admin",
];
const PAGE = fileURLToPath(new URL("./page/", import.meta.url));
