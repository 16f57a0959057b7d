// The microphones and speakers of the CCP's frame: the browser's own, as the lab wants them listed. Amazon's own code answers
// the embedding page (Streams 2.28.2, connect-streams.js, `initPageOptions`). Streams' code for the softphone sets them;
// softphone.js stands in for it.

/** What the lab wants of the softphone and its devices. */
async function settings() {
  return (await fetch("/lab/softphone")).json();
}

const frameDevices = {
  /** Whether the embedding page has asked for it in CONFIGURE: nothing is set otherwise (Streams' issue 1033). */
  enabled: false,

  /** What is to ring. Until there are ringtones, it is kept (`initRingtoneEngines`): after CONFIGURE, where the softphone is. */
  ringer: undefined,
  ring() {
    const here = document.body?.dataset.softphone === "here";
    this.set("RINGER", here, { deviceId: this.ringer });
  },

  /** As the browser lists them, without what the lab has unplugged. */
  async present() {
    const { unplugged } = await settings();
    const found = await listed();
    return found
      .map((one) => one.toJSON())
      .filter(({ label }) => !unplugged.includes(label));
  },

  /**
   * Sets one of them as Streams does, which tells of nothing that it did not do.
   *
   * @param {"SPEAKER" | "MICROPHONE" | "RINGER"} name
   * @param {boolean} possible
   * @param {{ deviceId?: string }} [data]
   */
  async set(name, possible, { deviceId } = {}) {
    const { deviceSetting } = await settings();
    if (!this.enabled || !possible || !deviceId) return;
    if (deviceSetting === "ignored") return;
    const there = await this.present();
    // The ringtones' device is told of even if no ringtone could be played there (`setRingerDevice`).
    if (name !== "RINGER" && !there.some((one) => one.deviceId === deviceId))
      return;
    document.body.dataset[name.toLowerCase()] = deviceId;
    connect.core.getUpstream().sendUpstream(connect.EventType.BROADCAST, {
      event: connect.ConfigurationEvents[`${name}_DEVICE_CHANGED`],
      data: { deviceId },
    });
  },
};

const { mediaDevices } = navigator;
const listed = mediaDevices.enumerateDevices.bind(mediaDevices);

mediaDevices.enumerateDevices = async () => {
  const { deviceList } = await settings();
  if (deviceList === "silent") return new Promise(() => {});
  if (deviceList === "late")
    await new Promise((resolve) => setTimeout(resolve, 1500));
  let found = await frameDevices.present();
  if (deviceList === "unnamed")
    found = ["audioinput", "audiooutput"].map((kind) => ({
      kind,
      deviceId: "",
      label: "",
      groupId: "",
    }));
  return found.map((one) => ({ ...one, toJSON: () => one }));
};

const bus = connect.core.getEventBus();
bus.subscribe(connect.EventType.CONFIGURE, ({ pageOptions }) => {
  connect.core.hasReceivedCRMConfigure = true;
  frameDevices.enabled = pageOptions?.enableAudioDeviceSettings === true;
  frameDevices.ring();
});
bus.subscribe(connect.ConfigurationEvents.SET_RINGER_DEVICE, (data) => {
  frameDevices.ringer = data?.deviceId;
  frameDevices.ring();
});
connect.core.initPageOptions({});
// Streams sends CONFIGURE once; a page that was loaded again asks for it.
connect.core.checkIfConfigureReceived(connect.core.getUpstream());
