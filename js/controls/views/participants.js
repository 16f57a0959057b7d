// @ts-check
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { controlButton, problem } from "../button.js";
import { placeOf } from "../panel.js";
import { duration } from "../time.js";
import { fill, partyName, reason, sentenceOf } from "../words.js";

/**
 * @typedef {import("../panel.js").Panel} Panel
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 * @typedef {import("connect-softphone").SoftphoneParticipant} Participant
 * @typedef {import("connect-softphone").SoftphonePartyControl} PartyControl
 */

/**
 * Everybody else on a contact. With one other, what can be done about them is what can be done with the contact, so the list
 * stays folded until somebody wants it.
 *
 * @param {Panel} panel
 * @param {Contact} contact
 */
export function participantsView(panel, contact) {
  const others = contact.participants.filter(({ role }) => role !== "agent");
  if (others.length === 0 || contact.phase === "offered") return nothing;
  return html`<details
    class="participants"
    part="participants"
    ?open=${others.length > 1}
  >
    <summary>${panel.words.participants} (${others.length})</summary>
    <ul>
      ${repeat(
        others,
        ({ id }) => id,
        (one) => participantView(panel, contact, one),
      )}
    </ul>
  </details>`;
}

/** @param {Panel} panel @param {Contact} contact @param {Participant} one */
function participantView(panel, contact, one) {
  const { words, now, commands } = panel;
  const name = partyName(words, one);
  const place = `${placeOf(contact.id)} ${one.id}`;
  const wrong = commands.problem(place);
  return html`<li
    class="participant"
    part="participant"
    data-state=${one.state}
  >
    <div class="line">
      <p class="person">
        <bdi class="label">${name}</bdi>
        <span class="what">
          ${one.label ? `${words.roles[one.role]} · ` : nothing}${words.partyStates[one.state]}
          ${duration(now - one.sinceMs)}${one.muted ? ` · ${words.muted}` : nothing}
        </span>
      </p>
      <div class="small">
        ${PAIRS.map((pair) =>
          pair
            .map((control) => partyButton(panel, contact, one, control))
            .filter((button) => button !== nothing),
        )}
      </div>
    </div>
    ${hint(panel, place)}
    ${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss(place),
    )}
  </li>`;
}

/** @param {Panel} panel @param {Contact} contact @param {Participant} one @param {PartyControl} control */
function partyButton(panel, contact, one, control) {
  const { words } = panel;
  const place = `${placeOf(contact.id)} ${one.id}`;
  const label = fill(words.partyControls[control], {
    name: partyName(words, one),
  });
  return controlButton({
    id: `${control}-${one.id}`,
    control: `${control}Participant`,
    label,
    can: one.can[control],
    why: reason(words, one.cannot[control]),
    act: () =>
      panel.run(place, async (phone) =>
        phone[METHODS[control]](contact.id, one.id),
      ),
    icon: control,
    kind: control === "remove" ? "icon-only bad quiet" : "icon-only",
    busy: panel.commands.isRunning(place),
    hint: (why) => panel.hintAt(place, why),
  });
}

/** @param {Panel} panel @param {string} place */
function hint({ hint }, place) {
  return hint?.place === place
    ? html`<p class="hint" aria-hidden="true">${hint.why}</p>`
    : nothing;
}

/** Those that take each other's place are one element, so that the focus stays on it. @type {readonly PartyControl[][]} */
const PAIRS = [["mute", "unmute"], ["hold", "resume"], ["remove"]];

/** @type {Record<PartyControl, "removeParticipant" | "holdParticipant" | "resumeParticipant" | "muteParticipant" | "unmuteParticipant">} */
const METHODS = {
  remove: "removeParticipant",
  hold: "holdParticipant",
  resume: "resumeParticipant",
  mute: "muteParticipant",
  unmute: "unmuteParticipant",
};
