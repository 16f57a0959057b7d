// @ts-check
// Focuses the marked field, but not in a frame, where browsers refuse that and log an error.
/** @type {HTMLElement | null} */
const wanted = document.querySelector("[data-focus]");
if (self === top) wanted?.focus();
