// The SharedWorker of the CCP: Amazon's, from the same bundle.
// The lab speaks plain HTTP, but Streams accepts only wss: addresses (WebSocketManager, validWSUrl). The lab therefore hands
// out wss: addresses, and this turns them back to ws: just before the socket opens.
const Native = self.WebSocket;
self.WebSocket = class extends Native {
  constructor(url, protocols) {
    const plain = self.location.protocol === "http:";
    super(plain ? String(url).replace(/^wss:/, "ws:") : url, protocols);
  }
};
// Timers run this many times as fast; set by the message "hurry".
let pace = 1;
const nativeSetTimeout = self.setTimeout;
self.setTimeout = (run, ms = 0, ...rest) =>
  nativeSetTimeout(run, ms / pace, ...rest);
listenToLab();
importScripts("connect-streams-min.js");
self.connect.worker.main();

/**
 * Listens to the lab (../worker-line.js), which can tell this worker to end, to hurry or to treat its token as refused, and
 * its pages to die (start.js).
 */
function listenToLab() {
  const pages = new BroadcastChannel("lab-ccp");
  let line;
  const listen = () => {
    line = new Native(
      `${self.location.origin.replace(/^http/, "ws")}/lab/worker-line`,
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
