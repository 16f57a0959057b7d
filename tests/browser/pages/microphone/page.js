// @ts-check
/** A page with the microphone's class and nothing else of the softphone; what it reports is kept for the tests. */
// @ts-ignore: it is served beside this page.
import { Microphone } from "./microphone.js";

/** @type {(string | undefined)[]} */
const told = [];
const microphone = new Microphone((/** @type {any} */ code) => told.push(code));

/** @type {any} the devices, or the code with which the click was rejected */
let outcome;
document.getElementById("devices")?.addEventListener("click", async () => {
  outcome = undefined;
  outcome = await microphone
    .devices()
    .catch((/** @type {string} */ code) => code);
});

Object.assign(globalThis, { microphone, told, outcome: () => outcome });
document.body.dataset.loaded = "";
