import type { SoftphoneAgent } from "connect-softphone";
import { ADA, expect, test, type Desk } from "./desk.js";

async function state(
  desk: Desk,
  name: "setState" | "clearNextState",
  ...given: unknown[]
) {
  const { value, ...failure } = await desk.run<SoftphoneAgent>(name, ...given);
  expect(failure, name).toEqual({});
  return [value!.state, value!.nextState];
}

test(
  "states are chosen, queued and cleared",
  { tag: "@state-cleared-by-available" },
  async ({ lab, desk }) => {
    const chosen = (name: string) => state(desk, "setState", name);
    expect(await chosen("Lunch")).toEqual(["Lunch", null]);
    expect(await chosen("Available")).toEqual(["Available", null]);
    lab.connect.call({ username: ADA });
    await desk.until("offered");
    await desk.does("accept");
    expect(await chosen("Lunch")).toEqual(["Busy", "Lunch"]);
    expect(await state(desk, "clearNextState")).toEqual(["Busy", null]);
    // After a contact comes Available, unless another state is queued.
    expect(await chosen("Training")).toEqual(["Busy", "Training"]);
    expect(await chosen("Available")).toEqual(["Busy", null]);
    expect(await chosen("Available")).toEqual(["Busy", null]);
    const wrong = await desk.run("setState", "Brunch");
    expect(wrong.code).toBe("ARGUMENT_INVALID");
    expect(wrong.message).toContain("Available, Offline, Lunch");
  },
);

test(
  "what is queued does not win over what is chosen after a missed call",
  { tag: "@queued-state-wins" },
  async ({ lab, desk }) => {
    const call = lab.connect.call({ username: ADA, ringTimeoutMs: 2000 });
    await desk.until("offered");
    expect(await state(desk, "setState", "Offline")).toEqual([
      "PendingBusy",
      "Offline",
    ]);
    await call.when("missed");
    await desk.until("over");
    expect(await state(desk, "setState", "Available")).toEqual([
      "Available",
      null,
    ]);
    expect(await desk.contacts()).toEqual([]);
  },
);

test(
  "a state that Amazon takes and does not set is set again",
  { tag: "@state-ignored" },
  async ({ lab, desk }) => {
    lab.connect.faults.ignored("PutAgentState", { times: 1 });
    expect(await state(desk, "setState", "Lunch")).toEqual(["Lunch", null]);
  },
);

test(
  "a contact that is cleared and still listed is gone",
  { tag: ["@contact-lingers", "@finished-too-early"] },
  async ({ lab, desk, noise }) => {
    noise.allow(/API request failed/);
    lab.connect.contactLingersMs = 60_000;
    const call = lab.connect.call({ username: ADA });
    await desk.until("offered");
    await desk.does("accept");
    expect((await desk.act("finish")).code).toBe("NOT_POSSIBLE_NOW");
    // Clearing waits for the end.
    const { id } = await desk.contact();
    const [ended, finished] = await Promise.all([
      desk.run("hangUp", id),
      desk.run("finish", id),
    ]);
    expect([ended.code, finished]).toEqual([undefined, { value: null }]);
    expect(await desk.contacts()).toEqual([]);
    expect(call.state).toBe("ended");
  },
);
