// Starts Amazon's CCP side: the SharedWorker, and the conduits between it, this page and the page around.
connect.core.initSharedWorker(
  JSON.parse(document.getElementById("configuration").textContent),
);
