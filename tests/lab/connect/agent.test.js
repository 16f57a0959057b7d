// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { onDuty } from "./harness.js";

const ada = "ada@example.com";
const available = { name: "Available", type: "routable" };
const lunch = { name: "Lunch", type: "not_routable" };

test("Available, chosen in a call, clears the next state", async (t) => {
  const { connect, api } = await onDuty(t);
  const next = async () => (await api("GetAgentSnapshot")).snapshot.nextState;
  const call = connect.call({ username: ada });
  await api("AcceptContact", { contactId: call.contactId });
  await api("PutAgentState", { state: lunch, enqueueNextState: true });
  assert.equal((await next()).name, "Lunch");
  await api("PutAgentState", { state: available, enqueueNextState: true });
  assert.equal(await next(), null);
  const refused = await api("PutAgentState", { state: lunch }, 400);
  assert.equal(
    refused.message,
    "Cannot change agent state: Invalid agent or contact state.",
  );
});

test("a state that was queued before a call was missed is entered instead of the chosen one, once", async (t) => {
  const { connect, agent, api } = await onDuty(t);
  const miss = async () => {
    const call = connect.call({ username: ada, ringTimeoutMs: 20 });
    agent.setState("Offline", { afterContact: true });
    await call.when("missed");
    assert.equal(agent.state.name, "MissedCallAgent");
    assert.equal(agent.nextState?.name, "Offline");
  };
  await miss();
  await api("PutAgentState", { state: available });
  assert.equal(agent.state.name, "Offline");
  await api("PutAgentState", { state: available });
  assert.equal(agent.state.name, "Available");
  await miss();
  await api("PutAgentState", { state: available, enqueueNextState: true });
  assert.equal(agent.state.name, "MissedCallAgent");
  assert.equal(agent.nextState, null);
  await api("PutAgentState", { state: available });
  assert.equal(agent.state.name, "Available");
});

test("a contact is cleared only once it has ended, and may be gone for the API before it is for the snapshot", async (t) => {
  const { connect, agent, api, contact } = await onDuty(t);
  const call = connect.call({ username: ada });
  const { contactId } = call;
  await api("AcceptContact", { contactId });
  const tooEarly = await api("ClearContact", { contactId }, 400);
  assert.equal(tooEarly.__type, "InvalidStateException");
  assert.equal(
    tooEarly.message,
    "Cannot clear contact: invalid state CONNECTED",
  );
  connect.contactLingersMs = 60_000;
  assert.equal(
    (await api("ClearContact", { contactId }, 400)).__type,
    "InvalidStateException",
  );
  call.hangUp();
  for (const _ of [1, 2]) {
    const gone = await api("ClearContact", { contactId }, 400);
    assert.equal(gone.__type, "ContactNotFoundException");
    assert.equal((await contact()).state.type, "ended");
  }
  call.clear();
  assert.equal(await contact(), undefined);
  assert.equal(agent.state.name, "Available");
  assert.equal(
    (await api("ClearContact", { contactId }, 400)).__type,
    "ContactNotFoundException",
  );
  connect.contactLingersMs = 1;
  const late = connect.call({ username: ada });
  late.hangUp();
  await api("ClearContact", { contactId: late.contactId }, 400);
  await late.when("cleared");
});
