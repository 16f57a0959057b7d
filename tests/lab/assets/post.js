// @ts-check
// Submits the form without waiting for a click. Without scripts, its button does it.
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-post-at-once]");
form?.submit();
