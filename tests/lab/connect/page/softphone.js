// Which of a browser's CCPs has the softphone is decided by Amazon's own code; what it would speak with is simulated here.

/**
 * Stands in for Streams' SoftphoneManager, which the lab's calls have no media for. It is made where the real one is: in the
 * CCP that is the softphone's master when the agent's data change (Streams 2.28.2, connect-streams.js,
 * `initSoftphoneManager`), and is there until the page goes. `data-softphone` of the page shows that.
 *
 * The real one toggles the microphone's track and then broadcasts the change (`muteToggle`, `deleteLocalMediaStream`). Here
 * there is no track, only the broadcast.
 */
connect.SoftphoneManager = class {
  #muted = false;

  constructor() {
    document.body.dataset.softphone = "here";
    connect.core.getEventBus().subscribe(connect.EventType.MUTE, (data) => {
      // Without data it only asks every CCP to say how it stands.
      const contacts = new connect.Agent().getContacts();
      if (data && contacts.some((one) => one.isConnected()))
        this.#tell(data.mute);
    });
    connect.contact((one) =>
      one.onEnded(() => this.#muted && this.#tell(false)),
    );
  }

  #tell(muted) {
    this.#muted = muted;
    connect.core.getUpstream().sendUpstream(connect.EventType.BROADCAST, {
      event: connect.AgentEvents.MUTE_TOGGLE,
      data: { muted },
    });
  }
};
connect.core.initSoftphoneManager();
