// @ts-check
/**
 * How the kinds of voice contacts differ, in the terms of GetAgentSnapshot.
 *
 * @typedef {"inbound" | "transferred" | "outbound" | "callback" | "customerFirst" | "preview" | "monitoring"} CallKind
 *
 * @typedef {object} KindOfCall
 * @property {"voice" | "queue_callback"} type
 * @property {string} initiationMethod
 * @property {"inbound" | "outbound"} customerLeg the type of the customer's connection
 * @property {"init" | "connecting" | "connected"} customerState that connection's state when the agent first sees the contact
 * @property {"incoming" | "connecting"} offered the contact's state then
 * @property {string} agentState the agent's state then
 * @property {string} missed the agent's state after a contact that they missed
 * @property {string} rejected the agent's state after a contact that they rejected
 */

/** @type {Record<CallKind, KindOfCall>} */
export const CALL_KINDS = {
  inbound: {
    type: "voice",
    initiationMethod: "inbound",
    customerLeg: "inbound",
    customerState: "connected",
    offered: "connecting",
    agentState: "PendingBusy",
    missed: "MissedCallAgent",
    rejected: "AgentHungUp",
  },
  // The contact of the agent to whom another one hands the customer over: it has that one's initial contact id, so that both
  // are one story (the enum of Streams 2.28.2, and `getInitialContactId`; the states are assumed to be those of a call).
  transferred: {
    type: "voice",
    initiationMethod: "transfer",
    customerLeg: "inbound",
    customerState: "connected",
    offered: "connecting",
    agentState: "PendingBusy",
    missed: "MissedCallAgent",
    rejected: "AgentHungUp",
  },
  outbound: {
    type: "voice",
    initiationMethod: "outbound",
    customerLeg: "outbound",
    customerState: "connecting",
    offered: "connecting",
    agentState: "CallingCustomer",
    missed: "FailedConnectAgent",
    rejected: "AgentHungUp",
  },
  // The agent looks first and accepts; only then is the customer dialled (Streams #371, #582; missed: #344).
  callback: {
    type: "queue_callback",
    initiationMethod: "callback",
    customerLeg: "outbound",
    customerState: "init",
    offered: "incoming",
    agentState: "PendingBusy",
    missed: "Default",
    rejected: "Default",
  },
  // The customer is on the line first, and is then offered like a call (the enum of Streams 2.28.2; the rest is assumed).
  customerFirst: {
    type: "queue_callback",
    initiationMethod: "callback_customer_first_queued",
    customerLeg: "outbound",
    customerState: "connected",
    offered: "connecting",
    agentState: "PendingBusy",
    missed: "MissedCallAgent",
    rejected: "AgentHungUp",
  },
  // A campaign's customer, whom the agent looks at before they are called (the enum of Streams 2.28.2 and the SDK's
  // routes; the states are assumed).
  preview: {
    type: "voice",
    initiationMethod: "campaign_preview",
    customerLeg: "outbound",
    customerState: "init",
    offered: "connecting",
    agentState: "PendingBusy",
    missed: "MissedCallAgent",
    rejected: "AgentHungUp",
  },
  // There is no customer's connection (Streams #293).
  monitoring: {
    type: "voice",
    initiationMethod: "monitor",
    customerLeg: "inbound",
    customerState: "connected",
    offered: "connecting",
    agentState: "Busy",
    missed: "MissedCallAgent",
    rejected: "AgentHungUp",
  },
};
