import { mkdir, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { root } from "./run.js";

/**
 * Runs `work` with what wasm-bindgen's test runner needs in its environment to start our Chromium, and to reach it reliably.
 *
 * The runner reads one file of WebDriver capabilities, so everything about the browser is in that one:
 *
 * - which browser to start, because chromedriver by itself looks only where Chrome usually is;
 * - a proxy that opens only a few connections to the runner's server. That server (tiny_http 0.12.0) begins with four
 *   threads, each of which stays with a connection as long as the browser keeps it; of several connections that come at
 *   once, one can be left without a thread (util/task_pool.rs, `spawn`: it trusts a count of waiting threads that have
 *   been woken already). A page of many modules opens six, and now and then the tests hung.
 *
 * @template T
 * @param {string | undefined} chromium the browser's path; `undefined`: chromedriver looks for one
 * @param {(env: Record<string, string>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withWasmBrowser(chromium, work) {
  const proxy = await startProxy();
  // A file for this process: two commands may run at once.
  const file = path.join(root, `target/webdriver-${process.pid}.json`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(capabilities(chromium, proxy.port)));
    return await work({ WASM_BINDGEN_TEST_WEBDRIVER_JSON: file });
  } finally {
    proxy.close();
    await rm(file, { force: true });
  }
}

/**
 * @param {string | undefined} binary
 * @param {number} proxyPort
 */
function capabilities(binary, proxyPort) {
  return {
    "goog:chromeOptions": {
      binary,
      args: [
        `proxy-server=127.0.0.1:${proxyPort}`,
        // By default, Chromium does not use a proxy for this machine's own addresses.
        "proxy-bypass-list=<-loopback>",
      ],
    },
  };
}

/** Forwards every request, over at most three connections. */
async function startProxy() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 3 });
  const server = http.createServer((request, response) => {
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
    server.listen(0, "127.0.0.1", () => resolve(undefined)),
  );
  const { port } = /** @type {import("node:net").AddressInfo} */ (
    server.address()
  );
  return {
    port,
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
