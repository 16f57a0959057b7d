// @ts-check
// Creates the interaction of each call once, keeps it up to date, and gives it to a second agent only when the first has
// left. Pure: contacts go in, requests come out, and their answers come back. There is one request at a time for each
// interaction; what changes meanwhile goes with the next one.
import {
  changeBody,
  createBody,
  missing,
  relatedOf,
  toldSysId,
  wantedOf,
} from "./interaction-body.js";
import { goneOf, seenOf } from "./interaction-call.js";
import { isSearched, isToTake, nextStep } from "./interaction-next.js";
import {
  failure,
  foundOf,
  findPath,
  madeOf,
  waitAfter,
} from "./interaction-answer.js";
import { InteractionStore, knownOf, withRecords } from "./interaction-store.js";
import { INTERACTION_TABLE } from "./interaction-table.js";
import { nameOf, sysIdOf } from "./plain.js";

export { readInteractionTable } from "./interaction-table.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("./interaction-store.js").Entry} Entry */

/**
 * - `create`: POST to `/api/now/openframe/voice-interaction`; then `created()` or `failed()`
 * - `change`: PATCH to the same with `/{sysId}`; then `changed()` or `failed()`
 * - `find`: GET; then `found()` or `failed()`
 * - `wait`: call `retry()` after so long
 *
 * @typedef {{ create: { initialId: string, body: object } }
 *   | { change: { initialId: string, sysId: string, body: object } }
 *   | { find: { initialId: string, path: string } }
 *   | { wait: { forMs: number } }} InteractionOrder
 */

export class Interactions {
  #user;
  #table;
  #store;
  #tab;
  #recordingPrefix;
  /** @type {Map<string, string | undefined>} never stored */
  #numbers = new Map();
  /** @type {Map<string, number>} by how much this tab holds back, because another one may have the call */
  #holdBackMs = new Map();
  /** @type {Map<string, { key: string, atMs: number }>} */
  #due = new Map();
  /** What the request that is under way tells. @type {Map<string, import("./interaction-body.js").Wanted>} */
  #telling = new Map();
  /** @type {ReadonlyMap<string, { sysId: string, number?: string }>} */
  #known;
  /** @type {ReadonlySet<string>} */
  #searching = new Set();
  /** For the diagnostics, newest last. @type {string[]} */
  problems = [];

  /**
   * @param {object} options
   * @param {{ sysId: string }} options.user
   * @param {import("./interaction-table.js").InteractionTable} [options.table]
   * @param {Pick<Storage, "getItem" | "setItem">} [options.storage] shared by the tabs, such as `localStorage`
   * @param {string} [options.tab] any text that no other tab has
   * @param {string} [options.recordingPrefix] `audioRecordingUrlPrefix` of the Instance Params
   */
  constructor({
    user,
    table = INTERACTION_TABLE,
    storage,
    tab = "",
    recordingPrefix,
  }) {
    this.#user = user;
    this.#table = table;
    this.#store = new InteractionStore(storage, user.sysId);
    this.#tab = tab;
    this.#recordingPrefix = recordingPrefix;
    this.#known = knownOf(this.#store.read());
  }

  /** The interactions, by initial contact id; a new map at each change. */
  get known() {
    return this.#known;
  }

  /**
   * The initial contact ids of offered calls whose interaction is looked for, for two seconds at most; a new set at each
   * change. ServiceNow is not offered them before, because it would make a second interaction.
   */
  get searching() {
    return this.#searching;
  }

  /**
   * All contacts, at each change. Only while the phone has an agent: a contact that is not there any more is over.
   *
   * @param {readonly Contact[]} contacts
   * @param {number} nowMs
   * @returns {InteractionOrder[]}
   */
  update(contacts, nowMs) {
    return this.#with(nowMs, (entries) => {
      const there = new Set(contacts.map(({ id }) => id));
      for (const [initialId, entry] of entries)
        if (!entry.seen.gone && !there.has(entry.seen.contactId))
          entries.set(initialId, { ...entry, seen: goneOf(entry.seen, nowMs) });
      for (const contact of contacts) this.#see(entries, contact, nowMs);
    });
  }

  /** After a `wait`. @param {number} nowMs @returns {InteractionOrder[]} */
  retry(nowMs) {
    return this.#with(nowMs, () => {});
  }

  /** @param {string} initialId @param {unknown} answer @param {number} nowMs @returns {InteractionOrder[]} */
  created(initialId, answer, nowMs) {
    const made = madeOf(answer);
    if (!made) return this.failed(initialId, { status: 200 }, nowMs);
    return this.#answered(initialId, nowMs, (entry) => {
      const told = this.#telling.get(initialId) ?? {};
      Object.assign(entry, made, { mine: true, told, tries: 0 });
    });
  }

  /** @param {string} initialId @param {number} nowMs @returns {InteractionOrder[]} */
  changed(initialId, nowMs) {
    return this.#answered(initialId, nowMs, (entry) => {
      Object.assign(entry.told, this.#telling.get(initialId));
      entry.tries = 0;
      // Passed on; should it come back, it has to be looked for again.
      if (entry.told["field.assigned_to"] !== "") return;
      entry.mine = false;
      delete entry.owner;
    });
  }

  /** @param {string} initialId @param {unknown} answer of the table API @param {number} nowMs @returns {InteractionOrder[]} */
  found(initialId, answer, nowMs) {
    return this.#answered(initialId, nowMs, (entry) => {
      const found = foundOf(
        answer,
        initialId,
        entry.sysId,
        this.#table.findColumn,
      );
      entry.searched = found ? "found" : "none";
      if (!found) return;
      Object.assign(entry, found);
      const others = found.owner !== "" && found.owner !== this.#user.sysId;
      if (others) entry.nextMs = nowMs + LOOK_AGAIN_MS;
    });
  }

  /**
   * The request that is under way for it has failed.
   *
   * @param {string} initialId
   * @param {unknown} why `{ status, retryAfterMs }`, as far as there are such; anything else: no answer
   * @param {number} nowMs
   * @returns {InteractionOrder[]}
   */
  failed(initialId, why, nowMs) {
    return this.#answered(initialId, nowMs, (entry, what) => {
      const { status, lasting, sentence } = failure(what, why);
      entry.tries += 1;
      entry.nextMs = nowMs + waitAfter(entry.tries, why);
      const over = lasting || entry.tries >= MOST_TRIES;
      // It may have been created all the same.
      if (what === "create" && (status === undefined || status >= 500))
        delete entry.searched;
      if (!over) return;
      if (what === "change") entry.tries = 0;
      if (what === "find") entry.searched = "failed";
      else entry.gaveUp = this.#keyOf(initialId, entry, what);
      this.problems = [...this.problems.slice(-19), sentence];
    });
  }

  /**
   * ServiceNow has made the interaction of a call that the agent accepted there: none is created here.
   *
   * @param {string} initialId
   * @param {unknown} sysId
   * @param {number} nowMs
   * @returns {InteractionOrder[]}
   */
  adopt(initialId, sysId, nowMs) {
    const made = sysIdOf(sysId);
    return this.#with(nowMs, (entries) => {
      const entry = entries.get(initialId);
      if (entry && made && entry.sysId === undefined) entry.sysId = made; // Theirs as soon as Connect has accepted it, too.
    });
  }

  /**
   * A record that the call belongs to, such as the one whose number was clicked.
   *
   * @param {string} initialId
   * @param {{ entity?: string, sysId?: string }} record
   * @param {number} nowMs
   * @returns {InteractionOrder[]}
   */
  relate(initialId, { entity, sysId }, nowMs) {
    const one = { table: nameOf(entity), sysId: sysIdOf(sysId) };
    return this.#with(nowMs, (entries) => {
      const entry = entries.get(initialId);
      if (entry && one.table && one.sysId)
        entry.related = withRecords(entry.related, [/** @type {any} */ (one)]);
    });
  }

  /** @param {number} nowMs @param {(entries: Map<string, Entry>) => void} change @returns {InteractionOrder[]} */
  #with(nowMs, change) {
    const entries = this.#store.read();
    const before = JSON.stringify([...entries]);
    change(entries);
    const orders = [...entries].flatMap(([id, entry]) =>
      this.#plan(id, entry, nowMs),
    );
    if (JSON.stringify([...entries]) !== before)
      this.#store.write(entries, nowMs);
    const known = knownOf(entries);
    if (JSON.stringify([...known]) !== JSON.stringify([...this.#known]))
      this.#known = known;
    const waits = orders.flatMap((one) =>
      "wait" in one ? [one.wait.forMs] : [],
    );
    waits.push(...this.#search(entries, nowMs));
    const rest = orders.filter((one) => !("wait" in one));
    return waits.length > 0
      ? [...rest, { wait: { forMs: Math.max(1, Math.min(...waits)) } }]
      : rest;
  }

  /** @param {Map<string, Entry>} entries @param {number} nowMs @returns {number[]} for how long each search may go on */
  #search(entries, nowMs) {
    const left = [...entries].flatMap(([id, entry]) => {
      const forMs = entry.atMs + SEARCH_MS - nowMs;
      const searched = forMs > 0 && isSearched(id, entry, this.#table);
      return searched ? [/** @type {const} */ ([id, forMs])] : [];
    });
    const ids = left.map(([id]) => id);
    if (JSON.stringify(ids) !== JSON.stringify([...this.#searching]))
      this.#searching = new Set(ids);
    return left.map(([, forMs]) => forMs);
  }

  /** @param {string} initialId @param {number} nowMs @param {(entry: Entry, what: "create" | "change" | "find") => void} change */
  #answered(initialId, nowMs, change) {
    return this.#with(nowMs, (entries) => {
      const entry = entries.get(initialId);
      if (!entry?.flight) return;
      const { what } = entry.flight;
      delete entry.flight;
      change(entry, what);
      this.#telling.delete(initialId);
    });
  }

  /** @param {Map<string, Entry>} entries @param {Contact} contact @param {number} nowMs */
  #see(entries, contact, nowMs) {
    const { initialId, kind, direction, monitoring, media } = contact;
    if ((kind !== "call" && kind !== "callback") || monitoring) return;
    if (direction === "internal" && contact.id === initialId) return; // There is no customer.
    const known = entries.get(initialId);
    /** @type {Omit<Entry, "seen" | "atMs">} */
    const entry = known ?? { mine: false, told: {}, related: [], tries: 0 };
    const related = relatedOf(contact, this.#table);
    const sysId = entry.sysId ?? toldSysId(contact, this.#table);
    entries.set(initialId, {
      ...entry,
      ...(sysId && { sysId }),
      seen: seenOf(contact, known?.seen),
      atMs: known?.seen.phase === contact.phase ? known.atMs : nowMs,
      related: withRecords(entry.related, related),
    });
    this.#numbers.set(initialId, contact.customer.number);
    // One tab has the audio, and goes first; where that is not known, they are told apart by what they store.
    if (media !== "unknown" || !this.#holdBackMs.has(initialId))
      this.#holdBackMs.set(initialId, HOLD_BACK_MS[media]);
  }

  /** @param {string} initialId @param {Entry} entry @param {number} nowMs @returns {InteractionOrder[]} */
  #plan(initialId, entry, nowMs) {
    const { flight } = entry;
    if (flight && flight.untilMs > nowMs && flight.untilMs <= nowMs + ANSWER_MS)
      return flight.by === this.#tab ? [] : [wait(flight.untilMs - nowMs)];
    if (flight) {
      delete entry.flight; // Its page has gone, or the answer has.
      if (flight.what === "create") delete entry.searched;
      if (flight.what === "create") entry.tries = Math.max(entry.tries, 1);
    }
    const facts = { table: this.#table, user: this.#user.sysId };
    if (isToTake(initialId, entry, facts)) entry.mine = true;
    const what = nextStep(initialId, entry, facts);
    if (what === undefined) return [];
    if (what === "change" && this.#keyOf(initialId, entry, what) === "{}")
      return []; // Everything has been told.
    const key = this.#keyOf(initialId, entry, what);
    if (entry.gaveUp === key) return [];
    const earlyMs = (entry.nextMs ?? nowMs) - nowMs;
    if (earlyMs > 0 && earlyMs < LONGEST_MS) return [wait(earlyMs)];
    const due = this.#due.get(initialId);
    const heldBackMs = this.#holdBackMs.get(initialId) ?? HOLD_BACK_MS.unknown;
    const atMs = due?.key === key ? due.atMs : nowMs + heldBackMs;
    this.#due.set(initialId, { key, atMs });
    if (atMs > nowMs) return [wait(atMs - nowMs)];
    return this.#request(what, initialId, entry, nowMs);
  }

  /** @param {string} initialId @param {Entry} entry */
  #wanted(initialId, { seen, related, mine }) {
    const wanted = wantedOf(seen, {
      initialId,
      table: this.#table,
      agent: this.#user.sysId,
      number: this.#numbers.get(initialId),
      recordingPrefix: this.#recordingPrefix,
      related,
    });
    if (!mine && seen.outcome === "callerLeft")
      delete wanted["field.assigned_to"];
    return wanted;
  }

  /** What a request would be about, to know one that was given up. @param {string} initialId @param {Entry} entry @param {string} what */
  #keyOf(initialId, entry, what) {
    if (what !== "change") return what;
    return JSON.stringify(missing(this.#wanted(initialId, entry), entry.told));
  }

  /** @param {"create" | "change" | "find"} what @param {string} initialId @param {Entry} entry @param {number} nowMs @returns {InteractionOrder[]} */
  #request(what, initialId, entry, nowMs) {
    const { seen, sysId, told } = entry;
    const wanted = this.#wanted(initialId, entry);
    const path = findPath(initialId, sysId, this.#table);
    const number = this.#numbers.get(initialId);
    const body = createBody(seen, wanted, {
      initialId,
      table: this.#table,
      number,
    });
    if (what === "create" && !body) return [];
    entry.flight = { what, by: this.#tab, untilMs: nowMs + ANSWER_MS };
    this.#telling.set(
      initialId,
      what === "create" ? wanted : missing(wanted, told),
    );
    if (what === "find") return path ? [{ find: { initialId, path } }] : [];
    if (what === "create" && body) return [{ create: { initialId, body } }];
    const changes = changeBody(missing(wanted, told), initialId);
    return sysId ? [{ change: { initialId, sysId, body: changes } }] : [];
  }
}

/** @param {number} forMs @returns {InteractionOrder} */
function wait(forMs) {
  return { wait: { forMs } };
}

const HOLD_BACK_MS = { here: 0, lost: 0, unknown: 150, elsewhere: 2000 };
/** How long an answer may take; after that, the request's page has gone. */
const ANSWER_MS = 20_000;
const LOOK_AGAIN_MS = 5000;
/** For how long ServiceNow is not offered a call whose interaction is looked for; it rings for 20 seconds or more. */
const SEARCH_MS = 2000;
const LONGEST_MS = 600_000; // Beyond it, a clock has been set.
const MOST_TRIES = 6;
