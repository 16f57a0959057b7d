// Drawing a phone: contacts, what can be done with them, and commands.
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneContact,
  SoftphoneControl,
  SoftphoneQuickConnect,
  SoftphoneVoiceEnhancement,
} from "connect-softphone";
import { same } from "./equal.js";

declare const phone: Softphone;

export async function work(): Promise<void> {
  same<typeof phone.contacts, readonly SoftphoneContact[]>();
  for (const contact of phone.contacts) {
    const shown: string[] = [];
    for (const control of Object.keys(contact.can) as SoftphoneControl[]) {
      const why: string | undefined = contact.cannot[control];
      if (contact.can[control] || why) shown.push(control, why ?? "");
    }
    const seconds = (Date.now() - (contact.answeredAtMs ?? 0)) / 1000;
    const tier: string = contact.attributes.tier ?? "";
    for (const { label, role, can, muted } of contact.participants) {
      same<typeof can.remove, boolean>();
      same<typeof muted, boolean | null>();
      shown.push(label, role);
    }
    shown.push(`${seconds}`, tier, contact.customer.number ?? "");
    same<typeof contact.phase extends string ? true : false, true>();
  }

  const agent = await phone.setState("Lunch", { afterContact: true });
  same<typeof agent, SoftphoneAgent>();
  same<typeof agent.nextState, string | null>();
  const call = await phone.dial("+12065550100", {
    queueArn: agent.queues[0]?.arn ?? null,
  });
  same<typeof call, SoftphoneContact>();
  const { items, incomplete } = await phone.quickConnects({ search: "bill" });
  same<typeof items, readonly SoftphoneQuickConnect[]>();
  same<typeof incomplete, readonly string[]>();
  const handedOver = await phone.transfer(call.id, items[0] ?? "+12065550101");
  same<typeof handedOver, SoftphoneContact | null>();
  same<Awaited<ReturnType<typeof phone.finish>>, null>();
  const preview = (await phone.dialPreview(call.id)).preview;
  same<typeof preview, SoftphoneContact["preview"]>();
  same<typeof call.monitoring, "silentMonitor" | "barge" | undefined>();
  same<typeof agent.voiceEnhancement, SoftphoneVoiceEnhancement | undefined>();
  await phone.setVoiceEnhancement("noiseSuppression");
  await phone.mute();
  await phone.removeParticipant(call.id, call.participants[1]!.id);
}

export function mistakes(contact: SoftphoneContact): void {
  // @ts-expect-error contacts are only read
  contact.phase = "talking";
  // @ts-expect-error and what is in them as well
  contact.attributes.tier = "gold";
  // @ts-expect-error which contact is missing
  void phone.accept();
  // @ts-expect-error to whom is missing
  void phone.transfer(contact.id);
  // @ts-expect-error Amazon's own word for it
  void phone.setVoiceEnhancement("NOISE_SUPPRESSION");
  // @ts-expect-error a number is a text
  void phone.dial(12065550100);
}
