// @ts-check
// Tabs as the ARIA Authoring Practices Guide has them: arrow keys choose, and only the chosen one is in the tab order.
import { html } from "lit/html.js";

/**
 * @typedef {{ id: string, title: string, view: () => unknown }} Tab
 *
 * @param {readonly Tab[]} tabs
 * @param {string} chosen the id of one
 * @param {(id: string) => void} choose
 */
export function tabBar(tabs, chosen, choose) {
  const move = (/** @type {KeyboardEvent} */ event) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const { id } = tabs[to % tabs.length];
    choose(id);
    document.getElementById(`tab-${id}`)?.focus();
  };
  return html`<div
    class="tabs"
    role="tablist"
    aria-label="What to do"
    @keydown=${move}
  >
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${id}"
          aria-controls="panel-${id}"
          aria-selected=${id === chosen}
          tabindex=${id === chosen ? 0 : -1}
          @click=${() => choose(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}

/** All of them, so that what one shows stays while another is looked at. @param {readonly Tab[]} tabs @param {string} chosen */
export function tabPanels(tabs, chosen) {
  return tabs.map(
    ({ id, view }) =>
      html`<div
        role="tabpanel"
        id="panel-${id}"
        aria-labelledby="tab-${id}"
        ?hidden=${id !== chosen}
      >
        ${view()}
      </div>`,
  );
}
