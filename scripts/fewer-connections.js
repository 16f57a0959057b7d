import { mkdir, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { root } from "./run.js";

/**
 * Runs `work` with a Chromium that reaches the server of wasm-bindgen's test runner by a few connections only.
 *
 * The server (tiny_http 0.12.0) begins with four threads, each of which stays with a connection as long as the browser keeps
 * it; of several that come at once one can be left without a thread (util/task_pool.rs, `spawn`: it trusts a count of waiting
 * threads that have been woken already). A page of many modules opens six, and now and then the tests stood still.
 *
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} work gets what the test runner needs in its environment
 * @returns {Promise<T>}
 */
export async function withFewerConnections(work) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 3 });
  const proxy = http.createServer((request, response) => {
    const { method, headers } = request;
    const onward = http.request(
      new URL(request.url ?? ""),
      { method, headers, agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) =>
    proxy.listen(0, "127.0.0.1", () => resolve(undefined)),
  );
  try {
    const { port } = /** @type {import("node:net").AddressInfo} */ (
      proxy.address()
    );
    const args = [
      `proxy-server=127.0.0.1:${port}`,
      // Chromium asks no proxy for this machine's own addresses, unless told.
      "proxy-bypass-list=<-loopback>",
    ];
    const file = path.join(root, "target/webdriver.json");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ "goog:chromeOptions": { args } }));
    return await work({ WASM_BINDGEN_TEST_WEBDRIVER_JSON: file });
  } finally {
    proxy.close();
    proxy.closeAllConnections();
    agent.destroy();
  }
}
