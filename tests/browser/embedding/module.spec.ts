import { fileURLToPath } from "node:url";
import { expect, test } from "../support/fixtures.js";

test(
  "a missing wasm is reported, and another attempt may succeed",
  { tag: "@module-blocked" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/status of 404/);
    noise.allowBrowser(/status of 404|WebAssembly/);
    const wasm = "/softphone/connect_softphone_bg.wasm";
    lab.desk.missing.add(wasm);
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    const failure = await host.open();
    expect(failure?.code).toBe("MODULE_LOAD_FAILED");
    expect(failure?.remedy).toContain("connect_softphone_bg.wasm");
    await expect(host.container).toBeEmpty();
    lab.desk.missing.delete(wasm);
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test("a wasm that failed to load with the page is loaded again by the first call", async ({
  lab,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.allow(/status of 404/);
  noise.allowBrowser(/status of 404|WebAssembly/);
  const wasm = "/softphone/connect_softphone_bg.wasm";
  lab.desk.missing.add(wasm);
  await beginIdpSession();
  const refused = page.waitForResponse(`**${wasm}`);
  await page.goto(`${host.url}#wait`);
  expect((await refused).status()).toBe(404);
  lab.desk.missing.delete(wasm);
  expect(await host.open()).toBeUndefined();
  await host.untilPhase("ready");
});

for (const [directive, policy, remedy] of [
  [
    "script-src",
    "script-src 'self' 'unsafe-inline'",
    "add 'wasm-unsafe-eval' to script-src",
  ],
  ["connect-src", "connect-src 'none'", "to connect-src"],
])
  test(
    `a wasm that ${directive} blocks: the remedy names it`,
    { tag: "@module-blocked" },
    async ({ lab, page, host, noise }) => {
      noise.allowBrowser(/Content Security Policy|WebAssembly|Failed to fetch/);
      lab.desk.mount("/guarded", (_req, res, next) => {
        res.set("Content-Security-Policy", policy);
        next();
      });
      lab.desk.mount("/guarded", PAGES);
      await page.goto(`${lab.urls.desk}/guarded/#wait`);
      const failure = await host.open(lab.desk.config);
      expect(failure?.code).toBe("MODULE_LOAD_FAILED");
      expect(failure?.remedy).toContain(remedy);
    },
  );

const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
