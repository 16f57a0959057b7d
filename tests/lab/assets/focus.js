// @ts-check
// Puts the cursor where it is wanted; not in a frame, where browsers refuse that with an error in the console.
/** @type {HTMLElement | null} */
const wanted = document.querySelector("[data-focus]");
if (self === top) wanted?.focus();
