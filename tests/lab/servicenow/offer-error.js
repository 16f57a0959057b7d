// @ts-check
import { isRfc1123 } from "./shape.js";

/**
 * What the instance answers to an offer: the codes of `openframe_awa_client_offer`.
 *
 * @param {any} offer
 * @param {{ nowMs: number, roles: string[], available: boolean }} instance
 * @returns {{ code: string, message: string } | undefined} undefined: it is taken
 */
export function offerError(offer, { nowMs, roles, available }) {
  const assignment = offer?.assignment;
  const offeredOn = assignment?.offeredOn;
  const { transferContent } = offer ?? {};
  const code = !roles.some((role) =>
    ["awa_external_user", "admin"].includes(role),
  )
    ? "AWA_EXTUSER_ROLE_CHECK_FAILED"
    : !available
      ? "AWA_AGENT_NOT_AVAILABLE"
      : !assignment
        ? "AWA_OFFER_ASSIGNMENT_PAYLOAD_MISSING"
        : !offer.queueId && !transferContent?.targetId
          ? "AWA_OFFER_QUEUEID_MISSING"
          : typeof offeredOn !== "string" || !isRfc1123(offeredOn)
            ? "AWA_ASSIGNMENT_OFFEREDON_INVALID_FORMAT"
            : Date.parse(offeredOn) > nowMs
              ? "AWA_ASSIGNMENT_OFFEREDON_FUTURE"
              : !offer.externalId
                ? "AWA_OFFER_EXTERNALID_MISSING"
                : undefined;
  return code && { code, message: OFFER_ERRORS[code] };
}

/** @type {Record<string, string>} */
const OFFER_ERRORS = {
  AWA_EXTUSER_ROLE_CHECK_FAILED:
    "User does not have the awa_external_user role.",
  AWA_AGENT_NOT_AVAILABLE: "Agent is not available to receive work.",
  AWA_OFFER_ASSIGNMENT_PAYLOAD_MISSING:
    "Assignment payload is empty or undefined in the offerContext.",
  AWA_OFFER_QUEUEID_MISSING:
    "Transfer Source queue ID is missing in the offerContext.",
  AWA_ASSIGNMENT_OFFEREDON_FUTURE: "OfferedOn time is in future.",
  AWA_ASSIGNMENT_OFFEREDON_INVALID_FORMAT:
    'OfferedOn date format is invalid, Please send it in "Www, dd Mmm yyyy HH:mm:ss GMT" UTC format.',
  AWA_OFFER_EXTERNALID_MISSING: "ExternalId is missing in the offerContext.",
};
