import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";

interface Thrown {
  ours: boolean;
  code?: string;
  fields?: string[];
  cause?: string;
}

/** Each breaks something that opening needs; `mend` undoes it. */
const BROKEN: [
  what: string,
  breaks: (page: any) => () => void,
  expected: Omit<Thrown, "ours">,
][] = [
  [
    "new CSSStyleSheet()",
    (page) => {
      const { CSSStyleSheet } = page;
      page.CSSStyleSheet = class {
        constructor() {
          throw new TypeError("broken");
        }
      };
      return () => (page.CSSStyleSheet = CSSStyleSheet);
    },
    { code: "MODULE_CRASHED", cause: "broken" },
  ],
  [
    "attachShadow",
    (page) => {
      const { attachShadow } = page.Element.prototype;
      page.Element.prototype.attachShadow = () => {
        throw new TypeError("broken");
      };
      return () => (page.Element.prototype.attachShadow = attachShadow);
    },
    { code: "MODULE_CRASHED", cause: "broken" },
  ],
  [
    "setAttribute",
    (page) => {
      const { setAttribute } = page.Element.prototype;
      page.Element.prototype.setAttribute = () => {
        throw new TypeError("broken");
      };
      return () => (page.Element.prototype.setAttribute = setAttribute);
    },
    { code: "MODULE_CRASHED", cause: "broken" },
  ],
  [
    "MutationObserver",
    (page) => {
      const { MutationObserver } = page;
      page.MutationObserver = function () {
        throw "not even an error";
      };
      return () => (page.MutationObserver = MutationObserver);
    },
    { code: "MODULE_CRASHED", cause: "not even an error" },
  ],
];

test(
  "a web API that throws is told as a SoftphoneError, and the phone opens once it is mended",
  { tag: "@web-api-throws" },
  async ({ page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const config = await configOf(page);
    for (const [what, breaks, expected] of BROKEN) {
      await page.evaluate(`globalThis.mend = (${breaks})(globalThis)`);
      const thrown = await tried(page, config);
      await page.evaluate("mend()");
      expect(thrown, what).toMatchObject({ ours: true, ...expected });
      await expect(page.locator("iframe"), what).toHaveCount(0);

      expect(await host.open(), what).toBeUndefined();
      await host.untilPhase("ready");
      await page.getByRole("button", { name: "Close the phone" }).click();
      await host.untilPhase("closed");
    }
  },
);

test(
  "a browser without crypto.getRandomValues signs in without the return page",
  { tag: "@no-random-source" },
  async ({ page, host, noise, beginIdpSession }) => {
    // Streams goes on without it as well.
    noise.allow(/Error when setting up AmazonConnectStreamsSite/);
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.evaluate(() => {
      (Crypto.prototype as any).getRandomValues = undefined;
    });
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
    await page.getByRole("button", { name: "Close the phone" }).click();
    await host.untilPhase("closed");
  },
);

/** Configurations that do something when they are read. `C` is a good one. */
const HOSTILE: [
  what: string,
  config: string,
  expected: Omit<Thrown, "ours">,
][] = [
  [
    "a getter in streams.options",
    "({ ...C, streams: { ...C.streams, options: { get region() { throw new Error('boo'); } } } })",
    { code: "CONFIG_INVALID", fields: ["streams.options"], cause: "boo" },
  ],
  [
    "a getter deep in streams.options",
    "({ ...C, streams: { ...C.streams, options: { softphone: { get ringtoneUrl() { throw new Error('boo'); } } } } })",
    { code: "CONFIG_INVALID", fields: ["streams.options"], cause: "boo" },
  ],
  [
    "a Proxy whose keys cannot be listed",
    "new Proxy(C, { ownKeys() { throw new Error('boo'); } })",
    { code: "CONFIG_INVALID", fields: ["config"] },
  ],
  [
    "a Proxy that throws at every field",
    "new Proxy(C, { get() { throw new Error('boo'); } })",
    { code: "CONFIG_INVALID" },
  ],
  [
    "a revoked Proxy",
    "(() => { const { proxy, revoke } = Proxy.revocable(C, {}); revoke(); return proxy; })()",
    { code: "CONFIG_INVALID", fields: ["config"] },
  ],
  [
    "a revoked Proxy as a section",
    "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return { ...C, signIn: proxy }; })()",
    { code: "CONFIG_INVALID", fields: ["signIn"] },
  ],
  [
    "a list without end",
    "({ ...C, signIn: { ways: new Array(2 ** 32 - 1) } })",
    { code: "CONFIG_INVALID" },
  ],
  [
    "a signal that is none",
    "({ ...C, signal: { aborted: 'no' } })",
    { code: "CONFIG_INVALID", fields: ["signal"] },
  ],
];

test(
  "whatever a configuration does when it is read, the host catches a SoftphoneError",
  { tag: "@config-throws" },
  async ({ page, host, beginIdpSession }) => {
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const config = await configOf(page);
    for (const [what, hostile, expected] of HOSTILE)
      expect(await tried(page, config, hostile), what).toMatchObject({
        ours: true,
        ...expected,
      });
    await expect(page.locator("iframe")).toHaveCount(0);
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "a page that has frozen Error.prototype gets SoftphoneErrors like any other",
  { tag: "@config-throws" },
  async ({ page, host }) => {
    await page.goto(`${host.url}#wait`);
    await page.evaluate(() => Object.freeze(Error.prototype));
    expect(await tried(page, "{}")).toMatchObject({
      ours: true,
      code: "CONFIG_INVALID",
    });
    expect((await host.open({}))?.name).toBe("SoftphoneError");
  },
);

test.describe("a page that requires Trusted Types", () => {
  for (const [policy, opens] of [
    ["require-trusted-types-for 'script'", true],
    [
      "require-trusted-types-for 'script'; trusted-types connect-softphone",
      true,
    ],
    ["require-trusted-types-for 'script'; trusted-types another", false],
  ] as const)
    test(
      `${policy}: Streams ${opens ? "is loaded" : "cannot be loaded, which is told"}`,
      { tag: "@trusted-types" },
      async ({ lab, page, host, noise, beginIdpSession }) => {
        noise.allowBrowser(/TrustedScriptURL|Trusted Type|trusted-types/);
        await beginIdpSession();
        const { desk } = lab.urls;
        lab.desk.mount("/guarded", (_req, res, next) => {
          res.set("Content-Security-Policy", policy);
          next();
        });
        lab.desk.mount("/guarded", PAGES);
        await page.goto(`${desk}/guarded/#wait`);
        const failure = await host.open(lab.desk.config);
        if (opens) {
          expect(failure).toBeUndefined();
          await host.untilPhase("ready");
        } else {
          expect(failure?.code).toBe("STREAMS_LOAD_FAILED");
          expect(failure?.remedy).toContain("trusted-types");
          // Nothing is in the way of another try.
          expect((await host.open(lab.desk.config))?.code).toBe(
            "STREAMS_LOAD_FAILED",
          );
        }
      },
    );
});

function configOf(page: Page): Promise<string> {
  return page.evaluate(async () => (await fetch("./config.json")).text());
}

/** What openSoftphone rejects with; `hostile` is made of `C`, the good configuration. */
function tried(page: Page, config: string, hostile = "C"): Promise<Thrown> {
  return page.evaluate(
    async ([config, hostile]) => {
      const specifier = "connect-softphone";
      const { openSoftphone, SoftphoneError } = await import(specifier);
      const C = JSON.parse(config);
      const given = new Function("C", `return ${hostile}`)(C);
      const container = document.getElementById("softphone");
      try {
        await openSoftphone(container, given);
        return { ours: false };
      } catch (error: any) {
        return {
          ours: error instanceof SoftphoneError,
          code: error.code,
          fields: error.problems?.map((it: any) => it.field),
          cause: error.cause?.message ?? error.cause,
        };
      }
    },
    [config, hostile],
  );
}

const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
