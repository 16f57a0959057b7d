// Starts Amazon's CCP side: the SharedWorker, and the conduits between it, this page and the page around.
connect.core.initSharedWorker(
  JSON.parse(document.getElementById("configuration").textContent),
);

// The lab may order this page to die; the worker hands the order on (worker.js).
new BroadcastChannel("lab-orders").onmessage = ({ data }) => {
  if (data === "blank") return location.replace("about:blank");
  // Frozen: nothing comes in, nothing goes out, and neither the page around nor the worker is told. A listener that
  // captures is asked before those that Streams has on the window.
  addEventListener(
    "message",
    (event) => event.stopImmediatePropagation(),
    true,
  );
  connect.WindowIOStream.prototype.send = () => {};
  connect.core.getUpstream().upstream.port.close();
};
