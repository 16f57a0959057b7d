// Which of a browser's CCPs has the softphone is decided by Amazon's own code; what it would speak with is simulated here.

/**
 * Stands in for Streams' SoftphoneManager, which the lab's calls have no media for. It is made where the real one is: in the
 * CCP that is the softphone's master when the agent's data change (Streams 2.28.2, connect-streams.js,
 * `initSoftphoneManager`), and is there until the page goes. `data-softphone` of the page shows that, and `data-muted-tracks`
 * how many microphones' tracks are muted in truth.
 *
 * Mute is as in Streams (`muteToggle`, `deleteLocalMediaStream`, `setLastActiveContactId`), traps included: without a track
 * nothing is told, only the call that was active last is muted, what is told does not depend on whether a track was muted,
 * and the end of any call tells that nothing is muted. The lab says how local mute works (`localMute`), and what goes wrong when a
 * call is accepted (`softphoneError`; Streams: `publishError`).
 *
 * Devices are set as in Streams (`setMicrophoneDevice`, `setSpeakerDevice`): the microphone only while there is a track.
 * `data-microphone`, `data-speaker` and `data-ringer` of the page are what was set last.
 */
connect.SoftphoneManager = class {
  /** The tracks, by the agent's connection when the contact was first seen; a callback's changes later. */
  #tracks = new Map();
  #contactOf = new Map();
  #lastActive;
  #watched = new Set();
  #turn = Promise.resolve();

  constructor() {
    document.body.dataset.softphone = "here";
    connect.core.getEventBus().subscribe(connect.EventType.MUTE, (data) => {
      this.#turn = this.#turn.then(() => this.#toggle(data));
    });
    this.#setsDevices("MICROPHONE", () => this.#tracks.size > 0);
    this.#setsDevices("SPEAKER", () => true);
    frameDevices.ring();
    connect.contact((one) => this.#watch(one));
    for (const one of new connect.Agent().getContacts()) this.#watch(one);
  }

  #setsDevices(name, possible) {
    const event = connect.ConfigurationEvents[`SET_${name}_DEVICE`];
    connect.core
      .getEventBus()
      .subscribe(event, (data) => frameDevices.set(name, possible(), data));
  }

  #watch(contact) {
    const connectionId = contact.getAgentConnection()?.connectionId;
    if (!connectionId || this.#watched.has(connectionId)) return;
    this.#watched.add(connectionId);
    // A call that is connected already has no track any more, as after a reload.
    if (["connecting", "incoming"].includes(contact.getStatus().type)) {
      this.#tracks.set(connectionId, { muted: false, shown: false });
      broadcast(connect.AgentEvents.LOCAL_MEDIA_STREAM_CREATED, {
        connectionId,
      });
    }
    let held = false;
    contact.onAccepted(() => this.#connect());
    contact.onConnected((one) => this.#activate(one, connectionId));
    contact.onRefresh((one) => {
      const holds = one.getInitialConnection()?.isOnHold() ?? false;
      if (held && !holds) this.#activate(one, connectionId);
      held = holds;
      if (["ended", "error", "missed"].includes(one.getStatus().type))
        this.#drop(connectionId);
      else this.#follow(one, connectionId);
    });
    contact.onDestroy(() => this.#drop(connectionId));
  }

  async #connect() {
    const { softphoneError } = await settings();
    if (softphoneError)
      broadcast(
        connect.AgentEvents.SOFTPHONE_ERROR,
        new connect.SoftphoneError(softphoneError, "", null),
      );
  }

  #activate(contact, connectionId) {
    this.#lastActive = contact.getContactId();
    this.#contactOf.set(connectionId, this.#lastActive);
  }

  #drop(connectionId) {
    if (this.#tracks.delete(connectionId)) this.#tell(false);
  }

  /** Without data it only asks every CCP to say how it stands. */
  async #toggle(data) {
    const { localMute } = await settings();
    if (this.#tracks.size === 0) return;
    let status = data?.mute;
    const asked = status !== undefined;
    if (asked && localMute === "ignored") return;
    for (const [connectionId, track] of this.#tracks)
      if (this.#contactOf.get(connectionId) === this.#lastActive) {
        if (asked) track.muted = status;
        else status = track.muted;
      }
    this.#tell(status);
    if (!asked) return;
    if (localMute === "works") this.#carryOver(status);
    else if (status) setTimeout(() => this.#undo(), 2000);
  }

  /** As if the mute of the service, which was never set, came back to the local one. */
  #undo() {
    for (const track of this.#tracks.values()) track.muted = false;
    this.#tell(false);
  }

  /** Multi-party calls: the local mute becomes that of the service. */
  #carryOver(muted) {
    for (const contact of new connect.Agent().getContacts()) {
      if (contact.getContactId() !== this.#lastActive) continue;
      if (!contact.isConnected() || !contact.isMultiPartyConferenceEnabled())
        continue;
      const own = contact.getAgentConnection();
      if (own.isMute() === muted) continue;
      const answered = { success() {}, failure() {} };
      if (muted) own.muteParticipant(answered);
      else own.unmuteParticipant(answered);
    }
  }

  /** Multi-party calls: the mute of the service becomes the local one. */
  #follow(contact, connectionId) {
    const track = this.#tracks.get(connectionId);
    if (!track || !contact.isMultiPartyConferenceEnabled()) return;
    const shown = contact.getAgentConnection().isMute() ?? false;
    if (shown === track.shown) return;
    track.shown = shown;
    if (track.muted === shown) return;
    track.muted = shown;
    this.#tell(shown);
  }

  #tell(muted) {
    const tracks = [...this.#tracks.values()].filter((track) => track.muted);
    document.body.dataset.mutedTracks = tracks.length;
    broadcast(connect.AgentEvents.MUTE_TOGGLE, { muted });
  }
};

function broadcast(event, data) {
  connect.core
    .getUpstream()
    .sendUpstream(connect.EventType.BROADCAST, { event, data });
}

connect.core.initSoftphoneManager();
