import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";

/**
 * The list that tests/hostile.rs reads, run through the real module, the real Streams and the browser's own parser: what
 * reaches a frame, a window, a script element or the network is exactly what the list says.
 */
interface Entry {
  url: string;
  /** By field: what opens, or null for nothing; a field that is not in it is refused. */
  then: Record<string, string | null>;
}

/** What one URL in one field led to. */
interface Outcome {
  /** The error's code, if openSoftphone or signOut() rejected. */
  code?: string;
  problems?: string[];
  /** What frames, windows and scripts were pointed at, in order. */
  frames: string[];
  windows: string[];
  scripts: string[];
}

// Hundreds of phones, one after the other, with nothing to wait for.
test.use({ slowness: 1 });
test.describe.configure({ timeout: 300_000 });

test("the list is complete", async () => {
  expect((await entries()).length).toBeGreaterThan(400);
});

for (const field of ["instanceUrl", "ccpUrl"] as const)
  test(`${field}: the CCP's frame and the login window open what the list says`, async ({
    page,
    noise,
  }) => {
    noise.allow(EXPECTED);
    await desk(page, true);
    const list = await entries();
    const found = await run(page, field, list);
    found.forEach((outcome, at) => {
      // Streams 2.28.2 takes the address for a format string when it logs it (connect-streams.js, `sprintf`), and throws.
      const logged = list[at].url.includes("%");
      if (!logged || outcome.code !== "STREAMS_FAILED") return;
      expect(outcome.frames).toEqual([]);
      expect(outcome.windows).toEqual([]);
      const there = String(list[at].then[field]);
      found[at] = { frames: [there], windows: [there], scripts: [] };
    });
    expectVerdicts(list, found, field, (outcome, there) => {
      expect(outcome.frames).toEqual([there]);
      expect(outcome.windows).toEqual([there]);
    });
  });

test("ssoLoginUrl: the sign-in frame and the window open what the list says", async ({
  page,
  noise,
}) => {
  noise.allow(EXPECTED);
  const requests = await desk(page, true);
  const list = await entries();
  const found = await run(page, "ssoLoginUrl", list);
  expectVerdicts(list, found, "ssoLoginUrl", (outcome, there) => {
    const [ccp, ...frames] = outcome.frames.map(withoutNonce);
    expect(ccp).toBe(CCP);
    // For an empty one no frame opens: the standard login uses a window.
    expect(frames).toEqual(there === null ? [] : [there]);
    expect(outcome.windows.map(withoutNonce)).toEqual([there ?? CCP]);
  });
  for (const url of requests) expectHarmless(url);
});

test("signIn.returnUrl: sign-in returns to what the list says", async ({
  page,
  noise,
}) => {
  noise.allow(EXPECTED);
  await desk(page, true);
  const list = await entries();
  const found = await run(page, "signIn.returnUrl", list);
  expectVerdicts(list, found, "signIn.returnUrl", (outcome, there) => {
    const sso = new URL(outcome.frames[1]);
    const relay = new URL(String(sso.searchParams.get("RelayState")));
    const destination = String(relay.searchParams.get("destination"));
    const [page] = String(there).split("#");
    expect(withoutNonce(destination)).toBe(page);
    expect(new URL(destination).origin).toBe(ORIGIN);
  });
});

test("streams.url: the script element loads what the list says", async ({
  page,
  noise,
}) => {
  noise.allow(EXPECTED);
  await desk(page, false);
  const list = await entries();
  const found = await run(page, "streams.url", list);
  for (const outcome of found) {
    expect(outcome.frames).toEqual([]);
    expect(outcome.windows).toEqual([]);
    // What was accepted gets no answer here, or this page, which is not a script.
    if (/^STREAMS_(LOAD_FAILED|MISSING)$/.test(outcome.code ?? ""))
      delete outcome.code;
  }
  expectVerdicts(list, found, "streams.url", (outcome, there) => {
    expect(outcome.scripts).toEqual(there === null ? [] : [there]);
  });
});

test("idpLogoutUrl: the sign-out window opens what the list says", async ({
  page,
  noise,
}) => {
  noise.allow(EXPECTED);
  await desk(page, true);
  const list = await entries();
  const found = await run(page, "idpLogoutUrl", list);
  let opened = 0;
  list.forEach(({ url, then }, at) => {
    const { code, frames, windows } = found[at];
    // The sign-out before this one, whose phone was closed, may get to the instance only now.
    const others = (there: string) => there !== LOGOUT;
    const [ccp, ...farewell] = frames.filter(others);
    expect(ccp, url).toBe(CCP);
    // The window was blocked, so the frame stands in for it.
    expect(windows.filter(others), url).toEqual(farewell);
    if (code !== undefined) expect(code, url).toBe("ARGUMENT_INVALID");
    expect(code === undefined, url).toBe("idpLogoutUrl" in then);
    // Blank means none, as in the configuration.
    const opens = typeof then.idpLogoutUrl === "string";
    expect(windows, url).toHaveLength(opens ? 1 : 0);
    for (const there of windows) {
      expectHarmless(there);
      expect(there, url).toBe(then.idpLogoutUrl);
      opened += 1;
    }
  });
  expect(opened).toBeGreaterThan(50);
});

/** Each outcome is what the list says; `opens` checks one that was accepted. */
function expectVerdicts(
  list: Entry[],
  found: Outcome[],
  field: string,
  opens: (outcome: Outcome, there: string | null) => void,
) {
  let opened = 0;
  list.forEach(({ url, then }, at) => {
    const outcome = found[at];
    const about = `${url.slice(0, 200)} ${JSON.stringify(outcome).slice(0, 500)}`;
    if (!(field in then)) {
      expect(outcome, about).toEqual({
        code: "CONFIG_INVALID",
        problems: [field],
        frames: [],
        windows: [],
        scripts: [],
      });
      return;
    }
    opened += 1;
    expect(outcome.code, about).toBeUndefined();
    for (const there of [...outcome.frames, ...outcome.windows])
      expectHarmless(there);
    opens(outcome, then[field]);
  });
  expect(opened).toBeGreaterThan(20);
}

/** Encrypted or on this machine, and without credentials, by the browser's own parser. */
function expectHarmless(address: string) {
  const { protocol, hostname, username, password } = new URL(address);
  const local = /(^|\.)localhost$/.test(hostname);
  expect(
    protocol === "https:" || (local && protocol === "http:"),
    address,
  ).toBe(true);
  expect(username + password, address).toBe("");
}

/** Puts each URL into the field, one after the other, on one page. */
function run(page: Page, field: string, list: Entry[]): Promise<Outcome[]> {
  return page.evaluate(tryAll, {
    field,
    urls: list.map(({ url }) => url),
    instance: INSTANCE,
    sso: SSO,
  });
}

/** Runs in the page. */
async function tryAll({
  field,
  urls,
  instance,
  sso,
}: {
  field: string;
  urls: string[];
  instance: string;
  sso: string;
}): Promise<Outcome[]> {
  const specifier = "connect-softphone";
  const { openSoftphone } = await import(specifier);
  const container = document.getElementById("softphone");
  const outcomes: Outcome[] = [];
  for (const url of urls) {
    const seen = ((globalThis as any).seen = {
      frames: [] as string[],
      windows: [] as string[],
      scripts: [] as string[],
    });
    const outcome: Outcome = seen;
    outcomes.push(outcome);
    localStorage.clear();
    try {
      const config = {
        instanceUrl: instance,
        ...(field === "instanceUrl" && { instanceUrl: url }),
        ...(field === "ccpUrl" && { instanceUrl: null, ccpUrl: url }),
        ...(field === "ssoLoginUrl" && { ssoLoginUrl: url }),
        ...(field === "signIn.returnUrl" && {
          ssoLoginUrl: sso,
          signIn: { returnUrl: url },
        }),
        ...(field === "streams.url" && { streams: { url } }),
      };
      const phone = await openSoftphone(container, config);
      phone.ready.catch(() => {});
      try {
        if (field === "idpLogoutUrl") {
          // An accepted one ends when the phone closes.
          const signedOut = phone.signOut({ idpLogoutUrl: url });
          const refused = signedOut.then(
            () => undefined,
            (error: { code: string }) => error.code,
          );
          await phone.close();
          const code = await refused;
          if (code !== "CLOSED") outcome.code = code;
        } else {
          const signIn = config.ssoLoginUrl?.trim();
          await new Promise<void>((resolve) => {
            const look = () => {
              if (!signIn || phone.status.way === "frame") resolve();
            };
            phone.on("statusChanged", look);
            look();
          });
          await phone.signIn().catch(() => {});
        }
      } finally {
        await phone.close();
      }
    } catch (error) {
      const { code, problems } = error as any;
      outcome.code = code;
      if (problems)
        outcome.problems = problems.map((it: { field: string }) => it.field);
    }
  }
  return outcomes;
}

/** Opens a page at the list's own address that records where everything goes. Returns all other requests. */
async function desk(page: Page, streams: boolean) {
  const requests: string[] = [];
  const bundle = await readFile(
    createRequire(import.meta.url).resolve(
      "amazon-connect-streams/release/connect-streams-min.js",
    ),
  );
  await page.context().route(/^/, async (route) => {
    const url = route.request().url();
    const { origin, pathname } = new URL(url);
    if (origin === ORIGIN && pathname === "/agent/index.html")
      return route.fulfill({ contentType: "text/html", body: HTML });
    if (url === `${ORIGIN}/streams.js`)
      return route.fulfill({ contentType: "text/javascript", body: bundle });
    if (origin === ORIGIN && pathname.startsWith("/softphone/"))
      return route.fulfill({ path: `${DIST}${pathname.slice(11)}` });
    requests.push(url);
    await route.abort();
  });
  await page.context().addInitScript(record);
  await page.goto(PAGE);
  if (streams) await page.addScriptTag({ url: "/streams.js" });
  return requests;
}

/** Runs in the page, before all its scripts: records what frames, windows and scripts are pointed at. */
function record() {
  if (window !== window.top) return;
  const page = globalThis as any;
  page.seen = { frames: [], windows: [], scripts: [] };
  for (const [prototype, kind] of [
    [HTMLIFrameElement.prototype, "frames"],
    [HTMLScriptElement.prototype, "scripts"],
  ] as const) {
    const src = Object.getOwnPropertyDescriptor(prototype, "src") as any;
    Object.defineProperty(prototype, "src", {
      ...src,
      set(url) {
        src.set.call(this, url);
        page.seen[kind].push(this.src); // As the browser reads it.
      },
    });
  }
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    if (/^(src|srcdoc|href|action|data)$/i.test(name))
      page.seen.frames.push(`by attribute ${name}: ${value}`);
    return setAttribute.call(this, name, value);
  };
  window.open = (url) => {
    page.seen.windows.push(new URL(String(url), document.baseURI).href);
    return null;
  };
}

async function entries(): Promise<Entry[]> {
  const file = new URL("../../hostile-urls.json", import.meta.url);
  const groups = JSON.parse(await readFile(file, "utf8"));
  return groups.flatMap((group: any) =>
    group.urls.map(({ url, then, padTo = 0 }: any) => {
      const length = Buffer.byteLength(url.replace("…", ""));
      const fill = "a".repeat(Math.max(0, padTo - length));
      const filled = (text: string | null) => text && text.replace("…", fill);
      return {
        url: filled(url),
        then:
          then === "refused"
            ? {}
            : Object.fromEntries(
                Object.entries(then).map(([field, there]) => [
                  field,
                  filled(there as string | null),
                ]),
              ),
      };
    }),
  );
}

/** An address without the nonce, at whatever depth of encoding. */
function withoutNonce(address: string) {
  return address.replace(
    /(?:\?|&|%(?:25)*(?:3F|26))softphoneSignIn(?:=|%(?:25)*3D)[0-9a-f]{32}/gi,
    "",
  );
}

const PAGE = "https://desk.example/agent/index.html";
const ORIGIN = "https://desk.example";
const INSTANCE = "https://acme.my.connect.aws";
const CCP = `${INSTANCE}/ccp-v2/`;
const LOGOUT = `${INSTANCE}/logout`;
const SSO =
  "https://acme.okta.com/app/aws/sso/saml?RelayState=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F178c75e4-b3de-4839-a6aa-e321ab3f3770%3Fdestination%3D%252Fccp-v2";
const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));
const HTML = `<!doctype html>
<script type="importmap">
  { "imports": { "connect-softphone": "/softphone/index.js" } }
</script>
<div id="softphone"></div>`;
/** Nothing outside of this page answers, and Streams is started more than once on it. */
const EXPECTED =
  /net::ERR_|initialize provider more than one time|AmazonConnectStreamsSite|\[sprintf\]|uncaught: $/;
