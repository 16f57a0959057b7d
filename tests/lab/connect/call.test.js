// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty, quickConnects, sides } from "./harness.js";

const ada = "ada@example.com";
const grace = "grace@example.com";

test("an agent takes over another one's customer, with a contact of their own", async (t) => {
  const { connect, api } = await onDuty(t);
  const first = connect.call({
    username: ada,
    from: "+12065550142",
    attributes: { orderId: "4711" },
  });
  await api("AcceptContact", { contactId: first.contactId });
  first.add({ type: "agent", name: "Grace Example" });
  first.answer();
  const [third] = first.connections.slice(-1);
  assert.equal(third.person, false);
  connect.agent(grace).setState("Available");
  const second = connect.call({
    username: grace,
    transferOf: first.contactId,
  });
  /** @type {any[]} */
  const [shown] = connect.agent(grace).snapshot().contacts;
  assert.notEqual(shown.contactId, first.contactId);
  assert.equal(shown.initialContactId, first.contactId);
  assert.equal(shown.initiationMethod, "transfer");
  assert.equal(shown.customerEndpoint.phoneNumber, "+12065550142");
  assert.equal(shown.attributes.orderId.value, "4711");
  assert.equal(third.person, false);
  second.accept();
  assert.equal(third.person, true);
  assert.throws(
    () => connect.call({ transferOf: "none" }),
    /transferOf: found none/,
  );
});

test("a call comes in, is accepted, held, muted, ended and cleared", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  const call = connect.call({
    username: ada,
    attributes: { orderId: "4711" },
    queue: "Billing",
  });
  let shown = await contact();
  assert.equal(shown.type, "voice");
  assert.equal(shown.state.type, "connecting");
  assert.equal(shown.queue.name, "Billing");
  assert.deepEqual(shown.attributes.orderId, {
    name: "orderId",
    value: "4711",
  });
  assert.equal(agent.state.name, "PendingBusy");
  const { contactId } = call;
  const [own, customer] = shown.connections.map(
    (/** @type {any} */ one) => one.connectionId,
  );

  await api("AcceptContact", { contactId });
  assert.equal(call.state, "connected");
  assert.ok(call.connectedAtMs);
  assert.equal(agent.state.name, "Busy");

  await api("HoldConnection", { contactId, connectionId: customer });
  shown = await contact();
  assert.equal(shown.connections[1].state.type, "hold");
  await api("ResumeConnection", { contactId, connectionId: customer });
  await api("MuteParticipant", { contactId, connectionId: own });
  assert.equal((await contact()).connections[0].mute, true);
  await api("UnmuteParticipant", { contactId, connectionId: own });
  await api("SendDigits", { contactId, connectionId: customer, digits: "12#" });
  assert.equal(call.connections[0].digits, "12#");
  await api("NotifyContactIssue", { contactId, issueCode: "noise" });
  assert.deepEqual(call.issues, [
    { issueCode: "noise", description: undefined },
  ]);

  await api("DestroyConnection", { contactId, connectionId: own });
  assert.equal(call.state, "ended");
  assert.equal(call.handedOver, false);
  assert.equal(agent.state.name, "AfterCallWork");
  await api("CompleteContact", { contactId });
  assert.equal(call.state, "cleared");
  assert.deepEqual(agent.contacts, []);
  assert.equal(agent.state.name, "Available");
  for (const operation of [
    "SendClientLogs",
    "SendSoftphoneCallMetrics",
    "SendSoftphoneCallReport",
  ])
    await api(operation, reports[operation]);
  assert.deepEqual(connect.shapeErrors, []);
  assert.deepEqual(connect.unknownOperations, []);
});

test("the customer hangs up in the queue, while it rings, in the call", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  const taken = connect.call({ username: ada });
  const waiting = connect.call({ username: ada });
  assert.equal(waiting.state, "queued");
  waiting.hangUp();
  assert.equal(waiting.state, "abandoned");
  taken.hangUp();
  assert.equal(taken.state, "rejected");
  assert.equal(agent.state.type, "error");
  await api("ClearContact", { contactId: taken.contactId });
  assert.equal(agent.state.name, "Available");

  const answered = connect.call({ username: ada });
  await api("AcceptContact", { contactId: answered.contactId });
  answered.hangUp();
  assert.equal(answered.state, "ended");
  assert.equal(agent.state.name, "AfterCallWork");
  answered.hangUp();
  assert.equal(answered.state, "ended");
});

test("a call waits until its agent is free, and is offered to nobody else", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  connect.agent(grace).setState("Available");
  const first = connect.call({ username: ada });
  const second = connect.call({ username: ada });
  const anybody = connect.call();
  assert.deepEqual(
    [first.state, second.state, anybody.state],
    ["connecting", "queued", "connecting"],
  );
  assert.equal(anybody.username, grace);
  await api("RejectContact", { contactId: first.contactId });
  assert.equal(first.state, "rejected");
  assert.equal(second.state, "queued");
  await api("ClearContact", { contactId: first.contactId });
  assert.equal(second.state, "connecting");
  assert.equal(agent.contacts[0], second);
});

test("a call that nobody accepts is missed", async (t) => {
  const { connect, agent, contact } = await onDuty(t);
  const call = connect.call({ username: ada, ringTimeoutMs: 20 });
  await call.when("missed");
  assert.equal(agent.state.name, "MissedCallAgent");
  assert.deepEqual(sides(await contact()), {
    contact: "error",
    agent: "disconnected",
    customer: "connected",
  });
  agent.setState("Lunch");
  assert.equal(call.state, "cleared");
  assert.equal(agent.state.name, "Lunch");
});

test("only the connections tell a call that was rejected from one that the caller gave up", async (t) => {
  const { connect, api, contact } = await onDuty(t);
  const rejected = connect.call({ username: ada });
  await api("RejectContact", { contactId: rejected.contactId });
  assert.deepEqual(sides(await contact()), {
    contact: "error",
    agent: "disconnected",
    customer: "connected",
  });
  await api("ClearContact", { contactId: rejected.contactId });
  const givenUp = connect.call({ username: ada });
  givenUp.hangUp();
  assert.deepEqual(sides(await contact()), {
    contact: "error",
    agent: "disconnected",
    customer: "disconnected",
  });
  connect.unansweredState = "named";
  assert.equal((await contact()).state.type, "rejected");
});

test("a call is accepted automatically if the agent has configured that", async (t) => {
  const { connect, agent, contact } = await onDuty(t);
  agent.configuration.softphoneAutoAccept = true;
  const call = connect.call({ username: ada });
  await call.when("connected");
  assert.equal(
    (await contact()).connections[0].softphoneMediaInfo.autoAccept,
    true,
  );
});

test("a state chosen during a call is entered after it", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  const call = connect.call({ username: ada });
  await api("AcceptContact", { contactId: call.contactId });
  const lunch = { name: "Lunch", type: "not_routable" };
  const refused = await api("PutAgentState", { state: lunch }, 400);
  assert.equal(refused.__type, "InvalidStateException");
  await api("PutAgentState", { state: lunch, enqueueNextState: true });
  assert.equal(agent.state.name, "Busy");
  const { snapshot } = await api("GetAgentSnapshot");
  assert.equal(snapshot.nextState.name, "Lunch");
  call.hangUp();
  await api("ClearContact", { contactId: call.contactId });
  assert.equal(agent.state.name, "Lunch");
  assert.equal(agent.nextState, null);
});

test("the agent dials, adds a third party, swaps, joins all and leaves", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  connect.answerAfterMs = null;
  const phone = (/** @type {string} */ phoneNumber) => ({
    type: "phone_number",
    phoneNumber,
  });
  assert.equal(
    (await api("CreateOutboundContact", { endpoint: phone("123") }, 400))
      .__type,
    "BadEndpointException",
  );
  await api("CreateOutboundContact", { endpoint: phone("+15550199") });
  const call = connect.calls[0];
  assert.equal(agent.state.name, "CallingCustomer");
  call.answer();
  assert.equal(call.state, "connected");

  const { contactId } = call;
  const { endpoints } = await quickConnects(api);
  await api("CreateAdditionalConnection", {
    contactId,
    endpoint: endpoints[0],
  });
  const states = () => call.connections.map((one) => one.state);
  assert.deepEqual(states(), ["hold", "connected", "connecting"]);
  call.answer();
  assert.deepEqual(states(), ["hold", "connected", "connected"]);
  assert.equal(
    (
      await api(
        "CreateAdditionalConnection",
        { contactId, endpoint: endpoints[1] },
        400,
      )
    ).__type,
    "QuotaExceededException",
  );
  await api("ToggleActiveConnections", {
    contactId,
    connectionId: call.connections[0].connectionId,
  });
  assert.deepEqual(states(), ["connected", "connected", "hold"]);
  await api("ConferenceConnections", { contactId });
  assert.deepEqual(states(), ["connected", "connected", "connected"]);
  await api("DestroyConnection", {
    contactId,
    connectionId: call.connections[1].connectionId,
  });
  assert.equal(call.state, "ended");
  assert.equal(call.handedOver, true);
  assert.deepEqual(connect.shapeErrors, []);
});

test("the agent's own connection has no name, and comes first", async (t) => {
  const { connect, contact } = await onDuty(t);
  connect.call({ username: ada });
  const shown = await contact();
  assert.equal(shown.contactFeatures.multiPartyConferenceEnabled, null);
  const [own] = shown.connections;
  assert.deepEqual(own.endpoint, {
    endpointARN: null,
    type: "agent",
    name: null,
    phoneNumber: null,
    agentLogin: null,
  });
  const { initial, mute, forcedMute, quickConnectName } = own;
  assert.deepEqual([initial, mute, forcedMute], [false, false, false]);
  assert.equal(quickConnectName, null);
});

test("the third party of an agent or queue has a flow that answers, and no number", async (t) => {
  const { connect, api, contact } = await onDuty(t);
  connect.multiPartyConference = true;
  connect.flowAnswersAfterMs = 0;
  connect.answerAfterMs = null;
  const call = connect.call({ username: ada });
  const { contactId } = call;
  await api("AcceptContact", { contactId });
  const { endpoints } = await quickConnects(api);
  const third = async (/** @type {string} */ name) => {
    const endpoint = endpoints.find(
      (/** @type {any} */ one) => one.name === name,
    );
    await api("CreateAdditionalConnection", { contactId, endpoint });
    return (await contact()).connections.at(-1);
  };
  for (const name of ["Grace Example", "Billing"]) {
    const { endpoint, quickConnectName } = await third(name);
    assert.equal(quickConnectName, name);
    assert.deepEqual(endpoint, {
      endpointARN: null,
      type: "phone_number",
      name: null,
      phoneNumber: "INTERNAL-TRANSFER",
      agentLogin: null,
      queue: null,
    });
    const joined = call.connections.at(-1);
    while (joined?.state !== "connected")
      await new Promise((resolve) => call.on("changed", resolve));
    assert.equal(joined.person, false);
    const before = await api("GetAgentSnapshot");
    call.personAnswers();
    assert.equal(joined.person, true);
    const { nextToken } = await api("GetAgentSnapshot");
    assert.equal(nextToken, before.nextToken);
  }
  const { endpoint, state } = await third("Front desk");
  assert.equal(endpoint.phoneNumber, "+15550150");
  assert.equal(endpoint.name, null);
  assert.equal(state.type, "connecting");
  call.thirdPartyHangsUp();
  assert.equal((await contact()).connections.at(-1).state.type, "disconnected");
  assert.equal(
    (await contact()).contactFeatures.multiPartyConferenceEnabled,
    true,
  );
  assert.deepEqual(connect.shapeErrors, []);
});

test("operations that do not fit the state of the call are refused", async (t) => {
  const { connect, api } = await onDuty(t);
  const call = connect.call({ username: ada });
  const { contactId } = call;
  for (const operation of ["ClearContact", "ConferenceConnections"])
    assert.equal(
      (await api(operation, { contactId }, 400)).__type,
      "InvalidStateException",
    );
  await api("AcceptContact", { contactId });
  await api("AcceptContact", { contactId }, 400);
  await api("AcceptContact", { contactId: "another" }, 400);
  await api("HoldConnection", { contactId, connectionId: "another" }, 400);
  assert.equal(call.state, "connected");
});

/** @type {Record<string, object>} */
const reports = {
  SendClientLogs: {
    logEvents: [
      { timestamp: 1_700_000_000, component: "ccp", message: "hello" },
    ],
  },
  SendSoftphoneCallMetrics: { contactId: "1", softphoneStreamStatistics: [] },
  SendSoftphoneCallReport: { contactId: "1", report: { talkTimeMillis: 1 } },
};
