// @ts-check
// What OpenFrame shows about the agent: indicator and subtitle.

/** @typedef {"red" | "orange" | "grey" | "green"} Color the only ones that OpenFrame takes */
/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */
/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("connect-softphone").SoftphoneStatus} Status */

/**
 * @typedef {object} FrameState
 * @property {Pick<Status, "phase">} status
 * @property {Pick<Agent, "state" | "stateType"> | null} [agent]
 * @property {readonly Pick<Contact, "phase" | "kind">[]} contacts
 * @property {{ state: string, presence: string }} [differing] of the presence
 */

/**
 * @param {FrameState} state
 * @param {Readonly<typeof FRAME_STRINGS>} [strings]
 * @returns {{ title?: string, subtitle: string, indicator: { state: string, color: Color }, offered: boolean, idle: boolean, needed: boolean }}
 *   `offered`: there is something to accept; `idle`: the agent can work, and has no contact; `needed`: there is something to do
 *   that only the phone itself shows, such as to sign in
 */
export function frameOf(
  { status, agent, contacts, differing },
  strings = FRAME_STRINGS,
) {
  const ready = status.phase === "ready" && Boolean(agent);
  const [text, color] =
    ready && agent
      ? agentShown(agent, contacts, strings)
      : PHASES[status.phase](strings);
  const differs =
    ready &&
    differing &&
    strings.differing
      .replace("{state}", () => differing.state)
      .replace("{presence}", () => differing.presence);
  return {
    subtitle: short(differs || text),
    indicator: { state: short(ready && agent ? agent.state : text), color },
    offered: ready && contacts.some(({ phase }) => phase === "offered"),
    idle: ready && contacts.length === 0,
    needed: NEEDED.has(status.phase),
  };
}

/**
 * @param {Pick<Agent, "state" | "stateType">} agent
 * @param {readonly Pick<Contact, "phase" | "kind">[]} contacts
 * @param {Readonly<typeof FRAME_STRINGS>} strings
 * @returns {[string, Color]}
 */
function agentShown({ state, stateType }, contacts, strings) {
  const phases = contacts.map(({ phase }) => phase);
  for (const [phase, color] of CONTACT_COLORS)
    if (phases.includes(phase)) return [strings[phase], color];
  return [state, COLORS[stateType] ?? "orange"];
}

/** OpenFrame refuses texts that are longer. @param {string} text */
function short(text) {
  return text.length > 256 ? `${text.slice(0, 255)}…` : text;
}

export const FRAME_STRINGS = {
  opening: "Opening the phone",
  signingIn: "Signing in",
  signInNeeded: "Sign in to take calls",
  signInAgain: "Sign in again to take calls",
  signedOut: "Signed out",
  failed: "Open the phone to see what is wrong",
  offered: "Accept the call",
  connecting: "Connecting",
  talking: "On a call",
  held: "On hold",
  wrapUp: "Finish the wrap-up",
  over: "Close the call",
  differing: "Choose your state again: Connect {state}, ServiceNow {presence}",
};

/** What the agent has most to do with comes first. @type {[Contact["phase"], Color][]} */
const CONTACT_COLORS = [
  ["offered", "orange"],
  ["talking", "red"],
  ["held", "red"],
  ["connecting", "red"],
  ["wrapUp", "orange"],
  ["over", "orange"],
];

/** @type {ReadonlySet<Status["phase"]>} */
const NEEDED = new Set(["signInNeeded", "expired", "failed"]);

/** By the type of a state (Streams 2.28.2, `connect.AgentStateType`). @type {Record<string, Color>} */
const COLORS = {
  routable: "green",
  not_routable: "orange",
  offline: "grey",
  init: "grey",
  system: "red",
  error: "red",
};

/** @type {Record<Status["phase"], (strings: Readonly<typeof FRAME_STRINGS>) => [string, Color]>} */
const PHASES = {
  opening: (strings) => [strings.opening, "grey"],
  signingIn: (strings) => [strings.signingIn, "grey"],
  signInNeeded: (strings) => [strings.signInNeeded, "orange"],
  ready: (strings) => [strings.opening, "grey"], // The agent is about to arrive.
  expired: (strings) => [strings.signInAgain, "red"],
  signedOut: (strings) => [strings.signedOut, "grey"],
  failed: (strings) => [strings.failed, "red"],
  closed: (strings) => [strings.signedOut, "grey"],
};
