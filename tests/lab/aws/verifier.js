// @ts-check
import { SAML } from "@node-saml/node-saml";
import { Refusal } from "../error-page.js";
import { ATTRIBUTE, AUDIENCE, ROLE } from "../idp/assertion.js";

/**
 * Whom a verified assertion lets into the console.
 *
 * @typedef {{ username: string, durationMs: number }} Principal
 */

/** Verifies SAML responses as AWS sign-in does, by AWS's own clock. */
export class Verifier {
  #saml;
  #now;
  /** The ids of used assertions, each with the time when it expires anyway. @type {Map<string, number>} */
  #used = new Map();

  /**
   * @param {object} trust
   * @param {string} trust.certificate PEM of the trusted identity provider
   * @param {string[]} trust.acs
   * @param {() => number} trust.now AWS's clock, epoch milliseconds
   */
  constructor({ certificate, acs, now }) {
    this.#now = now;
    this.acs = acs;
    this.#saml = new ByClock(now, {
      idpCert: certificate,
      issuer: AUDIENCE,
      audience: AUDIENCE,
      callbackUrl: acs[0],
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
    });
  }

  /**
   * Verifies signature, audience, validity period, recipient and attributes, and that the assertion has not been used before.
   *
   * @param {string | undefined} samlResponse base64
   * @returns {Promise<Principal>}
   * @throws {Refusal}
   */
  async verify(samlResponse) {
    if (!samlResponse)
      throw new Refusal(400, "The request contains no SAML response.");
    const profile = await this.#profile(samlResponse);
    const assertion = profile.getAssertion?.().Assertion;
    this.#checkSubject(assertion);
    const principal = principalOf(profile.attributes ?? {});
    this.#useOnce(assertion);
    return principal;
  }

  /** @param {string} samlResponse */
  async #profile(samlResponse) {
    try {
      const { profile } = await this.#saml.validatePostResponseAsync({
        SAMLResponse: samlResponse,
      });
      if (profile) return /** @type {any} */ (profile);
    } catch (error) {
      throw new Refusal(
        400,
        `The SAML response was refused: ${/** @type {Error} */ (error).message}.`,
      );
    }
    throw new Refusal(400, "The SAML response contains no assertion.");
  }

  /**
   * node-saml checks these only for responses to a request of its own, and here sign-in begins at the identity provider.
   *
   * @param {any} assertion as xml2js reads it
   */
  #checkSubject(assertion) {
    const data =
      assertion?.Subject?.[0]?.SubjectConfirmation?.[0]
        ?.SubjectConfirmationData?.[0]?.$;
    if (!this.acs.includes(data?.Recipient))
      throw new Refusal(
        400,
        `The SAML response was refused: its recipient is ${data?.Recipient ?? "missing"}, not ${this.acs.join(" or ")}.`,
      );
    if (!(Date.parse(data.NotOnOrAfter) > this.#now()))
      throw new Refusal(
        400,
        "The SAML response was refused: its subject confirmation has expired.",
      );
  }

  /** @param {any} assertion as xml2js reads it */
  #useOnce(assertion) {
    const now = this.#now();
    for (const [id, until] of this.#used)
      if (until <= now) this.#used.delete(id);
    const { ID } = assertion.$;
    if (this.#used.has(ID))
      throw new Refusal(
        400,
        "The SAML response was refused: this assertion has been used before.",
      );
    this.#used.set(
      ID,
      Date.parse(
        assertion.Subject[0].SubjectConfirmation[0].SubjectConfirmationData[0].$
          .NotOnOrAfter,
      ),
    );
  }
}

/** node-saml on AWS's clock instead of the machine's. */
class ByClock extends SAML {
  /**
   * @param {() => number} now
   * @param {ConstructorParameters<typeof SAML>[0]} options
   */
  constructor(now, options) {
    super(options);
    this.now = now;
  }

  /**
   * @override
   * @param {number} _machineMs
   * @param {string} notBefore
   * @param {string} notOnOrAfter
   * @param {number} [maxTimeLimitMs]
   */
  checkTimestampsValidityError(
    _machineMs,
    notBefore,
    notOnOrAfter,
    maxTimeLimitMs,
  ) {
    return super.checkTimestampsValidityError(
      this.now(),
      notBefore,
      notOnOrAfter,
      maxTimeLimitMs,
    );
  }
}

/**
 * @param {Record<string, unknown>} attributes
 * @returns {Principal}
 */
function principalOf(attributes) {
  const roles = [attributes[`${ATTRIBUTE}Role`] ?? []].flat();
  if (roles.length !== 1)
    throw new Refusal(
      400,
      `The SAML response contains ${roles.length} roles, expected exactly one: with several, AWS asks the user to choose on a page that a softphone cannot show.`,
    );
  if (!sameRole(String(roles[0]), ROLE))
    throw new Refusal(
      403,
      `Not authorized to assume the role ${roles[0]}. This account trusts ${ROLE}.`,
    );
  const username = String(attributes[`${ATTRIBUTE}RoleSessionName`] ?? "");
  if (!ROLE_SESSION_NAME.test(username))
    throw new Refusal(
      400,
      `RoleSessionName is “${username}”, expected 2 to 64 characters of a-z, A-Z, 0-9 and _ + = , . @ -.`,
    );
  const seconds = Number(attributes[`${ATTRIBUTE}SessionDuration`] ?? 3_600);
  if (!(seconds >= 900 && seconds <= 43_200))
    throw new Refusal(
      400,
      `SessionDuration is ${seconds}, expected 900 to 43200 seconds.`,
    );
  return { username, durationMs: seconds * 1000 };
}

/** Role and provider may be in either order. @param {string} found @param {string} expected */
function sameRole(found, expected) {
  const parts = (/** @type {string} */ pair) =>
    pair
      .split(",")
      .map((arn) => arn.trim())
      .sort()
      .join();
  return parts(found) === parts(expected);
}

/** Source: IAM User Guide, "Configure SAML assertions for the response", RoleSessionName. */
const ROLE_SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
