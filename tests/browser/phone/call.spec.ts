import { expect, test } from "../support/fixtures.js";

const NUMBER = "+15550100";

test.use({ siteIsolation: true });

test("a call comes in, and is accepted and ended in the panel", async ({
  lab,
  page,
  softphone,
  noise,
  beginIdpSession,
}) => {
  noise.secret("a phone number", NUMBER);
  await beginIdpSession();
  await page.goto(lab.urls.agentPage);
  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
  const panel = page.frameLocator("#softphone iframe");
  const state = page.locator("#state");

  await panel.getByLabel("State").selectOption("Available");
  await expect(state).toHaveText("Available");
  const call = lab.connect.call({ username: "ada@example.com", from: NUMBER });
  await expect(state).toHaveText("Incoming contact");
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText(NUMBER);

  await panel.getByRole("button", { name: "Accept" }).click();
  await call.when("connected");
  await expect(state).toHaveText("On contact");
  await panel.getByRole("button", { name: "Hang up" }).click();
  await call.when("ended");
  await expect(state).toHaveText("After contact work");
  await panel.getByRole("button", { name: "Clear contact" }).click();
  await call.when("cleared");
  await expect(state).toHaveText("Available");
});

test("the host follows the agent's state", async ({
  lab,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.secret("a phone number", NUMBER);
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  const agent = lab.connect.agent("ada@example.com");
  const seen = async () => {
    const { agent, events } = await host.snapshot();
    const told = events.flatMap((event) =>
      event.type === "agentChanged" ? (event.agent?.state ?? "none") : [],
    );
    expect(told.at(-1)).toBe(agent?.state);
    return agent?.state;
  };
  agent.setState("Available");
  await expect.poll(seen).toBe("Available");
  const call = lab.connect.call({ username: "ada@example.com", from: NUMBER });
  await expect.poll(seen).toBe("PendingBusy");
  call.accept();
  await expect.poll(seen).toBe("Busy");
  call.hangUp();
  await expect.poll(seen).toBe("AfterCallWork");
  call.clear();
  await expect.poll(seen).toBe("Available");
  const { events, status } = await host.snapshot();
  const told = events.flatMap((event) =>
    event.type === "agentChanged" ? [event.agent] : [],
  );
  // Streams repeats itself, the phone does not.
  for (const [at, agent] of told.entries())
    expect(agent).not.toEqual(told[at + 1]);
  // In between it may become known that the agent is not muted.
  const states = told.map((agent) => agent?.state);
  expect(states.filter((state, at) => state !== states[at - 1])).toEqual([
    "Offline",
    "Available",
    "PendingBusy",
    "Busy",
    "AfterCallWork",
    "Available",
  ]);
  expect(status.phase).toBe("ready");
});

test("with the host's own controls, the panel is present but out of sight", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  lab.desk.config.controls = "icc";
  await page.goto(host.url);
  await host.untilPhase("ready");
  const frame = page.locator("#softphone iframe");
  await expect(frame).toHaveCount(1);
  await expect(frame).toHaveCSS("opacity", "0");
  await expect(frame).toHaveCSS("pointer-events", "none");
  await expect(frame).toHaveAttribute("aria-hidden", "true");
  const box = await frame.boundingBox();
  expect(box?.width).toBeLessThanOrEqual(1);
  expect(box?.height).toBeLessThanOrEqual(1);
  await page.getByRole("button", { name: "Close the phone" }).focus();
  await page.keyboard.press("Tab");
  await expect(frame).not.toBeFocused();

  expect((await host.snapshot()).agent?.name).toBe("Ada Example");
  lab.connect.agent("ada@example.com").setState("Lunch");
  await expect.poll(() => host.agentState()).toBe("Lunch");
});
