// @ts-check
// Sends the form on without waiting for a click; without scripts its button is there.
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-post-at-once]");
form?.submit();
