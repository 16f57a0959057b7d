// @ts-check
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express from "express";
import { hostName } from "../hosts.js";
import { Sessions } from "../sessions.js";
import { settable } from "../settings.js";
import { importUpdateSet } from "./import.js";
import { defineTables } from "./instance.js";
import { createLogin } from "./login.js";
import { createOpenFrame } from "./open-frame.js";
import { Presences } from "./presence.js";
import { createRest } from "./rest.js";
import { SERVICENOW_SETTINGS } from "./settings.js";
import { Tables } from "./tables.js";
import { createUiPages } from "./ui-page.js";
import { createUiScripts } from "./ui-script.js";
import { exampleUsers } from "./users.js";
import { createWorkspace } from "./workspace.js";

/**
 * @typedef {import("../hosts.js").HostNames} HostNames
 * @typedef {import("./users.js").User} User
 * @typedef {{ user: User, token: string }} Session
 *
 * @typedef {object} ConnectInstance one record of sn_cti_connect_instance, by our names for its columns
 * @property {string} sysId
 * @property {string} name
 * @property {string} arn
 * @property {string} params
 * @property {string} ssoLoginUrl
 * @property {string} active
 *
 * @typedef {object} OpenFrameCall a call of openFrameAPI
 * @property {string} page which page made it: a random id of its own
 * @property {string} userName
 * @property {string} method
 * @property {any[]} args functions are "ƒ"
 * @property {number} atMs by the instance's clock
 *
 * @typedef {object} RestCall
 * @property {string} userName "" without a session
 * @property {string} method
 * @property {string} path without the query
 * @property {Record<string, unknown>} query
 * @property {any} body
 * @property {number} status
 * @property {any} answer
 */

/** The ServiceNow instance: its records, sessions, UI pages, REST and workspace, and its settings (settings.js). */
export class ServiceNow extends settable(SERVICENOW_SETTINGS) {
  users = exampleUsers();
  /** @type {Tables} */
  tables;
  /** What is in sn_cti_connect_instance; an `ssoLoginUrl` that is undefined is the desk's. @type {ConnectInstance[]} */
  connectInstances = [];
  presences = new Presences((userName, presence) =>
    this.#presenceChanged(userName, presence),
  );

  /** Every call of openFrameAPI, in order. Tests may empty it. @type {OpenFrameCall[]} */
  calls = [];
  /** What openFrameAPI's callers did wrong, one sentence each. Tests can expect it to be empty. @type {string[]} */
  violations = [];
  /** UI pages that could not be evaluated, and expressions in them. Tests can expect it to be empty. @type {string[]} */
  pageErrors = [];
  /** What scripts of UI pages logged. @type {string[]} */
  logs = [];
  /** Every REST request. Tests may empty it. @type {RestCall[]} */
  restCalls = [];

  /** @type {Sessions<Session>} */
  #sessions;
  /** @type {import("./workspace.js").Workspaces} */
  #workspaces;

  /** @param {import("../lab.js").LabContext} context */
  constructor(context) {
    super();
    this.context = context;
    this.tables = new Tables(() => this.now());
    this.#sessions = new Sessions("JSESSIONID", () => this.now());
    defineTables(this);
    const { app, workspaces } = createWorkspace(this);
    this.#workspaces = workspaces;
    this.app = express
      .Router()
      .use(
        this.#headers(),
        createLogin(this),
        createOpenFrame(this),
        app,
        createRest(this),
        createUiScripts(this),
        createUiPages(this),
      );
  }

  /** The instance's clock, in epoch milliseconds. */
  now() {
    return this.context.clock.now("serviceNow");
  }

  /** The number of sessions that have not expired. */
  get sessionCount() {
    return this.#sessions.size;
  }

  /** The records of the table `interaction`. */
  get interactions() {
    return this.tables.rows("interaction");
  }

  /** Whether the update set is there, so that the workspace has something to show. */
  get hasSoftphone() {
    return this.tables.named("sys_ui_page", "connect_softphone") !== undefined;
  }

  /**
   * Begins a session, as if the user had logged in.
   *
   * @param {string} userName
   * @param {HostNames} [names] the set that the cookie's domain is from, default the lab's `hostNames`
   * @throws {Error} if `users` has no such user
   */
  beginSession(userName, names = this.context.hostNames) {
    const user = this.users.get(userName);
    if (!user) throw new Error(`ServiceNow has no user ${userName}`);
    const session = { user, token: randomBytes(36).toString("hex") };
    return this.#sessions.begin(
      session,
      hostName("serviceNow", names),
      this.sessionLifeMs,
    );
  }

  /** Ends every session. */
  endSessions() {
    this.#sessions.endAll();
  }

  /** Ends the session of a request. @param {express.Request} req */
  endSession(req) {
    this.#sessions.end(req);
  }

  /** @param {express.Request} req */
  session(req) {
    return this.#sessions.find(req);
  }

  /**
   * Imports an update set: previews it and, if there is no problem, commits it.
   *
   * @param {string} text the file
   */
  importUpdateSet(text) {
    return importUpdateSet(this.tables, text);
  }

  /** Imports the update set that `npm run build` made, if it is there. */
  importBuilt() {
    try {
      return this.importUpdateSet(readFileSync(UPDATE_SET, "utf8"));
    } catch (error) {
      if (/** @type {any} */ (error).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Sets a system property, or with undefined removes it. @param {string} name @param {string} [value] */
  setProperty(name, value) {
    const row = this.tables.named("sys_properties", name);
    if (value === undefined) {
      if (row) delete row.value;
    } else if (row) this.tables.update("sys_properties", row.sys_id, { value });
    else this.tables.insert("sys_properties", { name, value });
  }

  /** @param {string} name */
  property(name) {
    return this.tables.named("sys_properties", name)?.value;
  }

  /**
   * Lets a user's workspaces send an event to their OpenFrame.
   *
   * @param {string} event such as "openframe_communication"
   * @param {unknown} payload
   * @param {string} [userName] default: all users
   * @returns {number} to how many
   */
  send(event, payload, userName) {
    return this.#workspaces.send({ event, payload }, userName);
  }

  /**
   * The same for an action of the Interaction Controls, in the form that `actionForm` says.
   *
   * @param {string} name
   * @param {unknown} [payload]
   * @param {string} [userName]
   */
  sendAction(name, payload = {}, userName) {
    const action = { name, payload };
    return this.send(
      "interaction_control_action",
      this.actionForm === "plain" ? action : { action },
      userName,
    );
  }

  /** How many workspaces are open. */
  get workspaceCount() {
    return this.#workspaces.count;
  }

  /** What scripts get. @param {Session} session */
  glideFor({ user, token }) {
    return {
      tables: this.tables,
      user,
      token: this.sessionTokens ? token : "",
      canRead: (/** @type {string} */ table) => this.canRead(user, table),
      log: (/** @type {string} */ level, /** @type {string} */ text) =>
        void this.logs.push(`${level}: ${text}`),
    };
  }

  /** Whether a user may read a table over REST. @param {User} user @param {string} table */
  canRead({ roles }, table) {
    const needed = READERS[table];
    return (
      roles.includes("admin") ||
      needed === undefined ||
      needed.some((role) => roles.includes(role))
    );
  }

  /** The headers of UI pages. */
  pageHeaders() {
    const policy = this.contentSecurityPolicy;
    return {
      "Cache-Control": "no-cache,no-store,no-transform",
      ...(policy && { "Content-Security-Policy": policy }),
      ...(!/frame-ancestors/.test(policy) && {
        "X-Frame-Options": "SAMEORIGIN",
      }),
    };
  }

  /** @param {string} userName @param {import("./presence.js").Presence} presence */
  #presenceChanged(userName, presence) {
    this.#workspaces.send({ presence }, userName);
    if (this.presenceEvents)
      this.send(
        "openframe_awa_agent_presence",
        { result: { presence } },
        userName,
      );
  }

  #headers() {
    return /** @type {express.RequestHandler} */ (
      (_req, res, next) => {
        if (this.referrerPolicy)
          res.set("Referrer-Policy", this.referrerPolicy);
        next();
      }
    );
  }
}

/** Who may read which tables over REST; all others, everybody (assumed for all). @type {Record<string, string[]>} */
const READERS = {
  sn_cti_connect_instance: ["sn_cti_amzn_cct.admin", "sn_cti_core.admin"],
  sys_properties: [],
  sys_security_acl: [],
  sys_ui_page: [],
  sys_ui_script: [],
  interaction: ["interaction_agent"],
};

const UPDATE_SET = fileURLToPath(
  new URL(
    "../../../dist/servicenow/connect-softphone-update-set.xml",
    import.meta.url,
  ),
);
