// @ts-check
// The soft phone event sink of ServiceNow Voice, which sets presence and records: the page that came with it reports the
// agent's states there, so a page in its place has to do so, too (CTI API, `softphone/sources/{source}/actor/{actor}/events`).
import { textOf } from "./plain.js";

/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */

/**
 * @typedef {object} InstanceFacts of the Instance Params, as the page that came with it reads them
 * @property {string} [ccpHost]
 * @property {string} [ccpUrl]
 * @property {string} [audioRecordingUrlPrefix]
 * @property {string} [region]
 */

/**
 * What to POST about the agent's state; `undefined`: nothing that the sink would understand.
 *
 * @param {object} facts
 * @param {Agent | null | undefined} facts.agent
 * @param {{ userName: string }} [facts.user] where Connect has no user name
 * @param {InstanceFacts} [facts.instance]
 * @param {{ href: string, search: string }} facts.location the page's
 * @param {Readonly<Record<string, string>>} [facts.stateArns] ARNs by the name of a state, as far as they are known
 * @returns {{ path: string, body: object } | undefined}
 */
export function agentEvent({ agent, user, instance, location, stateArns }) {
  const name = textOf(agent?.state);
  if (!agent || name === undefined || agent.stateType === "init")
    return undefined;
  // "A single word/phrase without spaces or special characters".
  const event = name.replace(/[^\p{L}\p{N}]/gu, "");
  if (event === "") return undefined;
  const arn = stateArns && Object.hasOwn(stateArns, name) && stateArns[name];
  return {
    path: `${EVENTS}/${encodeURIComponent(event)}`,
    body: {
      agent: {
        sys_id: agent.username || user?.userName || "",
        status: {
          agentStateARN: arn || null,
          type: agent.stateType,
          name,
          startTimestamp:
            agent.stateSinceMs > 0
              ? new Date(agent.stateSinceMs).toISOString()
              : null,
        },
      },
      window: {
        location: {
          href: withoutFragment(location.href),
          search: location.search,
        },
      },
      aws: { connect: { config: configOf(instance) } },
    },
  };
}

/** Tells each state once, however often the agent is told. */
export class AgentEvents {
  #last = "";

  /** @param {Parameters<typeof agentEvent>[0]} facts */
  of(facts) {
    const { agent } = facts;
    const key = agent ? `${agent.state} ${agent.stateSinceMs}` : "";
    if (key === this.#last) return undefined;
    this.#last = key;
    return agentEvent(facts);
  }
}

/** As in the documentation's example. There is never a login URL in it. @param {InstanceFacts} [instance] */
function configOf({ ccpHost, ccpUrl, audioRecordingUrlPrefix, region } = {}) {
  return {
    ccpHost,
    ccpUrl,
    loginPopup: true,
    audioRecordingUrlPrefix,
    softphone: { allowFramedSoftphone: true },
    region,
  };
}

/** @param {string} href */
function withoutFragment(href) {
  return href.split("#")[0];
}

const EVENTS =
  "/api/sn_cti_core/cti_api/softphone/sources/aws_ccp/actor/agent/events";
