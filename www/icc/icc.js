// @ts-check
// The panel on a page: it shows the phone, and everything that can be done with it.
import "/softphone/controls.js";
import { openSoftphone } from "/softphone/index.js";

const panel =
  /** @type {import("connect-softphone/controls").SoftphoneControls} */ (
    document.querySelector("softphone-controls")
  );
panel.contactAttributes = { orderId: "Order" };
panel.acwLengthMs = 60_000;
panel.ringLengthMs = 20_000;

const language = navigator.language.slice(0, 2);
if (["de", "es", "fr", "ja"].includes(language))
  panel.strings = (await import(`/softphone/controls/${language}.js`)).default;

try {
  const config = await (await fetch("./config.json")).json();
  const container = /** @type {HTMLElement} */ (
    document.getElementById("softphone")
  );
  panel.phone = await openSoftphone(container, {
    ...config,
    controls: "icc",
    signIn: { ...config.signIn, prompt: false }, // The panel has one.
  });
} catch (error) {
  const trouble = /** @type {HTMLElement} */ (
    document.getElementById("trouble")
  );
  trouble.textContent = /** @type {Error} */ (error).message;
}
