// @ts-check
import { SAML } from "@node-saml/node-saml";
import { ATTRIBUTE, AUDIENCE, ROLE } from "../idp/assertion.js";
import { Refusal } from "../error-page.js";

/**
 * Who may now sign in to the console.
 *
 * @typedef {{ username: string, durationMs: number }} Principal
 */

/** Checks SAML responses the way AWS sign-in does, by AWS's own clock. */
export class Verifier {
  #saml;
  #now;
  /** Assertion ids already used, with the time from which they are too old anyway. @type {Map<string, number>} */
  #used = new Map();

  /**
   * @param {object} trust
   * @param {string} trust.certificate PEM of the one identity provider that is trusted
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
   * Verifies signature, audience, times, recipient and the attributes, and that the assertion is used once.
   *
   * @param {string | undefined} samlResponse base64
   * @returns {Promise<Principal>}
   * @throws {Refusal}
   */
  async verify(samlResponse) {
    if (!samlResponse)
      throw new Refusal(400, "The request carries no SAML response.");
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
    throw new Refusal(400, "The SAML response has no assertion.");
  }

  /**
   * node-saml looks at these only when it sent a request itself, and ours begin at the identity provider.
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

/** node-saml with another clock than the machine's. */
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
      `The SAML response carries ${roles.length} roles. Exactly one is needed: with several, people would have to choose on a page that a phone cannot show.`,
    );
  if (!sameRole(String(roles[0]), ROLE))
    throw new Refusal(
      403,
      `Not authorized to assume the role ${roles[0]}. The trust policy of this account knows ${ROLE}.`,
    );
  const username = String(attributes[`${ATTRIBUTE}RoleSessionName`] ?? "");
  if (!ROLE_SESSION_NAME.test(username))
    throw new Refusal(
      400,
      `RoleSessionName must have 2 to 64 characters of a-z, A-Z, 0-9 and _ + = , . @ -, and not “${username}”.`,
    );
  const seconds = Number(attributes[`${ATTRIBUTE}SessionDuration`] ?? 3_600);
  if (!(seconds >= 900 && seconds <= 43_200))
    throw new Refusal(
      400,
      `SessionDuration must be 900 to 43200 seconds, and not ${seconds}.`,
    );
  return { username, durationMs: seconds * 1000 };
}

/** Role and provider may come in either order. @param {string} found @param {string} expected */
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
