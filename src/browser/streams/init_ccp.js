// @ts-check

/**
 * Calls `initCCP`. Every frame that it makes names this page's origin to the instance from its first request on, whatever
 * the page's own referrer policy: an instance may refuse who does not say who they are (reported for ServiceNow's default,
 * which sends no referrer).
 *
 * @param {any} core `connect.core`
 * @param {HTMLElement} holder
 * @param {object} parameters
 */
export function initCcp(core, holder, parameters) {
  const undo = makingFrames((frame) => (frame.referrerPolicy = REFERRER));
  try {
    core.initCCP(holder, parameters);
  } finally {
    undo();
  }
}

/**
 * Changes each frame that is made until the returned function is called.
 *
 * @param {(frame: HTMLIFrameElement) => void} change
 */
function makingFrames(change) {
  const before = Object.getOwnPropertyDescriptor(document, "createElement");
  const { createElement } = document;
  const value = (/** @type {any[]} */ ...args) => {
    const made = Reflect.apply(createElement, document, args);
    if (made instanceof HTMLIFrameElement) change(made);
    return made;
  };
  // A page may have frozen its document; its frames are then made as it wants them.
  const possible = Reflect.defineProperty(document, "createElement", {
    value,
    configurable: true,
    writable: true,
  });
  return () => {
    if (!possible) return;
    if (before) Object.defineProperty(document, "createElement", before);
    else Reflect.deleteProperty(document, "createElement");
  };
}

/** Every browser's default policy; sign-in's own frame has the same (frame.rs). */
const REFERRER = "strict-origin-when-cross-origin";
