// @ts-check
/** What the identity provider can be set to. Each setting counts from the next request on. */
export const IDP_SETTINGS = {
  framing: {
    type: "boolean",
    default: true,
    says: "Pages may be framed. `false`: `X-Frame-Options: DENY` on everything it serves.",
  },
  delayMs: {
    type: "number",
    default: 0,
    says: "How long each answer takes, in milliseconds.",
  },
  down: {
    type: "boolean|number",
    default: /** @type {boolean | number} */ (false),
    says: "`true`: connections are cut. A number: every answer has this HTTP status.",
  },
  coop: {
    type: "boolean",
    default: false,
    says: "Pages carry `Cross-Origin-Opener-Policy: same-origin`, which cuts a window’s tie to its opener.",
  },
  mfa: {
    type: "boolean",
    default: false,
    says: "After the password, a code is asked for on a page of its own, once per session. A session begun by `POST /control/idp/sessions` has not given one yet.",
  },
  mfaCode: {
    type: "string",
    default: "246810",
    says: "The code that is accepted.",
  },
  assertion: {
    type: "object",
    default: /** @type {import("./assertion.js").AssertionOverrides} */ ({}),
    says: "What differs from a correct assertion, in every assertion from now on; see `AssertionOverrides` in tests/lab/idp/assertion.js. A new value replaces the old one.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof IDP_SETTINGS>} IdpSettings */
