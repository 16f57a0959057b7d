// Starts Amazon's side of the CCP: the SharedWorker, and the conduits between it, this page and the embedding page.
connect.core.initSharedWorker(
  JSON.parse(document.getElementById("configuration").textContent),
);

// The lab may tell this page to die; the worker forwards the message (worker.js).
new BroadcastChannel("lab-ccp").onmessage = ({ data }) => {
  if (data === "blank") return location.replace("about:blank");
  // Frozen: nothing comes in or goes out, and neither the embedding page nor the worker is notified. A capturing listener
  // runs before the listeners that Streams has on the window.
  addEventListener(
    "message",
    (event) => event.stopImmediatePropagation(),
    true,
  );
  connect.WindowIOStream.prototype.send = () => {};
  connect.core.getUpstream().upstream.port.close();
};
