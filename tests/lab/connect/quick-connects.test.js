// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty } from "./harness.js";

const ada = "ada@example.com";

/** @param {import("node:test").TestContext} t */
async function withQueues(t) {
  const duty = await onDuty(t);
  const { api } = duty;
  const { queues } = await api("GetRoutingProfileQueues", {
    routingProfileARN: "any",
  });
  /** @type {Map<string | null, string>} */
  const arns = new Map(
    queues.map((/** @type {any} */ one) => [one.name, one.queueARN]),
  );
  /** @param {(string | null)[]} names @param {object} [page] @param {number} [status] the expected one */
  const ask = (names, page, status) =>
    api(
      "GetEndpoints",
      { queueARNs: names.map((name) => arns.get(name)), ...page },
      status,
    );
  const named = (/** @type {any} */ { endpoints }) =>
    endpoints.map((/** @type {any} */ { name }) => name);
  return { ...duty, ask, named, queues };
}

test("quick connects belong to queues, and come once for each", async (t) => {
  const { connect, ask, named } = await withQueues(t);
  assert.deepEqual(named(await ask(["Sales"])), ["Front desk", "Warehouse"]);
  assert.deepEqual(named(await ask(["Sales", "Billing"])), [
    "Front desk",
    "Warehouse",
    "Front desk",
  ]);
  assert.deepEqual(named(await ask([null])), []);
  const { endpoints } = await ask(["Support"]);
  const grace = endpoints.find(
    (/** @type {any} */ one) => one.type === "agent",
  );
  assert.equal(grace.agentLogin, null);
  connect.addQuickConnect("Night desk", { queues: ["Sales"] });
  assert.equal(named(await ask(["Sales"])).at(-1), "Night desk");
  assert.deepEqual(connect.shapeErrors, []);
});

test("one queue that has left the routing profile fails the request for all", async (t) => {
  const { connect, ask } = await withQueues(t);
  const user = connect.users.get(ada);
  assert.ok(user);
  user.queues = ["Support", "Billing"];
  const refused = await ask(["Support", "Sales", "Billing"], {}, 400);
  assert.equal(refused.__type, "InvalidStateException");
  assert.match(
    refused.message,
    /^Exception thrown while retrieving end-points/,
  );
  await ask(["Sales"], {}, 400);
  for (const name of ["Support", "Billing"]) await ask([name]);
});

test("the queue of a contact has no quick connects, if no profile has it", async (t) => {
  const { connect, api, contact, named } = await withQueues(t);
  connect.call({ username: ada, queue: "Overflow" });
  const { queueARN } = (await contact()).queue;
  const answer = await api("GetEndpoints", { queueARNs: [queueARN] });
  assert.deepEqual(named(answer), []);
});

test("lists come in pages of what the client asks for at most, or in shorter ones", async (t) => {
  const { connect, api, ask, named, queues } = await withQueues(t);
  const own = queues.at(-1);
  assert.equal(own.name, null);
  assert.match(own.queueARN, /\/queue\/agent\//);
  connect.pageSize = 3;
  const first = await ask(["Support"], { maxResults: 100 });
  assert.equal(first.endpoints.length, 3);
  const { nextToken } = first;
  const rest = await ask(["Support"], { maxResults: 100, nextToken });
  assert.deepEqual(named(rest), ["Billing"]);
  assert.equal(rest.nextToken, null);
  const page = await api("GetRoutingProfileQueues", {
    routingProfileARN: "any",
    maxResults: 100,
  });
  assert.equal(page.queues.length, 3);
  assert.ok(page.nextToken);
});
