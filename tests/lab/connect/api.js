// @ts-check
/**
 * The CTI API over HTTP: JSON 1.0, the operation in `x-amz-target`, the token in `x-amz-bearer`
 * (Streams 2.28.2, connect-streams.js, `AWSClient`).
 */
import express from "express";
import { hostNamesOf } from "../hosts.js";
import {
  INVALID_STATE_MESSAGES,
  operations,
  UnknownOperation,
  unauthorized,
} from "./operations.js";
import { ServiceError } from "./service-error.js";

/**
 * @typedef {object} ApiParts
 * @property {() => import("./floor.js").FloorSettings} settings
 * @property {import("./shapes.js").Shapes} shapes
 * @property {import("./failures.js").Failures} failures
 * @property {import("./sessions.js").Sessions} sessions
 * @property {import("./floor.js").Floor} floor
 * @property {import("./directory.js").Directory} directory
 * @property {import("./timers.js").Timers} timers
 * @property {() => number} now
 * @property {(names: import("../hosts.js").HostNames) => string} webSocketUrl returns the address for a new WebSocket
 * @property {ApiCall[]} apiCalls records every request
 * @property {string[]} unknownOperations records the requested operations that are not simulated
 * @property {ShapeError[]} shapeErrors records requests and responses that do not match their shapes
 */

/** @typedef {{ atMs: number, operation: string, username: string | undefined, status: number }} ApiCall `status` is 0 while the request is open */
/** @typedef {{ operation: string, of: "request" | "answer", problems: string[] }} ShapeError */

/**
 * @param {ApiParts} parts
 * @returns {express.RequestHandler[]}
 */
export function createApi(parts) {
  const body = express.json({ type: () => true, limit: "10mb" });
  return [
    body,
    async (req, res) => {
      const operation = (req.get("x-amz-target") ?? "").replace(prefix, "");
      const username = parts.sessions.ofToken(bearer(req))?.username;
      /** @type {ApiCall} */
      const call = { atMs: parts.now(), operation, username, status: 0 };
      parts.apiCalls.push(call);
      res.on("finish", () => (call.status = res.statusCode));
      try {
        const answer = await answerTo(parts, operation, req, res);
        reply(res, 200, answer);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        reply(res, error.status, {
          __type: error.code,
          message: error.message,
        });
      }
    },
  ];
}

/**
 * Answers for the services beside the CTI API, none of which is simulated: Voice ID and contact lookup
 * (`AgentAppClient`), task templates (`TaskTemplatesClient`).
 *
 * @param {string[]} unknownOperations records what was requested
 * @returns {express.RequestHandler}
 */
export function createOtherServices(unknownOperations) {
  return (req, res) => {
    const operation = req.get("x-amz-target") ?? `${req.method} ${req.path}`;
    unknownOperations.push(operation);
    res.status(400).json({ message: `the lab does not simulate ${operation}` });
  };
}

/**
 * @param {ApiParts} parts
 * @param {string} operation
 * @param {express.Request} req
 * @param {express.Response} res
 */
async function answerTo(parts, operation, req, res) {
  const { shapes, failures, sessions, floor, directory, timers } = parts;
  const strike = await failures.strike([operation, "*"], res);
  if (strike?.failed && !strike.afterEffect)
    throw failed(operation, strike.failed);

  const session = sessions.ofToken(bearer(req));
  if (!session) throw unauthorized();

  if (!parts.settings().users.has(session.username))
    throw new ServiceError(
      403,
      "AccessDeniedException",
      "the user has been removed from the instance",
    );

  const act = Object.hasOwn(operations, operation)
    ? operations[operation]
    : undefined;
  if (!act) throw unknown(new UnknownOperation(operation || "no operation"));

  check("request", "input", req.body ?? {}, 400, "ValidationException");
  if (strike?.ignored) return {};
  const perform = async () =>
    act(
      {
        agent: floor.agent(session.username),
        session,
        directory,
        floor,
        settings: parts.settings,
        timers,
        res,
        webSocketUrl: () => parts.webSocketUrl(hostNamesOf(req)),
      },
      req.body ?? {},
    );
  if (strike?.effectAfterMs !== undefined) {
    // What can no longer be done by then is not done, and nobody learns that.
    timers.after(strike.effectAfterMs, () => void perform().catch(() => {}));
    return {};
  }
  /** @type {object} */
  let answer;
  try {
    answer = await perform();
  } catch (error) {
    if (error instanceof UnknownOperation) throw unknown(error);
    throw reported(operation, error);
  }
  await strike?.afterEffect?.();
  if (strike?.failed) throw failed(operation, strike.failed);
  if (!parts.settings().oddData)
    check("answer", "output", answer, 500, "InternalServiceException");
  return answer;

  /** @param {UnknownOperation} error */
  function unknown(error) {
    parts.unknownOperations.push(error.operation);
    return error;
  }

  /**
   * @param {"request" | "answer"} of
   * @param {"input" | "output"} direction
   * @param {unknown} value
   * @param {number} status
   * @param {string} code
   */
  function check(of, direction, value, status, code) {
    const problems = shapes.check(operation, direction, value);
    if (problems.length === 0) return;
    parts.shapeErrors.push({ operation, of, problems });
    throw new ServiceError(
      status,
      code,
      `the ${of} does not match its shape: ${problems.join("; ")}`,
    );
  }
}

/**
 * @param {string} operation
 * @param {{ status: number, code: string, message?: string }} failure
 */
function failed(operation, { status, code, message }) {
  const error = new ServiceError(
    status,
    code,
    message ?? "the lab was told to fail",
  );
  return message === undefined ? reported(operation, error) : error;
}

/**
 * Gives an InvalidStateException the message that Amazon Connect is known to send for the operation, if there is one.
 *
 * @param {string} operation
 * @param {unknown} error
 */
function reported(operation, error) {
  const message = INVALID_STATE_MESSAGES[operation];
  const known = error instanceof ServiceError && message;
  return known && error.code === "InvalidStateException"
    ? new ServiceError(error.status, error.code, message)
    : error;
}

/** @param {express.Request} req */
function bearer(req) {
  return req.get("x-amz-bearer");
}

/**
 * @param {express.Response} res
 * @param {number} status
 * @param {object} body
 */
function reply(res, status, body) {
  if (res.destroyed) return;
  res
    .status(status)
    .set("Cache-Control", "no-store")
    .type("application/x-amz-json-1.0")
    .send(JSON.stringify(body));
}

const prefix = /^AmazonConnectCTIService\./;
