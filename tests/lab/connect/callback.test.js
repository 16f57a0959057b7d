// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty, sides } from "./harness.js";

const ada = "ada@example.com";

test("a queued callback is looked at, accepted, and only then is the customer dialled", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  connect.answerAfterMs = null;
  const call = connect.callback({ username: ada, from: "+15550101" });
  const offered = await contact();
  assert.equal(offered.type, "queue_callback");
  assert.equal(offered.initiationMethod, "callback");
  assert.deepEqual(sides(offered), {
    contact: "incoming",
    agent: "connecting",
    customer: "init",
  });
  const [, customer] = offered.connections;
  assert.equal(customer.type, "outbound");
  assert.equal(customer.endpoint.phoneNumber, "+15550101");
  const { contactId } = call;
  await api("AcceptContact", { contactId });
  const dialling = await contact();
  assert.deepEqual(sides(dialling), {
    contact: "connecting",
    agent: "connecting",
    customer: "connecting",
  });
  assert.equal(agent.state.name, "CallingCustomer");
  await api("AcceptContact", { contactId }, 400);
  await api("RejectContact", { contactId }, 400);
  call.answer();
  const talking = await contact();
  assert.deepEqual(sides(talking), {
    contact: "connected",
    agent: "connected",
    customer: "connected",
  });
  assert.notEqual(
    talking.connections[0].connectionId,
    offered.connections[0].connectionId,
  );
  assert.deepEqual(connect.shapeErrors, []);
});

test("a callback that is missed or rejected leaves the agent in the state Default", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  const missed = connect.callback({ username: ada, ringTimeoutMs: 20 });
  await missed.when("missed");
  assert.deepEqual([agent.state.name, agent.state.type], ["Default", "error"]);
  assert.equal((await contact()).state.type, "error");
  await api("ClearContact", { contactId: missed.contactId });
  const rejected = connect.callback({ username: ada });
  await api("RejectContact", { contactId: rejected.contactId });
  assert.equal(agent.state.name, "Default");
});

test("the customer of a callback does not answer", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  connect.answerAfterMs = null;
  connect.failedDialMs = 1;
  const call = connect.callback({ username: ada });
  await api("AcceptContact", { contactId: call.contactId });
  call.noAnswer();
  // At once: a moment later, the contact is gone.
  assert.equal(sides(agent.snapshot().contacts[0]).contact, "error");
  assert.equal(agent.state.name, "FailedConnectCustomer");
  await call.when("cleared");
  assert.equal(agent.state.name, "Available");
});

test("a callback with the customer first is offered like a call", async (t) => {
  const { connect, api, contact } = await onDuty(t);
  const call = connect.callback({ username: ada, customerFirst: true });
  const offered = await contact();
  assert.equal(offered.initiationMethod, "callback_customer_first_queued");
  assert.deepEqual(sides(offered), {
    contact: "connecting",
    agent: "connecting",
    customer: "connected",
  });
  await api("AcceptContact", { contactId: call.contactId });
  assert.equal((await contact()).state.type, "connected");
  call.hangUp();
  assert.equal(call.state, "ended");
});
