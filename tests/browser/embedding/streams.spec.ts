import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "../support/fixtures.js";

test("Streams is loaded if its integrity matches", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  lab.desk.config.streams.integrity = await integrity();
  await page.goto(host.url);
  await host.untilPhase("ready");
});

test(
  "Streams with the wrong integrity is not run, and another attempt may succeed",
  { tag: "@streams-integrity" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/valid digest in the 'integrity' attribute/);
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    const streams = lab.desk.config.streams;
    const wrong = `sha384-${Buffer.alloc(48).toString("base64")}`;
    const failure = await host.open({
      ...lab.desk.config,
      streams: { ...streams, integrity: wrong },
    });
    expect(failure?.code).toBe("STREAMS_LOAD_FAILED");
    expect(await page.evaluate(() => "connect" in globalThis)).toBe(false);
    await expect(page.locator("iframe")).toHaveCount(0);

    const again = { ...streams, integrity: await integrity() };
    expect(
      await host.open({ ...lab.desk.config, streams: again }),
    ).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test("sign-in does not wait for Streams", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  let arrive: (() => void) | undefined;
  lab.desk.mount("/connect-streams-min.js", (_req, _res, next) => {
    arrive = next;
  });
  await page.goto(host.url);
  await host.untilPhase("signingIn");
  const federated = () =>
    lab.requests.filter(({ path }) => path === "/auth/federate").length;
  await expect.poll(federated).toBe(1);
  // Back from there, the frame has gone; nothing has loaded the CCP yet.
  await expect(page.locator("#softphone iframe")).toHaveCount(0);
  arrive?.();
  await host.untilPhase("ready");
  const [returned] = await host.times("signInReturned");
  const [arrived] = await host.times("streamsArrived");
  expect(returned).toBeLessThanOrEqual(arrived);
  expect(await host.times("ccpReloaded")).toEqual([]);
  expect(federated()).toBe(1);
});

test(
  "Streams that cannot be loaded ends the sign-in that began without it",
  { tag: "@streams-blocked" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/404/);
    noise.allowSecondInit();
    await beginIdpSession();
    let fail: (() => void) | undefined;
    lab.desk.mount("/no-such-streams.js", (_req, res) => {
      fail = () => res.status(404).end();
    });
    await page.goto(`${host.url}#wait`);
    const opened = host.open({
      ...lab.desk.config,
      streams: { url: "/no-such-streams.js" },
    });
    await host.untilPhase("signingIn");
    await expect.poll(() => Boolean(fail)).toBe(true);
    fail?.();
    expect((await opened)?.code).toBe("STREAMS_LOAD_FAILED");
    await host.untilPhase("closed");
    await expect(page.locator("#softphone > *")).toHaveCount(0);

    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "Streams that cannot be loaded is reported",
  { tag: "@streams-blocked" },
  async ({ lab, page, host, noise }) => {
    noise.allow(/404/);
    await page.goto(`${host.url}#wait`);
    const failure = await host.open({
      ...lab.desk.config,
      streams: { url: "/no-such-streams.js" },
    });
    expect(failure?.code).toBe("STREAMS_LOAD_FAILED");
  },
);

test(
  "Streams that is neither on the page nor configured is reported",
  { tag: "@streams-missing" },
  async ({ lab, page, host }) => {
    await page.goto(`${host.url}#wait`);
    const { streams, ...config } = lab.desk.config;
    expect(streams).toBeDefined();
    expect((await host.open(config))?.code).toBe("STREAMS_MISSING");
  },
);

test(
  "Streams that does not arrive is reported after 15 seconds, and is not run when it arrives after all",
  { tag: "@streams-late" },
  async ({ lab, page, host, beginIdpSession }) => {
    await beginIdpSession();
    let release: (() => void) | undefined;
    lab.desk.mount("/late-streams.js", async (_req, res) => {
      await new Promise<void>((resolve) => (release = resolve));
      res.type("js").send("globalThis.arrived = (globalThis.arrived ?? 0) + 1");
    });
    await page.clock.install();
    await page.goto(`${host.url}#wait`);
    const late = host.open({
      ...lab.desk.config,
      streams: { url: "/late-streams.js" },
    });
    await expect.poll(() => Boolean(release)).toBe(true);
    await page.clock.runFor(31_000); // At half of the real speed.
    expect(await late).toMatchObject({
      code: "STREAMS_LOAD_FAILED",
      message: "A library that the phone needs did not arrive in time.",
      remedy: expect.stringContaining("within 15 seconds"),
    });
    const arrived = page.waitForResponse("**/late-streams.js");
    release?.();
    await (await arrived).finished();

    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
    expect(await page.evaluate("globalThis.arrived")).toBeUndefined();
  },
);

for (const [what, type, body, found] of [
  ["a page", "text/html", "<!doctype html><title>Sign in</title>", "text/html"],
  ["another script", "text/javascript", "globalThis.$ = {};", "javascript"],
])
  test(
    `streams.url that answers with ${what}: the remedy says so`,
    { tag: "@streams-other" },
    async ({ lab, page, host, noise }) => {
      noise.allow(/Unexpected token '<'|uncaught: $/);
      lab.desk.mount("/other.js", (_req, res) => {
        res.type(type).send(body);
      });
      await page.goto(`${host.url}#wait`);
      const streams = { url: "/other.js" };
      const failure = await host.open({ ...lab.desk.config, streams });
      expect(failure?.code).toBe("STREAMS_MISSING");
      expect(failure?.remedy).toContain("streams.url answered with");
      expect(failure?.remedy).toContain(found);
      expect(failure?.remedy).not.toContain("or set streams.url");
    },
  );

test("a page keeps its own globals when Streams is loaded for it", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  let release: (() => void) | undefined;
  lab.desk.mount("/connect-streams-min.js", (_req, _res, next) => {
    release = next;
  });
  await page.goto(`${host.url}#wait`);
  await page.evaluate(() => {
    Object.assign(globalThis, { AWS: { DynamoDB: "mine" }, ccpVersion: 7 });
  });
  const opened = host.open();
  await expect.poll(() => Boolean(release)).toBe(true);
  await page.evaluate(() => {
    const { AWS } = globalThis as any;
    AWS.S3 = "mine, too";
    Object.assign(globalThis, { sprintf: "set while Streams was loading" });
  });
  release?.();
  expect(await opened).toBeUndefined();
  await host.untilPhase("ready");
  expect(
    await page.evaluate(() => {
      const { AWS, ccpVersion, sprintf, lily, connect } = globalThis as any;
      // What Streams uses itself.
      const uuid = /^[0-9a-f-]{36}$/.test(AWS.util.uuid.v4());
      return { AWS, ccpVersion, sprintf, uuid, lily: lily === connect };
    }),
  ).toEqual({
    AWS: { DynamoDB: "mine", S3: "mine, too" },
    ccpVersion: 7,
    sprintf: "set while Streams was loading",
    uuid: true,
    lily: true,
  });
  await host.follows(lab);
});

test("Streams that is already on the page is used", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  await page.addScriptTag({ url: "/connect-streams-min.js" });
  const { streams, ...config } = lab.desk.config;
  expect(streams).toBeDefined();
  expect(await host.open(config)).toBeUndefined();
  await host.untilPhase("ready");
});

test(
  "a second softphone on the same page is refused, and the first is not affected",
  { tag: "@opened-twice" },
  async ({ page, host, beginIdpSession }) => {
    await beginIdpSession();
    await page.goto(host.url);
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    expect((await host.open())?.code).toBe("ALREADY_OPEN");
    await host.untilPhase("ready");
    expect((await host.open())?.code).toBe("ALREADY_OPEN");
    await expect(page.locator("iframe")).toHaveCount(1);
  },
);

test(
  "opening for another instance while one is open is ALREADY_OPEN; after close() it works",
  { tag: "@opened-for-another-instance" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const { instance } = lab.urlsOf("one");
    const other = { ...lab.desk.config, instanceUrl: instance };
    const failure = await host.open(other);
    expect(failure?.code).toBe("ALREADY_OPEN");
    expect(failure?.remedy).toContain("close()");
    await expect(page.locator("iframe")).toHaveCount(1);
    lab.connect.agent("ada@example.com").setState("Lunch");
    await expect.poll(() => host.agentState()).toBe("Lunch");

    await page.getByRole("button", { name: "Close the phone" }).click();
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
  },
);

test(
  "what is not an element in the page is no container",
  { tag: "@container-missing" },
  async ({ lab, page, host }) => {
    await page.goto(`${host.url}#wait`);
    for (const container of [
      "null",
      "'#softphone'",
      "document.createElement('div')",
      "new Proxy(document.getElementById('softphone'), {})",
    ]) {
      const code = await page.evaluate(
        `host.openSoftphone(${container}, ${JSON.stringify(lab.desk.config)})
        .then(() => "opened", (error) => error.code)`,
      );
      expect(code, container).toBe("CONTAINER_INVALID");
      await expect(page.locator("iframe")).toHaveCount(0);
    }
  },
);

async function integrity() {
  const bundle = await readFile(
    createRequire(import.meta.url).resolve(
      "amazon-connect-streams/release/connect-streams-min.js",
    ),
  );
  return `sha384-${createHash("sha384").update(bundle).digest("base64")}`;
}
