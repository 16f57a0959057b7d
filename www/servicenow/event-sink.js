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

/** Tells each state once, however often the agent is told, and leaves a sink alone that does not take them. */
export class AgentEvents {
  #last = "";
  /** Until then nothing is told, because the agent is not logged in to ServiceNow, or the sink is not there. */
  #silentUntilMs = 0;

  /** @param {Parameters<typeof agentEvent>[0]} facts @param {number} nowMs */
  of(facts, nowMs) {
    if (nowMs < this.#silentUntilMs) return undefined;
    const { agent } = facts;
    const key = agent ? `${agent.state} ${agent.stateSinceMs}` : "";
    if (key === this.#last) return undefined;
    this.#last = key;
    return agentEvent(facts);
  }

  /**
   * What the sink has answered.
   *
   * @param {number} status 0: nothing
   * @param {number} nowMs
   * @returns {string | undefined} what an administrator should hear
   */
  answered(status, nowMs) {
    if (status > 0 && status < 400) return undefined;
    const told = `ServiceNow Voice was not told of the agent's state (${status || "no answer"}).`;
    if (status === 401) {
      // As after the end of a session. After a new login the page's token is another one's until it is reloaded (assumed).
      this.#silentUntilMs = nowMs + PAUSE_MS;
      this.#last = "";
      return `${told} It is told again after three minutes. If the agent has logged in to ServiceNow again meanwhile, reload the workspace.`;
    }
    if (!REFUSALS.includes(status)) return `${told} It hears of the next one.`;
    this.#silentUntilMs = Infinity;
    return `${told} Where it is not installed, set connect_softphone.event_sink.enabled to false.`;
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

const PAUSE_MS = 3 * 60 * 1000;
/** Not allowed, or not installed. */
const REFUSALS = [403, 404];
const EVENTS =
  "/api/sn_cti_core/cti_api/softphone/sources/aws_ccp/actor/agent/events";
