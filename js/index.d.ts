/**
 * Opens the Amazon Connect softphone in `container` and signs the agent in.
 *
 * Resolves once `connect.core.initCCP` has been called; `phone.ready` tells when the agent is
 * there. One softphone can be open on a page at a time (Amazon Connect Streams allows one CCP).
 * Neither `config` nor anything in it is changed.
 *
 * Importing the module asks for its wasm already, so that it comes beside Streams; a page that may not
 * need it imports it dynamically.
 *
 * Call it at any time, also while the page still loads Streams by a script element of its own (with
 * `connect-streams` in its address): it waits for that. When called inside a click, a sign-in window
 * can open without another one.
 *
 * @param container an element that is in the document. It gets the attributes
 *   `data-softphone-phase` and, while something is wrong, `data-softphone-error`. Amazon's panel
 *   fills it and needs at least 320 × 465 px.
 * @throws {SoftphoneError} `CONFIG_INVALID` (every problem is in `problems`), `CONTAINER_INVALID`,
 *   `ALREADY_OPEN`, `CCP_EXISTS`, `INSECURE_CONTEXT`, `FRAME_SANDBOXED`, `STREAMS_MISSING`,
 *   `STREAMS_LOAD_FAILED`, `STREAMS_TOO_OLD`, `STREAMS_FAILED`, `MODULE_LOAD_FAILED`.
 */
export function openSoftphone(
  container: HTMLElement,
  config: SoftphoneConfig,
): Promise<Softphone>;

export interface SoftphoneConfig {
  /** The instance's address, such as `https://acme.my.connect.aws`. This or `ccpUrl`. */
  instanceUrl?: string | null;
  /** The CCP's address, when it is not `/ccp-v2/` of the instance. */
  ccpUrl?: string | null;
  /**
   * The identity provider's IdP-initiated SAML URL for Amazon Connect, best with the relay state in
   * it. `""`, `null` or absent: the standard login popup.
   */
  ssoLoginUrl?: string | null;
  /**
   * Where the identity provider signs out, an `https:` address: the session there would sign the next
   * person at the computer in. `signOut()` opens it in a window unless it is told otherwise, and so
   * does the prompt's "Sign out" (at `IDENTITY_MISMATCH` and `SIGN_OUT_FAILED`). Signing out inside
   * Amazon's panel does not; `signOut()` can be called then. `""`, `null` or absent: that session
   * lives on.
   */
  idpLogoutUrl?: string | null;
  /** `"ccp"` (default) shows Amazon's panel; `"icc"` hides it, the host draws its own controls. */
  controls?: "ccp" | "icc";
  signIn?: {
    /**
     * The ways to sign in with SSO, in the order in which they are tried. Default
     * `["frame", "popup"]`. `"redirect"` needs an `ssoLoginUrl` with a relay state, a `returnUrl`,
     * and a page that is in no frame. `"streams"` goes with no other way.
     */
    ways?: SignInWay[];
    /**
     * Where `softphone-return.html` of this package is, on the page's own origin. Default
     * `"/softphone-return.html"`. `null`: there is none, and sign-in is watched from outside.
     */
    returnUrl?: string | null;
    /** How long a sign-in window is waited for, in milliseconds: 1000 to 3600000, default 60000. */
    timeoutMs?: number;
    /**
     * Whether the module covers the container with a sentence, and a button where a click is
     * needed, until the phone is ready. Default true. With false the host shows its own and calls
     * `signIn()` in the click. Style the cover with `.connect-softphone-cover`, its sentence and its
     * button with `::part(text)` and `::part(button)` of that.
     */
    prompt?: boolean;
  };
  /**
   * The Connect user name of the only agent who may use this phone, case included. Another one
   * gets `IDENTITY_MISMATCH`.
   */
  expectedUser?: string | null;
  session?: {
    /**
     * How long a session lasts from sign-in, in milliseconds: 900000 to 43200000, default 43200000.
     * Amazon Connect's own sessions last 12 hours (Administrator Guide, "About session expiration").
     */
    lengthMs?: number;
    /**
     * How long before its end `sessionExpiring` fires, in milliseconds: 0 up to, and without,
     * `lengthMs`. Default 900000, or half of `lengthMs` when that is less.
     */
    warnBeforeMs?: number;
    /**
     * Whether a new session is begun in the hidden frame from then on, while the agent has no
     * contact. Default true; needs `"frame"` among `signIn.ways`.
     */
    renew?: boolean;
  };
  streams?: {
    /** Where amazon-connect-streams is loaded from when the page has no global `connect`. */
    url?: string | null;
    /** The subresource integrity of that script, such as `"sha384-…"`. */
    integrity?: string | null;
    /**
     * Further parameters of `initCCP`, passed on. Not `ccpUrl`, `loginUrl`, `loginPopup`,
     * `loginPopupAutoClose`, `loginOptions` and `ccpLoadTimeout`, which this module decides, and not
     * `storageAccess`, which it cannot sign in to. `enableGlobalResiliency: true` needs
     * `secondaryCCPUrl`, `ssoLoginUrl` and `signIn: { ways: ["streams"] }`. Without `softphone`, `{ allowFramedSoftphone: true }` is set, so that the CCP can take calls.
     */
    options?: Record<string, unknown>;
  };
}

/**
 * - `frame`: a hidden frame, no window, no interaction
 * - `popup`: a window
 * - `redirect`: the whole page goes to the identity provider and comes back to where it was
 * - `streams`: Amazon Connect Streams' own popup and timers; the only way with Global Resiliency
 */
export type SignInWay = "frame" | "popup" | "redirect" | "streams";

/**
 * - `opening`: the CCP loads
 * - `signInNeeded`: a click of the agent is needed; call `signIn()` in it
 * - `signingIn`: sign-in is under way
 * - `ready`: the agent is there
 * - `expired`: the session ended (`SESSION_ENDED`); `signIn()` begins a new one
 * - `signedOut`: the agent signed out; `signIn()` begins a new session
 * - `failed`: something failed, see `error`; `signIn()` tries again
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

export interface SoftphoneStatus {
  readonly phase: SoftphonePhase;
  /** When this phase began, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** The way that is at work, or by which the agent signed in. */
  readonly way?: SignInWay;
  /** What went wrong last, while it matters. */
  readonly error?: SoftphoneFault;
  /** The Connect session, when it is known when it began; in milliseconds since 1970. */
  readonly session?: {
    readonly startedAtMs: number;
    readonly endsAtMs: number;
  };
}

export interface SoftphoneFault {
  readonly code: SoftphoneErrorCode;
  /** A sentence for the agent. */
  readonly message: string;
  /** What the administrator can do, likeliest first. */
  readonly remedy: string;
}

export interface SoftphoneAgent {
  /** The Connect user name, exactly. */
  readonly username: string;
  /** The full name; `""` when Connect has none. */
  readonly name: string;
  /** The name of the agent's state, such as `"Available"`. */
  readonly state: string;
  /**
   * Its type in Amazon's words: `"routable"`, `"not_routable"`, `"offline"`, `"system"`, `"error"`
   * or `"init"` (Streams 2.28.2, `connect.AgentStateType`).
   */
  readonly stateType: string;
}

export interface Softphone {
  /** How it stands now: a frozen object, a new one after each change. */
  readonly status: SoftphoneStatus;
  /** The agent; `null` until he is there. */
  readonly agent: SoftphoneAgent | null;
  /**
   * Resolved while the agent is there. Rejected when the phase becomes `failed` (with that error)
   * or `closed`. Once that no longer holds, for example after a further `signIn()`, this is a new
   * promise.
   */
  readonly ready: Promise<void>;
  /**
   * Calls `callback` at every event of that type, until the returned function is called. What a
   * callback throws is reported as an uncaught error. Diagnostics from before the first
   * subscription are told in that call.
   *
   * @throws {SoftphoneError} `ARGUMENT_INVALID`
   */
  on<T extends SoftphoneEvent["type"]>(
    type: T,
    callback: (event: Extract<SoftphoneEvent, { type: T }>) => void,
  ): () => void;
  /**
   * Signs the agent in: opens the sign-in window before it returns, so call it directly inside a
   * click; a window that is open comes to the front. Resolves when the phone is ready, at once if
   * it is.
   *
   * @throws {SoftphoneError} what ended this sign-in: `WINDOW_BLOCKED`, `SIGN_IN_WINDOW_CLOSED`,
   *   `SIGN_IN_TIMEOUT`, `CCP_SILENT`, `AGENT_SILENT`, `ACCESS_DENIED`, `IDENTITY_MISMATCH`,
   *   `NETWORK_OFFLINE`, `CONTAINER_REMOVED`, `CLOSED`
   */
  signIn(): Promise<void>;
  /**
   * Signs the agent out of Amazon Connect, in all tabs, and makes sure of it. The phase is then
   * `signedOut`; nothing opens by itself.
   *
   * @param options `idpLogoutUrl`: an `https:` address at which the identity provider signs out,
   *   opened in a window of its own (call this inside a click), because the next person at the
   *   computer would be signed in by the session there; default the configuration's, `""` or `null`
   *   for none. `setOffline`: whether the agent's state becomes Offline first; default false.
   * @throws {SoftphoneError} `ARGUMENT_INVALID`; `CONTACT_CONNECTED`: the agent stays signed in at
   *   Amazon Connect (with `setOffline` the identity provider may have been left already);
   *   `SIGN_OUT_FAILED`: the CCP still had a session afterwards, and is out of use; `CLOSED`
   */
  signOut(options?: SoftphoneSignOut): Promise<void>;
  /**
   * The microphones and speakers. Asks the agent for the microphone where that is still open, so
   * call it inside a click, and opens it for a moment. Without this, a microphone that is forbidden
   * or missing is noticed as soon as the phone is ready, and told in `status.error`.
   *
   * @throws {SoftphoneError} `MICROPHONE_DENIED`, `MICROPHONE_DISMISSED`, `MICROPHONE_MISSING`,
   *   `MICROPHONE_BUSY`
   */
  devices(): Promise<SoftphoneDevices>;
  /**
   * A text for support: versions, configuration in outline, status and timeline. Holds no address
   * with a query, token, name or number.
   */
  report(): string;
  /** What happened so far, oldest first, at most 500 entries. Holds no token, name or number. */
  timeline(): SoftphoneTimelineEntry[];
  /**
   * Takes everything down: frame, windows, timers, listeners, and what Streams leaves behind. A
   * softphone can be opened again afterwards. Closing twice changes nothing.
   */
  close(): Promise<void>;
}

export interface SoftphoneSignOut {
  idpLogoutUrl?: string | null;
  setOffline?: boolean;
}

export interface SoftphoneDevices {
  readonly microphones: readonly SoftphoneDevice[];
  readonly speakers: readonly SoftphoneDevice[];
  readonly permission: "granted" | "denied" | "prompt";
}

export interface SoftphoneDevice {
  /** The browser's `deviceId`. */
  readonly id: string;
  readonly label: string;
}

export type SoftphoneEvent =
  | { readonly type: "statusChanged"; readonly status: SoftphoneStatus }
  | { readonly type: "agentChanged"; readonly agent: SoftphoneAgent | null }
  /** The session ends soon (`session.warnBeforeMs`); `endsAtMs` in milliseconds since 1970. */
  | { readonly type: "sessionExpiring"; readonly endsAtMs: number }
  /** Something works, but looks like a mistake in the configuration. */
  | { readonly type: "diagnostic"; readonly message: string };

export interface SoftphoneTimelineEntry {
  /** In milliseconds since 1970. */
  readonly atMs: number;
  readonly what:
    | "opened"
    | "phase"
    | "wayBegan"
    | "frameLoaded"
    | "windowBlocked"
    | "windowClosed"
    | "signInReturned"
    | "ccpReloaded"
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
    | "ccpLost"
    | "ccpRebuilt"
    | "network"
    | "socket"
    | "contact"
    | "container"
    | "signOutAsked"
    | "streamsGaveUp"
    | "microphone"
    | "timer"
    | "failed"
    | "noticed";
  /** With `opened`: whether a session could still be alive. */
  readonly sessionMayBeAlive?: boolean;
  /** With `phase`. */
  readonly phase?: SoftphonePhase;
  /** With `wayBegan` and `signInReturned`. */
  readonly way?: SignInWay;
  /** With `failed`; with `microphone` while something is wrong with it. */
  readonly code?: SoftphoneErrorCode;
  /** With `retryPlanned`: in how many milliseconds. */
  readonly inMs?: number;
  /** With `network`, `socket`, `contact` and `container`: whether it is there. */
  readonly present?: boolean;
  /** With `timer`: the deadline that passed, such as `"ccpSilent"`. Names may come and go with a version. */
  readonly timer?: string;
  /** With `noticed`. */
  readonly message?: string;
}

export type SoftphoneErrorCode =
  | "CONFIG_INVALID"
  | "CONTAINER_INVALID"
  | "ARGUMENT_INVALID"
  | "ALREADY_OPEN"
  | "MODULE_LOAD_FAILED"
  | "STREAMS_MISSING"
  | "STREAMS_LOAD_FAILED"
  | "STREAMS_FAILED"
  | "WINDOW_BLOCKED"
  | "SIGN_IN_WINDOW_CLOSED"
  | "SIGN_IN_TIMEOUT"
  | "CCP_SILENT"
  | "AGENT_SILENT"
  | "IDENTITY_MISMATCH"
  | "INSECURE_CONTEXT"
  | "FRAME_SANDBOXED"
  | "STREAMS_TOO_OLD"
  | "CCP_EXISTS"
  | "CONTAINER_REMOVED"
  | "NETWORK_OFFLINE"
  | "CONNECTION_LOST"
  | "CCP_LOST"
  | "ACCESS_DENIED"
  | "SESSION_ENDED"
  | "SIGN_OUT_FAILED"
  | "CONTACT_CONNECTED"
  | "MICROPHONE_DENIED"
  | "MICROPHONE_DISMISSED"
  | "MICROPHONE_MISSING"
  | "MICROPHONE_BUSY"
  | "MICROPHONE_LOST"
  | "CLOSED";

/** What every failed call is rejected with. */
export class SoftphoneError extends Error {
  readonly name: "SoftphoneError";
  readonly code: SoftphoneErrorCode;
  /** What the administrator can do, likeliest first. */
  readonly remedy: string;
  /** With `CONFIG_INVALID`: everything that is wrong. */
  readonly problems?: readonly SoftphoneConfigProblem[];
  /** What another party threw. */
  readonly cause?: unknown;
}

export interface SoftphoneConfigProblem {
  /** Such as `signIn.ways[1]`. */
  readonly field: string;
  readonly found: string;
  readonly expected: string;
}
