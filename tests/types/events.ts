// Listening: each type of event has its own fields, and no others.
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneAudio,
  SoftphoneContact,
  SoftphoneEvent,
  SoftphoneRecording,
  SoftphoneStatus,
} from "connect-softphone";
import { same } from "./equal.js";

declare const phone: Softphone;

same<
  SoftphoneEvent["type"],
  | "statusChanged"
  | "agentChanged"
  | "audioChanged"
  | "contactAdded"
  | "contactChanged"
  | "contactRemoved"
  | "recordingChanged"
  | "sessionExpiring"
  | "diagnostic"
>();

const stop = phone.on("statusChanged", (event) => {
  same<typeof event.type, "statusChanged">();
  same<typeof event.status, SoftphoneStatus>();
  // @ts-expect-error that is another event's
  event.agent;
  // @ts-expect-error events are only read
  event.status = phone.status;
});
same<typeof stop, () => void>();
stop();

phone.on("agentChanged", ({ agent }) => {
  same<typeof agent, SoftphoneAgent | null>();
});
phone.on("audioChanged", ({ audio }) => {
  same<typeof audio, SoftphoneAudio>();
});
phone.on("contactChanged", ({ contact, changed }) => {
  same<typeof contact, SoftphoneContact>();
  same<typeof changed, readonly (keyof SoftphoneContact)[]>();
});
phone.on("contactRemoved", (event) => {
  same<typeof event.id, string>();
  // @ts-expect-error it is gone
  event.contact;
});
phone.on("recordingChanged", ({ id, recording }) => {
  same<typeof id, string>();
  same<typeof recording, SoftphoneRecording | null>();
});
phone.on("sessionExpiring", ({ reason, endsAtMs }) => {
  same<typeof reason, "maximum" | "inactivity" | "refused">();
  same<typeof endsAtMs, number>();
});
phone.on("diagnostic", ({ message }) => {
  same<typeof message, string>();
});
// A callback without parameters, and one that returns something.
phone.on("agentChanged", () => {});
phone.on("agentChanged", async () => 1);

/** One handler for all: the type tells the fields. */
export function record(event: SoftphoneEvent): string {
  switch (event.type) {
    case "statusChanged":
      return event.status.phase;
    case "agentChanged":
      return event.agent?.state ?? "nobody";
    case "audioChanged":
      return event.audio;
    case "contactAdded":
    case "contactChanged":
      return event.contact.id;
    case "contactRemoved":
    case "recordingChanged":
      return event.id;
    case "sessionExpiring":
      return String(event.endsAtMs);
    case "diagnostic":
      return event.message;
  }
}
phone.on("statusChanged", record);

// @ts-expect-error an event that does not exist
phone.on("ready", () => {});
// @ts-expect-error events are not DOM events
phone.on("statuschanged", () => {});
// @ts-expect-error the callback is missing
phone.on("statusChanged");
// @ts-expect-error the callback is for another event
phone.on("statusChanged", ({ agent }: { agent: SoftphoneAgent }) => agent.name);
// @ts-expect-error listening ends with what on() returned
phone.off("statusChanged", record);
// @ts-expect-error nobody else makes events
phone.emit("statusChanged");
