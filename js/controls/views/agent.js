// @ts-check
import { html, nothing } from "lit";
import { isLive } from "../follower.js";
import { icon } from "../icons.js";
import { duration } from "../time.js";
import { fill, sentenceOf, stateWords } from "../words.js";
import { problem } from "../button.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */

/**
 * The agent's name and state, and the menu of states.
 *
 * @param {Panel} panel
 */
export function agentView(panel) {
  const { words, phone, settingsOpen } = panel;
  const agent = phone?.agent;
  return html`<header part="header">
      <div class="who">
        <p class="name" part="name">
          ${agent ? agent.name || agent.username : words.panel}
        </p>
        ${agent ? stateLine(panel, agent) : nothing}
      </div>
      <button
        type="button"
        class="bare"
        part="button"
        data-focus="settings"
        aria-label=${words.settings}
        title=${words.settings}
        aria-expanded=${settingsOpen}
        @click=${() => {
          panel.settingsOpen = !settingsOpen;
          panel.changed();
        }}
      >
        ${icon("settings")}
      </button>
    </header>
    ${agent ? nextState(panel, agent) : nothing} ${stateProblem(panel)}`;
}

/** @param {Panel} panel @param {Agent} agent */
function stateLine(panel, agent) {
  const { words, menuOpen, now, hotKeys } = panel;
  const state = stateWords(words, agent.state);
  const since = agent.stateSinceMs;
  return html`<div class="state" part="state">
    <button
      type="button"
      id="state"
      class="state-button"
      part="button state-button"
      data-focus="state"
      data-kind=${kindOf(agent)}
      aria-haspopup="menu"
      aria-expanded=${menuOpen}
      aria-controls=${menuOpen ? "states" : nothing}
      aria-label=${fill(words.chooseState, { state })}
      aria-busy=${panel.commands.isRunning("state") || nothing}
      aria-keyshortcuts=${hotKeys.state.replace("Ctrl", "Control") || nothing}
      title=${hotKeys.state || nothing}
      @click=${() => toggleMenu(panel)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        if (!menuOpen) toggleMenu(panel);
      }}
    >
      <span class="shape" aria-hidden="true"></span>
      <span class="words">${state}</span>
      ${icon("down")}
    </button>
    ${
      since > 0
        ? html`<span class="since" role="timer">${duration(now - since)}</span>`
        : nothing
    }
    ${menuOpen ? stateMenu(panel, agent) : nothing}
  </div>`;
}

/** @param {Panel} panel */
export function toggleMenu(panel) {
  panel.menuOpen = !panel.menuOpen;
  panel.changed();
  panel.element.focusOn(panel.menuOpen ? "menu" : "state");
}

/** @param {Panel} panel @param {Agent} agent */
function stateMenu(panel, agent) {
  const { words, contacts } = panel;
  // What a contact covers is what the agent has chosen.
  const chosen = agent.states.some(({ name }) => name === agent.state);
  const current =
    agent.nextState ?? (chosen ? agent.state : agent.availability);
  const later = contacts.some(isLive);
  return html`<ul
    id="states"
    class="menu"
    part="menu"
    role="menu"
    aria-label=${later ? words.afterContact : words.state}
    @keydown=${(/** @type {KeyboardEvent} */ event) => menuKey(panel, event)}
    @focusout=${(/** @type {FocusEvent} */ event) => {
      const menu = /** @type {Element} */ (event.currentTarget);
      const to = /** @type {Element | null} */ (event.relatedTarget);
      if (menu.contains(to) || to?.id === "state") return;
      panel.menuOpen = false;
      panel.changed();
    }}
  >
    ${later ? html`<li class="quiet" role="none">${words.afterContact}</li>` : nothing}
    ${agent.states.map(
      ({ name, type }, index) =>
        html`<li role="none">
          <button
            type="button"
            role="menuitemradio"
            part="button menu-item"
            tabindex="-1"
            data-focus=${name === current || (!current && index === 0) ? "menu" : nothing}
            data-kind=${kindOf({ state: name, stateType: type })}
            aria-checked=${name === current}
            @click=${() => panel.setState(name)}
          >
            <span class="shape" aria-hidden="true"></span>
            <span class="words">${stateWords(words, name)}</span>
            ${name === current ? icon("finish") : nothing}
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @param {Panel} panel @param {KeyboardEvent} event */
function menuKey(panel, event) {
  const menu = /** @type {Element} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([
    ...menu.querySelectorAll("button"),
  ]);
  const at = items.indexOf(/** @type {HTMLElement} */ (event.target));
  const { key } = event;
  // The next one that begins with the letter, from the top again.
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const begins = after.find((item) =>
    item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
  );
  /** @type {Record<string, number>} */
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  if (key === "Escape") toggleMenu(panel);
  else if (key in to) items[to[key]]?.focus();
  else if (key.length === 1 && key !== " " && begins) begins.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Panel} panel @param {Agent} agent */
function nextState(panel, { nextState }) {
  const { words } = panel;
  if (!nextState) return nothing;
  const state = stateWords(words, nextState);
  return html`<p class="next" part="next-state">
    <span>${fill(words.nextState, { state })}</span>
    <button
      type="button"
      class="bare"
      part="button"
      data-control="clearNextState"
      aria-label=${fill(words.clearNextState, { state })}
      @click=${() => panel.clearNextState()}
    >
      ${icon("remove")}
    </button>
  </p>`;
}

/** @param {Panel} panel */
function stateProblem({ words, commands }) {
  const wrong = commands.problem("state");
  return problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
    commands.dismiss("state"),
  );
}

/**
 * The shape and colour of a state.
 *
 * @param {{ state: string, stateType: string }} agent
 */
function kindOf({ state, stateType }) {
  if (state === "PendingBusy") return "arriving";
  if (["Init", "PendingAvailable"].includes(state)) return "waiting";
  switch (stateType) {
    case "routable":
      return "free";
    case "offline":
      return "off";
    case "error":
      return "trouble";
    case "system":
      return "busy";
    case "init":
      return "waiting";
  }
  return "away";
}
