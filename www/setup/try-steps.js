// @ts-check
/**
 * How far a phone got: each step on the way to a working one, with its verdict and what to do. Pure.
 *
 * @typedef {"good" | "bad" | "doubtful" | "unneeded" | "waiting"} Verdict
 * @typedef {{ id: string, title: string, verdict: Verdict, found: string, remedy: string }} Step
 *
 * What is absent is not known yet.
 *
 * @typedef {object} Facts
 * @property {string} origin of the page
 * @property {boolean} sso whether there is an SSO Login URL
 * @property {string} [idp] its origin
 * @property {string} [phase]
 * @property {{ code: string, remedy: string }} [error]
 * @property {readonly { what: string, way?: string }[]} timeline
 * @property {string} [userName] who is expected
 * @property {string} [signedIn] who is signed in
 * @property {{ permission?: string, count?: number, code?: string, remedy?: string }} [microphone]
 */

/** @param {Facts} facts @returns {Step[]} */
export function stepsOf(facts) {
  const known = new Known(facts);
  return STEPS.map(({ id, title, judge }) => {
    const [verdict, found, remedy = ""] = judge(known);
    return { id, title, verdict, found, remedy };
  });
}

/** One sentence about all of them. @param {readonly Step[]} steps @param {string} [phase] */
export function conclusion(steps, phase) {
  const bad = steps.find(({ verdict }) => verdict === "bad");
  if (bad) return `Something is wrong: ${bad.title}.`;
  const doubtful = steps.some(({ verdict }) => verdict === "doubtful");
  if (phase === "ready")
    return doubtful ? "It works, but could be better." : "It works.";
  if (phase === "signInNeeded") return "The phone asks for a click.";
  return "On its way …";
}

class Known {
  /** @param {Facts} facts */
  constructor(facts) {
    this.facts = facts;
    this.code = facts.error?.code ?? "";
    this.remedy = facts.error?.remedy ?? "";
    this.isReady = facts.phase === "ready";
    this.came = this.#has("acknowledged") || this.isReady;
    this.returnedBy = facts.timeline.findLast(
      ({ what }) => what === "signInReturned",
    )?.way;
    this.elsewhere = this.#has("signedInElsewhere");
    this.framed = this.#began("frame");
    this.windowed = this.#began("popup");
  }

  /** @param {...string} codes */
  says(...codes) {
    return codes.includes(this.code);
  }

  get cookiesMissing() {
    return this.#has("cookiesMissing") && !this.#has("cookiesAllowed");
  }

  get windowBlocked() {
    return this.#has("windowBlocked");
  }

  /** Whether there was no need to sign in. */
  get hadSession() {
    return this.isReady && !this.framed && !this.windowed;
  }

  /** @param {string} what */
  #has(what) {
    return this.facts.timeline.some((entry) => entry.what === what);
  }

  /** @param {string} way */
  #began(way) {
    return this.facts.timeline.some(
      (entry) => entry.what === "wayBegan" && entry.way === way,
    );
  }
}

/** @type {{ id: string, title: string, judge: (known: Known) => [Verdict, string, string?] }[]} */
const STEPS = [
  {
    id: "page",
    title: "This page",
    judge({ code, remedy, facts }) {
      if (PAGE.includes(code)) return ["bad", `the phone says ${code}`, remedy];
      if (facts.phase === undefined) return WAITING;
      return ["good", facts.origin];
    },
  },
  {
    id: "framing",
    title: "Framing at the identity provider",
    judge(known) {
      const { facts, framed, windowed, returnedBy, isReady, hadSession } =
        known;
      if (!facts.sso) return ["unneeded", "there is no SSO Login URL"];
      const origin = facts.idp ?? "the identity provider";
      const remedy = `Let ${facts.origin} frame ${origin}. In Okta: Security, API, Trusted Origins, add ${facts.origin} with “iFrame embed”. Until then, agents see a short window.`;
      if (returnedBy === "frame" || (isReady && framed && !windowed))
        return ["good", "the agent is signed in without a window"];
      if (known.cookiesMissing)
        return ["unneeded", "a frame has no cookies here, so a window is used"];
      if (hadSession)
        return ["unneeded", "the session of an earlier sign-in is still alive"];
      if (framed && (windowed || facts.phase === "signInNeeded"))
        return [
          "doubtful",
          "the hidden frame did not sign in: framing is refused, or there was no session at the identity provider",
          remedy,
        ];
      if (windowed) return ["unneeded", "a window is used"];
      return WAITING;
    },
  },
  {
    id: "popups",
    title: "Sign-in window",
    judge({
      code,
      remedy,
      facts,
      windowed,
      windowBlocked,
      isReady,
      returnedBy,
    }) {
      const allow = `Allow pop-ups for ${facts.origin} in the browser’s settings, or by policy.`;
      if (code === "WINDOW_BLOCKED")
        return ["bad", "the browser blocks it", remedy];
      if (windowBlocked)
        return [
          "doubtful",
          "the browser blocks it until the agent clicks",
          allow,
        ];
      if (windowed) return ["good", "it opens"];
      if (isReady || returnedBy === "frame")
        return ["unneeded", "no window was needed"];
      if (facts.phase === "signInNeeded")
        return ["waiting", "click in the phone to open it"];
      return WAITING;
    },
  },
  {
    id: "aws",
    title: "Identity provider and AWS sign-in",
    judge({
      code,
      remedy,
      facts,
      came,
      isReady,
      hadSession,
      returnedBy,
      elsewhere,
    }) {
      if (hadSession) return ["unneeded", "already signed in"];
      if (returnedBy)
        return ["good", `sign-in came back by ${BY[returnedBy] ?? returnedBy}`];
      if (elsewhere) return ["good", "signed in by another tab"];
      if (isReady || came) return ["good", "signed in"];
      if (SIGN_IN.includes(code))
        return [
          "bad",
          `sign-in did not come back (${code})`,
          facts.sso
            ? `Look at what the window shows. The identity provider’s own page: the user is not assigned to the app. “Access denied” of Amazon Connect: no user of the instance has that name. A page of AWS: role, provider or audience are wrong; put the SAML response into “Check”. ${remedy}`
            : remedy,
        ];
      return WAITING;
    },
  },
  {
    id: "cookies",
    title: "Third-party cookies",
    judge(known) {
      const remedy =
        "Allow third-party cookies for the instance, by the browser’s policy if you can. Agents can also allow them on Amazon’s page in the phone.";
      if (
        known.says(
          "THIRD_PARTY_COOKIES_BLOCKED",
          "STORAGE_ACCESS_DENIED",
          "STORAGE_ACCESS_IGNORED",
        )
      )
        return ["bad", `the phone says ${known.code}`, remedy];
      if (known.cookiesMissing && !known.isReady)
        return [
          "bad",
          "the browser keeps the instance’s cookies from it",
          remedy,
        ];
      if (known.isReady) return ["good", "the instance has its own"];
      return WAITING;
    },
  },
  {
    id: "origin",
    title: "Approved origin",
    judge({ came, code, remedy, facts }) {
      if (came) return ["good", "the instance answers this page"];
      const add = `In the Amazon Connect console, under “Approved origins”, add ${facts.origin}, without a slash at its end.`;
      if (code === "FRAME_BLOCKED")
        return ["bad", "this page may not frame the instance", remedy];
      if (SIGN_IN.includes(code))
        return [
          "doubtful",
          "Amazon Connect may have refused to send sign-in back to this page",
          `If the window shows a page of Amazon Connect with status 403, the origin is missing. ${add}`,
        ];
      if (code === "CCP_SILENT")
        return [
          "bad",
          "the instance does not answer this page",
          `${add} ${remedy}`,
        ];
      return WAITING;
    },
  },
  {
    id: "user",
    title: "User name",
    judge({ facts, isReady, remedy, code }) {
      const { userName, signedIn } = facts;
      if (code === "ACCESS_DENIED")
        return ["bad", "Amazon Connect denies access", remedy];
      if (userName && signedIn && userName !== signedIn)
        return [
          "bad",
          `${signedIn}, and not ${userName}`,
          userName.toLowerCase() === signedIn.toLowerCase()
            ? "Only the case of letters differs, which counts: give the user the same name at the identity provider (RoleSessionName) and in Amazon Connect."
            : "Sign out at the identity provider and sign in as the right person, or compare RoleSessionName with the user’s login name in Amazon Connect.",
        ];
      if (signedIn) return ["good", signedIn];
      return isReady ? ["good", "known to Amazon Connect"] : WAITING;
    },
  },
  {
    id: "ccp",
    title: "The phone",
    judge({ isReady, code, remedy }) {
      if (isReady && !code) return ["good", "ready"];
      if (CCP.includes(code)) return ["bad", `the phone says ${code}`, remedy];
      return isReady ? ["good", "ready"] : WAITING;
    },
  },
  {
    id: "audio",
    title: "Audio",
    judge({ facts: { microphone }, isReady, code, remedy }) {
      if (code.startsWith("MICROPHONE_"))
        return ["bad", `the phone says ${code}`, remedy];
      if (microphone?.code)
        return ["bad", `the phone says ${microphone.code}`, microphone.remedy];
      if (microphone?.permission === "denied")
        return [
          "bad",
          "the microphone is denied",
          "Allow the microphone for this page in the browser’s settings, and check the page’s Permissions-Policy.",
        ];
      if (microphone?.count === 0)
        return ["bad", "there is no microphone", "Connect a headset."];
      if (microphone?.count)
        return [
          "good",
          microphone.count === 1
            ? "1 microphone"
            : `${microphone.count} microphones`,
        ];
      return ["waiting", isReady ? "test it" : "after the phone"];
    },
  },
];

/** @type {[Verdict, string]} */
const WAITING = ["waiting", "not yet"];

/** @type {Record<string, string>} */
const BY = {
  frame: "the hidden frame",
  popup: "the window",
  streams: "Streams",
};

/** Errors of the page that opens the phone. */
const PAGE = [
  "CONFIG_INVALID",
  "MODULE_LOAD_FAILED",
  "MODULE_CRASHED",
  "STREAMS_MISSING",
  "STREAMS_TOO_OLD",
  "STREAMS_LOAD_FAILED",
  "STREAMS_FAILED",
  "INSECURE_CONTEXT",
  "FRAME_SANDBOXED",
  "CCP_EXISTS",
  "ALREADY_OPEN",
  "CONTAINER_INVALID",
];
/** Those after which nobody is signed in. */
const SIGN_IN = ["SIGN_IN_TIMEOUT", "SIGN_IN_WINDOW_CLOSED", "SSO_URL_FAILED"];
const CCP = [
  "AGENT_SILENT",
  "AGENT_DATA_FROZEN",
  "CCP_LOST",
  "CONNECTION_LOST",
  "NETWORK_OFFLINE",
  "SESSION_ENDED",
];
