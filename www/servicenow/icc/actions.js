// @ts-check
// Actions of ICC in, orders for the phone and the page out. What an action is called is data: `action-table.js`, and above it
// the administrator's own rows.
import { readActionMap } from "./action-map.js";
import { actionTable } from "./action-table.js";
import { commands } from "./commands.js";
import { Payload, plainName } from "./payload.js";
import { UnknownActions } from "./unknown-actions.js";
import { AGENT } from "./voice.js";

/** @typedef {import("./order.js").Order} Order */
/** @typedef {{ kind: "unknown", name: string, keys: string[] }} Unknown */

export class Actions {
  /** By plain name. @type {Map<string, import("./commands.js").CommandName>} */
  #table;
  #selfIds;
  #unknown = new UnknownActions();
  /** What is wrong with the setting `icc.actions`. */
  problems;

  /**
   * @param {object} options
   * @param {Readonly<Record<string, unknown>>} options.settings of `settings.js`: `icc.actions`
   * @param {{ sysId: string }} options.user the ServiceNow user
   */
  constructor({ settings, user }) {
    const { actions, problems } = readActionMap(settings["icc.actions"]);
    this.problems = problems;
    const rows = actionTable.map(
      ([name, command]) => /** @type {const} */ ([plainName(name), command]),
    );
    this.#table = new Map([...rows, ...actions]);
    this.#selfIds = new Set([AGENT, user.sysId].filter((id) => id));
  }

  /** Actions that nobody has mapped: `list`, and `exported()`. */
  get unknown() {
    return this.#unknown;
  }

  /**
   * What is to be done about an action of `readAction`.
   *
   * @param {import("./action.js").Action} action
   * @param {import("./parties.js").State} state
   * @param {ReadonlyMap<string, { sysId: string }>} interactions by the contact's initial id
   * @param {number} nowMs
   * @returns {Order | Unknown}
   */
  commandOf(action, state, interactions, nowMs) {
    const name = this.#table.get(plainName(action.name));
    if (name === undefined)
      return { kind: "unknown", ...this.#unknown.saw(action, nowMs) };
    const payload = new Payload(action.payload);
    const selfIds = this.#selfIds;
    return commands[name]({ payload, state, interactions, selfIds });
  }
}
