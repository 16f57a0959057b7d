// @ts-check
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { controlButton, problem } from "../button.js";
import { placeOf } from "../panel.js";
import { duration } from "../time.js";
import { fill, phaseWords, reason, sentenceOf } from "../words.js";
import { issueView } from "./issue.js";
import { keypadView } from "./keypad.js";
import { participantsView } from "./participants.js";
import { targetView } from "./target.js";

/**
 * @typedef {import("../panel.js").Panel} Panel
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 * @typedef {import("connect-softphone").SoftphoneControl} ControlName
 */

/**
 * The contact that is shown, with all that can be done with it.
 *
 * @param {Panel} panel
 * @param {Contact} contact
 */
export function contactView(panel, contact) {
  const { words } = panel;
  return keyed(
    contact.id,
    html`<section
      class="contact"
      part="contact"
      data-phase=${contact.phase}
      data-outcome=${contact.outcome ?? nothing}
      aria-labelledby="contact-name"
    >
      ${headView(panel, contact)} ${aboutView(panel, contact)}
      ${noteView(panel, contact)}
      ${
        contact.phase === "over"
          ? returnView(panel, contact)
          : controlsView(panel, contact)
      }
      ${hintView(panel, contact)} ${problemsView(panel, contact)}
      ${panel.keypad === contact.id ? keypadView(panel, contact) : nothing}
      ${
        panel.picker?.id === contact.id
          ? targetView(panel, contact, panel.picker)
          : nothing
      }
      ${participantsView(panel, contact)}
      ${issueView(panel, contact, button(panel, contact, "reportIssue", "quiet"))}
    </section>`,
  );
}

/** @param {Panel} panel @param {Contact} contact */
function headView(panel, contact) {
  const { words } = panel;
  return html`<div class="head">
    <p class="phase" part="phase">
      <span class="shape" aria-hidden="true"></span
      ><span>${phaseWords(words, contact)}</span>
    </p>
    <h2
      id="contact-name"
      part="contact-name"
      tabindex="-1"
      data-focus="contact"
    >
      <bdi>${panel.name(contact)}</bdi>
    </h2>
    ${timersView(panel, contact)}
  </div>`;
}

/** @param {Panel} panel @param {Contact} contact */
function timersView(panel, contact) {
  const { words, now } = panel;
  const { phase, sinceMs, answeredAtMs } = contact;
  if (phase === "over") return nothing;
  const counted = countdown(panel, contact);
  if (counted) return counted;
  const sinceThen =
    phase === "talking" || phase === "held"
      ? (answeredAtMs ?? sinceMs)
      : sinceMs;
  const label = phase === "offered" ? words.ringing : words.duration;
  return html`<p class="timer" part="timer">
    <span class="hidden">${label} </span
    ><span role="timer">${duration(now - sinceThen)}</span>
    ${
      phase === "held"
        ? html`<span class="quiet"
            >${words.contactPhases.held} ${duration(now - sinceMs)}</span
          >`
        : nothing
    }
  </p>`;
}

/**
 * What is left of the time that the host knows: for ringing, and for after contact work.
 *
 * @param {Panel} panel
 * @param {Contact} contact
 */
function countdown({ words, now, acwLengthMs, ringLengthMs }, contact) {
  const { phase, sinceMs, endedAtMs, offeredAtMs, autoAccept } = contact;
  const rings = phase === "offered" && !autoAccept;
  const length = rings ? ringLengthMs : phase === "wrapUp" ? acwLengthMs : 0;
  if (length <= 0) return undefined;
  const spent = now - ((rings ? offeredAtMs : endedAtMs) ?? sinceMs);
  const left = length - Math.max(0, spent);
  // Whatever rings longer has been given more time than the host knows.
  if (rings && left < 0) return undefined;
  const text = left >= 0 ? words.remaining : words.overTime;
  const time = duration(Math.abs(left) + (left > 0 ? 999 : 0));
  return html`<p class="timer" part="timer" data-over=${left < 0}>
      <span role="timer">${fill(text, { time })}</span>
    </p>
    <progress
      part="countdown"
      max=${length}
      .value=${Math.max(0, left)}
      aria-label=${rings ? words.ringing : words.contactPhases.wrapUp}
    ></progress>`;
}

/** What is known of it. @param {Panel} panel @param {Contact} contact */
function aboutView({ words, element }, { queue, customer, attributes }) {
  const shown = Object.entries(element.contactAttributes ?? {}).filter(
    ([key]) => attributes[key],
  );
  const number = customer.name && customer.number;
  if (!queue?.name && !number && shown.length === 0) return nothing;
  return html`<dl class="about" part="about">
    ${number ? fact(words.number, number) : nothing}
    ${queue?.name ? fact(words.queue, queue.name) : nothing}
    ${shown.map(([key, label]) => fact(label || key, attributes[key]))}
  </dl>`;
}

/** @param {string} label @param {string} value */
function fact(label, value) {
  return html`<div>
    <dt>${label}</dt>
    <dd><bdi>${value}</bdi></dd>
  </div>`;
}

/** @param {Panel} panel @param {Contact} contact */
function noteView({ words, now, phone }, contact) {
  const { phase, kind, autoAccept, media, muted, can } = contact;
  const { preview, monitoring, outcome, endedBy } = contact;
  const notes = [];
  if (preview) notes.push(words.previewNote);
  const left = (preview?.dialsAtMs ?? 0) - now;
  if (left > 0) notes.push(fill(words.dialsItself, { time: duration(left) }));
  const recording = phone?.recording(contact.id);
  if (recording && recording.state !== "off")
    notes.push(words.recordings[recording.state]);
  if (monitoring) notes.push(words.monitoring[monitoring]);
  if (endedBy && !TOLD.includes(outcome ?? "")) {
    const ended = words.endedBy[endedBy];
    if (ended) notes.push(ended);
  }
  if (phase === "offered" && autoAccept) notes.push(words.acceptsItself);
  if (phase === "offered" && kind === "callback")
    notes.push(words.callbackNote);
  if (media === "lost") notes.push(words.mediaLost);
  if (media === "elsewhere" && phase !== "wrapUp" && phase !== "over")
    notes.push(words.mediaElsewhere);
  if (muted === true) notes.push(words.muted);
  if (muted === null && can.mute && can.unmute) notes.push(words.muteUnknown);
  return notes.map((note) => html`<p class="note" part="note">${note}</p>`);
}

/**
 * A contact that came to nothing: one click to the next.
 *
 * @param {Panel} panel
 * @param {Contact} contact
 */
function returnView(panel, contact) {
  const { words, routable, commands } = panel;
  const advice = words.advice[contact.outcome ?? "failed"];
  const running = commands.isRunning(placeOf(contact.id));
  const state = routable && (words.states[routable] ?? routable);
  return html`${advice ? html`<p class="note" part="note">${advice}</p>` : nothing}
    <div class="controls wide" part="controls">
      ${
        state && routable && contact.can.finish
          ? html`<button
              type="button"
              class="control good"
              part="button control good"
              data-control="backToAvailable"
              data-focus="back"
              aria-busy=${running || nothing}
              @click=${() => panel.finishAnd(contact, routable)}
            >
              <span class="label"
                >${fill(words.backToAvailable, { state })}</span
              >
            </button>`
          : nothing
      }
      ${button(panel, contact, "finish")}
    </div>`;
}

/** @param {Panel} panel @param {Contact} contact */
function controlsView(panel, contact) {
  const show = (/** @type {ControlName} */ control, kind = "") =>
    button(panel, contact, control, kind);
  // Those that take each other's place are one element, so that the focus stays on it.
  const pair = (/** @type {ControlName[]} */ ...names) =>
    names
      .map((control) => show(control, "tool"))
      .filter((one) => one !== nothing);
  const tools = [
    pair("mute", "unmute"),
    pair("hold", "resume"),
    ...["sendDigits", "consult", "transfer", "swap", "conference"].map(
      (control) => show(/** @type {ControlName} */ (control), "tool"),
    ),
    recordingView(panel, contact),
  ];
  const ends = [
    show("accept", "good"),
    show("dialPreview", "good"),
    show("discardPreview", "bad quiet"),
    show("bargeIn"),
    show("monitor"),
    show("reject", "bad quiet"),
    show("hangUp", "bad"),
    show("leave"),
    show("finish", "good"),
  ];
  return html`<div class="controls tools" part="controls">${tools}</div>
    <div class="controls wide" part="controls">${ends}</div>`;
}

/** What can be done with the recording, if the host can record. @param {Panel} panel @param {Contact} contact */
function recordingView(panel, contact) {
  const { words, phone } = panel;
  const can = phone?.recording(contact.id)?.can ?? [];
  const running = panel.commands.isRunning(placeOf(contact.id));
  // They take each other's place, in this order, so that the focus stays.
  const order = /** @type {const} */ (["pause", "resume", "start", "stop"]);
  return order
    .filter((change) => can.includes(change))
    .map((change, at) =>
      controlButton({
        id: `recording-${at}`,
        control: `${change}Recording`,
        label: words.recordingControls[change],
        can: !running,
        why: running ? reason(words, "This is under way.") : undefined,
        act: () => panel.record(contact, change),
        icon: /** @type {const} */ (`${change}Recording`),
        kind: "tool",
        hint: (why) => panel.hintAt(placeOf(contact.id), why),
      }),
    );
}

/**
 * @param {Panel} panel
 * @param {Contact} contact
 * @param {ControlName} control
 */
function button(panel, contact, control, kind = "") {
  const { words, keypad, picker, issue, hotKeys } = panel;
  const { id, can, cannot } = contact;
  const place = placeOf(id);
  const busy = panel.commands.isRunning(`${place} digits`);
  const tones = control === "sendDigits";
  /** @type {Partial<Record<ControlName, boolean>>} */
  const opens = {
    sendDigits: keypad === id,
    consult: picker?.id === id && picker.purpose === "consult",
    transfer: picker?.id === id && picker.purpose === "transfer",
    reportIssue: issue?.id === id,
  };
  const expanded = opens[control];
  /** @type {Partial<Record<ControlName, import("../hot-keys.js").HotKey>>} */
  const hot = {
    ...{ accept: "accept", reject: "reject", finish: "finish" },
    ...{ hangUp: "hangUp", leave: "hangUp", mute: "mute", unmute: "mute" },
    ...{ hold: "hold", resume: "hold" },
  };
  const hotKey = hot[control];
  const on =
    control === "resume" || (control === "unmute" && contact.muted === true);
  return controlButton({
    id: control,
    control,
    label: words.controls[control],
    // While tones are being sent, the keypad takes more of them.
    can: can[control] || (tones && busy),
    why: reason(words, cannot[control]),
    act: () => panel.command(contact, control),
    icon: control,
    kind: on ? `${kind} on` : kind,
    ...(expanded !== undefined && { expanded }),
    ...(hotKey && hotKeys[hotKey] && { keys: hotKeys[hotKey] }),
    hint: (why) => panel.hintAt(place, why),
  });
}

/** Always there, so that nothing moves when it says something. @param {Panel} panel @param {Contact} contact */
function hintView({ hint }, { id, phase }) {
  if (phase === "over" || phase === "offered") return nothing;
  const why = hint?.place === placeOf(id) ? hint.why : "";
  return html`<p class="hint" part="hint" aria-hidden="true">${why}</p>`;
}

/** @param {Panel} panel @param {Contact} contact */
function problemsView({ words, commands, picker }, { id }) {
  const places = [placeOf(id), `${placeOf(id)} digits`];
  if (picker?.id !== id) places.push(`${placeOf(id)} target`);
  return places.map((place) => {
    const wrong = commands.problem(place);
    return problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
      commands.dismiss(place),
    );
  });
}

/** Outcomes that say who ended it. */
const TOLD = ["rejected", "callerLeft"];
