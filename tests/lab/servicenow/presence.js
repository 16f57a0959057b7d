// @ts-check
import { fixedSysId } from "./users.js";

/**
 * Advanced Work Assignment: presence states and who is in which.
 *
 * @typedef {{ sys_id: string, name: string, available: boolean, restrict_update: boolean, service_channel_type: string }} Channel
 * @typedef {{ sys_id: string, name: string, available: boolean, order: number, channels: Channel[], show_channels: boolean, disable_inactivity_check: boolean }} PresenceState
 * @typedef {{ sys_id: string, name: string, available: boolean, channels: Channel[] }} Presence
 */

export class Presences {
  /** An administrator's list. @type {PresenceState[]} */
  states = ["Available", "Away", "Lunch", "Offline"].map((name, index) => ({
    sys_id: fixedSysId(`awa_presence_state ${name}`),
    name,
    available: name === "Available",
    order: index * 1000,
    channels: name === "Available" ? [CHANNEL] : [],
    show_channels: false,
    disable_inactivity_check: false,
  }));

  /** @type {Map<string, PresenceState>} by user name */
  #current = new Map();
  #changed;

  /** @param {(userName: string, presence: Presence) => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} userName @returns {Presence} */
  of(userName) {
    const { sys_id, name, available, channels } =
      this.#current.get(userName) ??
      /** @type {PresenceState} */ (this.states.at(-1));
    return { name, sys_id, available, channels };
  }

  /**
   * @param {string} userName
   * @param {string} state its name or sys_id
   * @returns whether there is such a state
   */
  set(userName, state) {
    const found = this.states.find(
      ({ name, sys_id }) => name === state || sys_id === state,
    );
    if (!found) return false;
    const before = this.of(userName);
    this.#current.set(userName, found);
    if (before.sys_id !== found.sys_id)
      this.#changed(userName, this.of(userName));
    return true;
  }
}

/** @type {Channel} */
const CHANNEL = {
  name: "Phone",
  available: true,
  sys_id: fixedSysId("awa_service_channel Phone"),
  restrict_update: false,
  service_channel_type: "phone",
};
