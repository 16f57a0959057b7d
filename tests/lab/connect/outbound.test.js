// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty, quickConnects, sides } from "./harness.js";

const ada = "ada@example.com";
const to = (/** @type {string} */ phoneNumber) => ({
  endpoint: { type: "phone_number", phoneNumber },
});

test("an outbound contact is connected while the customer's phone rings", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  connect.answerAfterMs = null;
  connect.agentLegMs = 0;
  await api("CreateOutboundContact", to("+15550199"));
  const call = connect.calls[0];
  while (sides(await contact()).contact !== "connected");
  assert.deepEqual(sides(await contact()), {
    contact: "connected",
    agent: "connected",
    customer: "connecting",
  });
  assert.equal(agent.state.name, "CallingCustomer");
  assert.equal(call.state, "connecting");
  const [, { connectionId }] = (await contact()).connections;
  const { contactId } = call;
  await api("HoldConnection", { contactId, connectionId }, 400);
  call.answer();
  assert.equal(sides(await contact()).customer, "connected");
  assert.equal(agent.state.name, "Busy");
  assert.deepEqual(connect.shapeErrors, []);
});

test("a customer who does not answer leaves an error, and then the agent is Available by themselves", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  connect.answerAfterMs = null;
  connect.failedDialMs = 1;
  await api("CreateOutboundContact", to("+15550199"));
  const [call] = connect.calls;
  call.noAnswer();
  // At once: a moment later, the contact is gone.
  assert.equal(agent.state.name, "FailedConnectCustomer");
  assert.deepEqual(sides(agent.snapshot().contacts[0]), {
    contact: "error",
    agent: "disconnected",
    customer: "disconnected",
  });
  await call.when("cleared");
  assert.equal(agent.state.name, "Available");
  assert.equal(await contact(), undefined);
});

test("a customer may not answer by themselves", async (t) => {
  const { connect, api } = await onDuty(t);
  connect.answerAfterMs = null;
  connect.noAnswerAfterMs = 1;
  await api("CreateOutboundContact", to("+15550199"));
  await connect.calls[0].when("unanswered");
});

test("only numbers of dialable countries can be dialled, and no agents", async (t) => {
  const { connect, api } = await onDuty(t);
  const refused = (/** @type {object} */ input) =>
    api("CreateOutboundContact", input, 400);
  const { endpoints } = await quickConnects(api);
  const grace = endpoints.find(
    (/** @type {any} */ one) => one.type === "agent",
  );
  for (const input of [to("Ada"), to("+39066982"), { endpoint: grace }])
    assert.equal((await refused(input)).__type, "BadEndpointException");
  assert.equal(
    (await refused({ endpoint: grace })).message,
    "Only phone number addresses are supported.",
  );
  connect.dialableCountries = ["it"];
  assert.deepEqual((await api("GetDialableCountryCodes")).countryCodes, ["it"]);
  await refused(to("+15550199"));
  await api("CreateOutboundContact", to("+39066982"));
});

test("a customer's call can be offered before the outbound contact appears", async (t) => {
  const { connect, api } = await onDuty(t);
  connect.inboundOvertakesMs = 60_000;
  connect.answerAfterMs = null;
  await api("CreateOutboundContact", to("+15550199"));
  const shown = async () =>
    (await api("GetAgentSnapshot")).snapshot.contacts.map(
      (/** @type {any} */ one) => one.initiationMethod,
    );
  assert.deepEqual(await shown(), ["inbound"]);
  const [, inbound] = connect.calls;
  inbound.hangUp();
  inbound.clear();
  connect.inboundOvertakesMs = 1;
  await api("CreateOutboundContact", to("+15550199"));
  await connect.calls[2].when("connecting");
  assert.deepEqual(await shown(), ["inbound", "outbound"]);
});

test("an agent may have no default outbound queue", async (t) => {
  const { connect, api } = await onDuty(t);
  const user = connect.users.get(ada);
  assert.ok(user);
  const queue = async () =>
    (await api("GetAgentConfiguration")).configuration.routingProfile
      .defaultOutboundQueue;
  assert.equal((await queue()).name, "Support");
  user.defaultOutboundQueue = null;
  assert.deepEqual(await queue(), { queueARN: null, name: null });
  await api("CreateOutboundContact", to("+15550199"), 400);
  user.defaultOutboundQueue = false;
  assert.equal(await queue(), null);
  user.defaultOutboundQueue = "Sales";
  assert.equal((await queue()).name, "Sales");
  assert.deepEqual(connect.shapeErrors, []);
});
