// The CCP's end of the channel to Amazon's SDK, whose other end is in the embedding page (Streams 2.28.2,
// connect-streams.js: `SiteProxy`, `Proxy`, `HealthCheckManager`). Amazon's own code for this end is not published, so the
// messages are read from the other end; what an unknown request is answered with is assumed.
{
  const ACTIVITY = "aws.connect.activity";
  const CONTACT = "aws.connect.contact";
  const VOICE = "aws.connect.voice";
  const VOICE_CHANGED = "voice/voiceEnhancementModeChanged";
  const NETWORK = "agent/networkConnectionStatusChanged";
  const WARNING = "expiration-warning";

  const line = new WebSocket(
    `${location.origin.replace(/^http/, "ws")}/lab/sdk-line`,
  );
  const opened = new Promise((resolve) => (line.onopen = resolve));
  const { port1: port, port2 } = new MessageChannel();
  /** The requests that the lab answers, by id. @type {Map<string, any>} */
  const requests = new Map();
  /** The topics that the embedding page has subscribed to, by their text. @type {Map<string, any>} */
  const topics = new Map();
  /** @type {{ expiration: number } | undefined} */
  let warning;
  let hasModal = true;
  let checks = 0;

  /** @param {object} message */
  async function tellLab(message) {
    await opened;
    line.send(JSON.stringify(message));
  }

  line.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "answer")
      answer(requests.get(message.id), message.refused, message.data);
    else if (message.type === "publish") {
      if (message.topic !== "session-extension-error") warning = message.data;
      showModal();
      publish(ACTIVITY, message.topic, message.data);
    } else if (message.type === "voice")
      publish(VOICE, VOICE_CHANGED, message.data);
    else if (message.type === "terminate") {
      const { TERMINATE } = connect.EventType;
      connect.core.getUpstream().sendUpstream(TERMINATE);
    }
  };

  port.onmessage = ({ data }) => {
    if (data.type === "cross-domain-site-ready")
      port.postMessage({
        type: "acknowledge",
        connectionId: crypto.randomUUID(),
        status: "ready",
        healthCheckInterval: 10_000,
      });
    else if (data.type === "request") request(data);
    else if (data.type === "subscribe") subscribe(data);
    else if (data.type === "unsubscribe")
      topics.delete(JSON.stringify(data.topic));
    else if (data.type === "healthCheck")
      port.postMessage({
        type: "healthCheckResponse",
        time: Date.now(),
        counter: ++checks,
      });
    else if (data.type !== "log" && data.type !== "metric")
      tellLab({ type: "unknown", operation: `SDK message ${data.type}` });
  };

  /** @param {any} message */
  function request(message) {
    const { namespace, command, requestId: id } = message;
    if (namespace === ACTIVITY && command === "sendActivity") {
      requests.set(id, message);
      tellLab({ type: "active", id });
    } else if (
      namespace === CONTACT &&
      command === "agent/getNetworkConnectionStatus"
    ) {
      answer(message, undefined, network());
    } else if (namespace === CONTACT || namespace === VOICE) {
      requests.set(id, message);
      tellLab({ type: "request", id, command, data: message.data });
    } else {
      tellLab({ type: "unknown", operation: `${namespace} ${command}` });
      answer(message, "unknownRoute");
    }
  }

  /**
   * @param {any} request
   * @param {string | undefined | false} errorKey
   * @param {unknown} [data]
   */
  function answer({ namespace, command, requestId }, errorKey, data) {
    requests.delete(requestId);
    port.postMessage({
      type: "response",
      namespace,
      requestId,
      ...(errorKey
        ? { isError: true, errorKey, reason: errorKey, details: { command } }
        : { isError: false, data }),
    });
  }

  /** @param {any} message */
  function subscribe({ topic, handlerId }) {
    const { namespace, key } = topic;
    topics.set(JSON.stringify(topic), topic);
    const known =
      namespace === ACTIVITY ||
      (namespace === CONTACT && key === NETWORK) ||
      (namespace === VOICE && key === VOICE_CHANGED);
    if (!known)
      tellLab({ type: "unknown", operation: `${namespace} topic ${key}` });
    if (namespace === ACTIVITY && key === WARNING && warning)
      port.postMessage({ type: "publish", topic, handlerId, data: warning });
  }

  /** @param {string} namespace @param {string} key @param {unknown} data */
  function publish(namespace, key, data) {
    for (const topic of topics.values())
      if (topic.namespace === namespace && topic.key === key)
        port.postMessage({ type: "publish", topic, data });
  }

  function network() {
    const status = navigator.onLine ? "connected" : "disconnected";
    return { status, timestamp: Date.now() };
  }
  for (const change of ["online", "offline"])
    addEventListener(change, () => publish(CONTACT, NETWORK, network()));

  // Mouse and keyboard on the CCP itself. While the warning stands, only its button counts.
  let quietUntil = 0;
  for (const type of ["pointerdown", "pointermove", "keydown"])
    addEventListener(type, () => {
      if (warning || performance.now() < quietUntil) return;
      quietUntil = performance.now() + 1000;
      tellLab({ type: "active" });
    });

  function showModal() {
    const modal = document.getElementById("inactive");
    if (modal) modal.open = Boolean(warning) && hasModal;
  }
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("stay").onclick = () => tellLab({ type: "active" });
    showModal();
  });
  connect.core
    .getEventBus()
    .subscribe(connect.EventType.CONFIGURE, ({ showInactivityModal }) => {
      hasModal = showInactivityModal !== false;
      showModal();
    });

  // The lab lets this page die (start.js).
  new BroadcastChannel("lab-ccp").onmessage = () => port.close();

  if (connect.isFramed())
    parent.postMessage({ type: "cross-domain-adapter-init" }, "*", [port2]);
}
