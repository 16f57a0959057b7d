// @ts-check
/** A page that has the microphone's class and nothing else of the softphone; what it says is kept for tests. */
// @ts-ignore: it is served beside this page.
import { Microphone } from "./microphone.js";

/** @type {(string | undefined)[]} */
const told = [];
const microphone = new Microphone((/** @type {any} */ code) => told.push(code));

/** @type {any} what the click got: the devices, or the code with which they were refused */
let outcome;
document.getElementById("devices")?.addEventListener("click", async () => {
  outcome = undefined;
  outcome = await microphone
    .devices()
    .catch((/** @type {string} */ code) => code);
});

Object.assign(globalThis, { microphone, told, outcome: () => outcome });
document.body.dataset.loaded = "";
