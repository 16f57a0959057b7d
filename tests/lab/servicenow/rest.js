// @ts-check
import express from "express";
import { hostNamesOf, withHostsOf } from "../hosts.js";
import { createAwa } from "./awa.js";
import { createEventSink } from "./event-sink.js";
import { RestError } from "./rest-error.js";
import { createTableApi } from "./table-api.js";
import { createVoiceInteractions } from "./voice-interaction.js";

/**
 * The instance's REST APIs, and what they have in common: who may ask, and what is recorded.
 *
 * @typedef {import("./service-now.js").ServiceNow} ServiceNow
 * @typedef {import("./users.js").User} User
 *
 * @typedef {object} RestRequest
 * @property {User} user
 * @property {Record<string, string>} params
 * @property {Record<string, unknown>} query
 * @property {any} body
 *
 * @typedef {object} RestAnswer
 * @property {number} [status] default 200
 * @property {unknown} body
 *
 * @typedef {object} Endpoint
 * @property {"get" | "post" | "put" | "patch"} method
 * @property {string} path
 * @property {string[]} roles one of them is needed; none: every user may
 * @property {(request: RestRequest) => RestAnswer} run may throw a `RestError`
 */

/** @param {ServiceNow} serviceNow */
export function createRest(serviceNow) {
  const app = express.Router();
  app.use("/api", express.json({ limit: "10mb" }));
  for (const endpoint of [
    ...createTableApi(serviceNow),
    ...createVoiceInteractions(serviceNow),
    ...createAwa(serviceNow),
    ...createEventSink(),
  ])
    app[endpoint.method](endpoint.path, (req, res) =>
      answer(serviceNow, endpoint, req, res),
    );
  app.use("/api", (req, res) => {
    const unknown = { method: "get", path: "", roles: [], run: refuse };
    return answer(serviceNow, /** @type {Endpoint} */ (unknown), req, res);
  });
  app.use("/api", badBody);
  return app;

  /**
   * @param {Error} error a body that is no JSON
   * @param {express.Request} req
   * @param {express.Response} res
   * @param {express.NextFunction} _next unused; express recognizes an error handler by its four parameters
   */
  function badBody(error, req, res, _next) {
    send(
      serviceNow,
      req,
      res,
      failure(new RestError(400, String(error.message))),
    );
  }
}

/**
 * @param {ServiceNow} serviceNow
 * @param {Endpoint} endpoint
 * @param {express.Request} req
 * @param {express.Response} res
 */
async function answer(serviceNow, endpoint, req, res) {
  await serviceNow.context.sleep(serviceNow.restDelayMs);
  try {
    const user = userOf(serviceNow, req);
    const { restStatus, restPath } = serviceNow;
    if (restStatus !== null && req.path.includes(restPath))
      throw new RestError(restStatus, "Set so in the lab");
    if (!allowed(user, endpoint.roles))
      throw new RestError(
        403,
        "User Not Authorized",
        `needs one of ${endpoint.roles.join(", ")}`,
      );
    const params = /** @type {Record<string, string>} */ (req.params);
    const request = { user, params, query: req.query, body: req.body };
    send(serviceNow, req, res, endpoint.run(request));
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    send(serviceNow, req, res, failure(error));
  }
}

/**
 * A session's cookie is enough. A token that comes with it must be the session's: an empty one is wrong, too (reported).
 *
 * @param {ServiceNow} serviceNow
 * @param {express.Request} req
 */
function userOf(serviceNow, req) {
  const session = serviceNow.session(req);
  const token = req.headers["x-usertoken"];
  if (!session || (token !== undefined && token !== session.token))
    throw new RestError(
      401,
      "User Not Authenticated",
      "Required to provide Auth information",
    );
  return session.user;
}

/** @param {User} user @param {string[]} roles */
function allowed(user, roles) {
  return (
    roles.length === 0 ||
    user.roles.includes("admin") ||
    roles.some((role) => user.roles.includes(role))
  );
}

/** @returns {never} */
function refuse() {
  throw new RestError(400, "Requested URI does not represent any resource");
}

/** @param {RestError} error @returns {RestAnswer} */
function failure({ status, message, detail }) {
  return { status, body: { error: { message, detail }, status: "failure" } };
}

/**
 * @param {ServiceNow} serviceNow
 * @param {express.Request} req
 * @param {express.Response} res
 * @param {RestAnswer} answer
 */
function send(serviceNow, req, res, { status = 200, body }) {
  serviceNow.restCalls.push({
    userName: serviceNow.session(req)?.user.userName ?? "",
    method: req.method,
    path: req.path,
    query: { ...req.query },
    body: req.body,
    status,
    answer: body,
  });
  if (res.destroyed) return;
  res
    .status(status)
    .set("Cache-Control", "no-cache,no-store,no-transform")
    .type("json")
    .send(withHostsOf(JSON.stringify(body), hostNamesOf(req)));
}
