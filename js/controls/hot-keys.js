// @ts-check

/** @typedef {import("connect-softphone/controls").HotKey} HotKey */
/** @typedef {Record<HotKey, string>} HotKeys combinations such as `Alt+Shift+A`; `""`: none */

/** @type {Readonly<HotKeys>} */
export const HOT_KEYS = Object.freeze({
  accept: "Alt+Shift+A",
  reject: "Alt+Shift+R",
  hangUp: "Alt+Shift+E",
  hold: "Alt+Shift+H",
  mute: "Alt+Shift+M",
  finish: "Alt+Shift+F",
  state: "Alt+Shift+S",
});

/**
 * The combination that was pressed, such as `Alt+Shift+A`; undefined while there are only Shift, Ctrl and so on, or none of
 * Ctrl, Alt and Meta.
 *
 * @param {KeyboardEvent} event
 */
export function combination(event) {
  const { code, key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (!ctrlKey && !altKey && !metaKey) return undefined;
  // Not `key`: with Alt it is another letter on a Mac.
  const name = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key;
  if (["Control", "Alt", "Shift", "Meta", "AltGraph"].includes(key))
    return undefined;
  const held = [
    ctrlKey && "Ctrl",
    altKey && "Alt",
    shiftKey && "Shift",
    metaKey && "Meta",
  ];
  return [...held.filter(Boolean), name].join("+");
}

/**
 * For `aria-keyshortcuts`.
 *
 * @param {string} keys
 */
export function ariaKeys(keys) {
  return keys.replace("Ctrl", "Control");
}

/** What the agent has chosen, on this computer. @returns {Partial<HotKeys>} */
export function chosenHotKeys() {
  try {
    const chosen = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const entries = Object.entries(chosen).filter(
      ([name, keys]) => name in HOT_KEYS && typeof keys === "string",
    );
    return Object.fromEntries(entries);
  } catch {
    return {}; // Without storage, or somebody else's value.
  }
}

/** @param {Partial<HotKeys>} chosen */
export function keepHotKeys(chosen) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(chosen));
  } catch {
    // Then they last as long as the page.
  }
}

const KEPT = "connect-softphone:hot-keys";
