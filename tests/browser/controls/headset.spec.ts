import { expect, test } from "../support/fixtures.js";
import { PanelPage } from "./panel-page.js";

/** What the test does with the headset, and what the headset was told. */
interface Stand {
  press(what: "answer" | "refuse" | "hang up" | "mute" | "unmute"): void;
  told: string[];
}

test("www/icc/headset.js: a headset and the phone ring, talk and mute together", async ({
  page,
  lab,
  noise,
  beginIdpSession,
}) => {
  noise.secret("a phone number", "+15550100");
  // The next call may be there before the agent's state is set, which Amazon then refuses.
  noise.allow(/'putAgentState' API request failed/);
  await beginIdpSession();
  const it = new PanelPage(page, lab);
  await it.available();
  await page.evaluate(standIn);
  const press = (what: Parameters<Stand["press"]>[0]) =>
    page.evaluate(
      (what) => (globalThis as unknown as { stand: Stand }).stand.press(what),
      what,
    );
  const wasTold = (...all: string[]) =>
    expect
      .poll(() =>
        page.evaluate(
          () => (globalThis as unknown as { stand: Stand }).stand.told,
        ),
      )
      .toEqual(all);

  await it.offered();
  await wasTold("ring");
  await press("answer");
  await it.shows("talking");
  await press("mute");
  await expect(it.button("Unmute")).toBeVisible();
  await it.click("Unmute");
  await wasTold("ring", "unmute");
  await press("hang up");
  await it.shows("wrapUp");
  await it.click("Finish");

  const call = await it.talking();
  await wasTold("ring", "unmute", "ring", "accept");
  call.hangUp();
  await it.shows("wrapUp");
  await wasTold("ring", "unmute", "ring", "accept", "end");
  await it.click("Finish");

  const refused = await it.offered();
  await press("refuse");
  await refused.when("rejected");
  await it.click("Back to Available");
  const left = await it.offered();
  left.hangUp();
  await it.shows("over");
  await wasTold(
    ...["ring", "unmute", "ring", "accept", "end"],
    ...["ring", "ring", "stop"],
  );
});

/** Joins a stand-in for a headset, which does what Jabra's documentation says of `ISingleCallControl`. */
async function standIn() {
  const tells = <T>() => {
    const all: ((value: T) => void)[] = [];
    return {
      subscribe: (one: (value: T) => void) => all.push(one),
      next: (value: T) => all.forEach((one) => one(value)),
    };
  };
  const told: string[] = [];
  const callActive = tells<boolean>();
  const muteState = tells<string>();
  let answer: ((accepted: boolean) => void) | undefined;
  let active = false;
  const settle = (accepted: boolean) => {
    if (!answer) throw new Error("an incoming call is not pending");
    answer(accepted);
    answer = undefined;
    if (accepted) callActive.next((active = true));
  };
  const inCall = (what: string) => {
    if (!active) throw new Error("a call is not active");
    told.push(what);
  };
  const headset = {
    callActive,
    muteState,
    onDisconnect: tells<void>(),
    signalIncomingCall: () => {
      told.push("ring");
      return new Promise((resolve) => (answer = resolve));
    },
    acceptIncomingCall: async () => {
      told.push("accept");
      settle(true);
    },
    rejectIncomingCall: () => {
      told.push("stop");
      settle(false);
    },
    endCall: async () => {
      inCall("end");
      callActive.next((active = false));
    },
    mute: async () => {
      inCall("mute");
      muteState.next("muted");
    },
    unmute: () => {
      inCall("unmute");
      muteState.next("unmuted");
    },
  };
  const deviceAdded = tells<object>();
  const jabra = {
    RequestedBrowserTransport: { WEB_HID: "web-hid" },
    EasyCallControlFactory: class {
      supportsEasyCallControl = () => true;
      createSingleCallControl = async () => headset;
    },
    init: async ({ transport }: { transport: string }) => {
      if (transport !== "web-hid") throw new Error(transport);
      return { deviceAdded };
    },
  };
  const presses = {
    answer: () => settle(true),
    refuse: () => settle(false),
    "hang up": () => callActive.next((active = false)),
    mute: () => muteState.next("muted"),
    unmute: () => muteState.next("unmuted"),
  };
  const press = (what: keyof typeof presses) => presses[what]();
  Object.assign(globalThis, { stand: { press, told } });
  const { joinHeadsets } = await import(
    new URL("headset.js", location.href).href
  );
  const { phone } = document.querySelector("softphone-controls")!;
  await joinHeadsets(phone, jabra);
  deviceAdded.next({});
}
