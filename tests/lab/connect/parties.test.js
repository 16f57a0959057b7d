// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty, sides } from "./harness.js";

const ada = "ada@example.com";
const third = { type: "phone_number", phoneNumber: "+15550150" };

/** Ada talks to a customer. @param {import("node:test").TestContext} t */
async function inCall(t) {
  const duty = await onDuty(t);
  const { connect, api, contact } = duty;
  connect.answerAfterMs = null;
  const call = connect.call({ username: ada });
  const { contactId } = call;
  await api("AcceptContact", { contactId });
  /** The states of the agent's connection, the customer's and the third party's. */
  const states = async () =>
    (await contact()).connections.map(
      (/** @type {any} */ one) => one.state.type,
    );
  const [own, customer] = (await contact()).connections.map(
    (/** @type {any} */ one) => one.connectionId,
  );
  const consult = () =>
    api("CreateAdditionalConnection", { contactId, endpoint: third });
  return { ...duty, call, contactId, states, own, customer, consult };
}

test("a third party who does not answer leaves the customer on hold", async (t) => {
  const { call, states, consult } = await inCall(t);
  await consult();
  call.noAnswer();
  assert.deepEqual(await states(), ["connected", "hold", "disconnected"]);
});

test("nobody can be joined, or hear digits, while they are being called", async (t) => {
  const { connect, api, call, contactId, states, customer, consult } =
    await inCall(t);
  connect.multiPartyConference = true;
  const another = connect.call({ username: ada, alongside: true });
  await api("AcceptContact", { contactId: another.contactId });
  const inConference = { contactId: another.contactId, endpoint: third };
  await api("CreateAdditionalConnection", inConference);
  await api("CreateAdditionalConnection", inConference);
  assert.deepEqual(
    another.connections.map(({ state }) => state),
    ["hold", "connected", "connecting", "connecting"],
  );
  await consult();
  const refused = await api("ConferenceConnections", { contactId }, 400);
  assert.equal(
    refused.message,
    "Cannot conference connections: Invalid contact state.",
  );
  const digits = { contactId, connectionId: customer, digits: "1" };
  await api("SendDigits", digits, 400);
  call.answer();
  await api("ConferenceConnections", { contactId });
  await api("SendDigits", digits);
  assert.deepEqual(await states(), ["connected", "connected", "connected"]);
});

test("an agent who leaves before the third party answers leaves the customer on hold with nobody", async (t) => {
  const { api, call, contactId, states, own, consult } = await inCall(t);
  await consult();
  await api("DestroyConnection", { contactId, connectionId: own });
  assert.equal(call.state, "ended");
  assert.equal(call.handedOver, false);
  assert.deepEqual(await states(), ["disconnected", "hold", "disconnected"]);
  await api("ClearContact", { contactId });
});

test("an agent who leaves a conference has a contact that has ended, with everybody in it", async (t) => {
  const {
    connect,
    agent,
    api,
    call,
    contactId,
    contact,
    states,
    own,
    consult,
  } = await inCall(t);
  connect.leftConnectionLagMs = 60_000;
  await consult();
  call.answer();
  await api("DestroyConnection", { contactId, connectionId: own });
  assert.equal((await contact()).state.type, "ended");
  assert.equal(agent.state.name, "AfterCallWork");
  assert.deepEqual(await states(), ["connected", "connected", "connected"]);
  call.hangUp();
  assert.deepEqual(await states(), ["connected", "disconnected", "connected"]);
  await api("ClearContact", { contactId });
  assert.equal(agent.state.name, "Available");
});

test("the connection of an agent who has left a conference goes a little later", async (t) => {
  const { connect, api, call, contactId, own, consult } = await inCall(t);
  connect.leftConnectionLagMs = 1;
  await consult();
  call.answer();
  await api("DestroyConnection", { contactId, connectionId: own });
  while (call.connections[1].state !== "disconnected")
    await new Promise((resolve) => call.on("changed", resolve));
  const [customer, , other] = call.connections;
  assert.deepEqual([customer.state, other.state], ["connected", "connected"]);
});

test("a customer may leave while the agent consults", async (t) => {
  const { call, states, consult } = await inCall(t);
  await consult();
  call.answer();
  call.hangUp();
  assert.deepEqual(await states(), ["connected", "disconnected", "connected"]);
  assert.equal(call.state, "connected");
  call.thirdPartyHangsUp();
  assert.equal(call.state, "ended");
});

test("of two parties on hold, the second is not taken back at once", async (t) => {
  const { connect, api, call, contactId, states, customer, consult } =
    await inCall(t);
  connect.multiPartyConference = true;
  connect.resumePauseMs = 60_000;
  await consult();
  call.answer();
  const other = call.connections[2].connectionId;
  const resume = (/** @type {string} */ connectionId, status = 200) =>
    api("ResumeConnection", { contactId, connectionId }, status);
  await api("HoldConnection", { contactId, connectionId: other });
  await resume(customer);
  const refused = await resume(other, 400);
  assert.equal(refused.__type, "CallAlreadyResumedException");
  assert.deepEqual(await states(), ["connected", "connected", "hold"]);
});

test("without multi-party, only one of two parties talks", async (t) => {
  const { connect, api, call, contactId, customer, consult } = await inCall(t);
  connect.resumePauseMs = 0;
  await consult();
  call.answer();
  const resume = { contactId, connectionId: customer };
  const refused = await api("ResumeConnection", resume, 400);
  assert.equal(refused.__type, "InternalServiceError");
  await api("ConferenceConnections", { contactId });
  const again = await api("ResumeConnection", resume, 400);
  assert.equal(again.__type, "CallAlreadyResumedException");
  const held = await api(
    "ConferenceConnections",
    { contactId: "another" },
    400,
  );
  assert.equal(
    held.message,
    "Cannot conference connections: Invalid contact state.",
  );
});

test("an agent can mute others, but not unmute them", async (t) => {
  const { api, call, contactId, customer, own } = await inCall(t);
  const mute = (/** @type {string} */ connectionId) => ({
    contactId,
    connectionId,
  });
  await api("MuteParticipant", mute(customer));
  await api("UnmuteParticipant", mute(customer), 400);
  await api("MuteParticipant", mute(own));
  await api("UnmuteParticipant", mute(own));
  assert.deepEqual(
    call.connections.map(({ mute }) => mute),
    [true, false],
  );
});

test("a second call alongside the first puts it on hold, and the agent stays Busy until both have ended", async (t) => {
  const { connect, agent, api, call, states } = await inCall(t);
  const second = connect.call({ username: ada, alongside: true });
  assert.equal(agent.state.name, "Busy");
  const { snapshot } = await api("GetAgentSnapshot");
  assert.equal(snapshot.contacts.length, 2);
  await api("AcceptContact", { contactId: second.contactId });
  assert.deepEqual(await states(), ["connected", "hold"]);
  second.hangUp();
  assert.equal(agent.state.name, "Busy");
  await api("ClearContact", { contactId: second.contactId });
  assert.equal(agent.state.name, "Busy");
  call.hangUp();
  assert.equal(agent.state.name, "AfterCallWork");
  connect.voiceConcurrency = 2;
  const { configuration } = await api("GetAgentConfiguration");
  assert.equal(configuration.routingProfile.channelConcurrencyMap.VOICE, 2);
});

test("a supervisor's contact has neither queue nor customer", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  const call = connect.monitor(ada);
  const shown = await contact();
  assert.deepEqual(sides(shown), {
    contact: "connected",
    agent: undefined,
    customer: undefined,
  });
  assert.equal(shown.queue, undefined);
  assert.deepEqual(shown.attributes, {});
  assert.equal(shown.connections.length, 1);
  assert.equal(shown.connections[0].type, "monitoring");
  const { contactId } = call;
  await api("UpdateMonitorParticipantState", {
    contactId,
    targetMonitorMode: "BARGE",
  });
  const [own] = (await contact()).connections;
  assert.deepEqual([own.state.type, own.monitorStatus], ["barge", "BARGE"]);
  await api("DestroyConnection", {
    contactId,
    connectionId: own.connectionId,
  });
  assert.equal(agent.state.name, "AfterCallWork");
  assert.deepEqual(connect.shapeErrors, []);
});

test("data can be odd, all at once or some", async (t) => {
  const { connect, contact } = await inCall(t);
  connect.oddData = "attributes type";
  const some = await contact();
  assert.deepEqual([some.attributes, some.type], [null, "hologram"]);
  assert.equal(some.queue.name, "Support");
  connect.oddData = "all";
  const all = await contact();
  assert.deepEqual([all.queue, all.contactFeatures], [null, null]);
  assert.equal(all.state.type, "frozen");
  assert.equal(all.connections.at(-1).type, "robot");
  assert.ok(!all.connections.some((/** @type {any} */ one) => one.initial));
  assert.deepEqual(connect.shapeErrors, []);
});

test("a burst changes the snapshot as often as requested, until it is ended", async (t) => {
  const { connect, api, call, contact } = await inCall(t);
  const end = connect.burst(200, { username: ada });
  let seen = 0;
  while (seen < 5) {
    const { nextToken } = await api("GetAgentSnapshot");
    await api("GetAgentSnapshot", { nextToken, timeout: 10_000 });
    seen = Number((await contact()).attributes.burst?.value ?? 0);
  }
  const count = end();
  assert.ok(count >= 5);
  assert.equal(call.attributes.burst, String(count));
  assert.equal(end(), count);
});

test("a campaign's customer is called by the campaign, unless the agent calls or leaves first", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  connect.answerAfterMs = null;
  const states = () => call.connections.map(({ state }) => state);
  let call = connect.preview({ username: ada, dialsAfterMs: 0 });
  const dialled = new Promise((resolve) =>
    call.on("changed", () => {
      if (states()[0] === "connecting") resolve(undefined);
    }),
  );
  await api("AcceptContact", { contactId: call.contactId });
  await dialled;
  assert.deepEqual(states(), ["connecting", "connected"]);
  call.answer();
  assert.deepEqual(states(), ["connected", "connected"]);
  call.hangUp();
  await api("ClearContact", { contactId: call.contactId });

  agent.setState("Available");
  call = connect.preview({ username: ada });
  assert.throws(() => call.engage(), /the contact is no preview/);
  await api("AcceptContact", { contactId: call.contactId });
  assert.equal(call.isPreview, true);
  const own = call.connections.find(({ type }) => type === "agent");
  await api("DestroyConnection", {
    contactId: call.contactId,
    connectionId: own?.connectionId,
  });
  assert.equal(call.state, "ended");
  assert.equal(call.isPreview, false);
});
