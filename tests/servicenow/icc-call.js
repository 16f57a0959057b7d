// @ts-check
// What the tests of ICC's modules make snapshots from.

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("connect-softphone").SoftphoneParticipant} Participant */
/** @typedef {import("connect-softphone").SoftphoneControl} Control */

export const nowMs = Date.UTC(2026, 6, 1, 12, 0, 30);
export const user = {
  sysId: "6816f79cc0a8016401c5a33be04be441",
  name: "Ada Agent",
};
export const settings = {
  "icc.offer": true,
  "icc.participant_id": "sys_id",
  "icc.actions": {},
};

/** @type {import("connect-softphone").SoftphoneStatus} */
export const ready = { phase: "ready", sinceMs: 0 };

const sales = {
  arn: "arn:aws:connect:eu-1:1:instance/i/queue/sales",
  name: "Sales",
};
export const queues = {
  sales,
  support: { ...sales, arn: `${sales.arn}-2`, name: "Support" },
};

/** @type {Control[]} */
const controls = [
  ...["accept", "reject", "hangUp", "hold", "resume", "mute", "unmute"],
  ...["sendDigits", "consult", "transfer", "conference", "swap", "leave"],
  ...["finish", "monitor", "bargeIn", "dialPreview", "discardPreview"],
  "reportIssue",
].map((name) => /** @type {Control} */ (name));

/** What is possible: these, and nothing else. @param {Control[]} names @returns {Contact["can"]} */
export const only = (...names) =>
  /** @type {Contact["can"]} */ (
    Object.fromEntries(controls.map((name) => [name, names.includes(name)]))
  );

const talking = only(
  ...["hangUp", "hold", "mute", "sendDigits", "consult", "transfer"].map(
    (name) => /** @type {Control} */ (name),
  ),
  "reportIssue",
);

/** @param {Partial<Participant>} one @returns {Participant} */
export const participant = (one) => ({
  id: "customer",
  role: "customer",
  label: "+12065550100",
  state: "connected",
  held: false,
  muted: false,
  sinceMs: nowMs - 20_000,
  can: { remove: true, hold: true, resume: false, mute: false, unmute: false },
  cannot: {},
  ...one,
});

export const agentParticipant = participant({
  id: "agent",
  role: "agent",
  label: "Ada Agent",
});

/** A call that goes on. @param {Partial<Contact>} [one] @returns {Contact} */
export const call = (one = {}) => ({
  id: "c-1",
  initialId: one.id ?? "c-1",
  kind: "call",
  direction: "inbound",
  phase: "talking",
  sinceMs: nowMs - 20_000,
  offeredAtMs: nowMs - 30_000,
  answeredAtMs: nowMs - 20_000,
  autoAccept: false,
  customer: { number: "+12065550100", name: "Carla Customer" },
  queue: sales,
  attributes: {},
  participants: [agentParticipant, participant({})],
  muted: false,
  media: "here",
  can: talking,
  cannot: {},
  ...one,
});

/** A call that rings. @param {Partial<Contact>} [one] */
export const offered = (one = {}) =>
  call({
    phase: "offered",
    sinceMs: nowMs,
    offeredAtMs: nowMs,
    answeredAtMs: undefined,
    participants: [],
    can: only("accept", "reject"),
    ...one,
  });

/** @type {import("connect-softphone").SoftphoneAgent} */
export const agent = {
  username: "ada",
  name: "Ada Agent",
  state: "Busy",
  stateType: "system",
  stateSinceMs: 0,
  availability: "Available",
  nextState: null,
  states: [],
  muted: false,
  phoneType: "softphone",
  autoAccept: false,
  routingProfile: "Basic",
  queues: [sales, queues.support, { arn: "arn:own", name: "" }],
  defaultQueue: sales,
  permissions: ["outboundCall"],
  dialableCountries: ["us"],
};

/** Interactions by initial ids. @param {string[]} ids */
export const interactions = (...ids) =>
  new Map(ids.map((id) => [id, { sysId: `now-${id}` }]));

/** Quick connects of one type. @param {string} type @param {number} count */
export const quickConnects = (type, count) =>
  Array.from({ length: count }, (_, index) => {
    const last = `${String(index).padStart(8, "0")}-1111-2222-3333-44444444${type.slice(0, 4)}`;
    return {
      name: `${type} number ${index}`,
      type,
      arn: `arn:aws:connect:eu-central-1:123456789012:instance/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/transfer-destination/${last}`,
      ...(type === "phone_number" ? { number: `+1206555${1000 + index}` } : {}),
    };
  });
