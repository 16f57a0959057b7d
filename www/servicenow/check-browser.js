// @ts-check
// Checks of what lies between this page and Amazon Connect: origin, policies, cookies, windows, microphone, clock.
import { some } from "./plain.js";

/** @type {import("./check.js").Judge[]} */
export const BROWSER_CHECKS = [
  {
    id: "origin",
    title: "Approved origin",
    judge({ page, phone }) {
      const origin = page?.origin ?? "this page's origin";
      const refused = ["FRAME_BLOCKED", "CCP_SILENT", "ACCESS_DENIED"];
      const remedy = `In the AWS console, under Amazon Connect, Approved origins, add ${origin}.`;
      if (phone?.phase === "ready") return ["good", origin];
      if (phone?.code && refused.includes(phone.code))
        return ["bad", `the phone says ${phone.code}`, remedy];
      if (phone?.code && UNRETURNED.includes(phone.code))
        return ["bad", `sign-in did not return (${phone.code})`, remedy];
      return ["unknown", origin, remedy];
    },
  },
  {
    id: "referrer",
    title: "Referrer policy",
    judge({ page }) {
      const policy = page?.referrerPolicy;
      if (policy === undefined) return UNKNOWN;
      const remedy =
        "Set the system property com.glide.security.referrerpolicy to strict-origin-when-cross-origin.";
      return SENDING.includes(policy)
        ? ["good", policy]
        : [
            "bad",
            `${policy || "the instance's own"}, which may keep the origin from Amazon Connect`,
            remedy,
          ];
    },
  },
  {
    id: "cookies",
    title: "Third-party cookies",
    judge({ cookies, phone }) {
      const remedy =
        "Allow third-party cookies for the instance's address, and for its sign-in.";
      if (
        phone?.code === "THIRD_PARTY_COOKIES_BLOCKED" ||
        phone?.code === "STORAGE_ACCESS_DENIED"
      )
        return ["bad", `the phone says ${phone.code}`, remedy];
      if (cookies?.enabled === false)
        return ["bad", "cookies are switched off", remedy];
      if (phone?.phase === "ready") return ["good", "the phone has its own"];
      if (cookies?.unpartitioned === "denied")
        return ["bad", "the browser refuses them", remedy];
      return ["unknown", "only signing in shows it", remedy];
    },
  },
  {
    id: "popups",
    title: "Sign-in window",
    judge({ popups, phone }) {
      const remedy =
        "Allow pop-ups for this instance in the browser's settings.";
      if (phone?.code === "WINDOW_BLOCKED" || popups === "blocked")
        return ["bad", "the browser blocks it", remedy];
      return popups === "open"
        ? ["good", "opens"]
        : ["unknown", "not tried", remedy];
    },
  },
  {
    id: "microphone",
    title: "Microphone",
    judge({ microphone }) {
      if (!microphone) return UNKNOWN;
      const { permission, policy, count } = microphone;
      if (policy === false)
        return [
          "bad",
          "this frame may not use it",
          "Give the frame allow=\"microphone\": in OpenFrame's configuration, or by the instance's Permissions-Policy.",
        ];
      if (permission === "denied")
        return [
          "bad",
          "denied",
          "Allow the microphone for this instance in the browser's settings.",
        ];
      if (count === 0) return ["bad", "there is none", "Connect a headset."];
      if (permission === "granted") return ["good", "allowed"];
      return [
        "unknown",
        permission === "prompt" ? "the browser will ask" : "not known",
        "Allow it when the browser asks.",
      ];
    },
  },
  {
    id: "sandbox",
    title: "Sandbox of the frame",
    judge({ sandbox }) {
      if (!sandbox) return UNKNOWN;
      const remedy = SANDBOX_REMEDY;
      if (sandbox.origin === "null")
        return [
          "bad",
          "the page has no origin, because allow-same-origin is missing",
          remedy,
        ];
      if (sandbox.flags === null) return ["good", "none"];
      if (!sandbox.flags) return UNKNOWN;
      const missing = NEEDED_FLAGS.filter(
        (flag) => !sandbox.flags?.includes(flag),
      );
      return missing.length > 0
        ? ["bad", `without ${missing.join(", ")}`, remedy]
        : ["good", "with all that is needed"];
    },
  },
  {
    id: "csp",
    title: "Content security policy",
    judge({ violations, wasm }) {
      if (wasm !== false && !violations) return UNKNOWN;
      const told = (violations ?? []).map(
        ({ directive, blocked }) => `${directive} blocks ${blocked}`,
      );
      if (wasm === false)
        return [
          "bad",
          some([...new Set(["WebAssembly may not be compiled", ...told])]),
          "Add 'wasm-unsafe-eval' to script-src of the instance's policy, and what else is blocked.",
        ];
      if (told.length === 0) return ["good", "nothing was blocked"];
      return [
        "bad",
        some([...new Set(told)]),
        "Add these origins to the instance's policy (sys_response_header).",
      ];
    },
  },
  {
    id: "clock",
    title: "Clock",
    judge({ clock }) {
      if (!clock) return UNKNOWN;
      const seconds = Math.round((clock.browserMs - clock.serverMs) / 1000);
      const found = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} the instance`;
      const wrong = seconds > MOST_AHEAD_S || seconds < -MOST_BEHIND_S;
      return wrong
        ? [
            "bad",
            found,
            "Let the computer set its clock by itself: offers from the future are refused, and so are sign-ins.",
          ]
        : ["good", found];
    },
  },
];

/** @type {import("./check.js").Verdict} */
const UNKNOWN = ["unknown", "not known"];
/** Where the sign-in of an origin that is not approved ends, at an error page of Amazon Connect. */
const UNRETURNED = ["SIGN_IN_TIMEOUT", "SIGN_IN_WINDOW_CLOSED"];
/** Those that tell another origin which page it is. */
const SENDING = [
  "strict-origin-when-cross-origin",
  "origin-when-cross-origin",
  "origin",
  "strict-origin",
  "no-referrer-when-downgrade",
  "unsafe-url",
];
export const SANDBOX_REMEDY =
  'In the OpenFrame configuration, add to the sandbox flags what is missing, or switch "Enforce sandbox restrictions" off.';
/** For sign-in in a window, Amazon's frame inside, and the phone's own storage. */
export const NEEDED_FLAGS = [
  "allow-scripts",
  "allow-same-origin",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-forms",
];
const MOST_AHEAD_S = 5; // The server's time was taken before the page came.
const MOST_BEHIND_S = 60;
