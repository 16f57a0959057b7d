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
importScripts("connect-streams-min.js");
self.connect.worker.main();
