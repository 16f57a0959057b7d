import { expect, test } from "../support/fixtures.js";
import {
  heldResources,
  watchHeldResources,
} from "../support/held-resources.js";

test.beforeEach(({ context }) => watchHeldResources(context));

test("closing leaves nothing behind, and the phone opens again", async ({
  lab,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.allowSecondInit();
  await page.context().grantPermissions(["microphone"]);
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  // What Streams acquires while it loads is the page's own: here the page loads it itself, as most do.
  await page.addScriptTag({ url: "/connect-streams-min.js" });
  const before = await heldResources(page);

  for (const round of [1, 2, 3]) {
    await page.getByRole("button", { name: "Open the phone" }).click();
    await host.untilPhase("ready");
    const during = await heldResources(page);
    expect(during.iframes).toBe(1);
    expect(during.channels).toBe(1);
    expect(during.timers.length).toBeGreaterThan(before.timers.length);
    expect(during.listeners.length).toBeGreaterThan(before.listeners.length);
    lab.connect
      .agent("ada@example.com")
      .setState(round === 2 ? "Lunch" : "Available");
    await expect
      .poll(() => host.agentState())
      .toBe(round === 2 ? "Lunch" : "Available");

    // A chosen device is followed until the phone is closed.
    await page.evaluate(async () => {
      const phone = globalThis.host.phone!;
      const { microphones } = await phone.devices();
      await phone.useDevice("microphone", microphones[0].id);
    });

    await page.getByRole("button", { name: "Close the phone" }).click();
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    expect(await heldResources(page)).toEqual(before);
    expect((await host.snapshot()).status.phase).toBe("closed");
  }
});

test.describe("closing", () => {
  // A window opens once the frame has had its time.
  test.use({ slowness: 1 });

  test(
    "during sign-in leaves nothing behind, and no window",
    { tag: "@closed-while-signing-in" },
    async ({ lab, page, host, windows }) => {
      await page.goto(`${host.url}#wait`);
      await page.addScriptTag({ url: "/connect-streams-min.js" });
      const before = await heldResources(page);
      await page.getByRole("button", { name: "Open the phone" }).click();
      await expect.poll(() => windows.length).toBe(1);
      await windows[0].getByLabel("User name").waitFor();
      const during = await heldResources(page);
      expect(during.iframes).toBe(2); // The CCP, and the frame that waits for the identity provider.
      // Pages only: style sheets may arrive at any time.
      const pages = () =>
        lab.requests.filter(({ path }) => !path.startsWith("/lab/")).length;
      const asked = pages();
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      expect(await heldResources(page)).toEqual(before);
      expect(pages()).toBe(asked);
    },
  );
});

test("plugins for Amazon's SDK are applied whenever the phone opens", async ({
  lab,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.allowSecondInit();
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  await page.evaluate((config) => {
    const applied: string[] = [];
    const named = (name: string) => (prototype: any) => {
      applied.push(name);
      prototype[name] = () => `by ${name}`;
      return prototype;
    };
    const plugins = [named("first"), named("second")];
    config.streams.options = { ...config.streams.options, plugins };
    const open = () => globalThis.host.open(config);
    Object.assign(globalThis, { plugged: { applied, open } });
  }, lab.desk.config as any);
  const plugged = () =>
    page.evaluate(() => {
      const { connect, plugged } = globalThis as any;
      const { provider } = connect.core.getSDKClientConfig();
      const methods = [provider.first(), provider.second()];
      return [plugged.applied.splice(0), methods];
    });
  const all = [
    ["first", "second"],
    ["by first", "by second"],
  ];
  for (const _ of [1, 2]) {
    await page.evaluate(() => (globalThis as any).plugged.open());
    await host.untilPhase("ready");
    expect(await plugged()).toEqual(all);
    // And when it opens by itself, because the host has emptied the container.
    await host.container.evaluate((it) => it.replaceChildren());
    await expect(host.frame).toBeAttached();
    await host.untilPhase("ready");
    expect(await plugged()).toEqual(all);
    await page.evaluate(() => globalThis.host.phone!.close());
  }
});

test("closing twice does no harm, nor do calls after it", async ({
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  const after = await page.evaluate(async () => {
    const { phone } = globalThis.host;
    if (!phone) throw new Error("the phone is not open");
    await phone.close();
    await phone.close();
    const code = (error: { code: string }) => error.code;
    return {
      phase: phone.status.phase,
      agent: phone.agent,
      signIn: await phone.signIn().catch(code),
      ready: await phone.ready.catch(code),
    };
  });
  expect(after).toEqual({
    phase: "closed",
    agent: null,
    signIn: "CLOSED",
    ready: "CLOSED",
  });
  await expect(host.container).toHaveAttribute(
    "data-softphone-phase",
    "closed",
  );
});
