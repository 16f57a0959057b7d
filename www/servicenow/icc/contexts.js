// @ts-check
// Snapshots of the phone in, calls of `openFrameAPI.setICContext(type, context)` out: only those whose context has changed.
//
// How ServiceNow wraps a context is documented for each type [D], and not uniform. Guesses [G] are kept as data here: the order
// of the calls, how the end of a call is told, that an offer is made once and not taken back.
import { activeCall, shownPhases } from "./active-call.js";
import { idleState } from "./idle-state.js";
import { Memory } from "./memory.js";
import { offer } from "./offer.js";
import { rowLimit, Targets } from "./targets.js";
import { AGENT, isLive, isVoice } from "./voice.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */
/** @typedef {import("connect-softphone").SoftphoneQuickConnect} QuickConnect */
/** @typedef {"activeCall" | "activeConversation" | "agentSettings" | "idleState" | "offerContext" | "searchTargetList"} ContextType */
/** @typedef {{ type: ContextType, context: unknown }} Order a call of `setICContext` */
/** @typedef {{ contact: Contact, nowRecordId: string, selfId: string }} Call a call that ICC can show */

/**
 * What ICC is told from.
 *
 * @typedef {object} State
 * @property {import("connect-softphone").SoftphoneStatus} status
 * @property {Agent | null | undefined} agent
 * @property {readonly Contact[]} contacts
 * @property {ReadonlyMap<string, { sysId: string, number?: string }>} interactions by the contact's initial id
 * @property {ReadonlySet<string>} [searching] the initial ids of contacts that are not offered yet, because their interaction is looked for
 * @property {ReadonlyMap<string, import("connect-softphone").SoftphoneRecording>} [recordings] by the contact's id
 * @property {ReadonlySet<string>} [flagged] the ids of contacts that the agent has reported an issue with
 * @property {string} [outboundQueue] the ARN of the queue that the agent has chosen to call for
 */

/**
 * In which order contexts are sent [G]. The end of a call is `activeCall` without it, then `idleState`, which brings the dial pad
 * back; while a call is shown, `idleState` is not sent.
 *
 * @type {readonly ContextType[]}
 */
const order = [
  "agentSettings",
  "activeConversation",
  "offerContext",
  "activeCall",
  "searchTargetList",
  "idleState",
];

/** While the phone is in one of these without an agent, nothing is known, and ICC keeps what it has. */
const unknownPhases = new Set(["opening", "signingIn"]);

export class Contexts {
  #settings;
  #user;
  #features;
  #ringMs;
  #memory = new Memory();
  #targets;
  /** What was sent last, as JSON. @type {Map<ContextType, string>} */
  #sent = new Map();
  /** The calls that ICC shows. @type {Call[]} */
  #calls = [];
  /** Contacts that were offered to ICC. @type {Set<string>} */
  #offered = new Set();
  /** @type {readonly string[]} */
  #waiting = [];

  /**
   * @param {object} options
   * @param {Readonly<Record<string, unknown>>} options.settings of `settings.js`: `icc.offer`, `icc.participant_id`
   * @param {{ sysId: string, name?: string }} options.user the ServiceNow user
   * @param {unknown} [options.searchLimit] the system property `icc_search_limit`
   * @param {{ activeConversation?: boolean, agentSettings?: boolean, supervisor?: boolean }} [options.features]
   *   what the ICC of this instance knows; supervisors came with `activeConversation`
   * @param {number} [options.ringMs] for how long a call rings, if that is known
   */
  constructor({ settings, user, searchLimit, features = {}, ringMs }) {
    this.#settings = settings;
    this.#user = user;
    this.#features = features;
    this.#ringMs = ringMs;
    this.#targets = new Targets(rowLimit(searchLimit));
  }

  /** The ids of calls that are held back, because ICC needs their interaction and there is none yet. */
  get waiting() {
    return this.#waiting;
  }

  /** The quick connects that ICC may name, by the ids that it knows: what `Actions` looks targets up in. */
  get targetsById() {
    return this.#targets.known;
  }

  /**
   * What ICC has to be told now.
   *
   * @param {State} state
   * @param {number} nowMs
   * @returns {Order[]}
   */
  update(state, nowMs) {
    const { status, agent, contacts } = state;
    const ready = status.phase === "ready" && Boolean(agent);
    const untold = this.#sent.size === 0 && contacts.length === 0;
    if (!ready && (unknownPhases.has(status.phase) || untold)) return [];
    this.#memory.see(contacts);
    /** @type {Map<ContextType, unknown>} */
    const wanted = new Map();
    this.#show(state, wanted);
    this.#offer(state, nowMs, wanted);
    if (this.#calls.length === 0) {
      this.#sent.delete("searchTargetList");
      wanted.set("idleState", this.#idle(state, ready));
    } else {
      // The dial pad has given way to the call, and has to be brought back afterwards.
      this.#sent.delete("idleState");
      wanted.set("searchTargetList", this.#targets.context(this.#calls));
    }
    if (this.#features.agentSettings && agent)
      wanted.set("agentSettings", agentSettings(state, agent));
    const conversations = activeConversation(state);
    const told = this.#sent.has("activeConversation");
    if (this.#features.activeConversation && (told || conversations.length > 0))
      wanted.set("activeConversation", { activeConversation: conversations });
    return order
      .filter((type) => wanted.has(type))
      .map((type) => ({ type, context: wanted.get(type) }))
      .filter((one) => this.#isNew(one));
  }

  /**
   * The answer to a search (`kind: "search"`), always with something to send, because ICC waits for it; nothing if the call is gone.
   *
   * @param {string} contactId
   * @param {{ items: readonly QuickConnect[] }} found of `quickConnects()`
   * @param {{ types?: readonly import("./targets.js").TargetType[], limit?: number }} [wanted] as in the action
   * @returns {Order[]}
   */
  targets(contactId, { items }, wanted = {}) {
    this.#targets.found(contactId, items, wanted);
    return this.#answer(contactId);
  }

  /**
   * The answer to a request for more about a target (`kind: "moreInfo"`).
   *
   * @param {string} contactId @param {string} targetId
   */
  moreInfo(contactId, targetId) {
    this.#targets.about(contactId, targetId);
    return this.#answer(contactId);
  }

  /** @param {string} contactId @returns {Order[]} */
  #answer(contactId) {
    if (!this.#calls.some(({ contact }) => contact.id === contactId)) return [];
    const context = this.#targets.context(this.#calls);
    this.#sent.set("searchTargetList", JSON.stringify(context));
    return [{ type: "searchTargetList", context }];
  }

  /** @param {State} state @param {Map<ContextType, unknown>} wanted */
  #show({ agent, contacts, interactions, ...state }, wanted) {
    const shown = contacts.filter(
      (one) => isVoice(one) && shownPhases.has(one.phase),
    );
    const self = {
      id: this.#selfId(),
      name: agent?.name || this.#user.name || agent?.username || "",
    };
    this.#waiting = shown
      .filter(({ initialId }) => !interactions.get(initialId)?.sysId)
      .map(({ id }) => id);
    this.#calls = shown.flatMap((contact) => {
      const nowRecordId = interactions.get(contact.initialId)?.sysId;
      return nowRecordId ? [{ contact, nowRecordId, selfId: self.id }] : [];
    });
    const { activeConversation, supervisor = activeConversation } =
      this.#features;
    const entries = this.#calls.map(({ contact, nowRecordId }) =>
      activeCall(contact, {
        nowRecordId,
        self,
        recording: state.recordings?.get(contact.id),
        flagged: state.flagged?.has(contact.id) ?? false,
        supervisors: supervisor ?? false,
        memory: this.#memory,
        actorOf: (label) => this.#targets.actorOf(label),
      }),
    );
    wanted.set("activeCall", { activeCall: entries });
  }

  /** @param {State} state @param {number} nowMs @param {Map<ContextType, unknown>} wanted */
  #offer({ contacts, interactions, searching }, nowMs, wanted) {
    if (this.#settings["icc.offer"] === false) return;
    const offered = contacts.filter(
      (one) => isVoice(one) && one.phase === "offered",
    );
    const ids = new Set(offered.map(({ id }) => id));
    for (const id of this.#offered) if (!ids.has(id)) this.#offered.delete(id);
    const offers = offered
      .filter(({ id }) => !this.#offered.has(id))
      .filter(({ initialId }) => !searching?.has(initialId))
      .map((contact) => {
        this.#offered.add(contact.id);
        return offer(contact, {
          nowMs,
          user: this.#user,
          nowRecordId: interactions.get(contact.initialId)?.sysId,
          ringMs: this.#ringMs,
        });
      });
    if (offers.length === 0) return;
    this.#sent.delete("offerContext");
    wanted.set("offerContext", { offerContext: offers });
  }

  /** @param {State} state @param {boolean} ready */
  #idle({ agent, contacts, ...state }, ready) {
    const queue = outboundQueue(state, agent);
    return idleState({
      agent,
      contacts,
      ready,
      chooses: Boolean(this.#features.agentSettings),
      queueName: queue?.name,
    });
  }

  /** Whether the id of the agent in ICC is their sys_id is not certain: the text says so, the examples do not. */
  #selfId() {
    const { sysId } = this.#user;
    return this.#settings["icc.participant_id"] === "participant"
      ? AGENT
      : sysId || AGENT;
  }

  /** @param {Order} one */
  #isNew({ type, context }) {
    const text = JSON.stringify(context);
    if (this.#sent.get(type) === text) return false;
    this.#sent.set(type, text);
    return true;
  }
}

/** @param {Pick<State, "outboundQueue">} state @param {Agent | null | undefined} agent */
const outboundQueue = (state, agent) =>
  agent?.queues.find(({ arn }) => arn === state.outboundQueue) ??
  agent?.defaultQueue;

/** On whose behalf the agent calls (Brazil). @param {State} state @param {Agent} agent */
function agentSettings(state, agent) {
  const targets = agent.queues
    .filter(({ name }) => name)
    .map(({ arn, name }) => ({ label: name, id: arn }));
  const queue = outboundQueue(state, agent);
  const currentSelectedQueue = queue?.name
    ? { currentSelectedQueue: { label: queue.name, id: queue.arn } }
    : {};
  return { outboundQueue: { ...currentSelectedQueue, targets } };
}

/** What is written and not spoken, as far as it has an interaction (Brazil). @param {State} state */
function activeConversation({ contacts, interactions }) {
  return contacts
    .filter((one) => one.kind === "chat" && isLive(one))
    .filter(({ phase }) => phase !== "offered")
    .map((contact) => ({
      nowRecordId: interactions.get(contact.initialId)?.sysId,
      nowRecordTable: "Interaction",
      externalId: contact.id,
      wrapUpRequired: true,
    }))
    .filter(({ nowRecordId }) => nowRecordId);
}
