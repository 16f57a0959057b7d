// @ts-check
import { html, svg } from "lit";

/** What is drawn on controls, on a ground of 24 × 24, in strokes. */
const PATHS = {
  accept: svg`<path d="M5 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5V19a2 2 0 0 1-2.2 2A17 17 0 0 1 3 6.2 2 2 0 0 1 5 4z"/>`,
  hangUp: svg`<path d="M3 14.5c0-3 4-5 9-5s9 2 9 5V16a1 1 0 0 1-1.2 1l-3.3-.7a1 1 0 0 1-.8-1v-2a12 12 0 0 0-7.4 0v2a1 1 0 0 1-.8 1L4.2 17A1 1 0 0 1 3 16z"/>`,
  reject: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  hold: svg`<path d="M9 6v12M15 6v12"/>`,
  resume: svg`<path d="M8 5.5v13l10.5-6.5z"/>`,
  mute: svg`<path d="M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
  unmute: svg`<path d="M15 11.5v-5a3 3 0 0 0-5.8-1.1M9 9.5v2a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10 5.5M18.5 11.5a6.5 6.5 0 0 1-.4 2.2M12 18v3M4 3.5l16 17"/>`,
  sendDigits: svg`<path d="M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01" stroke-width="3.4"/>`,
  consult: svg`<path d="M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 20c.3-3.5 3-5.5 6.5-5.5 1.5 0 2.9.4 4 1.1M18 14v7M14.5 17.5h7"/>`,
  transfer: svg`<path d="M4 12h15M13.5 6.5 19 12l-5.5 5.5"/>`,
  conference: svg`<path d="M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3 19.5c.3-3.2 2.6-5 6-5s5.7 1.8 6 5M15.5 5.4a3.1 3.1 0 0 1 0 5.9M17.5 14.9c2 .7 3.3 2.3 3.5 4.6"/>`,
  swap: svg`<path d="M7 4.5 3.5 8 7 11.5M3.5 8h14M17 12.5l3.5 3.5-3.5 3.5M20.5 16h-14"/>`,
  leave: svg`<path d="M13 4H5.5v16H13M10 12h11M17 8l4 4-4 4"/>`,
  finish: svg`<path d="M4.5 12.5 10 18l9.5-11.5"/>`,
  monitor: svg`<path d="M4 14a8 8 0 0 1 16 0M4 14v3.5A1.5 1.5 0 0 0 5.5 19H7v-6H4zM20 14v3.5a1.5 1.5 0 0 1-1.5 1.5H17v-6h3z"/>`,
  bargeIn: svg`<path d="M4 12.5a8 8 0 0 1 16 0M4 12.5V16a1.5 1.5 0 0 0 1.5 1.5H7v-5H4zM20 12.5V16a1.5 1.5 0 0 1-1.5 1.5H17v-5h3zM18.5 17.5c0 2-2 3-4.5 3"/>`,
  dialPreview: svg`<path d="M5 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5V19a2 2 0 0 1-2.2 2A17 17 0 0 1 3 6.2 2 2 0 0 1 5 4z"/>`,
  discardPreview: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  startRecording: svg`<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="3.5" fill="currentColor"/>`,
  pauseRecording: svg`<circle cx="12" cy="12" r="8"/><path d="M10 9v6M14 9v6"/>`,
  resumeRecording: svg`<circle cx="12" cy="12" r="8"/><path d="M10.5 8.8v6.4l5-3.2z"/>`,
  stopRecording: svg`<circle cx="12" cy="12" r="8"/><path d="M9.5 9.5h5v5h-5z"/>`,
  reportIssue: svg`<path d="M5 21V4h13l-3 4.5 3 4.5H5"/>`,
  remove: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  settings: svg`<path d="M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM8 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"/>`,
  down: svg`<path d="M6 9.5l6 6 6-6"/>`,
  erase: svg`<path d="M9 5h11.5v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5"/>`,
};

/** @typedef {keyof typeof PATHS} Icon */

/** @param {Icon} name */
export function icon(name) {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
    data-icon=${name}
  >
    ${PATHS[name]}
  </svg>`;
}
