// @ts-check
import * as shape from "./shape.js";
import { flag, free, id, list, object, oneOf, text, time } from "./shape.js";

/**
 * What `setICContext` may be given, by ServiceNow's documentation of openFrameAPI (release Brazil, commit 6cb1b0be). Where text
 * and example disagree, the text counts; `customPayload`, `metadata` and `displayContent` are free.
 */

/**
 * Lists what is wrong with a context.
 *
 * @param {unknown} type
 * @param {unknown} context
 * @param {{ types: string[], searchLimit: number, nowMs: number }} instance `types`: which the library knows; `searchLimit`: the
 *   system property icc_search_limit; `nowMs`: by the instance's clock
 */
export function checkContext(type, context, { types, searchLimit, nowMs }) {
  if (typeof type !== "string" || !types.includes(type))
    return [
      `type: found ${JSON.stringify(type)}, expected one of ${types.join(", ")}`,
    ];
  return contexts(searchLimit, nowMs)[type](context, type);
}

/** @param {number} searchLimit @param {number} nowMs @returns {Record<string, shape.Shape>} */
function contexts(searchLimit, nowMs) {
  return {
    activeCall: object(
      { activeCall: list(ACTIVE_CALL) },
      { customPayload: free },
      ({ activeCall }, path) => unique(activeCall, "externalId", path),
    ),
    searchTargetList: object(
      { searchTargetList: list(targetList(searchLimit)) },
      { customPayload: free },
    ),
    offerContext: object({ offerContext: list(offer(nowMs)) }),
    activeConversation: object({
      activeConversation: list(
        object(
          {
            nowRecordId: id,
            nowRecordTable: oneOf("Interaction", "interaction"),
          },
          { externalId: id, wrapUpRequired: flag },
        ),
      ),
    }),
    idleState: object(
      {},
      {
        capability: flags(
          "globalContactSearch logOut outBoundCall phoneDirectory outboundQueueSelection deviceSettings",
        ),
        enableState: flags(
          "logOut outBoundCall outboundQueueSelection phoneDirectory",
        ),
        dialpadInfoMessage: object({}, { label: text, value: text }),
        currentInboundId: text,
      },
    ),
    agentSettings: object({
      outboundQueue: object(
        {},
        { currentSelectedQueue: QUEUE, targets: list(QUEUE) },
      ),
    }),
  };
}

/** @param {string} names @param {Record<string, shape.Shape>} [more] */
function flags(names, more = {}) {
  const known = Object.fromEntries(
    names.split(" ").map((name) => [name, flag]),
  );
  return object({}, { ...known, ...more });
}

/** @param {Record<string, unknown>[]} rows @param {string} field @param {string} path */
function unique(rows, field, path) {
  const values = rows.map((row) => row[field]);
  return new Set(values).size < values.length
    ? [`${path}: ${field} occurs twice`]
    : [];
}

const QUEUE = object({ id, label: id });

const CURRENT_PARTICIPANT = object(
  { id },
  {
    actor: oneOf("agent", "supervisor"),
    name: text,
    state: text,
    callStartTime: time,
    connectedTime: time,
    held: flag,
    muted: flag,
    paused: flag,
    flagged: flag,
    recording: oneOf("in_progress", "none"),
    "custom-capability-state-1": flag,
    wrapUP: free,
    supervisor: object(
      {},
      { action: oneOf("coaching", "monitoring", "barging"), target: list(id) },
    ),
    capabilities: flags(
      "cancelCallbackTransferEligible closeCallback dtmf endCall flag hold initiateCall leaveAndTransfer mergeCall mute " +
        "pauseRecording resumeRecording startRecording stopRecording transfer monitor coach barge",
      { callbackTransferStatus: oneOf("Success", "Failed", "") },
    ),
  },
  ({ actor, supervisor }, path) =>
    supervisor && actor !== "supervisor"
      ? [`${path}.supervisor: only for the actor supervisor`]
      : [],
);

const PARTICIPANT = object(
  { id, connectedTime: time },
  {
    actor: oneOf("agent", "customer", "external", "queue"),
    name: text,
    address: text,
    ani: text,
    dnis: text,
    callStartTime: time,
    held: flag,
    heldAtTime: time,
    muted: flag,
    state: text,
    requestACW: flag,
    requireWrapup: flag,
    customPayload: free,
    capabilities: flags("endCall hold mute"),
  },
);

const ACTIVE_CALL = object(
  {
    nowRecordTable: oneOf("interaction"),
    nowRecordId: id,
    externalId: id,
    currentParticipant: CURRENT_PARTICIPANT,
    participants: list(PARTICIPANT),
  },
  {
    type: oneOf("call", "callback", "voicemail"),
    direction: oneOf("inbound", "outbound"),
    customPayload: free,
    callbackContext: object(
      {},
      {
        callAttemptedByAgent: flag,
        callbackNumbers: list(id),
        closeInEndTime: (value, path) =>
          value === "" ? [] : time(value, path),
        customerName: text,
        dialInEndTime: (value, path) => (value === "" ? [] : time(value, path)),
      },
    ),
  },
  ({ type, callbackContext, participants }, path) => [
    ...(type === "callback" && !callbackContext
      ? [`${path}.callbackContext: missing, but required for a callback`]
      : []),
    ...(type !== "callback" && callbackContext
      ? [`${path}.callbackContext: only for a callback`]
      : []),
    ...unique(participants, "id", `${path}.participants`),
  ],
);

const MORE_INFO = list(object({ label: text, value: text }));
const TARGET_TYPES = oneOf("agent", "queue", "external");

/** @param {number} searchLimit */
function targetList(searchLimit) {
  const row = object(
    { id, name: text },
    {
      hasStats: flag,
      moreInfo: MORE_INFO,
      presence: oneOf("available", "away", "busy", "offline"),
    },
    ({ hasStats, moreInfo }, path) =>
      hasStats && !moreInfo
        ? [`${path}.moreInfo: missing, but required with hasStats`]
        : [],
  );
  const subtype = object(
    { id: oneOf("consult", "blind") },
    { label: text },
    (value, path) =>
      value.label ===
      { consult: "Consult", blind: "Blind" }[/** @type {"blind"} */ (value.id)]
        ? []
        : [`${path}.label: found ${value.label}, expected that of ${value.id}`],
  );
  const targets = object(
    {
      type: TARGET_TYPES,
      payload: object({ list: list(row, { most: searchLimit }) }),
    },
    { transferSubtypes: list(subtype) },
    ({ type, payload }, path) =>
      type !== "agent" &&
      payload.list.some((/** @type {any} */ one) => one.presence)
        ? [`${path}.payload.list: presence is only for agents`]
        : [],
  );
  return object(
    { nowRecordTable: oneOf("interaction"), nowRecordId: id },
    {
      externalId: id,
      participantID: id,
      targetTypes: list(TARGET_TYPES),
      quickStats: list(object({ label: text }, { value: text })),
      targets: list(targets),
      customPayload: free,
    },
    ({ targets = [] }, path) => unique(targets, "type", `${path}.targets`),
  );
}

/** @param {number} nowMs */
function offer(nowMs) {
  return object(
    {
      externalId: id,
      requesterId: id,
      assignment: object(
        { allowedToDecline: flag, enableAutoAssign: flag, offeredOn: time },
        { timeout: shape.milliseconds },
        ({ offeredOn }, path) =>
          Date.parse(offeredOn) > nowMs
            ? [`${path}.offeredOn: in the future`]
            : [],
      ),
    },
    {
      creationTime: text,
      description: text,
      displayContent: free,
      externalSegmentId: id,
      isResilient: flag,
      metadata: free,
      nowRecordId: id,
      nowRecordTable: oneOf("interaction"),
      providerAppInboundId: id,
      queueId: id,
      transferContent: object(
        {},
        {
          sourceQueueId: id,
          targetId: id,
          targetType: oneOf("agent", "queue"),
          transferType: oneOf("blind", "consult"),
        },
      ),
      // The text says call, callback request or voicemail, the example phone.
      type: oneOf("phone", "call", "callback request", "voicemail"),
    },
    ({ queueId, transferContent }, path) =>
      !queueId && !transferContent?.targetId
        ? [`${path}.queueId: missing, but required unless it is a transfer`]
        : [],
  );
}
