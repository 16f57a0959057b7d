// @ts-check
/** A page with the microphone's class and nothing else of the softphone; what it reports is kept for the tests. */
// @ts-ignore: it is served beside this page.
import { Microphone } from "./microphone.js";

/** @type {object[]} */
const seen = [];
const microphone = new Microphone((/** @type {object} */ it) => seen.push(it));

/** @type {object | undefined} what the click resolved with */
let outcome;
document.getElementById("open")?.addEventListener("click", async () => {
  outcome = undefined;
  outcome = await microphone.open();
});

Object.assign(globalThis, { microphone, seen, outcome: () => outcome });
document.body.dataset.loaded = "";
