// @ts-check
// Carries out what `Presence` orders, in the phone and in Advanced Work Assignment.
import { own } from "./plain.js";
import { Presence, readPresenceTable } from "./presence.js";

export class PresenceLink {
  #phone;
  #openFrame;
  #rest;
  #user;
  #enabled;
  #report;
  #presence;
  #closed = false;
  /** What was reported of names without a partner, so that it is said once. */
  #unmatched = "";

  /**
   * @param {object} parts
   * @param {import("connect-softphone").Softphone} parts.phone
   * @param {import("./open-frame.js").OpenFrame} parts.openFrame
   * @param {import("./rest.js").Rest} parts.rest
   * @param {{ sysId: string }} parts.user
   * @param {import("./settings.js").Settings} parts.settings
   * @param {(sentence: string) => void} parts.report
   */
  constructor({ phone, openFrame, rest, user, settings, report }) {
    this.#phone = phone;
    this.#openFrame = openFrame;
    this.#rest = rest;
    this.#user = user;
    this.#report = report;
    this.#enabled = settings["presence.enabled"] && user.sysId !== "";
    const { table, problems } = readPresenceTable(settings.presence);
    for (const { field, found, expected } of problems)
      report(
        `connect_softphone.${field}: found ${found}, expected ${expected}.`,
      );
    this.#presence = new Presence({ table });
  }

  /** Both, where they do not fit. */
  get differing() {
    return this.#enabled ? this.#presence.differing : undefined;
  }

  get unmatched() {
    return this.#presence.unmatched();
  }

  /** OpenFrame has answered. On the first load no event tells of the presence, so that it is asked for. */
  async join() {
    if (!this.#enabled) return;
    this.#openFrame.on("openframe_awa_agent_presence", (payload) =>
      this.#run(this.#presence.presenceSeen(payload, Date.now())),
    );
    const path = `${AGENTS}/${this.#user.sysId}`;
    const [{ status, body }] = await Promise.all([
      this.#rest.read(`${path}/presence_states`),
      this.#ask(),
    ]);
    if (status === 200) this.#run(this.#presence.choices(body, Date.now()));
    else {
      this.#run(this.#presence.choices([], Date.now()));
      const remedy =
        status === 401 || status === 403 || status === 404
          ? "Give agents the role awa_integration_user, or set connect_softphone.presence.enabled to false."
          : "Reload the workspace when the instance answers again.";
      this.#report(
        `The agent's presence states could not be read (${status || "no answer"}). ${remedy}`,
      );
    }
  }

  /** Until the library answers, or the REST API does. */
  async #ask() {
    for (let tried = 0; tried < 3 && !this.#closed; tried += 1) {
      const presence = await this.#openFrame.presence();
      if (presence === undefined) continue;
      return this.#run(this.#presence.presenceSeen(presence, Date.now()));
    }
    const { status, body } = await this.#rest.read(
      `${AGENTS}/${this.#user.sysId}`,
    );
    if (status === 200)
      this.#run(this.#presence.presenceSeen(own(body, "result"), Date.now()));
  }

  /** At each change of the phone's. */
  agentSeen() {
    if (!this.#enabled) return;
    const { status, agent } = this.#phone;
    const seen = status.phase === "ready" ? agent : null;
    this.#run(this.#presence.agentSeen(seen, Date.now()));
  }

  close() {
    this.#closed = true;
  }

  /** @param {readonly import("./presence.js").PresenceOrder[]} orders */
  #run(orders) {
    for (const order of orders) this.#carryOut(order);
    const { states, presences } = this.#presence.unmatched();
    const told = [...states, "/", ...presences].join(", ");
    if (told === this.#unmatched || told === "/") return;
    this.#unmatched = told;
    this.#report(
      `Names without a partner: in Connect ${states.join(", ") || "none"}; in ServiceNow ${presences.join(", ") || "none"}. Map them with connect_softphone.presence.`,
    );
  }

  /** @param {import("./presence.js").PresenceOrder} order */
  async #carryOut(order) {
    if ("setState" in order) {
      const busy = this.#phone.contacts.length > 0;
      const options = busy ? { afterContact: true } : {};
      return this.#phone
        .setState(order.setState, options)
        .catch(() => this.#presence.failed(order));
    }
    const path = `${AGENTS}/${this.#user.sysId}`;
    const presence = { sys_id: order.setPresence.sysId };
    const { status } = await this.#rest.send("PUT", path, { presence });
    if (status === 200) return undefined;
    this.#presence.failed(order);
    this.#report(`The presence could not be set (${status || "no answer"}).`);
    return undefined;
  }
}

/** The AWA Agent API of ServiceNow's REST API reference. */
const AGENTS = "/api/now/awa/agents";
