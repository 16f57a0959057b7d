// @ts-check
import { randomBytes } from "node:crypto";
import samlify from "samlify";
import { generate } from "selfsigned";

/** The audience of every assertion for AWS. Source: IAM User Guide, "Configure SAML assertions for the response". */
export const AUDIENCE = "urn:amazon:webservices";

/** Prefix of the attributes that AWS reads. Source: as above. */
export const ATTRIBUTE = "https://aws.amazon.com/SAML/Attributes/";

/** The role that agents assume, and the identity provider as AWS knows it: `<role-arn>,<provider-arn>`. */
export const ROLE =
  "arn:aws:iam::111122223333:role/connect-agent,arn:aws:iam::111122223333:saml-provider/acme";

/**
 * What tests can change in the assertions that follow. Whatever is absent is correct.
 *
 * @typedef {object} AssertionOverrides
 * @property {string} [id] the assertion's id, default random
 * @property {string} [audience] default `urn:amazon:webservices`
 * @property {string} [recipient] default the ACS of AWS sign-in
 * @property {string | string[]} [role] `<role-arn>,<provider-arn>`, one or more
 * @property {string} [roleSessionName] default the `username` of the user who signed in
 * @property {number} [sessionDurationS] seconds, 900 to 43200, default 43200
 * @property {number} [notBeforeMs] epoch milliseconds, default five minutes ago
 * @property {number} [notOnOrAfterMs] epoch milliseconds, default in five minutes
 * @property {boolean} [tamper] true: the user name is changed after signing, which breaks the signature
 */

/**
 * An identity provider's signing key with its certificate, both PEM.
 *
 * @typedef {{ privateKey: string, certificate: string }} Signer
 */

/**
 * Makes a new 2048-bit RSA key pair and its certificate, in about a third of a second.
 *
 * @returns {Promise<Signer>}
 */
export async function makeSigner() {
  const pems = await generate(
    [{ name: "commonName", value: "acme.okta.localhost" }],
    { keySize: 2048, algorithm: "sha256" },
  );
  return { privateKey: pems.private, certificate: pems.cert };
}

/**
 * Builds a SAML response for AWS sign-in with one assertion, signed with RSA-SHA256.
 *
 * @param {object} facts
 * @param {Signer} facts.signer
 * @param {string} facts.issuer
 * @param {string} facts.acs the URL to which the response will be posted
 * @param {string} facts.login the subject
 * @param {string} facts.username the Connect user name; case matters
 * @param {number} facts.nowMs the identity provider's clock
 * @param {AssertionOverrides} overrides
 * @returns {string} base64, the value of the form field `SAMLResponse`
 */
export function signedResponse(
  { signer, issuer, acs, login, username, nowMs },
  overrides,
) {
  const roles = [overrides.role ?? ROLE].flat();
  const filled = samlify.SamlLib.replaceTagsByValue(template(roles), {
    ResponseId: newId(),
    AssertionId: overrides.id ?? newId(),
    Issuer: issuer,
    Acs: acs,
    Login: login,
    Recipient: overrides.recipient ?? acs,
    Audience: overrides.audience ?? AUDIENCE,
    IssueInstant: iso(nowMs),
    NotBefore: iso(overrides.notBeforeMs ?? nowMs - FIVE_MINUTES),
    NotOnOrAfter: iso(overrides.notOnOrAfterMs ?? nowMs + FIVE_MINUTES),
    RoleSessionName: overrides.roleSessionName ?? username,
    SessionDuration: overrides.sessionDurationS ?? 43_200,
    ...Object.fromEntries(roles.map((role, index) => [`Role${index}`, role])),
  });
  const signed = samlify.SamlLib.constructSAMLSignature({
    rawSamlMessage: filled,
    referenceTagXPath:
      "/*[local-name(.)='Response']/*[local-name(.)='Assertion']",
    privateKey: signer.privateKey,
    signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    signingCert: signer.certificate.replace(/-----[^-]+-----|\s/g, ""),
    signatureConfig: {
      prefix: "ds",
      location: {
        reference: "/*[local-name(.)='Response']/*/*[local-name(.)='Issuer']",
        action: "after",
      },
    },
    isBase64Output: false,
  });
  const sent = overrides.tamper ? tampered(signed) : signed;
  return Buffer.from(sent).toString("base64");
}

/** Changes the user name after signing, so that the signature no longer matches. @param {string} xml */
function tampered(xml) {
  return xml.replace(
    /(RoleSessionName"[^>]*>\s*<saml:AttributeValue>)[^<]*/,
    "$1grace@example.com",
  );
}

/**
 * Replaces samlify's own template, whose empty InResponseTo an IdP-initiated response must not have.
 *
 * @param {string[]} roles
 */
function template(roles) {
  const attribute = (/** @type {string} */ name, /** @type {string} */ tags) =>
    `<saml:Attribute Name="${ATTRIBUTE}${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">${tags}</saml:Attribute>`;
  const value = (/** @type {string} */ tag) =>
    `<saml:AttributeValue>{${tag}}</saml:AttributeValue>`;
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ResponseId}" Version="2.0" IssueInstant="{IssueInstant}" Destination="{Acs}">`,
    `<saml:Issuer>{Issuer}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>`,
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{AssertionId}" Version="2.0" IssueInstant="{IssueInstant}">`,
    `<saml:Issuer>{Issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{Login}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{NotOnOrAfter}" Recipient="{Recipient}"/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="{NotBefore}" NotOnOrAfter="{NotOnOrAfter}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{AssertionId}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement>`,
    attribute("Role", roles.map((_, index) => value(`Role${index}`)).join("")),
    attribute("RoleSessionName", value("RoleSessionName")),
    attribute("SessionDuration", value("SessionDuration")),
    `</saml:AttributeStatement></saml:Assertion></samlp:Response>`,
  ].join("");
}

/** @param {number} ms */
const iso = (ms) => new Date(ms).toISOString();

const newId = () => `id${randomBytes(16).toString("hex")}`;

const FIVE_MINUTES = 300_000;
