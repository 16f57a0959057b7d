// The SharedWorker of the CCP: Amazon's, from the same bundle.
// The lab speaks plain HTTP, and Streams accepts only wss: addresses (WebSocketManager, validWSUrl); the certificate is all
// that is missing, so the address is turned back just before the socket opens.
const Native = self.WebSocket;
self.WebSocket = class extends Native {
  constructor(url, protocols) {
    const plain = self.location.protocol === "http:";
    super(plain ? String(url).replace(/^wss:/, "ws:") : url, protocols);
  }
};
// Timers run at this multiple of their speed; see the order "hurry".
let pace = 1;
const nativeSetTimeout = self.setTimeout;
self.setTimeout = (run, ms = 0, ...rest) =>
  nativeSetTimeout(run, ms / pace, ...rest);
takeOrders();
importScripts("connect-streams-min.js");
self.connect.worker.main();

/** The lab may order this worker to end or to doubt its token, or the pages around it to die (../orders.js, start.js). */
function takeOrders() {
  const pages = new BroadcastChannel("lab-orders");
  let line;
  const listen = () => {
    line = new Native(
      `${self.location.origin.replace(/^http/, "ws")}/lab/orders`,
    );
    line.addEventListener("message", ({ data }) => {
      if (data === "end") self.close();
      else if (data === "hurry") pace = 10;
      else if (data === "authFail")
        self.connect.worker.clientEngine.handleAuthFail();
      else pages.postMessage(data);
    });
  };
  listen();
  self.addEventListener("online", () => {
    if (line.readyState === Native.CLOSED) listen();
  });
}
