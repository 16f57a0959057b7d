// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty } from "./harness.js";

const ada = "ada@example.com";

/** Ada talks to a customer, whom she is about to put on hold. @param {import("node:test").TestContext} t */
async function aboutToHold(t) {
  const { connect, api } = await onDuty(t);
  const call = connect.call({ username: ada });
  const { contactId } = call;
  await api("AcceptContact", { contactId });
  const [customer] = call.connections;
  const { connectionId } = customer;
  /** @param {number} [status] the expected one */
  const hold = (status) =>
    api("HoldConnection", { contactId, connectionId }, status);
  return { connect, api, call, customer, hold, faults: connect.faults };
}

test("an operation is denied, unauthorized or refused, as often as requested", async (t) => {
  const { customer, hold, faults } = await aboutToHold(t);
  faults.denied("HoldConnection", { times: 1 });
  assert.equal((await hold(403)).__type, "AccessDeniedException");
  faults.unauthorized("holdConnection", { times: 1 });
  assert.equal((await hold(401)).__type, "UnauthorizedException");
  const undo = faults.refused("HoldConnection", {
    type: "InternalServiceError",
    message: "Error received from Voice Service",
  });
  for (const _ of [1, 2]) {
    const refused = await hold(400);
    assert.equal(refused.__type, "InternalServiceError");
    assert.equal(refused.message, "Error received from Voice Service");
  }
  undo();
  assert.equal(customer.state, "connected");
  await hold();
  assert.equal(customer.state, "hold");
});

test("an operation is answered without an effect, or has one and is refused", async (t) => {
  const { customer, hold, faults } = await aboutToHold(t);
  faults.ignored("HoldConnection", { times: 1 });
  await hold();
  assert.equal(customer.state, "connected");
  faults.doneButRefused("HoldConnection", { times: 1 });
  const refused = await hold(400);
  assert.equal(refused.__type, "InvalidStateException");
  assert.equal(
    refused.message,
    "Cannot put call on hold: Invalid contact state.",
  );
  assert.equal(customer.state, "hold");
});

test("an operation has its effect later, or its answer", async (t) => {
  const { call, customer, hold, faults } = await aboutToHold(t);
  faults.doneLate("HoldConnection", 60_000, { times: 1 });
  await hold();
  assert.equal(customer.state, "connected");
  faults.doneLate("HoldConnection", 1, { times: 1 });
  const effect = new Promise((resolve) => call.on("changed", resolve));
  await hold();
  await effect;
  assert.equal(customer.state, "hold");
  call.change((parties) => parties.joinAll());
  faults.answeredLate("HoldConnection", 60, { times: 1 });
  const answer = hold();
  const first = await Promise.race([
    answer.then(() => "answer"),
    new Promise((resolve) => call.on("changed", () => resolve("effect"))),
  ]);
  assert.equal(first, "effect");
  await answer;
});

test("an operation is never answered, done or not", async (t) => {
  const { api, call, customer, hold, faults } = await aboutToHold(t);
  const undo = faults.silent("HoldConnection", { times: 1 });
  const silent = hold();
  silent.catch(() => {});
  await api("GetAgentSnapshot");
  assert.equal(customer.state, "connected");
  undo();
  await assert.rejects(silent, /socket hang up|ECONNRESET/);
  const undoToo = faults.doneSilently("HoldConnection");
  const done = hold();
  done.catch(() => {});
  await new Promise((resolve) => call.on("changed", resolve));
  assert.equal(customer.state, "hold");
  undoToo();
  await assert.rejects(done, /socket hang up|ECONNRESET/);
});

test("a request that is not the first can be affected alone", async (t) => {
  const { api, faults } = await aboutToHold(t);
  faults.refused("GetAgentStates", { skip: 1, times: 1 });
  for (const status of [200, 400, 200]) await api("GetAgentStates", {}, status);
});

test("only what an operation changes can be ignored or late", async (t) => {
  const { connect, faults } = await aboutToHold(t);
  assert.throws(() => faults.ignored("GetAgentSnapshot"), /changes nothing/);
  assert.throws(() => connect.fail("*", { done: true }), /changes nothing/);
});
