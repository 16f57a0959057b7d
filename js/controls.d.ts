/**
 * The panel: `<softphone-controls>`, the phone that a host with `controls: "icc"` shows in place of Amazon's. Importing this
 * module defines the element.
 *
 * ```js
 * import "connect-softphone/controls";
 * const panel = document.querySelector("softphone-controls");
 * panel.phone = await openSoftphone(container, { ...config, controls: "icc", signIn: { prompt: false } });
 * ```
 */
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneRecording,
  SoftphoneControl,
  SoftphonePartyControl,
  SoftphoneContact,
  SoftphoneDeviceKind,
  SoftphoneErrorCode,
  SoftphonePhase,
  SoftphoneParticipant,
} from "./index.js";

/**
 * The element. CSS parts and custom properties are in the README, "Your own controls".
 *
 * Fires `hotkeyschanged` when the agent has changed a hot key, with all of them in `detail.hotKeys`.
 */
export class SoftphoneControls extends HTMLElement {
  /** The phone that it shows and controls; `null`, the default: none yet. It can be replaced. */
  phone: Softphone | null;
  /**
   * Other strings than the English ones, all or some: one of the languages shipped (`connect-softphone/controls/de`, `es`, `fr`,
   * `ja`), or the host's own. Default `null`.
   */
  strings: ControlsStringsGiven | null;
  /**
   * Which attributes of contacts are shown, in this order, with their labels: `{ orderId: "Order" }`. An empty label is
   * the attribute's own name. Default `null`: none.
   */
  contactAttributes: Readonly<Record<string, string>> | null;
  /**
   * How long after contact work may take, in milliseconds; shows a countdown. Amazon Connect does not tell this. Attribute
   * `acw-length-ms`. Default `null`: the time that it has taken so far is shown.
   */
  acwLengthMs: number | null;
  /**
   * How long a contact rings, in milliseconds; shows a countdown. Amazon Connect does not tell this either. Attribute
   * `ring-length-ms`. Default `null`: the time for which it has rung is shown.
   */
  ringLengthMs: number | null;
  /**
   * Other hot keys, such as `{ accept: "Ctrl+Shift+1", reject: "" }`; `""` or `null`: none. With Ctrl, Alt or Meta, in the
   * order `Ctrl+Alt+Shift+Meta`; letters and digits as on a US keyboard. What the agent chooses in the panel comes first,
   * and is kept in `localStorage`.
   */
  hotKeys: Partial<Record<HotKey, string | null>> | null;
  /** Whether hot keys work on the whole page, not only in the panel. Attribute `hot-keys-everywhere`. Default false. */
  hotKeysEverywhere: boolean;
}

/** What has a hot key. `hangUp` leaves where the agent cannot hang up, `hold` resumes, `mute` unmutes. */
export type HotKey =
  "accept" | "reject" | "hangUp" | "hold" | "mute" | "finish" | "state";

/** Strings that a host replaces, in groups one by one as well. */
export type ControlsStringsGiven = {
  readonly [K in keyof ControlsStrings]?: ControlsStrings[K] extends string
    ? string
    : Readonly<Partial<ControlsStrings[K]>>;
};

/** Everything that the panel says. `{name}` in a string stands for what the panel fills in. */
export interface ControlsStrings {
  /** The BCP 47 tag of the language, such as `"de"`: for screen readers, and for how times are written. */
  language: string;
  panel: string;
  settings: string;
  close: string;
  cancel: string;
  dismiss: string;
  state: string;
  chooseState: string;
  afterContact: string;
  nextState: string;
  clearNextState: string;
  autoAcceptOn: string;
  /** By the name of a state: those that instances define keep theirs. */
  states: Record<string, string>;
  phases: Record<SoftphonePhase, string>;
  noPhone: string;
  signIn: string;
  signInAgain: string;
  showWindow: string;
  tryAgain: string;
  restart: string;
  restartEndsCall: string;
  useHere: string;
  signOut: string;
  openConnect: string;
  stayActive: string;
  inactiveUntil: string;
  signedOutInactive: string;
  sessionEnds: string;
  remedy: string;
  contacts: string;
  contactPhases: Record<SoftphoneContact["phase"], string>;
  calling: string;
  offers: Record<SoftphoneContact["kind"], string>;
  outcomes: Record<NonNullable<SoftphoneContact["outcome"]>, string>;
  advice: Record<NonNullable<SoftphoneContact["outcome"]>, string>;
  endedBy: Record<NonNullable<SoftphoneContact["endedBy"]>, string>;
  unknownCustomer: string;
  queue: string;
  duration: string;
  ringing: string;
  remaining: string;
  overTime: string;
  acceptsItself: string;
  callbackNote: string;
  preview: string;
  previewNote: string;
  /** `{time}` */
  dialsItself: string;
  recordings: Record<SoftphoneRecording["state"], string>;
  recordingControls: Record<SoftphoneRecording["can"][number], string>;
  monitored: string;
  monitoring: Record<"silentMonitor" | "barge", string>;
  muted: string;
  muteUnknown: string;
  mediaLost: string;
  mediaElsewhere: string;
  controls: Record<SoftphoneControl, string>;
  partyControls: Record<SoftphonePartyControl, string>;
  participants: string;
  roles: Record<SoftphoneParticipant["role"], string>;
  partyStates: Record<SoftphoneParticipant["state"], string>;
  backToAvailable: string;
  keypad: string;
  digitsSent: string;
  target: string;
  targets: string;
  targetTypes: Record<string, string>;
  typedNumber: string;
  noTargets: string;
  loadingTargets: string;
  incompleteTargets: string;
  moreTargets: string;
  consultWith: string;
  transferTo: string;
  chooseTarget: string;
  leaveAtOnce: string;
  issueText: string;
  issueSend: string;
  issueSent: string;
  dial: string;
  number: string;
  numberHint: string;
  call: string;
  callAgain: string;
  onBehalfOf: string;
  erase: string;
  noOutbound: string;
  dialBusy: string;
  /** `{number}` */
  deskPhone: string;
  softphone: string;
  phoneType: string;
  phoneTypes: Record<SoftphoneAgent["phoneType"], string>;
  deskNumber: string;
  save: string;
  idleRoutable: string;
  idleAway: string;
  history: string;
  dialAgain: string;
  directions: Record<SoftphoneContact["direction"], string>;
  devices: string;
  showDevices: string;
  deviceKinds: Record<SoftphoneDeviceKind, string>;
  deviceDefault: string;
  deviceTest: string;
  deviceTests: Record<"speaker" | "ringer", string>;
  deviceApplied: Record<"now" | "nextCall", string>;
  deviceGone: string;
  microphoneLevel: string;
  microphoneSilent: string;
  noDevices: string;
  notifications: string;
  notify: string;
  notificationStates: Record<NotificationPermission | "missing", string>;
  hotKeys: string;
  hotKeysHere: string;
  hotKeysEverywhere: string;
  hotKeyNames: Record<HotKey, string>;
  hotKeyNone: string;
  changeHotKey: string;
  change: string;
  pressKeys: string;
  hotKeyTaken: string;
  /** What screen readers are told. */
  heard: Record<
    | "offered"
    | "ofQueue"
    | "connected"
    | "wrapUp"
    | "held"
    | "resumed"
    | "muted"
    | "unmuted"
    | "joined"
    | "left"
    | "state"
    | "next",
    string
  >;
  /** By code, in place of the messages of errors, which are English. */
  errors: Partial<Record<SoftphoneErrorCode | (string & {}), string>>;
  /** By the English sentence, in place of what `cannot` says. */
  sentences: Record<string, string>;
}

declare global {
  interface HTMLElementTagNameMap {
    "softphone-controls": SoftphoneControls;
  }
}
