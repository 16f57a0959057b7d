/**
 * Opens the Amazon Connect softphone in `container` and signs the agent in.
 *
 * Resolves once `connect.core.initCCP` has been called; `phone.ready` resolves once the agent is
 * there. A page can have one open softphone at a time, because Amazon Connect Streams allows one
 * CCP. Neither `config` nor anything in it is modified.
 *
 * Call it at any time, also while the page is still loading Streams from a script element of its own
 * (whose address contains `connect-streams`): it waits for that script. When it is called inside a
 * click, a sign-in window can open without a further click.
 *
 * Called while another call is still opening its softphone, it waits for that one to be closed, as when
 * React's StrictMode mounts a component twice. `config.signal` cancels an opening.
 *
 * Importing this module starts loading its wasm, so that it loads while Streams does. A page that may
 * not need the softphone should import the module dynamically.
 *
 * @param container an element that is in the document. It gets the attributes
 *   `data-softphone-phase` and, while something is wrong, `data-softphone-error`. Amazon's panel
 *   fills it, and needs at least 320 × 465 px (Amazon Connect Administrator Guide, "Embed the CCP").
 * @throws {SoftphoneError} `CONFIG_INVALID` (`problems` lists every mistake); `CONTAINER_INVALID`: not
 *   an element, or not in the document; `ALREADY_OPEN`: this page has an open softphone;
 *   `CCP_EXISTS`: something else on the page has called `initCCP`; `INSECURE_CONTEXT`: the page is
 *   neither on `https:` nor on localhost; `FRAME_SANDBOXED`: the page is in a sandboxed frame without
 *   `allow-same-origin`; `STREAMS_MISSING`, `STREAMS_LOAD_FAILED`, `STREAMS_TOO_OLD`: there is no
 *   usable Streams; `STREAMS_FAILED`: `initCCP` threw, or created no frame; `MODULE_LOAD_FAILED`: the
 *   wasm could not be loaded; `MODULE_CRASHED`: the module had an error, or the page or the browser
 *   threw an exception where none is expected (it is in `cause`); `CLOSED`: `config.signal` was
 *   aborted. After any of them, `openSoftphone` can be called again.
 */
export function openSoftphone(
  container: HTMLElement,
  config: SoftphoneConfig,
): Promise<Softphone>;

/**
 * What to open and how to sign in. Every URL must be `https:` (`http:` only on `localhost` and
 * `*.localhost`), without a user name or password. `undefined`, `null` and `""` are the same as absent,
 * except for `signIn.returnUrl: null`.
 */
export interface SoftphoneConfig {
  /**
   * The instance's address, such as `https://acme.my.connect.aws`. Either this or `ccpUrl` is
   * required; if both are given, they must have the same origin.
   */
  instanceUrl?: string | null;
  /**
   * The CCP's address, if it is not `/ccp-v2/` of the instance (`/connect/ccp-v2/` on the legacy
   * domain).
   */
  ccpUrl?: string | null;
  /**
   * The instance's ARN, such as `arn:aws:connect:us-east-1:<account>:instance/<instance ID>`. Nothing is opened by it:
   * the AWS Region and the instance of `ssoLoginUrl`'s relay state, the domain of the CCP and `streams.options.region`
   * are compared with it, and what leads elsewhere is a mistake. Default `null`: nothing is compared.
   */
  instanceArn?: string | null;
  /**
   * The identity provider's IdP-initiated SAML URL for Amazon Connect, preferably with the relay
   * state in it: sign-in can then come back to the return page. Default `null`: the standard login popup.
   *
   * A function is called for every frame, window and redirect that sign-in opens, and may return a
   * promise; nothing that it returns is stored or logged. It has 10 seconds to answer, otherwise sign-in
   * fails with `SSO_URL_FAILED`; a window is blank until then. A promise is used each time. With
   * either, `initCCP` gets no `loginUrl`, and `"streams"` in `signIn.ways` is not possible.
   */
  ssoLoginUrl?: SsoLoginUrl | null;
  /**
   * An address that signs out of the identity provider. Without it, that session stays alive and
   * would sign in the next person at this computer. `signOut()` opens it in a window unless it is
   * told otherwise, and so does the prompt's "Sign out" (after `IDENTITY_MISMATCH` and
   * `SIGN_OUT_FAILED`). Signing out inside Amazon's panel does not use it; call `signOut()` then.
   * Default `null`: none.
   */
  idpLogoutUrl?: string | null;
  /**
   * Who draws the controls. `"ccp"` shows Amazon's panel; `"icc"` hides it, and the host draws its
   * own. Default `"ccp"`.
   */
  controls?: "ccp" | "icc" | "" | null;
  /** How the agent signs in. */
  signIn?: {
    /**
     * The ways to sign in with SSO, in order of preference, each at most once; the way that worked last
     * is tried first. Default `["frame", "popup"]`. `"redirect"` needs an `ssoLoginUrl` with a relay
     * state, a `returnUrl`, and a page that is not in a frame. `"streams"` cannot be combined with
     * other ways. Without an `ssoLoginUrl` the standard login popup is used instead.
     */
    ways?: SignInWay[] | null;
    /**
     * Where this package's `softphone-return.html` is, on the page's own origin; may be relative.
     * Default, and for `""`: `"/softphone-return.html"`. `null` if there is none: the end of a sign-in is then
     * noticed a little later.
     */
    returnUrl?: string | null;
    /**
     * How long a sign-in window may take before `SIGN_IN_TIMEOUT`, in milliseconds: 1000 to 3600000,
     * default 60000. A sign-in that completes later still counts.
     */
    timeoutMs?: number | null;
    /**
     * Whether the container shows a sentence, and a button where a click is needed, until the phone is
     * ready. Default true. With false, the host shows its own and calls `signIn()` inside the click.
     * To style the prompt, use `.connect-softphone-cover`, with `::part(text)` and `::part(button)`
     * for its sentence and its button. While it is a strip, it has the class `connect-softphone-strip`, too.
     */
    prompt?: boolean | null;
  } | null;
  /**
   * The Connect user name of the only agent who may use this phone, case included. For any other
   * agent the phone fails with `IDENTITY_MISMATCH`. Default `null`: any agent.
   */
  expectedUser?: string | null;
  /** How long a Connect session lasts, and what happens before it ends. */
  session?: {
    /**
     * How long a session lasts from sign-in, in milliseconds: 900000 to 43200000, default 43200000.
     * Amazon Connect ends a session after 12 hours (Administrator Guide, "About session expiration").
     */
    lengthMs?: number | null;
    /**
     * How long before the session ends `sessionExpiring` fires, in milliseconds: 0 or more, and less
     * than `lengthMs`. Default 900000, or half of `lengthMs` if that is less.
     */
    warnBeforeMs?: number | null;
    /**
     * Whether a new session is started in the hidden frame from then on, as soon as the agent has no
     * contact. Default true. Needs `"frame"` in `signIn.ways`.
     */
    renew?: boolean | null;
    /**
     * Whether what the agent does on this page (pointer, keys, touch) counts as activity for Amazon Connect,
     * which may log inactive agents out (Administrator Guide, "Authentication profiles"). Default true. It is
     * reported at most every 30 seconds, and only while the page is visible. What the agent does inside frames of the
     * page cannot be seen; report that with `stayActive()`.
     */
    activity?: boolean | null;
  } | null;
  /** Amazon Connect Streams: where it comes from, and what else `initCCP` gets. */
  streams?: {
    /**
     * Where to load amazon-connect-streams from if the page has no global `connect`; may be relative.
     * Default `null`: the page loads it.
     */
    url?: string | null;
    /**
     * The subresource integrity of that script, such as `"sha384-…"`. Needs `url`. Default `null`:
     * not checked.
     */
    integrity?: string | null;
    /**
     * Further parameters of `initCCP`, passed on as they are (Streams 2.28.2, Documentation.md,
     * "connect.core.initCCP()"). Default `{}`. `softphone.allowFramedSoftphone` is true unless it is
     * set to false, so that the CCP can take calls. A misspelt name is a mistake, an unknown one is not.
     * A `ringtoneUrl` must be absolute: the CCP resolves it against its own address.
     * `plugins` are applied whenever the phone opens, to the same prototype each time: Streams makes one provider for Amazon's
     * SDK a page, and keeps it. Each has to return the prototype, which the next one gets.
     * With `controls: "icc"`, `pageOptions.showInactivityModal` is false unless it is set, because this
     * module shows a prompt of its own, and `pageOptions.enableAudioDeviceSettings` is true, which `useDevice()` needs.
     *
     * Not accepted: `ccpUrl`, `loginUrl`, `loginPopup`, `loginPopupAutoClose`, `loginOptions` and
     * `ccpLoadTimeout`, which this module sets. `storageAccess` is for Amazon's page that asks the agent for the phone's
     * cookies: with `canRequest: true` it always comes first, with `false` never, otherwise where the browser keeps the
     * cookies from the phone; its texts and styles are passed on.
     * `enableGlobalResiliency: true` needs `secondaryCCPUrl`, an `ssoLoginUrl` and
     * `signIn: { ways: ["streams"] }`.
     */
    options?: Record<string, unknown> | null;
  } | null;
  /**
   * Cancels the opening when it is aborted, which rejects `openSoftphone` with `CLOSED`; closes the
   * phone when it is aborted later. Default `null`.
   */
  signal?: AbortSignal | null;
  /** What only the host can do. Default `null`: nothing. */
  actions?: SoftphoneActions | null;
}

/** What only the host can do, because neither the CCP nor Streams can: functions of the page, which may return promises. */
export interface SoftphoneActions {
  /**
   * Recording of calls, by an API of the host's (for example Amazon Connect's `StartContactRecording` and its siblings,
   * called on a server). What is absent is not offered. Each is called with the contact, may return the state that the
   * recording has then, and has 10 seconds.
   */
  recording?: {
    /** How it stands when the agent is connected. Absent: `"off"`. */
    state?: SoftphoneRecordingAction | null;
    start?: SoftphoneRecordingAction | null;
    pause?: SoftphoneRecordingAction | null;
    resume?: SoftphoneRecordingAction | null;
    stop?: SoftphoneRecordingAction | null;
  } | null;
  /**
   * Called before `finish()`, for example to ask for a disposition. The contact is not finished if it returns `false` or a
   * sentence for the agent, or throws: `finish()` rejects with `NOT_POSSIBLE_NOW` then. It has all the time in the world.
   */
  beforeFinish?:
    | ((
        contact: SoftphoneContact,
      ) => boolean | string | void | PromiseLike<boolean | string | void>)
    | null;
}

/** A function of the host's around a recording. */
export type SoftphoneRecordingAction = (
  contact: SoftphoneContact,
) =>
  SoftphoneRecordingState | void | PromiseLike<SoftphoneRecordingState | void>;

/** How a recording stands. */
export type SoftphoneRecordingState = "off" | "on" | "paused";

/** What is known of a recording: a frozen object. */
export interface SoftphoneRecording {
  readonly state: SoftphoneRecordingState | "unknown";
  /** What is possible now, by `startRecording()` and so on. */
  readonly can: readonly ("start" | "pause" | "resume" | "stop")[];
}

/** An SSO Login URL, or where it comes from. */
export type SsoLoginUrl =
  string | PromiseLike<string> | (() => string | PromiseLike<string>);

/**
 * How the agent signs in.
 *
 * - `frame`: in a hidden frame, without a window or a click
 * - `popup`: in a window
 * - `redirect`: the whole page goes to the identity provider, and comes back to where it was
 * - `streams`: by Amazon Connect Streams' own popup and timers; the only way with Global Resiliency
 */
export type SignInWay = "frame" | "popup" | "redirect" | "streams";

/**
 * Where the phone stands.
 *
 * - `opening`: the CCP is loading
 * - `signInNeeded`: the agent has to click; call `signIn()` inside that click
 * - `signingIn`: sign-in is in progress
 * - `ready`: the agent is signed in and their data has arrived
 * - `expired`: the session has ended (`SESSION_ENDED`); `signIn()` starts a new one
 * - `signedOut`: the agent has signed out; `signIn()` starts a new session
 * - `failed`: something failed, see `error`; `signIn()` tries again, except after `MODULE_CRASHED`
 * - `closed`: `close()` was called
 */
export type SoftphonePhase =
  | "opening"
  | "signInNeeded"
  | "signingIn"
  | "ready"
  | "expired"
  | "signedOut"
  | "failed"
  | "closed";

/** How the phone stands: a frozen object, replaced by a new one at each change. */
export interface SoftphoneStatus {
  readonly phase: SoftphonePhase;
  /** When this phase began, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** The way that is in progress, or by which the agent signed in. */
  readonly way?: SignInWay;
  /**
   * Why the session is over. `"inactivity"`: Amazon Connect has logged the agent out because they were inactive.
   * The phase is then `signedOut` (`expired` while a contact is connected), and nothing signs in by itself,
   * in any tab of this browser, until somebody signs in by a click. Absent: for any other reason.
   */
  readonly reason?: "inactivity";
  /**
   * When Amazon Connect logs the agent out for inactivity, in milliseconds since 1970, while it warns of that
   * (`sessionExpiring`). Absent once the warning is over; `stayActive()` ends it.
   */
  readonly inactiveAtMs?: number;
  /**
   * What is wrong; absent while nothing is. In the phase `ready` it is something that may clear by
   * itself, such as `NETWORK_OFFLINE`.
   */
  readonly error?: SoftphoneFault;
  /**
   * When the Connect session began and will end, in milliseconds since 1970. Absent if it is not
   * known when the session began.
   */
  readonly session?: {
    readonly startedAtMs: number;
    readonly endsAtMs: number;
  };
}

/** What is wrong, as in a `SoftphoneError`. */
export interface SoftphoneFault {
  readonly code: SoftphoneErrorCode;
  /** A sentence for the agent, in English. */
  readonly message: string;
  /** What the administrator can do, most likely first. */
  readonly remedy: string;
}

/** The agent: a frozen object, replaced by a new one at each change. */
export interface SoftphoneAgent {
  /** The Connect user name, exactly as in Connect. */
  readonly username: string;
  /** The full name; `""` if Connect has none. */
  readonly name: string;
  /** The name of the agent's state, such as `"Available"`; instances define their own. */
  readonly state: string;
  /**
   * The type of that state: `"routable"`, `"not_routable"`, `"offline"`, `"system"`, `"error"` or
   * `"init"` (Streams 2.28.2, `connect.AgentStateType`).
   */
  readonly stateType: string;
  /** When that state began, in milliseconds since 1970 by this computer's clock; 0 if Amazon does not say. */
  readonly stateSinceMs: number;
  /**
   * The state that the agent has chosen, while a contact or an error covers it: `"Available"` under `"Busy"`, for
   * example. `null` if Amazon does not say.
   */
  readonly availability: string | null;
  /** The state that follows once there is no contact; `null`: the one before. */
  readonly nextState: string | null;
  /** The states that the agent can choose with `setState()`, in Amazon's order. */
  readonly states: readonly { readonly name: string; readonly type: string }[];
  /** Whether the agent is muted; `null`: not known. */
  readonly muted: boolean | null;
  /** Whether calls come to the browser, or to a desk phone. */
  readonly phoneType: "softphone" | "deskPhone";
  /** The number of the desk phone, if the agent has one. */
  readonly deskNumber?: string;
  /** Whether Amazon accepts calls for the agent. */
  readonly autoAccept: boolean;
  /** What Amazon does to the agent's voice; absent if it does not say. */
  readonly voiceEnhancement?: SoftphoneVoiceEnhancement;
  /** The name of the routing profile. */
  readonly routingProfile: string;
  /** The queues of the routing profile; the agent's own has the name `""`. */
  readonly queues: readonly SoftphoneQueue[];
  /** The queue on whose behalf `dial()` calls, unless it is told another. */
  readonly defaultQueue?: SoftphoneQueue;
  /** What the security profile allows, such as `"outboundCall"`. */
  readonly permissions: readonly string[];
  /** The countries that the agent can call, such as `"us"`. */
  readonly dialableCountries: readonly string[];
}

/**
 * What Amazon does to an agent's voice (Streams 2.28.2, `VoiceEnhancementMode`).
 *
 * - `noiseSuppression`: makes noise quiet; for any headset
 * - `voiceIsolation`: makes the voices of others quiet, too; for wired headsets
 */
export type SoftphoneVoiceEnhancement =
  "none" | "noiseSuppression" | "voiceIsolation";

/** A queue of the instance. */
export interface SoftphoneQueue {
  readonly arn: string;
  readonly name: string;
}

/**
 * A contact: a frozen object, replaced by a new one at each change. Times are in milliseconds since 1970 by this computer's
 * clock.
 */
export interface SoftphoneContact {
  readonly id: string;
  /** The id of the contact that this one was transferred from; its own if it was not. */
  readonly initialId: string;
  /**
   * - `call`: a phone call
   * - `callback`: a call that the customer asked for
   * - `other`: what a later version of Amazon Connect adds
   */
  readonly kind: "call" | "callback" | "chat" | "task" | "email" | "other";
  /** Who began it; `internal`: the agent called another agent or a queue. */
  readonly direction: "inbound" | "outbound" | "internal";
  /**
   * - `offered`: the agent is asked to accept it
   * - `connecting`: somebody is still being connected; an outbound call until it is answered
   * - `talking`: the agent can talk with somebody
   * - `held`: everybody else is on hold
   * - `wrapUp`: it has ended, and the agent has after contact work until `finish()`
   * - `over`: it came to nothing (see `outcome`), and waits for `finish()`
   */
  readonly phase:
    "offered" | "connecting" | "talking" | "held" | "wrapUp" | "over";
  /**
   * What has become of it, once that is known.
   *
   * - `answered`: agent and customer were connected
   * - `missed`: the agent did not accept it in time
   * - `rejected`: the agent rejected it
   * - `callerLeft`: the customer was gone before the agent accepted it
   * - `noAnswer`: whoever was called did not answer
   * - `noAudio`: the agent's audio could not be connected
   * - `failed`: anything else
   */
  readonly outcome?:
    | "answered"
    | "missed"
    | "rejected"
    | "callerLeft"
    | "noAnswer"
    | "noAudio"
    | "failed";
  /** Who ended it, once it has ended; `agent`: by this phone. */
  readonly endedBy?: "agent" | "other" | "unknown";
  /** When the phase began. */
  readonly sinceMs: number;
  /** When it was offered to the agent. */
  readonly offeredAtMs?: number;
  /** When agent and customer were connected. */
  readonly answeredAtMs?: number;
  /** When it ended. */
  readonly endedAtMs?: number;
  /** Whether Amazon accepts it for the agent. */
  readonly autoAccept: boolean;
  /** The customer, as far as they are known: a number in E.164 form, a name. */
  readonly customer: { readonly number?: string; readonly name?: string };
  /** The queue that it came from. */
  readonly queue?: SoftphoneQueue;
  /** What the contact flow has set. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * While the agent can look at the customer of a campaign, before that customer is called: the contact is accepted, and
   * `connecting`. Absent otherwise, and before Amazon has told.
   */
  readonly preview?: {
    /** When Amazon calls the customer by itself; absent: not known. */
    readonly dialsAtMs?: number;
    readonly canDiscard: boolean;
  };
  /**
   * How the agent, as a supervisor, is on somebody else's call: `silentMonitor`: they listen, and nobody knows; `barge`: they
   * talk, too. Absent on contacts of their own.
   */
  readonly monitoring?: "silentMonitor" | "barge";
  /** Everybody who is on it, the agent first; empty once it has ended. */
  readonly participants: readonly SoftphoneParticipant[];
  /** Whether the agent is muted; `null`: not known, or not on a call. */
  readonly muted: boolean | null;
  /** Where its audio is; `lost`: cut off, though the call may go on. `unknown` for what has none. */
  readonly media: "here" | "elsewhere" | "lost" | "unknown";
  /** What is possible now. */
  readonly can: Readonly<Record<SoftphoneControl, boolean>>;
  /**
   * Why a command that belongs to this contact is not possible now: a sentence for the agent, in English. A command that is
   * false in `can` and is not here has no place on this contact: do not show it.
   */
  readonly cannot: Readonly<Partial<Record<SoftphoneControl, string>>>;
}

/** What can be done with a contact: the names of the phone's methods. */
export type SoftphoneControl =
  | "accept"
  | "reject"
  | "hangUp"
  | "hold"
  | "resume"
  | "mute"
  | "unmute"
  | "sendDigits"
  | "consult"
  | "transfer"
  | "conference"
  | "swap"
  | "leave"
  | "finish"
  | "monitor"
  | "bargeIn"
  | "dialPreview"
  | "discardPreview"
  | "reportIssue";

/** Somebody on a contact. */
export interface SoftphoneParticipant {
  /** `"agent"` for the agent. */
  readonly id: string;
  /** `thirdParty`: whoever was added. `supervisor`: whoever listens in. */
  readonly role: "agent" | "customer" | "thirdParty" | "supervisor";
  /** A name, the name of the quick connect, or a number; `""` if there is none. */
  readonly label: string;
  /**
   * - `connecting`: they are being called
   * - `connectedToQueue`: an agent or a queue was called, and a flow has answered; Amazon does not say when a person does
   * - `connected`: they are there
   * - `held`: they are on hold
   */
  readonly state: "connecting" | "connectedToQueue" | "connected" | "held";
  readonly held: boolean;
  /** `null`: not known. */
  readonly muted: boolean | null;
  /** When that state began. */
  readonly sinceMs: number;
  /** What is possible now: `removeParticipant()` and so on. */
  readonly can: Readonly<Record<SoftphonePartyControl, boolean>>;
  /** As in a contact. */
  readonly cannot: Readonly<Partial<Record<SoftphonePartyControl, string>>>;
}

/** What can be done about a participant: `remove` is `removeParticipant()`, and so on. */
export type SoftphonePartyControl =
  "remove" | "hold" | "resume" | "mute" | "unmute";

/** What `consult()` and `transfer()` accept: a number as in `dial()`, or a quick connect. */
export type SoftphoneTarget = string | SoftphoneQuickConnect;

/** A quick connect. */
export interface SoftphoneQuickConnect {
  readonly name: string;
  /** `"agent"`, `"queue"` or `"phone_number"`. */
  readonly type: string;
  readonly arn: string;
  readonly number?: string;
}

/**
 * Where the agent's calls ring and speak. All tabs of a browser share Amazon's worker, which lets one CCP at a time have
 * the audio.
 *
 * - `here`: in this phone
 * - `elsewhere`: in another window, which may no longer be open (`SOFTPHONE_ELSEWHERE`)
 * - `unknown`: not known, or nowhere yet; always while the phone is not ready, and for an agent with a desk phone
 */
export type SoftphoneAudio = "here" | "elsewhere" | "unknown";

/** An open softphone. */
export interface Softphone {
  /** How the phone stands now. See the event `statusChanged`. */
  readonly status: SoftphoneStatus;
  /**
   * The agent; `null` until their data has arrived, and after they have gone. See the event
   * `agentChanged`.
   */
  readonly agent: SoftphoneAgent | null;
  /**
   * Where the agent's calls ring and speak. See the event `audioChanged`.
   *
   * A phone takes the audio when no other open tab has it: the browser tells when such a tab is gone (Web Locks). It
   * never takes it while a contact is live. Tabs of this page's origin are noticed, and no others.
   */
  readonly audio: SoftphoneAudio;
  /**
   * The way out, for what this module does not wrap, such as emails, Cases or guides: Streams' global `connect`, and the
   * provider for Amazon's SDK, if there is one. `null` before Streams is there, and after `close()`.
   */
  readonly amazon: {
    readonly streams: unknown;
    readonly provider: unknown;
  } | null;
  /**
   * The agent's contacts, in Amazon's order; none while the phone has no agent. See the events `contactAdded`,
   * `contactChanged` and `contactRemoved`. Contacts that are there when the phone opens, or opens again, are announced, too.
   */
  readonly contacts: readonly SoftphoneContact[];
  /**
   * Resolves when the phase becomes `ready`. Rejects when it becomes `failed`, with that error, or
   * `closed`. Pending through `signInNeeded`, `expired` and `signedOut`.
   *
   * The property holds a new promise once the phone has left the phase that settled the last one,
   * for example after a further `signIn()`.
   */
  readonly ready: Promise<void>;
  /**
   * Calls `callback` at each event of that type, until the returned function is called; calling that
   * again changes nothing. Whatever the callback throws is reported as an uncaught error.
   *
   * The first subscription to `diagnostic` receives earlier diagnostics at once, before `on()`
   * returns.
   *
   * @throws {SoftphoneError} `ARGUMENT_INVALID`: there is no such event, or `callback` is not a
   *   function
   */
  on<T extends SoftphoneEvent["type"]>(
    type: T,
    callback: (event: Extract<SoftphoneEvent, { type: T }>) => void,
  ): () => void;
  /**
   * Signs the agent in. Opens the sign-in window before it returns, so call it directly inside a
   * click. If a window is already open, it comes to the front instead. If the audio is elsewhere, it is
   * brought here, and the tab that had it reloads its CCP as soon as there is no contact.
   *
   * Resolves when the phone is ready: at once if it already is.
   *
   * @throws {SoftphoneError} what ended this sign-in: `WINDOW_BLOCKED`, `SIGN_IN_WINDOW_CLOSED`,
   *   `SIGN_IN_TIMEOUT`, `SSO_URL_FAILED` (what the host threw is in `cause`), `CCP_SILENT`, `AGENT_SILENT`, `AGENT_DATA_FROZEN`, `ACCESS_DENIED`, `IDENTITY_MISMATCH`,
   *   `NETWORK_OFFLINE`, `CONTAINER_REMOVED`, `MODULE_CRASHED`, `CLOSED`
   */
  signIn(): Promise<void>;
  /**
   * Signs the agent out of Amazon Connect, in all tabs.
   *
   * Resolves once that has been verified; the phase is then `signedOut`, and nothing opens until the
   * agent signs in. Call it inside a click if an `idpLogoutUrl` is to be opened.
   *
   * @throws {SoftphoneError} `ARGUMENT_INVALID`; `CONTACT_CONNECTED`: a contact is connected, so the
   *   agent stays signed in at Amazon Connect (with `setOffline`, the identity provider's session may
   *   already have ended); `SIGN_OUT_FAILED`: the CCP still had a session afterwards, and has been
   *   disabled; `CONTAINER_REMOVED`; `MODULE_CRASHED`; `CLOSED`
   */
  signOut(options?: SoftphoneSignOut): Promise<void>;
  /**
   * Tells Amazon Connect that the agent is active, so that it does not log them out for inactivity. The
   * prompt's "Stay signed in" does the same, and so does what the agent does on this page unless
   * `session.activity` is false.
   *
   * Resolves once Amazon Connect has accepted that, whether or not the agent was about to be logged out.
   *
   * @throws {SoftphoneError} `STAY_ACTIVE_FAILED`: the phone is not ready, Amazon Connect did not accept it or did
   *   not answer within 10 seconds, or Streams is older than 2.21; `MODULE_CRASHED`; `CLOSED`
   */
  stayActive(): Promise<void>;
  /**
   * Lists microphones and speakers, as the CCP's frame has them: browsers give each site ids of its own, and only these are
   * for `useDevice()`. Where the CCP does not say, they are those of this page. Asks the agent for permission where that is
   * still undecided, so call it inside a click; opens the microphone for a moment, because only then does a browser tell the
   * devices' names. Waits a minute for that at most, and then 10 seconds for the CCP.
   *
   * There is no need to call this just to check: once the phone is ready, a microphone that is
   * denied or missing shows up in `status.error`.
   *
   * @throws {SoftphoneError} `MICROPHONE_DENIED`, `MICROPHONE_DISMISSED`, `MICROPHONE_MISSING`,
   *   `MICROPHONE_BUSY`, `MODULE_CRASHED`, `CLOSED`
   */
  devices(): Promise<SoftphoneDevices>;
  /**
   * Chooses a microphone or speaker for calls, or what they ring on. `deviceId` is one of `devices()`. Resolves when the CCP
   * has confirmed it: `applied: "now"`. A microphone is remembered, and set again in every call; without a call,
   * `applied: "nextCall"`. It is not kept when the page goes.
   *
   * When a chosen device is disconnected, calls use the default one again, and a `diagnostic` says so.
   *
   * @throws {SoftphoneError} `DEVICE_NOT_APPLIED`: the CCP has not confirmed it within 3 seconds; `ARGUMENT_INVALID`: there is
   *   no such device; `NOT_POSSIBLE_NOW`: the phone is not ready, or the browser does not show the devices yet (call
   *   `devices()` before); `SESSION_ENDED`, `MODULE_CRASHED`, `CLOSED`
   */
  useDevice(
    kind: SoftphoneDeviceKind,
    deviceId: string,
  ): Promise<{ readonly applied: "now" | "nextCall" }>;
  /**
   * Changes the agent's state to one of `agent.states`. During a contact it becomes the next state, unless
   * `afterContact` is false. A state to which contacts come, such as Available, is none: it only clears what is queued, and
   * comes after the contact by itself. A contact that came to nothing, such as a missed call, is nothing to wait for.
   *
   * This and the commands below resolve when a snapshot of Amazon's shows the effect, whatever Amazon answered, and reject
   * when it does not: within 10 seconds from the request on, unless they say otherwise. Commands on the same contact wait for
   * each other; the same command twice is one. Each can reject with:
   *
   * - `NOT_POSSIBLE_NOW`: the state of the contact or the phone does not allow it; `message` says why
   * - `COMMAND_REFUSED`: Amazon Connect refused; its reason is in `cause`
   * - `COMMAND_TIMEOUT`: nothing happened in time
   * - `CONTACT_GONE`: there is no such contact, or it ended before
   * - `CONNECTION_RESET`: the CCP reloaded before its answer
   * - `SESSION_ENDED`, `NETWORK_OFFLINE`, `ARGUMENT_INVALID`, `MODULE_CRASHED`, `CLOSED`
   */
  setState(
    name: string,
    options?: { afterContact?: boolean | null } | null,
  ): Promise<SoftphoneAgent>;
  /** Clears the next state. Resolves at once if there is none. */
  clearNextState(): Promise<SoftphoneAgent>;
  /**
   * Accepts an offered contact. Resolves when agent and contact are connected, or with a callback when the customer is being
   * called.
   *
   * @throws {SoftphoneError} also `NO_AUDIO`: Amazon Connect accepted it, and it was not connected
   */
  accept(id: string): Promise<SoftphoneContact>;
  /** Rejects an offered contact. This and the next two resolve with `null` if it is gone. */
  reject(id: string): Promise<SoftphoneContact | null>;
  /** Ends a contact that the agent has with one other, or that is still being connected. */
  hangUp(id: string): Promise<SoftphoneContact | null>;
  /** Leaves a contact to the others, at least two. */
  leave(id: string): Promise<SoftphoneContact | null>;
  /** Puts everybody else on hold. */
  hold(id: string): Promise<SoftphoneContact>;
  /**
   * Takes everybody else off hold. Where only three can be on a call, and two of them are on hold, that is a conference.
   */
  resume(id: string): Promise<SoftphoneContact>;
  /**
   * Mutes the agent, in the call that they are on unless it says which. Resolves when it is certain.
   *
   * @throws {SoftphoneError} also `MUTE_NOT_CONFIRMED`: it is not, after 3 seconds
   */
  mute(id?: string | null): Promise<SoftphoneContact>;
  /** Lets the agent be heard again; see `mute()`. */
  unmute(id?: string | null): Promise<SoftphoneContact>;
  /**
   * Sends tones, to whoever is not on hold: up to 50 of `0` to `9`, `*`, `#`, `A` to `D`, and `,` for a pause. Resolves when
   * Amazon Connect has accepted them.
   */
  sendDigits(id: string, digits: string): Promise<SoftphoneContact>;
  /**
   * Calls a number, on behalf of the default outbound queue unless another one is given. Resolves with the new contact, within
   * 20 seconds. The same number can be called once a second.
   *
   * A number is read as people write it: `"+1 206 555 0100"`, `"tel:+1-206-555-0100"`, `"(206) 555-0100 x12"` (an extension
   * is left out), `"1-800-FLOWERS"`. Without a country code, it is of the only country that the agent can call, or of that of
   * the browser's language (`navigator.languages`) if they can call it; otherwise it is not called. The first number loads a
   * file of the package, `phone-number.js`.
   *
   * @throws {SoftphoneError} also `NUMBER_INVALID`; `NOT_ALLOWED`: there is no permission, no queue, or the agent cannot call
   *   that country
   */
  dial(
    number: string,
    options?: { queueArn?: string | null } | null,
  ): Promise<SoftphoneContact>;
  /**
   * Calls somebody about a contact; those who are on it go on hold. Resolves as soon as they are being called.
   *
   * @throws {SoftphoneError} also `NUMBER_INVALID`
   */
  consult(id: string, to: SoftphoneTarget): Promise<SoftphoneContact>;
  /**
   * Hands a contact over: calls somebody, and leaves once they have answered, or a flow has. If nobody does within 45
   * seconds, the customer is taken off hold again. With `leave: true` it does not wait for an answer; then nobody gets the
   * customer back.
   *
   * @throws {SoftphoneError} also `TRANSFER_NOT_ANSWERED`, `NUMBER_INVALID`
   */
  transfer(
    id: string,
    to: SoftphoneTarget,
    options?: { leave?: boolean | null } | null,
  ): Promise<SoftphoneContact | null>;
  /** Lets everybody talk with everybody. */
  conference(id: string): Promise<SoftphoneContact>;
  /** Puts whoever talks on hold, and takes the other one off hold. */
  swap(id: string): Promise<SoftphoneContact>;
  /** Ends after contact work, or clears a contact that came to nothing. Resolves with `null`. */
  finish(id: string): Promise<null>;
  /**
   * What is known of the recording of a call (`actions.recording`); `null` without such actions, and while the agent is not
   * connected.
   */
  recording(id: string): SoftphoneRecording | null;
  /**
   * Starts the recording of a call by `actions.recording`. This and the next three resolve with the state that the recording
   * has then.
   *
   * @throws {SoftphoneError} `NOT_POSSIBLE_NOW`; `COMMAND_REFUSED`: the action threw what is in `cause`; `COMMAND_TIMEOUT`;
   *   `CLOSED`
   */
  startRecording(id: string): Promise<SoftphoneRecording>;
  pauseRecording(id: string): Promise<SoftphoneRecording>;
  resumeRecording(id: string): Promise<SoftphoneRecording>;
  stopRecording(id: string): Promise<SoftphoneRecording>;
  /** As a supervisor: listens without a word on a call that the agent has barged in on. */
  monitor(id: string): Promise<SoftphoneContact>;
  /** As a supervisor: talks on a call that the agent listens to. */
  bargeIn(id: string): Promise<SoftphoneContact>;
  /** Calls the customer of a campaign whom the agent has looked at. Resolves when they are being called, within 20 seconds. */
  dialPreview(id: string): Promise<SoftphoneContact>;
  /**
   * Does not call the customer of a campaign, where the campaign allows it. It takes the agent off the contact; that Amazon's
   * own button does the same is assumed.
   */
  discardPreview(id: string): Promise<SoftphoneContact | null>;
  /** Disconnects one participant. */
  removeParticipant(
    id: string,
    participantId: string,
  ): Promise<SoftphoneContact | null>;
  /** Puts one participant on hold. */
  holdParticipant(id: string, participantId: string): Promise<SoftphoneContact>;
  /** Takes one participant off hold. */
  resumeParticipant(
    id: string,
    participantId: string,
  ): Promise<SoftphoneContact>;
  /** Mutes one participant, where more than three can be on a call. */
  muteParticipant(id: string, participantId: string): Promise<SoftphoneContact>;
  /** Lets one participant be heard again; Amazon Connect allows that to supervisors only. */
  unmuteParticipant(
    id: string,
    participantId: string,
  ): Promise<SoftphoneContact>;
  /**
   * Finds quick connects, sorted by name: of one queue, or else of all queues of the agent and their contacts. `search` is a
   * part of the name in any case; `limit` is 1 or more, by default without limit. `incomplete` has the names of the queues
   * that could not be read. Takes 20 seconds at most.
   */
  quickConnects(
    options?: {
      queueArn?: string | null;
      search?: string | null;
      limit?: number | null;
    } | null,
  ): Promise<{
    readonly items: readonly SoftphoneQuickConnect[];
    readonly incomplete: readonly string[];
  }>;
  /**
   * Sends the agent's calls to the browser, or to a desk phone: to this number in E.164 form, or to the one that it has.
   *
   * @throws {SoftphoneError} also `NUMBER_INVALID`, also where a desk phone has no number
   */
  setPhoneType(
    type: "softphone" | "deskPhone",
    number?: string | null,
  ): Promise<SoftphoneAgent>;
  /**
   * Sets what Amazon does to the agent's voice, where an administrator has switched that on for them. Resolves when the CCP
   * says that it is so.
   */
  setVoiceEnhancement(mode: SoftphoneVoiceEnhancement): Promise<SoftphoneAgent>;
  /** Reports an issue with a call to Amazon Connect. Resolves when it has been accepted. */
  reportIssue(
    id: string,
    issue?: { code?: string | null; description?: string | null } | null,
  ): Promise<SoftphoneContact>;
  /**
   * Returns a text for support: versions, an outline of the configuration, status and timeline.
   * Contains no names, numbers or tokens, and of addresses only the origins.
   */
  report(): string;
  /**
   * Returns what has happened so far, oldest first: the last 500 entries. Contains no names, numbers
   * or tokens.
   */
  timeline(): SoftphoneTimelineEntry[];
  /**
   * Removes everything: frame, windows, timers, listeners, and what Streams leaves behind. Does not
   * sign the agent out. A pending `signIn()`, `signOut()`, `stayActive()`, `devices()` or command rejects with `CLOSED`. A
   * softphone can be opened again afterwards; closing twice changes nothing.
   */
  close(): Promise<void>;
}

/** How to sign out. */
export interface SoftphoneSignOut {
  /**
   * An address that signs out of the identity provider; it opens in a window of its own, which closes when
   * it comes to the return page, and otherwise after 30 seconds. Absent: the configuration's. `""` or
   * `null`: the session there stays alive.
   */
  idpLogoutUrl?: string | null;
  /** Whether the agent's state becomes Offline first. Default false. */
  setOffline?: boolean;
}

/** The devices of this computer, as the browser lists them. */
export interface SoftphoneDevices {
  readonly microphones: readonly SoftphoneDevice[];
  readonly speakers: readonly SoftphoneDevice[];
  /** Whether this page may use the microphone; `"prompt"`: the browser will ask again. */
  readonly permission: "granted" | "denied" | "prompt";
  /** The ids of those that `useDevice()` has chosen; absent: the default. */
  readonly chosen: {
    readonly [K in SoftphoneDeviceKind]?: string;
  };
}

/** What a device is for; `ringer`: the speaker on which calls ring. */
export type SoftphoneDeviceKind = "microphone" | "speaker" | "ringer";

/** One microphone or speaker. */
export interface SoftphoneDevice {
  /** Its `deviceId` in the CCP's frame. */
  readonly id: string;
  /** The device's name. */
  readonly label: string;
}

/**
 * What `on()` delivers: a union on `type`. Of what comes with one snapshot, status, agent and audio are told first, then what
 * is gone, is new and has changed of the contacts; promises settle after that.
 */
export type SoftphoneEvent =
  /** The phase, the way, the error or the session has changed. */
  | { readonly type: "statusChanged"; readonly status: SoftphoneStatus }
  /** The agent has arrived, changed state, or gone (`null`). */
  | { readonly type: "agentChanged"; readonly agent: SoftphoneAgent | null }
  /** The audio is here, is elsewhere, or is not known any more. */
  | { readonly type: "audioChanged"; readonly audio: SoftphoneAudio }
  /** A contact is there: it began, or was there when the phone opened. */
  | { readonly type: "contactAdded"; readonly contact: SoftphoneContact }
  /** Something of it has changed: the fields in `changed`. */
  | {
      readonly type: "contactChanged";
      readonly contact: SoftphoneContact;
      readonly changed: readonly (keyof SoftphoneContact)[];
    }
  /** It is gone. */
  | { readonly type: "contactRemoved"; readonly id: string }
  /** What is known of the recording of a contact has changed (`actions.recording`); `null`: the contact is over. */
  | {
      readonly type: "recordingChanged";
      readonly id: string;
      readonly recording: SoftphoneRecording | null;
    }
  /**
   * The session will end at `endsAtMs`, in milliseconds since 1970.
   *
   * - `maximum`: it will have lasted as long as sessions do (`session.warnBeforeMs`)
   * - `inactivity`: the agent has been inactive; `stayActive()` keeps them signed in
   * - `refused`: reserved
   */
  | {
      readonly type: "sessionExpiring";
      readonly reason: "maximum" | "inactivity" | "refused";
      readonly endsAtMs: number;
    }
  /** Something works, but looks like a mistake in the configuration or the page. */
  | { readonly type: "diagnostic"; readonly message: string };

/** One thing that happened. */
export interface SoftphoneTimelineEntry {
  /** In milliseconds since 1970. */
  readonly atMs: number;
  /**
   * What happened.
   *
   * - `opened`: `openSoftphone` was called; `phase`: the phase changed
   * - `wayBegan`, `frameLoaded`, `windowBlocked`, `windowClosed`, `signInReturned`: steps of a sign-in
   * - `turnAwaited`, `turnLost`, `signedInElsewhere`: another tab is signing in, has taken over, or
   *   has signed in
   * - `streamsArrived`: Amazon Connect Streams has loaded, which sign-in did not wait for
   * - `ccpLoaded`, `acknowledged`, `agentSeen`: the CCP's page loaded, the CCP responded, the agent's
   *   data arrived
   * - `ccpLost`, `ccpReloaded`, `ccpRebuilt`: the CCP stopped responding, was reloaded, was closed and
   *   opened again
   * - `workerLeft`: the CCP was taken out of its frame, as in all tabs, so that its SharedWorker ends
   * - `cookiesMissing`, `cookiesAllowed`: the browser keeps the CCP's cookies from it, or lets it have them
   * - `authFailed`, `authorized`, `accessDenied`, `terminated`: Connect rejected the session, accepted
   *   it after all, denied access, ended the session
   * - `retryPlanned`, `renewing`: a retry is scheduled, a new session is being started
   * - `inactivity`: Connect warns that it will log the agent out for inactivity, or no longer does
   * - `network`, `socket`, `contact`, `container`: something became available or unavailable
   * - `audio`: where the audio is has changed
   * - `microphone`: what is wrong with the microphone has changed
   * - `timer`: a deadline has passed
   * - `signOutAsked`, `ccpRefused`, `streamsGaveUp`, `failed`, `noticed`: sign-out was requested, the CCP
   *   stays silent after sign-in (which then goes through once more), Streams stopped trying, something
   *   failed, a diagnostic
   */
  readonly what:
    | "opened"
    | "phase"
    | "wayBegan"
    | "frameLoaded"
    | "windowBlocked"
    | "windowClosed"
    | "signInReturned"
    | "ccpReloaded"
    | "cookiesMissing"
    | "cookiesAllowed"
    | "ccpLoaded"
    | "acknowledged"
    | "agentSeen"
    | "authFailed"
    | "authorized"
    | "terminated"
    | "accessDenied"
    | "turnAwaited"
    | "signedInElsewhere"
    | "turnLost"
    | "retryPlanned"
    | "renewing"
    | "inactivity"
    | "ccpLost"
    | "ccpRebuilt"
    | "workerLeft"
    | "network"
    | "socket"
    | "contact"
    | "container"
    | "signOutAsked"
    | "ccpRefused"
    | "streamsArrived"
    | "streamsGaveUp"
    | "audio"
    | "microphone"
    | "timer"
    | "failed"
    | "noticed";
  /** With `opened`: whether a session from before may still be alive. */
  readonly sessionMayBeAlive?: boolean;
  /** With `phase`: the new phase. */
  readonly phase?: SoftphonePhase;
  /** With `wayBegan` and `signInReturned`. */
  readonly way?: SignInWay;
  /** With `failed`, and with `microphone` while something is wrong with it. */
  readonly code?: SoftphoneErrorCode;
  /** With `retryPlanned`: the delay, in milliseconds. */
  readonly inMs?: number;
  /**
   * With `network`, `socket`, `contact` and `container`: whether the browser is online, the WebSocket
   * is connected, a contact is live, the container is in the document. With `inactivity`: whether Connect warns.
   */
  readonly present?: boolean;
  /**
   * With `timer`: which deadline has passed, such as `"ccpSilent"`. The names may change in any
   * version.
   */
  readonly timer?: string;
  /** With `audio`: where it is now. */
  readonly audio?: SoftphoneAudio;
  /** With `noticed`: the diagnostic. With `failed` and `MODULE_CRASHED`: where it happened. */
  readonly message?: string;
}

/**
 * What went wrong; the README, "Errors", explains each code. New codes may be added in a minor version.
 */
export type SoftphoneErrorCode =
  | "CONFIG_INVALID"
  | "CONTAINER_INVALID"
  | "ARGUMENT_INVALID"
  | "ALREADY_OPEN"
  | "MODULE_LOAD_FAILED"
  | "MODULE_CRASHED"
  | "STREAMS_MISSING"
  | "STREAMS_LOAD_FAILED"
  | "STREAMS_FAILED"
  | "WINDOW_BLOCKED"
  | "SIGN_IN_WINDOW_CLOSED"
  | "SIGN_IN_TIMEOUT"
  | "SSO_URL_FAILED"
  | "THIRD_PARTY_COOKIES_BLOCKED"
  | "STORAGE_ACCESS_DENIED"
  | "STORAGE_ACCESS_IGNORED"
  | "CCP_SILENT"
  | "AGENT_SILENT"
  | "AGENT_DATA_FROZEN"
  | "IDENTITY_MISMATCH"
  | "INSECURE_CONTEXT"
  | "FRAME_SANDBOXED"
  | "STREAMS_TOO_OLD"
  | "CCP_EXISTS"
  | "FRAME_BLOCKED"
  | "CONTAINER_REMOVED"
  | "CALL_AUDIO_LOST"
  | "NETWORK_OFFLINE"
  | "CONNECTION_LOST"
  | "CCP_LOST"
  | "SOFTPHONE_ELSEWHERE"
  | "ACCESS_DENIED"
  | "SESSION_ENDED"
  | "STAY_ACTIVE_FAILED"
  | "SIGN_OUT_FAILED"
  | "CONTACT_CONNECTED"
  | "MICROPHONE_DENIED"
  | "MICROPHONE_DISMISSED"
  | "MICROPHONE_MISSING"
  | "MICROPHONE_BUSY"
  | "MICROPHONE_LOST"
  | "NOT_POSSIBLE_NOW"
  | "COMMAND_REFUSED"
  | "COMMAND_TIMEOUT"
  | "CONTACT_GONE"
  | "CONNECTION_RESET"
  | "NO_AUDIO"
  | "TRANSFER_NOT_ANSWERED"
  | "NUMBER_INVALID"
  | "NOT_ALLOWED"
  | "MUTE_NOT_CONFIRMED"
  | "DEVICE_NOT_APPLIED"
  | "CLOSED";

/** What every call that fails rejects with. `message` is a sentence for the agent, in English. */
export class SoftphoneError extends Error {
  readonly name: "SoftphoneError";
  readonly code: SoftphoneErrorCode;
  /** What the administrator can do, most likely first. */
  readonly remedy: string;
  /** With `CONFIG_INVALID`: every mistake in the configuration. */
  readonly problems?: readonly SoftphoneConfigProblem[];
  /** What another party threw, such as Amazon Connect Streams; it can be anything. */
  readonly cause?: unknown;
}

/** One mistake in the configuration. */
export interface SoftphoneConfigProblem {
  /** The field, such as `signIn.ways[1]`. */
  readonly field: string;
  /** What is there, in words; never a relay state or token. */
  readonly found: string;
  /** What is expected there, in words. */
  readonly expected: string;
}
