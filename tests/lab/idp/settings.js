// @ts-check
/** What the identity provider can be set to. A change takes effect with the next request. */
export const IDP_SETTINGS = {
  framing: {
    type: "boolean",
    default: true,
    says: "Pages may be framed. `false`: every response carries `X-Frame-Options: DENY`.",
  },
  refusesFramingOf: {
    type: "string|null",
    default: /** @type {string | null} */ (null),
    says: "Only these pages may not be framed: `login` is the form for password and code, `sso` everything of the SSO Login URL, and its redirects.",
  },
  sameSite: {
    type: "string",
    default: "None",
    says: "The `SameSite` of the session's cookie. `Lax`: a frame of another site has no session.",
  },
  delayMs: {
    type: "number",
    default: 0,
    says: "How long each answer takes, in milliseconds.",
  },
  down: {
    type: "boolean|number",
    default: /** @type {boolean | number} */ (false),
    says: "`true`: every connection is cut. A number: every answer has this HTTP status.",
  },
  coop: {
    type: "boolean",
    default: false,
    says: "Pages carry `Cross-Origin-Opener-Policy: same-origin`, which severs a window from its opener.",
  },
  firstRequestWins: {
    type: "boolean",
    default: false,
    says: "A request that has to wait for the password is stored in a cookie for ten minutes, and it is the one that is answered then, whatever else was asked for meanwhile.",
  },
  mfa: {
    type: "boolean",
    default: false,
    says: "Asks for a code on a second page after the password, once per session. Sessions begun by `POST /control/idp/sessions` still have to enter it.",
  },
  mfaCode: {
    type: "string",
    default: "246810",
    says: "The code that is accepted.",
  },
  assertion: {
    type: "object",
    default: /** @type {import("./assertion.js").AssertionOverrides} */ ({}),
    says: "What to change in the assertions it issues; see `AssertionOverrides` in tests/lab/idp/assertion.js. A new value replaces the old one.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof IDP_SETTINGS>} IdpSettings */
