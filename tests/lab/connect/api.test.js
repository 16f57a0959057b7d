// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import { startInstance } from "./harness.js";
import { operations } from "./operations.js";
import { readShapes } from "./shapes.js";

const ada = "ada@example.com";

test("the shape checker accepts values that conform and refuses others", () => {
  const { check } = readShapes();
  const state = { type: "routable", name: "Available" };
  const fits = {
    snapshot: { state, contacts: [], snapshotTimestamp: 1_700_000_000.5 },
    nextToken: "1",
  };
  assert.deepEqual(check("GetAgentSnapshot", "output", fits), []);
  /** @type {[object, RegExp][]} */
  const wrong = [
    [{ ...fits, nextToken: undefined }, /nextToken is missing/],
    [{ ...fits, extra: 1 }, /extra is unknown/],
    [{ ...fits, nextToken: 7 }, /nextToken is number, expected string/],
    [
      { ...fits, snapshot: { ...fits.snapshot, contacts: [{}] } },
      /contacts\[0\]\.contactId is missing/,
    ],
    [
      {
        ...fits,
        snapshot: { ...fits.snapshot, snapshotTimestamp: Date.now() },
      },
      /snapshotTimestamp is number, expected timestamp/,
    ],
  ];
  for (const [value, problem] of wrong)
    assert.match(
      check("GetAgentSnapshot", "output", value).join("\n"),
      problem,
    );
  assert.deepEqual(check("Nonsense", "input", {}), [
    "Nonsense is not an operation",
  ]);
});

test("a response that does not match its shape becomes a 500 and is recorded", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  Object.assign(connect.agent(ada).state, { name: 5 });
  const answer = await call("GetAgentSnapshot");
  assert.equal(answer.status, 500);
  assert.match(
    answer.message,
    /snapshot\.state\.name is number, expected string/,
  );
  assert.deepEqual(
    connect.shapeErrors.map(({ operation, of }) => [operation, of]),
    [["GetAgentSnapshot", "answer"]],
  );
});

test("a request that does not match its shape is refused and recorded", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  const answer = await call("PutAgentState", { stat: {} });
  assert.equal(answer.status, 400);
  assert.equal(answer.__type, "ValidationException");
  assert.deepEqual(connect.shapeErrors[0].problems, [
    "PutAgentState.state is missing, expected a value",
    "PutAgentState.stat is unknown, expected it to be absent",
  ]);
});

test("an operation that is not simulated fails clearly and is recorded", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  for (const [operation, input] of [
    ["PauseContact", { contactId: "1" }],
    ["CreateTransport", { transportType: "chat_token" }],
    ["Nonsense", {}],
  ]) {
    const answer = await call(String(operation), /** @type {object} */ (input));
    assert.equal(answer.status, 400);
    assert.equal(answer.__type, "UnknownOperationException");
  }
  assert.deepEqual(connect.unknownOperations, [
    "PauseContact",
    "CreateTransport chat_token",
    "Nonsense",
  ]);
});

test("Voice ID and task templates are not simulated", async (t) => {
  const { connect, ask } = await startInstance(t);
  const target = "AgentAppService.Lcms.getContact";
  const asked = await ask("/agent-app/api", {
    method: "POST",
    headers: { "x-amz-target": target },
    body: "{}",
  });
  assert.equal(asked.status, 400);
  assert.match(JSON.parse(asked.body).message, /does not simulate/);
  await ask("/task-templates/api/ccp/proxy/instance/1/task/template");
  assert.equal(connect.unknownOperations[0], target);
  assert.match(connect.unknownOperations[1], /^GET \/task-templates\//);
});

test("every simulated operation exists in the bundle", () => {
  const known = readShapes().operations;
  assert.deepEqual(
    Object.keys(operations).filter((name) => !known.includes(name)),
    [],
  );
});

test("every operation needs the token of a session that is alive", async (t) => {
  const { connect, ask, signIn } = await startInstance(t);
  const target = "AmazonConnectCTIService.GetAgentStates";
  const { status, body } = await ask("/api/", {
    method: "POST",
    headers: { "x-amz-target": target },
    body: "{}",
  });
  assert.equal(status, 401);
  assert.equal(JSON.parse(body).__type, "UnauthorizedException");
  const { call } = await signIn(ada);
  connect.endSessions();
  assert.equal((await call("GetAgentStates")).status, 401);
  const again = await signIn(ada);
  connect.users.delete(ada);
  assert.equal(
    (await again.call("GetAgentStates")).__type,
    "AccessDeniedException",
  );
});

test("start-up as Streams does it, with lists in pages", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  const { configuration } = await call("GetAgentConfiguration");
  assert.equal(configuration.username, ada);
  assert.match(
    configuration.routingProfile.routingProfileARN,
    /instance\/[0-9a-f-]+\//,
  );
  const first = await call("GetAgentStates", { maxResults: 3 });
  assert.equal(first.states.length, 3);
  const rest = await call("GetAgentStates", {
    maxResults: 3,
    nextToken: first.nextToken,
  });
  assert.deepEqual(
    [...first.states, ...rest.states].map(({ name }) => name),
    ["Available", "Offline", "Lunch", "Training"],
  );
  assert.equal(rest.nextToken, null);
  const { routingProfileARN } = configuration.routingProfile;
  const { queues } = await call("GetRoutingProfileQueues", {
    routingProfileARN,
  });
  assert.equal(queues.length, 4);
  assert.deepEqual((await call("GetAgentPermissions")).permissions, [
    "outboundCall",
  ]);
  assert.ok(
    (await call("GetDialableCountryCodes")).countryCodes.includes("us"),
  );
  assert.equal(
    (await call("GetEndpoints", { queueARNs: [queues[0].queueARN] })).endpoints
      .length,
    4,
  );
  await call("UpdateAgentConfiguration", {
    configuration: { ...configuration, extension: "+15550177" },
  });
  assert.equal(
    (await call("GetAgentConfiguration")).configuration.extension,
    "+15550177",
  );
  assert.deepEqual(connect.shapeErrors, []);
});

test("a snapshot waits for a change, its timeout or the end of the session", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  const { nextToken } = await call("GetAgentSnapshot");
  const held = call("GetAgentSnapshot", { nextToken, timeout: 10_000 });
  await served(connect, "GetAgentSnapshot", 2);
  connect.agent(ada).setState("Available");
  const changed = await held;
  assert.equal(changed.snapshot.state.name, "Available");
  const same = await call("GetAgentSnapshot", {
    nextToken: changed.nextToken,
    timeout: 30,
  });
  assert.equal(same.nextToken, changed.nextToken);
  const cut = call("GetAgentSnapshot", {
    nextToken: same.nextToken,
    timeout: 10_000,
  });
  await served(connect, "GetAgentSnapshot", 4);
  connect.endSessions();
  assert.equal((await cut).status, 401);
});

test("a failure affects the named operation, as often as requested", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  connect.fail("GetAgentStates", { status: 403, times: 1 });
  assert.equal((await call("GetAgentStates")).__type, "AccessDeniedException");
  assert.equal((await call("GetAgentStates")).status, 200);
  const undo = connect.fail("getAgentStates", {
    code: "BadEndpointException",
    status: 400,
  });
  assert.equal((await call("GetAgentStates")).__type, "BadEndpointException");
  assert.equal((await call("GetAgentPermissions")).status, 200);
  undo();
  undo();
  assert.equal((await call("GetAgentStates")).status, 200);
  connect.fail("*");
  assert.equal((await call("GetAgentPermissions")).status, 500);
  assert.throws(() => connect.fail("GetAgentStatus"), /not an operation/);
});

test("an operation can hang until that is undone, and can be late", async (t) => {
  const { connect, signIn } = await startInstance(t);
  const { call } = await signIn(ada);
  const undo = connect.fail("GetAgentStates", { hang: true });
  const hanging = call("GetAgentStates");
  const first = await Promise.race([
    hanging.catch(() => "cut"),
    call("GetAgentPermissions").then(() => "other"),
  ]);
  assert.equal(first, "other");
  assert.equal(connect.apiCalls[0].status, 0);
  undo();
  await assert.rejects(hanging, /socket hang up|ECONNRESET/);
  connect.fail("GetAgentStates", { delayMs: 60, times: 1 });
  const start = performance.now();
  assert.equal((await call("GetAgentStates")).status, 200);
  assert.ok(performance.now() - start >= 55);
});

test("the WebSocket answers Streams' topics, only at an address that was issued", async (t) => {
  const { connect, signIn, port } = await startInstance(t);
  const { call } = await signIn(ada);
  const { webSocketTransport } = await call("CreateTransport", {
    transportType: "web_socket",
  });
  assert.match(
    webSocketTransport.url,
    /^wss:\/\/acme\.my\.connect\.localhost:\d+\/websocket\/[\w-]+$/,
  );
  assert.ok(webSocketTransport.transportLifeTimeInSeconds >= 300);
  const { pathname } = new URL(webSocketTransport.url);
  const socket = new WebSocket(`ws://127.0.0.1:${port}${pathname}`);
  await once(socket, "open");
  const answers = [
    [
      { topic: "aws/heartbeat" },
      { topic: "aws/heartbeat", statusCode: 200, statusContent: "OK" },
    ],
    [
      { topic: "aws/subscribe", content: { topics: ["aws/chat"] } },
      {
        topic: "aws/subscribe",
        content: { status: "success", topics: ["aws/chat"] },
      },
    ],
  ];
  for (const [question, answer] of answers) {
    socket.send(JSON.stringify(question));
    assert.deepEqual(JSON.parse(String(await once(socket, "message"))), answer);
  }
  connect.dropSockets();
  await once(socket, "close");
  const stranger = new WebSocket(`ws://127.0.0.1:${port}/websocket/guessed`);
  assert.match(String(await once(stranger, "error")), /403/);
});

/**
 * Waits until the lab has begun to serve an operation a number of times.
 *
 * @param {import("./connect.js").Connect} connect
 * @param {string} operation
 * @param {number} times
 */
async function served(connect, operation, times) {
  while (
    connect.apiCalls.filter((one) => one.operation === operation).length < times
  )
    await new Promise((resolve) => setImmediate(resolve));
}

/** @param {WebSocket} socket @param {string} event @returns {Promise<unknown>} */
function once(socket, event) {
  return new Promise((resolve) => socket.once(event, resolve));
}
