// @ts-check
// Keeps the agent's state in Connect and their presence in ServiceNow in step, both ways. Pure: what was seen goes in, orders
// come out. Only a change is an order, never a difference by itself, and three things keep two systems from correcting each
// other for ever: an echo of our own order is none, what already fits is none, and corrections are counted.
import { own, parsed, sysIdOf, textOf } from "./plain.js";
import {
  NO_TABLE,
  OWN_STATES,
  USUAL_PRESENCES,
  USUAL_STATES,
  partner,
  same,
} from "./presence-table.js";

export { readPresenceTable } from "./presence-table.js";

/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */
/** @typedef {{ sysId: string, name: string, available?: boolean }} SeenPresence */
/** @typedef {{ setState: string } | { setPresence: { sysId: string, name: string } }} PresenceOrder */
/** @typedef {"state" | "presence"} Side */

export class Presence {
  #table;
  /** What each side showed last. @type {Record<Side, string | undefined>} */
  #seen = { state: undefined, presence: undefined };
  /** Orders whose effect has not been seen yet, oldest first. @type {Record<Side, { name: string, atMs: number }[]>} */
  #pending = { state: [], presence: [] };
  /** @type {Record<Side, number>} */
  #orderedAtMs = { state: -Infinity, presence: -Infinity };
  /** What somebody chose last. @type {{ side: Side, name: string } | undefined} */
  #chosen;
  #corrections = 0;
  #correctedAtMs = -Infinity;
  /** @type {readonly string[]} */
  #states = [];
  /** @type {string | null} */
  #nextState = null;
  /** Those that the agent can have, and those that were seen. @type {SeenPresence[]} */
  #choices = [];
  #listed = false;
  #started = false;

  /** @param {{ table?: import("./presence-table.js").PresenceTable }} [options] */
  constructor({ table = NO_TABLE } = {}) {
    this.#table = table;
  }

  /**
   * The phone's agent, at each change; `null`: there is none.
   *
   * @param {Pick<Agent, "state" | "stateType" | "nextState" | "states"> | null | undefined} agent
   * @param {number} nowMs
   * @returns {PresenceOrder[]}
   */
  agentSeen(agent, nowMs) {
    if (!agent) {
      this.#seen.state = undefined;
      this.#pending.state = [];
      this.#started = false; // Whoever signs in next begins as if the page had opened.
      return [];
    }
    if (agent.stateType === "init") return [];
    this.#states = agent.states.map(({ name }) => name);
    if (agent.nextState !== this.#nextState) {
      this.#nextState = agent.nextState;
      if (agent.nextState !== null)
        this.#isEcho("state", agent.nextState, nowMs); // An order given during a contact.
    }
    return this.#seenOn("state", agent.state, nowMs);
  }

  /**
   * A presence, in any form: the event's, the answer of `getAWAAgentPresence`, or that of the REST API. Anything else
   * changes nothing.
   *
   * @param {unknown} payload
   * @param {number} nowMs
   * @returns {PresenceOrder[]}
   */
  presenceSeen(payload, nowMs) {
    const presence = readPresence(payload);
    if ("problem" in presence) return [];
    if (!this.#choices.some(({ sysId }) => sysId === presence.sysId))
      this.#choices.push(presence);
    return this.#seenOn("presence", presence.name, nowMs);
  }

  /**
   * The presences that the agent can have: `GET /api/now/awa/agents/{user}/presence_states`; an empty list if the agent may
   * not read them. Nothing is ordered before that is known.
   *
   * @param {unknown} presences
   * @param {number} nowMs
   * @returns {PresenceOrder[]}
   */
  choices(presences, nowMs) {
    const list = own(presences, "result") ?? presences;
    if (!Array.isArray(list)) return [];
    const read = list.slice(0, 200).map(readPresence);
    for (const one of read)
      if (!("problem" in one)) {
        this.#choices = this.#choices.filter(
          ({ sysId }) => sysId !== one.sysId,
        );
        this.#choices.push(one);
      }
    this.#listed = true;
    return this.#started ? [] : this.#start(nowMs);
  }

  /** That an order was refused, so that its effect is not waited for. @param {PresenceOrder} order */
  failed(order) {
    const [side, name] = sideOf(order);
    const at = this.#pending[side].findIndex((one) => one.name === name);
    if (at >= 0) this.#pending[side].splice(at, 1);
  }

  /** Both, where they do not fit and nothing is on its way; to be shown. */
  get differing() {
    const { state, presence } = this.#seen;
    if (state === undefined || presence === undefined || this.#fits())
      return undefined;
    if (this.#pending.state.length + this.#pending.presence.length > 0)
      return undefined;
    // Connect covers what the agent has chosen during a call, and some names have no partner on purpose.
    const wanted = this.#presenceFor(state);
    const covered = wanted === undefined && !this.#states.includes(state);
    if (covered || wanted === null || this.#stateFor(presence) === null)
      return undefined;
    return { state, presence, corrected: this.#corrections > MOST };
  }

  /** Names without a partner on the other side; empty until both lists are known. */
  unmatched() {
    const choices = this.#choices;
    if (choices.length < 2 || this.#states.length === 0)
      return { states: [], presences: [] };
    const all = [...this.#states, ...OWN_STATES];
    const targets = all.map((state) => this.#presenceFor(state));
    return {
      states: this.#states.filter(
        (state) => this.#presenceFor(state) === undefined,
      ),
      presences: choices
        .map(({ name }) => name)
        .filter((name) => this.#stateFor(name) === undefined)
        .filter((name) => !targets.includes(name)),
    };
  }

  /** @param {Side} side @param {string} name @param {number} nowMs @returns {PresenceOrder[]} */
  #seenOn(side, name, nowMs) {
    const before = this.#seen[side];
    if (before === name) return [];
    this.#seen[side] = name;
    if (!this.#started) return this.#start(nowMs);
    if (this.#isEcho(side, name, nowMs)) return this.#settle(nowMs);
    this.#chosen = { side, name };
    const other = side === "state" ? "presence" : "state";
    const there = this.#pending[other].at(-1)?.name ?? this.#seen[other];
    const both = { [side]: name, [other]: there };
    if (this.#fits(both.state, both.presence)) return [];
    // Somebody else has changed what we have just set: a person, or a system that will do so again. A call is neither.
    const call = side === "state" && !this.#states.includes(name);
    if (!call && nowMs - this.#orderedAtMs[side] <= CALM_MS) {
      this.#orderedAtMs[side] = -Infinity; // Each order is contradicted once.
      this.#corrected(nowMs);
    }
    return this.#follow(nowMs);
  }

  /** Once both sides are known: the one that is right is followed. @param {number} nowMs @returns {PresenceOrder[]} */
  #start(nowMs) {
    const { state, presence } = this.#seen;
    if (state === undefined || presence === undefined || !this.#listed)
      return [];
    const offline = {
      state: same(state, "Offline"),
      presence: same(presence, "Offline"),
    };
    const { first } = this.#table;
    const other = first === "state" ? "presence" : "state";
    const side = offline[first] && !offline[other] ? other : first;
    this.#started = true;
    this.#chosen = { side, name: /** @type {string} */ (this.#seen[side]) };
    return this.#fits() ? [] : this.#follow(nowMs);
  }

  /** All orders have arrived: if the last one to choose has not got their way, once more. @param {number} nowMs */
  #settle(nowMs) {
    if (this.#pending.state.length + this.#pending.presence.length > 0)
      return [];
    if (this.#fits()) return [];
    const orders = this.#follow(nowMs);
    if (orders.length > 0) this.#corrected(nowMs);
    return orders;
  }

  /** @param {number} nowMs */
  #corrected(nowMs) {
    this.#corrections += 1;
    this.#correctedAtMs = nowMs;
  }

  /** Brings both sides to what was chosen last. @param {number} nowMs @returns {PresenceOrder[]} */
  #follow(nowMs) {
    if (nowMs - this.#correctedAtMs > CALM_MS) this.#corrections = 0;
    if (!this.#chosen || this.#corrections > MOST) return [];
    const { side, name } = this.#chosen;
    const state = side === "state" ? name : this.#stateFor(name);
    const presence = side === "presence" ? name : this.#presenceFor(name);
    /** @type {PresenceOrder[]} */
    const orders = [];
    if (
      typeof state === "string" &&
      this.#states.includes(state) &&
      this.#isNews("state", state, nowMs)
    )
      orders.push({ setState: state });
    const choice = this.#choices.find((one) => one.name === presence);
    if (choice && this.#isNews("presence", choice.name, nowMs))
      orders.push({ setPresence: { sysId: choice.sysId, name: choice.name } });
    for (const order of orders) {
      const [on, what] = sideOf(order);
      this.#pending[on].push({ name: what, atMs: nowMs });
      this.#orderedAtMs[on] = nowMs;
    }
    return orders;
  }

  /** Whether a side does not have a name, nor is about to. @param {Side} side @param {string} name @param {number} nowMs */
  #isNews(side, name, nowMs) {
    this.#forget(side, nowMs);
    const last = this.#pending[side].at(-1);
    if (last) return last.name !== name;
    return (
      this.#seen[side] !== name &&
      !(side === "state" && this.#nextState === name)
    );
  }

  /** Whether it is what we have ordered; then that order and those before it have arrived. @param {Side} side @param {string} name @param {number} nowMs */
  #isEcho(side, name, nowMs) {
    this.#forget(side, nowMs);
    const at = this.#pending[side].findIndex((one) => one.name === name);
    this.#pending[side].splice(0, at + 1);
    return at >= 0;
  }

  /** @param {Side} side @param {number} nowMs */
  #forget(side, nowMs) {
    const pending = this.#pending[side];
    this.#pending[side] = pending.filter(({ atMs }) => nowMs - atMs <= ECHO_MS);
  }

  /** Whether both sides say the same, by either direction of the table. @param {string} [state] @param {string} [presence] */
  #fits(state = this.#seen.state, presence = this.#seen.presence) {
    if (state === undefined || presence === undefined) return true;
    if (this.#presenceFor(state) === presence) return true;
    const back = this.#stateFor(presence);
    return back === state || (back != null && back === this.#nextState);
  }

  /** @param {string} state */
  #presenceFor(state) {
    const there = this.#choices.map(({ name }) => name);
    return partner(state, this.#table.states, USUAL_PRESENCES, there);
  }

  /** @param {string} presence */
  #stateFor(presence) {
    return partner(presence, this.#table.presences, USUAL_STATES, this.#states);
  }
}

/**
 * @param {unknown} payload `{result: {presence}}`, `{presence}` or the presence itself, each perhaps as JSON
 * @returns {SeenPresence | { problem: string }}
 */
export function readPresence(payload) {
  const outer = parsed(payload);
  const inner = parsed(own(outer, "result") ?? own(outer, "payload") ?? outer);
  const presence = parsed(own(inner, "presence") ?? inner);
  const name = textOf(own(presence, "name"));
  const sysId = sysIdOf(own(presence, "sys_id"));
  if (name === undefined || sysId === undefined)
    return { problem: "presence: expected a name and a sys_id." };
  // The second since OpenFrame 26.10.0, whose place is unpublished.
  const available = [
    own(presence, "available_to_receive_work_items"),
    own(inner, "available_to_receive_work_items"),
    own(presence, "available"),
  ].find((one) => one !== undefined);
  return {
    sysId,
    name,
    ...(available !== undefined && {
      available: available === true || available === "true",
    }),
  };
}

/** @param {PresenceOrder} order @returns {[Side, string]} */
function sideOf(order) {
  return "setState" in order
    ? ["state", order.setState]
    : ["presence", order.setPresence.name];
}

/** How long an order's effect can take; ServiceNow's own channel took up to 40 s (KB3046976). */
const ECHO_MS = 60_000;
/** Without a correction for so long, they are counted anew. A change within it of what we have ordered is one. */
const CALM_MS = 180_000;
/** So many corrections in a row are followed; after that, both are shown as different. */
const MOST = 4;
