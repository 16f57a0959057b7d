import { expect, test } from "../support/fixtures.js";

test.describe("without a session at the identity provider", () => {
  // A window opens once the frame has had its time.
  test.use({ slowness: 1 });

  test("the agent page's Content-Security-Policy is not violated in any phase", async ({
    lab,
    page,
    context,
    windows,
    softphone,
  }) => {
    // Chromium also logs each violation as an error, which fails any test; this one checks the events themselves.
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const { effectiveDirective, blockedURI } = event;
        ((globalThis as any).violations ??= []).push([
          effectiveDirective,
          blockedURI,
        ]);
      });
    });
    const violations = () =>
      page.evaluate(() => (globalThis as any).violations ?? []);
    await page.goto(lab.urls.agentPage);
    await expect.poll(() => windows.length).toBe(1); // No session at the identity provider.
    await expect(softphone).toHaveAttribute(
      "data-softphone-phase",
      "signingIn",
    );
    expect(await violations()).toEqual([]);
    await windows[0].getByLabel("User name").fill("ada@example.com");
    await windows[0].getByLabel("Password").fill("lab");
    await windows[0].getByRole("button", { name: "Sign in" }).click();
    await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
    expect(await violations()).toEqual([]);
  });
});

test("a violation of the agent page's policy would be noticed", async ({
  lab,
  page,
  noise,
  softphone,
}) => {
  noise.allow(/Content Security Policy/);
  await page.goto(lab.urls.agentPage);
  const violated = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("securitypolicyviolation", (event) =>
          resolve(event.effectiveDirective),
        );
        const style = document.createElement("style");
        style.textContent = "body { color: red }";
        document.body.append(style);
      }),
  );
  expect(await violated).toBe("style-src-elem");
  await expect(softphone).toHaveAttribute("data-softphone-phase", /./);
});

test("the agent page fits a narrow window", async ({
  lab,
  page,
  softphone,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(lab.urls.agentPage);
  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  const box = await page.locator("#softphone iframe").boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(280);
  expect(box?.height).toBeGreaterThanOrEqual(400);
});

test("the longest states leave the agent page as wide as its window, and nothing moves", async ({
  lab,
  page,
  softphone,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(lab.urls.agentPage);
  const top = () => softphone.evaluate((it) => it.getBoundingClientRect().top);
  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
  await page.locator("#softphone iframe").waitFor();
  const before = await top();
  const panel = page.frameLocator("#softphone iframe");
  await panel.getByLabel("State").selectOption("Available");
  await expect(page.locator("#state")).toHaveText("Available");
  lab.connect.call({ username: "ada@example.com", from: "+15550100" });
  await expect(page.locator("#state")).toHaveText("Incoming contact");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeInViewport({
    ratio: 1,
  });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  expect(await top()).toBe(before);
});

test("a strip stands above Amazon's panel, not over it, when its sentence takes more lines", async ({
  lab,
  page,
  context,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.allow(/ERR_INTERNET_DISCONNECTED/);
  await beginIdpSession();
  await page.setViewportSize({ width: 500, height: 800 });
  await page.goto(lab.urls.agentPage);
  await host.untilPhase("ready");
  await context.setOffline(true);
  await host.says("There is no network connection.");
  for (const width of [500, 320, 700]) {
    await page.setViewportSize({ width, height: 800 });
    // At once, because the phone shows the strip anew whenever it hears something.
    const gaps = await host.container.evaluate((container) => {
      const cover = container.querySelector(".connect-softphone-cover");
      const panel = container.querySelector("iframe");
      if (!cover?.shadowRoot || !panel) throw new Error("there is no strip");
      cover.shadowRoot.querySelector("p")?.append(" Wait until it is back.");
      const frame = panel.getBoundingClientRect();
      return [
        frame.top - cover.getBoundingClientRect().bottom,
        container.getBoundingClientRect().bottom - frame.bottom,
      ];
    });
    for (const gap of gaps) expect(Math.abs(gap)).toBeLessThan(2); // The container has a border.
  }
  await context.setOffline(false);
  await host.isQuiet();
});

test("a cover stays blank for its first moments", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(`${lab.urls.instance}/**`, async (route) => {
    await held;
    await route.fallback();
  });
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await page.goto(`${host.url}#wait`);
  await page.evaluate(() => globalThis.host.open());
  await page.clock.runFor(399);
  await expect(host.prompt).toBeVisible();
  await expect(host.prompt).toHaveText("");
  await page.clock.runFor(1);
  await host.says(/Opening the phone|Signing you in/);
  letGo();
  await page.clock.resume();
  await host.untilPhase("ready");
  await expect(host.prompt).toBeHidden();
});

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  test("a prompt for a click shows at once", async ({
    lab,
    page,
    host,
    phaseLog,
    beginIdpSession,
  }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await beginIdpSession();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1000);
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await host.says("Sign in to use the phone.", "Sign in");
    await page.clock.resume();
  });
});

test.describe("the lab's start page", () => {
  test("opens a signed-in agent page, and lets a call ring there", async ({
    lab,
    page,
    context,
  }) => {
    await page.goto(lab.urls.start);
    await expect(page.locator("#cookies")).toBeHidden();
    const [desk] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Open the agent page" }).click(),
    ]);
    await expect(desk.locator("#softphone")).toHaveAttribute(
      "data-softphone-phase",
      "ready",
    );
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText(
      "Ada Example",
    );
    await expect.poll(() => context.pages().length).toBe(2);
    const panel = desk.frameLocator("#softphone iframe");
    await panel.getByLabel("State").selectOption("Available");
    await expect(desk.locator("#state")).toHaveText("Available");

    await page.bringToFront();
    await page.getByRole("button", { name: "A call comes in" }).click();
    await expect(page.locator("#outcome")).toHaveText(
      "A call is ringing for ada@example.com.",
    );
    await expect(desk.locator("#state")).toHaveText("Incoming contact");
    await expect(panel.getByRole("button", { name: "Accept" })).toBeVisible();
  });
});
