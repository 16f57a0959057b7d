import type { Page } from "@playwright/test";
import type { SoftphoneContact } from "connect-softphone";
import { ADA, expect, test } from "./desk.js";

/** What the actions of the page do next: what they return, or throw. */
interface Script {
  asked: string[];
  next: Record<string, { returns?: unknown; throws?: string; never?: true }>;
}
declare global {
  // eslint-disable-next-line no-var
  var script: Script;
}

/** Opens the phone again, with actions. */
async function withActions(page: Page) {
  await page.evaluate(async () => {
    const { host } = globalThis as any;
    await host.phone.close();
    const script: Script = (globalThis.script = { asked: [], next: {} });
    const action = (name: string) => (contact: SoftphoneContact) => {
      script.asked.push(`${name} ${contact.phase}`);
      const { returns, throws, never } = script.next[name] ?? {};
      if (never) return new Promise(() => {});
      if (throws) throw new Error(throws);
      return returns;
    };
    const names = ["state", "start", "pause", "resume", "stop"];
    const recording = Object.fromEntries(
      names.map((name) => [name, action(name)]),
    );
    const config = await (await fetch("./config.json")).json();
    await host.open({
      ...config,
      actions: { recording, beforeFinish: action("beforeFinish") },
    });
  });
}

// The desk is there before its phone is opened again.
test.beforeEach(async ({ noise, page, host, desk: _ }) => {
  // Of a second `initCCP`, by Streams.
  noise.allow(/initialize provider|AmazonConnectStreamsSite/);
  await withActions(page);
  await host.untilPhase("ready");
});

const next = (page: Page, of: Script["next"]) =>
  page.evaluate((of) => void (globalThis.script.next = of), of);
const asked = (page: Page) => page.evaluate(() => globalThis.script.asked);
const told = (page: Page) =>
  page.evaluate(() =>
    globalThis.host.events.flatMap((event) =>
      event.type === "recordingChanged"
        ? (event.recording?.state ?? "gone")
        : [],
    ),
  );

test("a call is recorded by what the page does", async ({
  lab,
  page,
  desk,
}) => {
  const call = lab.connect.call({ username: ADA });
  await desk.until("offered");
  expect((await desk.act("startRecording")).code).toBe("NOT_POSSIBLE_NOW");
  await next(page, { state: { returns: "off" } });
  await desk.does("accept");
  await expect.poll(() => told(page)).toEqual(["unknown", "off"]);
  expect(await desk.act("startRecording")).toEqual({
    value: { state: "on", can: ["pause", "stop"] },
  });
  expect((await desk.act("startRecording")).message).toBe(
    "The call is being recorded.",
  );
  expect((await desk.act("pauseRecording")).value).toEqual({
    state: "paused",
    can: ["resume", "stop"],
  });
  // What the page says is right.
  await next(page, { resume: { returns: "off" } });
  expect((await desk.act("resumeRecording")).value).toEqual({
    state: "off",
    can: ["start"],
  });
  await next(page, { start: { throws: "no such bucket" } });
  expect(await desk.act("startRecording")).toMatchObject({
    code: "COMMAND_REFUSED",
    cause: "Error: no such bucket",
  });
  expect(await asked(page)).toEqual([
    "state talking",
    "start talking",
    "pause talking",
    "resume talking",
    "start talking",
  ]);
  call.hangUp();
  await desk.until("wrapUp");
  expect((await told(page)).slice(2)).toEqual(["on", "paused", "off", "gone"]);
  const { id } = await desk.contact();
  expect(
    await page.evaluate((id) => globalThis.host.phone!.recording(id), id),
  ).toBeNull();
});

test("a contact is finished once the page allows it, and a click more changes nothing", async ({
  lab,
  page,
  desk,
}) => {
  const call = lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  call.hangUp();
  await desk.until("wrapUp");
  for (const [what, message] of [
    [{ returns: "Choose a disposition." }, "Choose a disposition."],
    [{ returns: false }, "The contact cannot be finished yet."],
    [{ throws: "no disposition" }, "The contact cannot be finished yet."],
  ] as const) {
    await next(page, { beforeFinish: what });
    const refused = await desk.act("finish");
    expect(refused).toMatchObject({ code: "NOT_POSSIBLE_NOW", message });
  }
  const before = (await asked(page)).length;
  await next(page, { beforeFinish: {} });
  const { id } = await desk.contact();
  const both = await page.evaluate(
    (id) => Promise.all([1, 2].map(() => globalThis.host.phone!.finish(id))),
    id,
  );
  expect(both).toEqual([null, null]);
  expect((await asked(page)).slice(before)).toEqual(["beforeFinish wrapUp"]);
  expect(await desk.contacts()).toEqual([]);
});

test("closing the phone ends what waits for the page", async ({
  lab,
  page,
  desk,
}) => {
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await next(page, { state: { returns: "off" }, start: { never: true } });
  await desk.does("accept");
  await expect.poll(() => told(page)).toEqual(["unknown", "off"]);
  const started = desk.act("startRecording");
  await expect
    .poll(() => asked(page))
    .toEqual(["state talking", "start talking"]);
  await page.evaluate(() => globalThis.host.phone!.close());
  expect((await started).code).toBe("CLOSED");
});

test("the panel offers what the page can record, and says how it stands", async ({
  lab,
  page,
  desk,
}) => {
  await page.evaluate(async () => {
    const controls = "/softphone/controls.js";
    await import(controls);
    const panel = document.createElement("softphone-controls");
    Object.assign(panel, { phone: globalThis.host.phone });
    document.body.prepend(panel);
  });
  const panel = page.locator("softphone-controls");
  const button = (name: string) =>
    panel.getByRole("button", { name, exact: true });
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await next(page, { state: { returns: "off" } });
  await button("Accept").click();
  await button("Record").click();
  await expect(panel).toContainText("This call is recorded.");
  await button("Pause recording").click();
  await expect(panel).toContainText("The recording is paused.");
  await expect(button("Resume recording")).toBeFocused();
  await next(page, { stop: { throws: "no such bucket" } });
  await button("Stop recording").click();
  await expect(panel.getByRole("alert")).toContainText(
    "The recording could not be changed.",
  );
  await button("Hang up").click();
  await next(page, { beforeFinish: { returns: "Choose a disposition." } });
  await button("Finish").click();
  await expect(panel.getByRole("alert")).toContainText("Choose a disposition.");
});
