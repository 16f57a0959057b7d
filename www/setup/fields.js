// @ts-check
/**
 * The inputs of the check as people call them.
 *
 * @typedef {import("connect-softphone/setup").Field} Field
 */

/** In the order in which they are shown. @type {Record<Field, string>} */
export const LABELS = {
  instanceUrl: "Instance URL",
  ccpUrl: "CCP URL",
  instanceArn: "Instance ARN",
  ssoLoginUrl: "SSO Login URL",
  relayState: "Relay state",
  acsUrl: "ACS URL",
  userName: "User name",
  csv: "CSV of users",
  initCcp: "Parameters of initCCP",
  samlResponse: "SAML response",
  idpMetadata: "Metadata of the identity provider",
  certificate: "Certificate",
};

export const FIELDS = /** @type {Field[]} */ (Object.keys(LABELS));

/** The input that a finding is about: that of `initCcp.softphone` is `initCcp`. @param {string} field */
export function inputOf(field) {
  return /** @type {Field} */ (field.split(".")[0]);
}

/** "2 errors and 1 warning", or "" if there is neither. @param {readonly { severity: string }[]} findings */
export function counted(findings) {
  const count = (/** @type {string} */ severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count > 1 ? "s" : ""}`];
  };
  return [...count("error"), ...count("warning")].join(" and ");
}
