// @ts-check
const SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
const SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol";
const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const DS = "http://www.w3.org/2000/09/xmldsig#";
const EXC = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INC = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/** @typedef {{ issuer: string, audience: string, acs: string, login: string, attributes: Record<string, string> }} Facts */

/**
 * @typedef {object} How
 * @property {string} [method] of the signature, default RSA with SHA-256
 * @property {string} [digest]
 * @property {string} [info] the canonicalisation of the SignedInfo
 * @property {string | null} [c14n] that of the reference; null for none
 * @property {string} [prefixes] PrefixList
 * @property {string} [prefix] of the signature's elements
 * @property {boolean} [bare] no KeyInfo
 */

/** A signature to be filled in by xmlsec1. @param {string} id @param {How} how */
function signature(id, how) {
  const p = how.prefix ?? "ds:";
  const list =
    how.prefixes === undefined
      ? ""
      : `<ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="${how.prefixes}"/>`;
  const c14n =
    how.c14n === null
      ? ""
      : `<${p}Transform Algorithm="${how.c14n ?? EXC}">${list}</${p}Transform>`;
  const info = how.bare ? "" : `<${p}KeyInfo><${p}X509Data/></${p}KeyInfo>`;
  return `<${p}Signature xmlns${p ? `:${p.slice(0, -1)}` : ""}="${DS}">
  <${p}SignedInfo>
    <${p}CanonicalizationMethod Algorithm="${how.info ?? EXC}"/>
    <${p}SignatureMethod Algorithm="${how.method ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"}"/>
    <${p}Reference URI="#${id}">
      <${p}Transforms><${p}Transform Algorithm="${DS}enveloped-signature"/>${c14n}</${p}Transforms>
      <${p}DigestMethod Algorithm="${how.digest ?? "http://www.w3.org/2001/04/xmlenc#sha256"}"/>
      <${p}DigestValue/>
    </${p}Reference>
  </${p}SignedInfo>
  <${p}SignatureValue/>${info}
</${p}Signature>`;
}

/**
 * A response. With the style `saml` as Okta writes it; `microsoft` with the namespaces as Microsoft Entra ID and AD FS
 * write them; `odd` with what XML allows.
 *
 * @param {Facts} facts
 * @param {"saml" | "microsoft" | "odd"} style
 * @param {{ assertion?: string, response?: string }} [signatures]
 */
function message(facts, style, signatures = {}) {
  const now = new Date().toISOString();
  const later = new Date(Date.now() + 300_000).toISOString();
  const s = style === "microsoft" ? "" : "saml:";
  const declared =
    style === "microsoft" ? `xmlns="${SAML}"` : `xmlns:saml="${SAML}"`;
  const values = Object.entries(facts.attributes).map(([name, value]) =>
    style === "microsoft"
      ? `<Attribute Name="${name}"><AttributeValue>${value}</AttributeValue></Attribute>`
      : `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${value}</saml:AttributeValue></saml:Attribute>`,
  );
  const odd =
    style === "odd"
      ? `<saml:Attribute Name='odd &quot;names&quot; &#9;&#10;' FriendlyName="a
b	c" xmlns:b="urn:b" xmlns:a="urn:a" b:x="1" a:y="2" xml:lang="de"><!-- a comment --><saml:AttributeValue><![CDATA[<&>]]> &lt;&amp;&gt; &#13; ü 😀</saml:AttributeValue><?target some data?><saml:AttributeValue/></saml:Attribute>`
      : "";
  const response = `<samlp:Response xmlns:samlp="${SAMLP}"${style === "odd" ? ` xmlns="urn:default" xmlns:unused="urn:unused" xml:lang="en" xml:space="preserve"` : ""} ID="_response" Version="2.0" IssueInstant="${now}" Destination="${facts.acs}"><${s}Issuer ${declared}>${facts.issuer}</${s}Issuer>${signatures.response ?? ""}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><${s}Assertion ${declared} ID="_assertion" IssueInstant="${now}" Version="2.0"><${s}Issuer>${facts.issuer}</${s}Issuer>${signatures.assertion ?? ""}<${s}Subject><${s}NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${facts.login}</${s}NameID><${s}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><${s}SubjectConfirmationData NotOnOrAfter="${later}" Recipient="${facts.acs}"/></${s}SubjectConfirmation></${s}Subject><${s}Conditions NotBefore="${now}" NotOnOrAfter="${later}"><${s}AudienceRestriction><${s}Audience>${facts.audience}</${s}Audience></${s}AudienceRestriction></${s}Conditions><${s}AttributeStatement>${values.join("")}${odd}</${s}AttributeStatement><${s}AuthnStatement AuthnInstant="${now}" SessionIndex="_assertion"><${s}AuthnContext><${s}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</${s}AuthnContextClassRef></${s}AuthnContext></${s}AuthnStatement></${s}Assertion></samlp:Response>`;
  return style === "odd"
    ? `<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- before -->\r\n${response.replaceAll("><saml:", ">\r\n\t<saml:")}\r\n<!-- after -->\r\n`
    : response;
}

/** @param {string} id @param {string} signed */
const metadata = (id, signed) =>
  `<md:EntityDescriptor xmlns:md="${MD}" xmlns:ds="${DS}" ID="${id}" entityID="https://idp.acme.example/saml">${signed}<md:IDPSSODescriptor protocolSupportEnumeration="${SAMLP}"><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.acme.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;

/** What xmlsec1 signs. @param {Facts} facts */
function all(facts) {
  const more = "http://www.w3.org/2001/04/xmldsig-more#";
  const enc = "http://www.w3.org/2001/04/xmlenc#";
  /** @type {{ name: string, key: string, xml: string }[]} */
  const list = [];
  /** @param {string} name @param {string} key @param {How} how @param {"saml" | "microsoft" | "odd"} [style] */
  const add = (name, key, how, style = "saml") => {
    const assertion = signature("_assertion", how);
    list.push({
      name: `assertion-${name}`,
      key,
      xml: message(facts, style, { assertion }),
    });
    const response = signature("_response", how);
    list.push({
      name: `response-${name}`,
      key,
      xml: message(facts, style, { response }),
    });
  };
  add("microsoft", "rsa", { prefix: "" }, "microsoft");
  add("rsa-sha384", "rsa", {
    method: `${more}rsa-sha384`,
    digest: `${more}sha384`,
  });
  add("rsa4096-sha512", "large", {
    method: `${more}rsa-sha512`,
    digest: `${enc}sha512`,
  });
  add("p256-sha256", "p256", { method: `${more}ecdsa-sha256` });
  add("p256-sha1", "p256", {
    method: `${more}ecdsa-sha1`,
    digest: `${DS}sha1`,
  });
  add("p256-sha512", "p256", { method: `${more}ecdsa-sha512` });
  add("p384-sha256", "p384", { method: `${more}ecdsa-sha256` });
  add("p384-sha384", "p384", {
    method: `${more}ecdsa-sha384`,
    digest: `${more}sha384`,
  });
  add("prefixes", "rsa", { prefixes: "xs xsi saml" });
  add("default-prefix", "rsa", { prefixes: "#default a" }, "odd");
  add(
    "comments",
    "rsa",
    { c14n: `${EXC}WithComments`, info: `${EXC}WithComments` },
    "odd",
  );
  add("odd", "rsa", {}, "odd");
  add("inclusive", "rsa", { c14n: INC, info: INC }, "odd");
  add(
    "inclusive-comments",
    "rsa",
    { c14n: `${INC}#WithComments`, info: `${INC}#WithComments` },
    "odd",
  );
  add("inclusive-saml", "rsa", { c14n: INC, info: INC });
  add("no-c14n", "rsa", { c14n: null }, "odd");
  add("no-key-info", "rsa", { bare: true });
  list.push({
    name: "metadata",
    key: "rsa",
    xml: metadata("_metadata", signature("_metadata", {})),
  });
  return list;
}

export const templates = { SAML, SAMLP, MD, message, all };
