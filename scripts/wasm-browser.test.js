import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { test } from "node:test";
import { withWasmBrowser } from "./wasm-browser.js";

test("the wasm tests start the browser of CHROMIUM, and reach the runner through the proxy", async () => {
  const runner = http.createServer((_request, response) =>
    response.end("from the test runner"),
  );
  runner.listen(0, "127.0.0.1");
  await once(runner, "listening");
  try {
    await withWasmBrowser("/opt/chromium/chromium", async (env) => {
      // The runner reads one file only: whatever else names one would take the place of this.
      assert.deepEqual(Object.keys(env), ["WASM_BINDGEN_TEST_WEBDRIVER_JSON"]);
      const file = env.WASM_BINDGEN_TEST_WEBDRIVER_JSON;
      const { binary, args } = JSON.parse(await readFile(file, "utf8"))[
        "goog:chromeOptions"
      ];
      assert.equal(binary, "/opt/chromium/chromium");
      const proxy = args
        .find((/** @type {string} */ arg) => arg.startsWith("proxy-server="))
        ?.slice("proxy-server=".length);
      assert.equal(await get(proxy, runner), "from the test runner");
    });
  } finally {
    runner.close();
    runner.closeAllConnections();
  }
});

/**
 * Fetches the server's page through the proxy, as a browser would.
 *
 * @param {string} proxy
 * @param {http.Server} server
 */
async function get(proxy, server) {
  const [host, port] = proxy.split(":");
  const address = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  const target = `http://127.0.0.1:${address.port}/`;
  const [answer] = await once(
    http.get({ host, port, path: target, headers: { host: target } }),
    "response",
  );
  return (await answer.setEncoding("utf8").toArray()).join("");
}
