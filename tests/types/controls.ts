// The panel: its properties, its strings, its element.
import type { Softphone } from "connect-softphone";
import {
  SoftphoneControls,
  type ControlsStrings,
  type HotKey,
} from "connect-softphone/controls";
import german from "connect-softphone/controls/de";
import { same } from "./equal.js";

declare const phone: Softphone;

export function panel(): void {
  const element = document.createElement("softphone-controls");
  same<typeof element, SoftphoneControls>();
  element.phone = phone;
  element.phone = null;
  element.contactAttributes = { orderId: "Order" };
  element.acwLengthMs = 60_000;
  element.ringLengthMs = 20_000;
  element.hotKeys = { accept: "Ctrl+Shift+1", reject: "", mute: null };
  element.hotKeysEverywhere = true;
  same<typeof german, ControlsStrings>();
  element.strings = german;
  element.strings = { signIn: "Go", controls: { accept: "Take it" } };
  const key: HotKey = "hold";

  // @ts-expect-error: no such hot key
  element.hotKeys = { dial: "Alt+D" };
  // @ts-expect-error: no such string
  element.strings = { signin: "Go" };
  // @ts-expect-error: no such control
  element.strings = { controls: { take: "Take it" } };
  // @ts-expect-error: not a phone
  element.phone = { agent: null };
  document.title = key;
}
