// @ts-check
// The event `openframe_awa_client_offer`: what has become of an offer (`offerContext`). Its codes are documented [D], the form of
// its payload is not: result and code are looked for wherever they are.

/** @typedef {{ result: "success" | "error" | "partialSuccess" | "unknown", code?: string, message: string, remedy: string }} OfferAnswer */

/** Code → a sentence for the agent, and what the administrator can do. */
export const offerErrors = new Map([
  [
    "AWA_EXTUSER_ROLE_CHECK_FAILED",
    [
      "Take the call in the phone: ServiceNow did not accept it for you.",
      "Give the agent the role awa_external_user.",
    ],
  ],
  [
    "AWA_AGENT_NOT_AVAILABLE",
    [
      "Set yourself to Available in ServiceNow, too.",
      "Map the agent's Connect state to a presence state that receives work, and check the agent's capacity for the phone channel.",
    ],
  ],
  [
    "AWA_OFFER_ASSIGNMENT_PAYLOAD_MISSING",
    [
      "Take the call in the phone: ServiceNow could not show it.",
      "The offer came without its assignment. Update connect-softphone and OpenFrame, and report this.",
    ],
  ],
  [
    "AWA_OFFER_QUEUEID_MISSING",
    [
      "Take the call in the phone: ServiceNow does not know its queue.",
      "Put the ARN of the Connect queue into the field Provider Queue ID of the AWA queue.",
    ],
  ],
  [
    "AWA_ASSIGNMENT_OFFEREDON_FUTURE",
    [
      "Take the call in the phone: this computer's clock is ahead.",
      "Set the clock of the agent's computer by a time server.",
    ],
  ],
  [
    "AWA_ASSIGNMENT_OFFEREDON_INVALID_FORMAT",
    [
      "Take the call in the phone: ServiceNow could not read its time.",
      "The instance does not read times such as Fri, 19 Dec 2025 13:07:59 GMT. Update OpenFrame, or switch offers off with connect_softphone.icc.offer.",
    ],
  ],
  [
    "AWA_OFFER_EXTERNALID_MISSING",
    [
      "Take the call in the phone: ServiceNow could not identify it.",
      "The offer came without the id of its call. Update connect-softphone and OpenFrame, and report this.",
    ],
  ],
]);

/** What ServiceNow calls the results [D]. @type {readonly OfferAnswer["result"][]} */
const results = ["success", "error", "partialSuccess"];

const deepest = 4;
const mostValues = 200;

/**
 * @param {unknown} payload as the callback of `subscribe` gets it
 * @returns {OfferAnswer}
 */
export function readOfferAnswer(payload) {
  const texts = textsOf(payload);
  const code =
    texts.find((one) => offerErrors.has(one)) ??
    texts
      .map((one) => /\bAWA_[A-Z0-9_]{3,80}\b/.exec(one)?.[0])
      .find((one) => one !== undefined);
  const told = results.find((one) => texts.includes(one));
  const result = told ?? (code ? "error" : "unknown");
  const known = code && offerErrors.get(code);
  if (known) return { result, code, message: known[0], remedy: known[1] };
  if (result === "success") return { result, message: "", remedy: "" };
  return {
    result,
    ...(code ? { code } : {}),
    message: "Take the call in the phone: ServiceNow did not show it.",
    remedy: `ServiceNow answered an offer with ${code ?? "something that is not documented"}. Look for it in the system log, or switch offers off with connect_softphone.icc.offer.`,
  };
}

/** All texts in it, as far as it is worth looking. @param {unknown} payload */
function textsOf(payload) {
  /** @type {string[]} */
  const texts = [];
  let left = mostValues;
  /** @param {unknown} value @param {number} depth */
  const look = (value, depth) => {
    left -= 1;
    if (left < 0 || depth > deepest) return;
    if (typeof value === "string") texts.push(...unfolded(value, depth, look));
    else if (typeof value === "object" && value !== null)
      for (const one of Object.values(value)) look(one, depth + 1);
  };
  look(payload, 0);
  return texts;
}

/** A text, or what it holds as JSON. @param {string} text @param {number} depth @param {(value: unknown, depth: number) => void} look @returns {string[]} */
function unfolded(text, depth, look) {
  const short = text.slice(0, 10_000);
  if (!/^\s*[{[]/.test(short)) return [short];
  try {
    look(JSON.parse(short), depth + 1);
    return [];
  } catch {
    return [short];
  }
}
