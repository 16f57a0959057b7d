// @ts-check
/** For the tests in this folder: an instance on its own server, and a client, because Node cannot resolve `*.localhost`. */
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import express from "express";
import { hostName } from "../hosts.js";
import { createConnect } from "./connect.js";

/** @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, body: string }} Answer */
/** @typedef {{ method?: string, headers?: Record<string, string>, body?: string }} Question */

/** Starts an instance. @param {import("node:test").TestContext} test stops the instance when it ends */
export async function startInstance(test) {
  const time = { offsetMs: 0 };
  let port = 0;
  const connect = createConnect({
    clock: { now: () => Date.now() + time.offsetMs },
    origin: (party, names) => `http://${hostName(party, names)}:${port}`,
    hostNames: ["separate", "one"],
    log: () => {},
  });
  const server = createServer(express().use(connect.app));
  server.on("upgrade", connect.upgrade);
  await new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(undefined)),
  );
  port = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  test.after(async () => {
    await connect.close();
    server.closeAllConnections();
    server.close();
  });
  const host = `${hostName("instance", "separate")}:${port}`;

  /**
   * @param {string} path
   * @param {Question} [question]
   * @returns {Promise<Answer>}
   */
  function ask(path, { method = "GET", headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
      const req = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method,
          headers: { host, ...headers },
        },
        (res) => {
          let text = "";
          res.setEncoding("utf8");
          res.on("data", (chunk) => (text += chunk));
          res.on("error", reject);
          res.on("end", () =>
            resolve({
              status: res.statusCode ?? 0,
              headers: res.headers,
              body: text,
            }),
          );
        },
      );
      req.on("error", reject);
      req.end(body);
    });
  }

  return { connect, port, host, time, ask, signIn };

  /**
   * Signs a user in and fetches a token, as Streams does.
   *
   * @param {string} username
   */
  async function signIn(username) {
    const { name, value } = connect.beginSession(username);
    const cookie = `${name}=${value}`;
    const { body } = await ask("/auth/authorize", { headers: { cookie } });
    const token = JSON.parse(body).accessToken;
    /**
     * Calls an operation of the API.
     *
     * @param {string} operation
     * @param {object} [input] without `authentication`, which is added where Streams adds it
     */
    async function call(operation, input = {}) {
      const plain = withoutAuthentication.has(operation);
      const answer = await ask("/api", {
        method: "POST",
        headers: {
          "x-amz-target": `AmazonConnectCTIService.${operation}`,
          "x-amz-bearer": token,
          "content-type": "application/x-amz-json-1.0",
        },
        body: JSON.stringify(
          plain ? input : { ...input, authentication: { authToken: token } },
        ),
      });
      return { status: answer.status, ...JSON.parse(answer.body) };
    }
    return { cookie, token, call };
  }
}

/**
 * Starts an instance where Ada is Available, with a client for Ada.
 *
 * @param {import("node:test").TestContext} t
 */
export async function onDuty(t) {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn("ada@example.com");
  const agent = connect.agent("ada@example.com");
  agent.setState("Available");
  /** @param {string} operation @param {object} [input] @param {number} [status] the expected one */
  async function api(operation, input, status = 200) {
    const answer = await call(operation, input);
    assert.equal(answer.status, status, `${operation}: ${answer.message}`);
    return answer;
  }
  const contact = async () =>
    (await api("GetAgentSnapshot")).snapshot.contacts[0];
  return { connect, agent, api, contact };
}

/**
 * Asks for the quick connects of the queue "Support".
 *
 * @param {(operation: string, input: object) => Promise<any>} api
 */
export async function quickConnects(api) {
  const { queues } = await api("GetRoutingProfileQueues", {
    routingProfileARN: "any",
  });
  return api("GetEndpoints", { queueARNs: [queues[0].queueARN] });
}

/**
 * The states of a contact and of its two sides.
 *
 * @param {any} shown as GetAgentSnapshot has it
 */
export function sides({ state, connections }) {
  const of = (/** @type {(one: any) => boolean} */ side) =>
    connections.find(side)?.state.type;
  return {
    contact: state.type,
    agent: of(({ type }) => type === "agent"),
    customer: of(({ initial }) => initial),
  };
}

/** Streams 2.28.2, connect-streams.js, `_requiresAuthenticationParam`. */
const withoutAuthentication = new Set([
  "CompleteContact",
  "ClearContact",
  "RejectContact",
  "CreateTaskContact",
  "UpdateMonitorParticipantState",
  "PauseContact",
  "ResumeContact",
]);
