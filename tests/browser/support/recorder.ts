import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";

/** The parameters of one `initCCP`, and how it was called. */
export interface InitCall {
  /** What JSON can hold of the second argument. */
  parameters: Record<string, any>;
  /** Whether the first argument was an element in the page. */
  connected: boolean;
}

/** Makes the desk serve a Streams that records each call of `initCCP` before performing it. */
export async function recordStreams(lab: Lab) {
  const bundle = await readFile(MINIFIED, "utf8");
  lab.desk.mount("/connect-streams-min.js", (_req, res) => {
    res.type("js").send(`${bundle}\n;(${recorder})();`);
  });
}

/** All calls of `initCCP` on the page so far. */
export function initCalls(page: Page): Promise<InitCall[]> {
  return page.evaluate(
    () => (globalThis as unknown as { initCalls?: InitCall[] }).initCalls ?? [],
  );
}

/** Runs in the page, and in the CCP's page, which never calls `initCCP`. */
function recorder() {
  const page = globalThis as any;
  const { core } = page.connect;
  const { initCCP } = core;
  core.initCCP = function (container: Element, parameters: object) {
    (page.initCalls ??= []).push({
      parameters: JSON.parse(JSON.stringify(parameters)),
      connected: container.isConnected,
    });
    return initCCP.apply(this, arguments);
  };
}

const MINIFIED = createRequire(import.meta.url).resolve(
  "amazon-connect-streams/release/connect-streams-min.js",
);
