// @ts-check
import { css } from "lit";

/** How the panel looks. The host's own properties come first: `--softphone-accent` and so on. */
export const styles = css`
  :host {
    --accent: var(--softphone-accent, light-dark(#1d5fd1, #8fb8ff));
    --on-accent: var(--softphone-on-accent, light-dark(#ffffff, #0b1a33));
    --ground: var(--softphone-ground, light-dark(#eef2f5, #0e1317));
    --surface: var(--softphone-surface, light-dark(#ffffff, #182027));
    --ink: var(--softphone-ink, light-dark(#17212b, #e7edf2));
    --quiet: var(--softphone-quiet, light-dark(#4d5c69, #a3b1bc));
    --line: var(--softphone-line, light-dark(#cbd5dd, #34414b));
    --edge: var(--softphone-edge, light-dark(#7b8a96, #71818d));
    --good: var(--softphone-good, light-dark(#17794a, #58cf91));
    --on-good: var(--softphone-on-good, light-dark(#ffffff, #06251a));
    --bad: var(--softphone-bad, light-dark(#c3271f, #ff9389));
    --on-bad: var(--softphone-on-bad, light-dark(#ffffff, #380b08));
    --away: var(--softphone-away, light-dark(#946200, #eebb52));
    --radius: var(--softphone-radius, 0.9rem);
    display: block;
    container-type: inline-size;
    color: var(--ink);
    font: var(--softphone-font, 1rem / 1.45 system-ui, sans-serif);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  * {
    box-sizing: border-box;
  }

  p,
  h2,
  h3,
  h4,
  ul,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }

  ul {
    list-style: none;
  }

  [data-phase="over"] .wide {
    grid-template-columns: minmax(0, 1fr);
  }

  .hidden {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .quiet {
    color: var(--quiet);
    font-size: 0.875rem;
  }

  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding: 0.875rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    overflow-wrap: anywhere;
  }

  /* Buttons. */
  button {
    min-height: 2.75rem;
    padding: 0.35rem 0.9rem;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius) * 0.67);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    touch-action: manipulation;
  }

  button:hover {
    background: color-mix(in srgb, var(--ink) 8%, transparent);
  }

  button:active {
    background: color-mix(in srgb, var(--ink) 14%, transparent);
  }

  :focus {
    outline: none;
  }

  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }

  [aria-disabled="true"] {
    border-style: dashed;
    border-color: var(--line);
    color: var(--quiet);
    cursor: not-allowed;
  }

  [aria-busy="true"] {
    cursor: progress;
  }

  .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }

  [data-icon="transfer"],
  [data-icon="leave"] {
    scale: var(--along, 1) 1;
  }

  :host(:dir(rtl)) {
    --along: -1;
  }

  .bare {
    min-width: 2.25rem;
    min-height: 2.25rem;
    padding: 0.25rem;
    border-color: transparent;
    color: var(--quiet);
  }

  .bare.text {
    padding-inline: 0.5rem;
    color: var(--accent);
    font-size: 0.875rem;
  }

  .action {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  .action:hover {
    background: color-mix(in srgb, var(--accent) 85%, var(--ink));
  }

  .controls {
    display: grid;
    gap: 0.5rem;
  }

  .controls:not(:has(.control)) {
    display: none;
  }

  .tools {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }

  .wide {
    grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr));
  }

  .control {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    justify-content: center;
    min-height: 3rem;
    line-height: 1.2;
  }

  .tool {
    flex-direction: column;
    gap: 0.25rem;
    min-height: 4rem;
    padding: 0.5rem 0.25rem;
    font-size: 0.8125rem;
    hyphens: auto;
  }

  .tool .icon {
    width: 1.5rem;
    height: 1.5rem;
  }

  .tool[aria-expanded="true"],
  .tool.on {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 14%, transparent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .good:not([aria-disabled="true"]) {
    border-color: transparent;
    background: var(--good);
    color: var(--on-good);
  }

  .good:not([aria-disabled="true"]):hover {
    background: color-mix(in srgb, var(--good) 85%, var(--ink));
  }

  .bad:not(.quiet, [aria-disabled="true"]) {
    border-color: transparent;
    background: var(--bad);
    color: var(--on-bad);
  }

  .bad:not(.quiet, [aria-disabled="true"]):hover {
    background: color-mix(in srgb, var(--bad) 85%, var(--ink));
  }

  .bad.quiet:not([aria-disabled="true"]) {
    border-color: currentcolor;
    color: var(--bad);
    font-size: inherit;
  }

  .issue .quiet {
    min-height: 2.25rem;
    border-color: transparent;
    font-weight: 500;
  }

  .icon-only {
    width: 2.5rem;
    min-height: 2.5rem;
    padding: 0;
  }

  .icon-only .label {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }

  .icon-only.bad.quiet {
    border-color: transparent;
  }

  /* The agent. */
  header {
    display: flex;
    gap: 0.5rem;
    align-items: flex-start;
    justify-content: space-between;
  }

  .who {
    flex: 1;
    min-width: 0;
  }

  .name {
    overflow: hidden;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .state {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.6rem;
    align-items: center;
    margin-block-start: 0.25rem;
  }

  .state-button {
    display: flex;
    gap: 0.55rem;
    align-items: center;
    min-height: 2.25rem;
    padding: 0.2rem 0.8rem;
    border-radius: 2rem;
    text-align: start;
  }

  .since,
  .timer,
  .time,
  .what {
    font-variant-numeric: tabular-nums;
  }

  .since {
    color: var(--quiet);
    font-size: 0.875rem;
  }

  .shape {
    flex: none;
    width: 0.8em;
    height: 0.8em;
    background: var(--colour, var(--quiet));
    forced-color-adjust: none;
  }

  [data-kind="free"] {
    --colour: var(--good);
  }

  [data-kind="away"] {
    --colour: var(--away);
  }

  [data-kind="busy"],
  [data-kind="arriving"] {
    --colour: var(--accent);
  }

  [data-kind="trouble"] {
    --colour: var(--bad);
  }

  [data-kind="off"],
  [data-kind="waiting"] {
    --colour: var(--quiet);
  }

  [data-kind="free"] > .shape {
    border-radius: 50%;
  }

  [data-kind="busy"] > .shape {
    border-radius: 15%;
  }

  [data-kind="away"] > .shape {
    border: solid var(--colour);
    border-width: 0 0.27em;
    background: none;
  }

  [data-kind="off"] > .shape,
  [data-kind="waiting"] > .shape {
    border: 0.16em solid var(--colour);
    border-radius: 50%;
    background: none;
  }

  [data-kind="waiting"] > .shape {
    border-inline-start-color: transparent;
  }

  [data-kind="trouble"] > .shape {
    clip-path: polygon(50% 4%, 100% 96%, 0 96%);
  }

  [data-kind="arriving"] > .shape {
    border-radius: 50% 50% 50% 0;
  }

  .menu {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% + 0.25rem);
    inset-inline-start: -0.25rem;
    overflow: auto;
    width: min(18rem, 100cqi - 1.5rem);
    max-height: 20rem;
    padding: 0.35rem;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius) * 0.67);
    background: var(--surface);
    box-shadow: 0 0.4rem 1.5rem rgb(0 0 0 / 0.25);
  }

  .menu button {
    display: flex;
    gap: 0.7rem;
    align-items: center;
    width: 100%;
    border-color: transparent;
    font-weight: 500;
    text-align: start;
  }

  .menu .quiet {
    padding: 0.35rem 0.9rem;
  }

  .menu .words {
    flex: 1;
  }

  .menu [aria-checked="true"] {
    font-weight: 650;
  }

  .menu :focus-visible {
    outline-offset: -3px;
  }

  .next {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-inline: 0.8rem 0.2rem;
    border: 1px dashed var(--edge);
    border-radius: 2rem;
    font-size: 0.9375rem;
  }

  /* What is wrong. */
  .notice,
  .problem {
    display: grid;
    gap: 0.6rem;
    padding: 0.7rem 0.9rem;
    border: 1px solid var(--line);
    border-inline-start: 0.35rem solid var(--accent);
    border-radius: calc(var(--radius) * 0.67);
    background: var(--ground);
  }

  .notice[data-kind="trouble"],
  .problem {
    border-inline-start-color: var(--bad);
  }

  .notice p:first-child {
    font-weight: 600;
  }

  .notice .action {
    justify-self: start;
  }

  .problem {
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding-inline-end: 0.25rem;
  }

  summary {
    padding-block: 0.25rem;
    color: var(--quiet);
    font-size: 0.875rem;
    cursor: pointer;
  }

  .notice details p {
    font-size: 0.875rem;
    font-weight: 400;
  }

  /* Contacts. */
  .contacts ul {
    display: grid;
    gap: 0.35rem;
  }

  .contacts li {
    display: flex;
    gap: 0.35rem;
    align-items: center;
  }

  .contacts li > :first-child {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    flex: 1;
    gap: 0 0.75rem;
    padding: 0.4rem 0.75rem;
    border-color: var(--line);
    font-weight: 500;
    text-align: start;
  }

  .contacts .what {
    grid-row: 2;
    color: var(--quiet);
    font-size: 0.8125rem;
  }

  .contacts .time {
    grid-area: 1 / 2 / span 2;
    align-self: center;
    color: var(--quiet);
  }

  .contacts li > [aria-current] {
    border-color: var(--accent);
    box-shadow: inset 0.25rem 0 0 var(--accent);
    font-weight: 650;
  }

  :host(:dir(rtl)) .contacts li > [aria-current] {
    box-shadow: inset -0.25rem 0 0 var(--accent);
  }

  .contacts [data-phase="offered"] .what {
    color: var(--ink);
    font-weight: 650;
  }

  .contact {
    --colour: var(--accent);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding: 0.875rem;
    border: 1px solid var(--line);
    border-block-start: 0.25rem solid var(--colour);
    border-radius: calc(var(--radius) * 0.67);
  }

  .contact[data-phase="offered"] {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 8%, var(--surface));
  }

  .contact[data-phase="talking"] {
    --colour: var(--good);
  }

  .contact[data-phase="held"] {
    --colour: var(--away);
  }

  .contact[data-phase="over"] {
    --colour: var(--bad);
  }

  .contact[data-phase="wrapUp"] {
    --colour: var(--quiet);
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 0.75rem;
  }

  .head .phase {
    display: flex;
    grid-column: 1 / -1;
    gap: 0.5rem;
    align-items: center;
    color: var(--quiet);
    font-size: 0.875rem;
    font-weight: 600;
  }

  [data-phase="talking"] .phase .shape {
    border-radius: 50%;
  }

  [data-phase="held"] .phase .shape {
    border: solid var(--colour);
    border-width: 0 0.27em;
    background: none;
  }

  [data-phase="over"] .phase .shape {
    clip-path: polygon(50% 4%, 100% 96%, 0 96%);
  }

  [data-phase="offered"] .phase .shape {
    border-radius: 50% 50% 50% 0;
  }

  h2 {
    font-size: 1.375rem;
    font-weight: 650;
    line-height: 1.25;
  }

  .title,
  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
  }

  h4 {
    color: var(--quiet);
    font-size: 0.875rem;
    font-weight: 600;
  }

  .timer {
    align-self: center;
    font-size: 1.125rem;
    font-weight: 600;
    text-align: end;
  }

  .timer .quiet {
    display: block;
    font-weight: 500;
  }

  .timer[data-over="true"] {
    color: var(--bad);
  }

  progress {
    grid-column: 1 / -1;
    overflow: hidden;
    width: 100%;
    height: 0.4rem;
    margin-block-start: 0.4rem;
    border: 0;
    border-radius: 1rem;
    background: var(--line);
    accent-color: var(--accent);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--line);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  .about {
    display: grid;
    grid-template-columns: minmax(5rem, auto) minmax(0, 1fr);
    gap: 0 0.75rem;
  }

  .about div {
    display: contents;
  }

  .about dt {
    color: var(--quiet);
  }

  .note {
    padding-inline-start: 0.6rem;
    border-inline-start: 3px solid var(--away);
    font-size: 0.9375rem;
  }

  .note:empty {
    display: none;
  }

  .hint {
    min-height: 1lh;
    color: var(--quiet);
    font-size: 0.875rem;
  }

  .tools + .wide + .hint {
    margin-block: -0.35rem;
  }

  .participants ul {
    display: grid;
  }

  .participant {
    padding-block: 0.4rem;
    border-block-start: 1px solid var(--line);
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    align-items: center;
    justify-content: space-between;
  }

  .person {
    display: grid;
    flex: 1 1 8rem;
    min-width: 0;
  }

  .person > * {
    justify-self: start;
  }

  .person .label,
  .choice .label,
  .history .label {
    font-weight: 600;
  }

  .what {
    color: var(--quiet);
    font-size: 0.875rem;
  }

  .small {
    display: flex;
    gap: 0.25rem;
  }

  /* Fields. */
  .field {
    display: grid;
    gap: 0.25rem;
    font-size: 0.9375rem;
    font-weight: 600;
  }

  .field .quiet {
    font-weight: 400;
  }

  input:not([type="radio"], [type="checkbox"]),
  select,
  textarea {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.4rem 0.7rem;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius) * 0.5);
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-size: 1rem;
    font-weight: 400;
  }

  textarea {
    resize: vertical;
  }

  [type="radio"],
  [type="checkbox"] {
    flex: none;
    width: 1.2rem;
    height: 1.2rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .with-button {
    display: flex;
    gap: 0.25rem;
    align-items: center;
  }

  .target,
  .keypad,
  .dial,
  .settings,
  .history,
  .issue {
    display: grid;
    gap: 0.6rem;
  }

  .target,
  .keypad {
    padding-block-start: 0.75rem;
    border-block-start: 1px solid var(--line);
  }

  .choices {
    overflow: auto;
    max-height: 15rem;
    min-width: 0;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 0.5);
  }

  .choices > p {
    padding: 0.75rem;
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.7rem;
    align-items: center;
    min-height: 2.75rem;
    padding: 0.35rem 0.75rem;
    cursor: pointer;
  }

  .choice + .choice {
    border-block-start: 1px solid var(--line);
  }

  .choice:hover {
    background: color-mix(in srgb, var(--ink) 6%, transparent);
  }

  .choice:has(:checked) {
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }

  .choice .label {
    flex: 1;
  }

  .check {
    display: flex;
    gap: 0.6rem;
    align-items: center;
    min-height: 2rem;
    font-size: 0.9375rem;
  }

  .keys {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.4rem;
    width: 100%;
    max-width: 16rem;
    margin-inline: auto;
  }

  .keys button {
    border-color: var(--line);
    font-size: 1.25rem;
    font-variant-numeric: tabular-nums;
  }

  .digits {
    min-height: 1lh;
    color: var(--quiet);
    text-align: center;
  }

  .idle {
    color: var(--quiet);
  }

  .history {
    padding-block-start: 0.75rem;
    border-block-start: 1px solid var(--line);
  }

  .history li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 0.5rem;
    align-items: center;
    padding-block: 0.3rem;
  }

  .history .what {
    grid-row: 2;
  }

  .history li button {
    grid-area: 1 / 2 / span 2;
  }

  .settings h3 {
    margin-block-start: 0.5rem;
  }

  .settings .action {
    justify-self: start;
  }

  .devices {
    display: grid;
    gap: 0.6rem;
  }

  .devices select {
    flex: 1;
    min-width: 0;
  }

  .level {
    overflow: clip;
    height: 0.6rem;
    border: 1px solid var(--edge);
    border-radius: 0.3rem;
    background: var(--ground);
  }

  .level > span {
    display: block;
    width: 100%;
    height: 100%;
    background: var(--good);
    transform-origin: left;
    scale: var(--level, 0) 1;
  }

  :host(:dir(rtl)) .level > span {
    transform-origin: right;
  }

  .keys-list li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    gap: 0.5rem;
    align-items: center;
  }

  kbd {
    padding: 0.1rem 0.4rem;
    border: 1px solid var(--line);
    border-radius: 0.3rem;
    background: var(--ground);
    font:
      0.8125rem ui-monospace,
      monospace;
  }

  @container (max-width: 22rem) {
    .panel {
      padding: 0.625rem;
    }

    .contact {
      padding: 0.625rem;
    }

    .tool {
      padding-inline: 0;
      font-size: 0.75rem;
    }

    .controls {
      gap: 0.35rem;
    }
  }

  @media (forced-colors: active) {
    .shape {
      --colour: CanvasText;
      --good: CanvasText;
      --bad: CanvasText;
      --away: CanvasText;
      --accent: CanvasText;
      --quiet: CanvasText;
    }

    button {
      border-color: ButtonText;
    }

    .level > span {
      background: Highlight;
      forced-color-adjust: none;
    }

    [aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }

    .tool[aria-expanded="true"],
    .tool.on,
    .contacts [aria-current],
    .choice:has(:checked) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    :focus-visible {
      outline-color: Highlight;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    [data-kind="waiting"] > .shape {
      animation: turn 1.4s linear infinite;
    }

    [data-phase="offered"] .phase .shape,
    [data-kind="arriving"] > .shape {
      animation: pulse 1.2s ease-in-out infinite;
    }

    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }

    @keyframes pulse {
      50% {
        scale: 0.7;
      }
    }
  }
`;
