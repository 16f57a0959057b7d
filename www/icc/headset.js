// @ts-check
// The buttons of headsets: they ring, take calls, hang up and mute together with the phone. `jabra` is `@gnaudio/jabra-js` 4.4.

/** @typedef {import("connect-softphone").Softphone} Softphone */
/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/** @param {Softphone} phone @param {any} jabra */
export async function joinHeadsets(phone, jabra) {
  const { EasyCallControlFactory, RequestedBrowserTransport } = jabra;
  const api = await jabra.init({
    appId: "agent-page",
    appName: "Agent page",
    transport: RequestedBrowserTransport.WEB_HID,
  });
  const factory = new EasyCallControlFactory(api);
  api.deviceAdded.subscribe(async (/** @type {any} */ device) => {
    if (factory.supportsEasyCallControl(device))
      join(phone, await factory.createSingleCallControl(device));
  });
}

/** @param {Softphone} phone @param {any} headset Jabra's `ISingleCallControl` */
function join(phone, headset) {
  let id = ""; // Of the contact that it has.
  let doing = "nothing"; // Or "ringing", or "call".
  let muted = false;
  let asked = 0; // How often its button for mute was pressed, and the phone has not done it yet.
  const contact = () => phone.contacts.find((one) => one.id === id);
  const warn = (/** @type {Error} */ { message }) => console.warn(message);

  async function begin(/** @type {Contact} */ { phase }) {
    doing = phase === "offered" ? "ringing" : "call";
    if (doing === "call") return headset.startCall();
    const accepted = await headset.signalIncomingCall();
    if (doing !== "ringing") return; // It was over before.
    doing = accepted ? "call" : "nothing";
    if (accepted && contact()?.can.accept) await phone.accept(id);
    if (!accepted && contact()?.can.reject) await phone.reject(id);
  }

  function end() {
    const before = doing;
    doing = "nothing";
    if (before === "ringing") headset.rejectIncomingCall();
    if (before === "call") headset.endCall().catch(warn);
  }

  /** @param {{ contact: Contact, changed?: readonly string[] }} event */
  function follow({ contact: one, changed }) {
    const live = one.phase !== "wrapUp" && one.phase !== "over";
    if (one.id !== id) {
      if (doing !== "nothing" || !live || one.media === "elsewhere") return;
      id = one.id;
      muted = false;
      begin(one).catch(warn);
    } else if (!live) end();
    else if (doing === "ringing" && one.phase !== "offered")
      headset.acceptIncomingCall().catch(warn); // On the page.
    if (doing !== "call" || !changed?.includes("muted")) return;
    if (asked || one.muted === null || one.muted === muted) return;
    muted = one.muted;
    if (muted) headset.mute();
    else headset.unmute();
  }

  const stop = [
    phone.on("contactAdded", follow),
    phone.on("contactChanged", follow),
    phone.on("contactRemoved", (gone) => gone.id === id && end()),
  ];
  headset.onDisconnect.subscribe(() => stop.forEach((off) => off()));
  headset.callActive.subscribe((/** @type {boolean} */ active) => {
    if (active || doing !== "call") return;
    doing = "nothing"; // Its button ends the call.
    const leaves = contact()?.can.leave;
    (leaves ? phone.leave(id) : phone.hangUp(id)).catch(warn);
  });
  headset.muteState.subscribe((/** @type {string} */ state) => {
    if (doing !== "call" || state === "no-ongoing-calls") return;
    muted = state === "muted";
    if (!asked && muted === (contact()?.muted === true)) return;
    asked++;
    const done = muted ? phone.mute(id) : phone.unmute(id);
    done.catch(warn).finally(() => asked--);
  });
}
