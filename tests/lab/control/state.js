// @ts-check
import { CONNECT_SETTINGS } from "../connect/settings.js";
import { ALL_FAULTS } from "../faults.js";
import { IDP_SETTINGS } from "../idp/settings.js";
import { SERVICENOW_SETTINGS } from "../servicenow/settings.js";
import { valuesOf } from "../settings.js";

/**
 * The current state of the lab, as plain data.
 *
 * @param {import("../lab.js").Lab} lab
 */
export function stateOf(lab) {
  const { idp, connect, desk, clock, faults, serviceNow } = lab;
  return {
    hostNames: lab.hostNames,
    urls: { separate: lab.urlsOf("separate"), one: lab.urlsOf("one") },
    faults: {
      active: faults.active,
      all: ALL_FAULTS.map(({ id, group, title, during }) => ({
        id,
        group,
        title,
        during,
      })),
    },
    desk: { config: desk.config, missing: [...desk.missing] },
    idp: {
      ...valuesOf(IDP_SETTINGS, idp),
      users: [...idp.users.values()],
      sessions: idp.sessionCount,
    },
    connect: {
      instanceId: connect.instanceId,
      instanceArn: connect.instanceArn,
      ...valuesOf(CONNECT_SETTINGS, connect),
      unknownOperations: connect.unknownOperations,
      shapeErrors: connect.shapeErrors,
      approvedOrigins: [...connect.approvedOrigins],
      users: [...connect.users.values()],
    },
    serviceNow: {
      ...valuesOf(SERVICENOW_SETTINGS, serviceNow),
      hasSoftphone: serviceNow.hasSoftphone,
      users: [...serviceNow.users.values()],
      sessions: serviceNow.sessionCount,
      workspaces: serviceNow.workspaceCount,
      connectInstances: serviceNow.connectInstances,
    },
    distance: { roundTripMs: lab.distance.roundTripMs },
    clock: { offsetMs: clock.offsetMs, offsets: clock.offsets },
  };
}

/**
 * @param {import("../lab.js").Lab} lab
 * @param {string} username
 */
export function agentOf(lab, username) {
  const agent = lab.connect.users.has(username) && lab.connect.agent(username);
  if (!agent)
    throw Object.assign(
      new Error(`the instance has no user called ${username}`),
      {
        status: 404,
      },
    );
  return {
    username,
    state: agent.state,
    nextState: agent.nextState,
    contacts: agent.contacts.map(callOf),
  };
}

/** @param {import("../connect/call.js").Call} call */
export function callOf({ contactId, state, connectedAtMs }) {
  return { contactId, state, connectedAtMs };
}

/**
 * Ends every session, at every party.
 *
 * @param {import("../lab.js").Lab} lab
 */
export function endAllSessions(lab) {
  lab.idp.endSessions();
  lab.aws.endSessions();
  lab.connect.endSessions();
  lab.serviceNow.endSessions();
}
