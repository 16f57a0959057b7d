// An open phone: opening, reading, commanding, closing.
import {
  openSoftphone,
  type SignInWay,
  type Softphone,
  type SoftphoneAgent,
  type SoftphoneAudio,
  type SoftphoneConfig,
  type SoftphoneDevices,
  type SoftphoneErrorCode,
  type SoftphoneFault,
  type SoftphonePhase,
  type SoftphoneStatus,
  type SoftphoneTimelineEntry,
} from "connect-softphone";
import { same } from "./equal.js";

declare const container: HTMLElement;
declare const config: SoftphoneConfig;

export async function host(): Promise<void> {
  const phone = await openSoftphone(container, config);
  same<typeof phone, Softphone>();

  const { phase, sinceMs, way, reason, error, session } = phone.status;
  same<typeof phase, SoftphonePhase>();
  same<typeof sinceMs, number>();
  same<typeof way, SignInWay | undefined>();
  same<typeof reason, "inactivity" | undefined>();
  same<typeof error, SoftphoneFault | undefined>();
  if (session) new Date(session.endsAtMs - session.startedAtMs).toISOString();
  if (error) same<typeof error.code, SoftphoneErrorCode>();
  const sentences: string[] = error ? [error.message, error.remedy] : [];

  same<typeof phone.agent, SoftphoneAgent | null>();
  same<typeof phone.audio, SoftphoneAudio>();
  const words = `${phone.agent?.name} (${phone.agent?.username}): ${phone.agent?.state}`;

  same<typeof phone.ready, Promise<void>>();
  await phone.ready;
  same<ReturnType<typeof phone.signIn>, Promise<void>>();
  await phone.signIn();

  for (const entry of phone.timeline()) {
    same<typeof entry, SoftphoneTimelineEntry>();
    sentences.push(
      `${entry.atMs} ${entry.what} ${entry.phase ?? entry.way ?? entry.code ?? entry.message ?? ""}`,
      entry.sessionMayBeAlive === true ? words : "",
    );
  }

  same<ReturnType<typeof phone.stayActive>, Promise<void>>();
  await phone.stayActive();

  const { microphones, speakers, permission, chosen }: SoftphoneDevices =
    await phone.devices();
  same<typeof chosen.ringer, string | undefined>();
  for (const { id } of microphones) {
    const { applied } = await phone.useDevice("microphone", id);
    same<typeof applied, "now" | "nextCall">();
  }
  same<typeof permission, "granted" | "denied" | "prompt">();
  sentences.push(...[...microphones, ...speakers].map(({ label }) => label));
  same<ReturnType<typeof phone.report>, string>();
  sentences.push(phone.report());

  same<ReturnType<typeof phone.signOut>, Promise<void>>();
  await phone.signOut();
  await phone.signOut({});
  await phone.signOut({
    idpLogoutUrl: "https://acme.okta.com/login/signout",
    setOffline: true,
  });

  same<ReturnType<typeof phone.close>, Promise<void>>();
  await phone.close();
}

/** A sentence for each phase: one that is forgotten, or that does not exist, is an error here. */
export function sentence({ phase }: SoftphoneStatus): string {
  switch (phase) {
    case "opening":
    case "signingIn":
      return "One moment";
    case "signInNeeded":
    case "expired":
    case "signedOut":
      return "Please sign in";
    case "ready":
      return "Ready";
    case "failed":
    case "closed":
      return "No phone";
  }
}

export async function mistakes(phone: Softphone): Promise<void> {
  // @ts-expect-error the configuration is missing
  await openSoftphone(container);
  // @ts-expect-error the container is missing
  await openSoftphone(config);
  // @ts-expect-error an element that may not be there
  await openSoftphone(document.getElementById("softphone"), config);
  // @ts-expect-error an element, not its selector
  await openSoftphone("#softphone", config);
  // @ts-expect-error the promise was not awaited
  openSoftphone(container, config).status;

  // @ts-expect-error the status is only read
  phone.status = phone.status;
  // @ts-expect-error and so is what is in it
  phone.status.phase = "ready";
  // @ts-expect-error also deeper
  if (phone.status.error) phone.status.error.code = "CLOSED";
  // @ts-expect-error the agent is only read
  phone.agent = null;
  // @ts-expect-error their state is not set by writing it
  if (phone.agent) phone.agent.state = "Available";
  // @ts-expect-error ready is a promise, not a function
  await phone.ready();
  // @ts-expect-error the agent may not be there yet
  phone.agent.name;
  // @ts-expect-error a phase that does not exist
  if (phone.status.phase === "connected") return;
  // @ts-expect-error an open phone is not made by hand
  new Softphone();
  // @ts-expect-error an address, not a flag
  await phone.signOut({ idpLogoutUrl: true });
  // @ts-expect-error there is no such option
  await phone.signOut({ offline: true });
  // @ts-expect-error devices come in a promise
  phone.devices().microphones;
  // @ts-expect-error Amazon has no such device
  await phone.useDevice("headset", "default");
  // @ts-expect-error an id, not a device
  await phone.useDevice("speaker", { id: "default" });
  // @ts-expect-error the way is the configuration's
  await phone.signIn("popup");
}
