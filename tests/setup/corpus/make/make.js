// @ts-nocheck: it uses packages that the project does not depend on.
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import samlify from "samlify";
import { SAML } from "@node-saml/node-saml";
import { SignedXml } from "xml-crypto";
import { signedResponse } from "../../../lab/idp/assertion.js";
import { canonicalForms } from "./c14n.js";
import { templates } from "./templates.js";

/*
 * Makes ../saml and ../c14n.json anew, with new keys, which are thrown away:
 *
 *   apt-get install xmlsec1 python3-pysaml2 simplesamlphp php-xml liblasso-perl
 *   node tests/setup/corpus/make/make.js
 *
 * Nothing runs this but a person: what it makes is what the tests read. The issuers are samlify, node-saml, samlp (the
 * library of Auth0), pysaml2, SimpleSAMLphp, Lasso (the library of LemonLDAP::NG) and xmlsec1 itself.
 */
const here = import.meta.dirname;
const out = path.join(here, "..", "saml");
const facts = JSON.parse(readFileSync(path.join(here, "facts.json"), "utf8"));
const work = mkdtempSync(path.join(tmpdir(), "corpus-"));
const at = (name) => path.join(work, name);
const read = (name) => readFileSync(at(name), "utf8");
const run = (program, ...args) =>
  execFileSync(program, args, { cwd: work, encoding: "utf8", stdio: "pipe" });

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const save = (name, text) => writeFileSync(path.join(out, name), text);

// Keys and certificates.
for (const [name, ...kind] of [
  ["rsa", "rsa:2048"],
  ["other", "rsa:2048"],
  ["large", "rsa:4096"],
  ["p256", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
  ["p384", "ec", "-pkeyopt", "ec_paramgen_curve:secp384r1"],
]) {
  run(
    ...["openssl", "req", "-x509", "-nodes", "-sha256", "-days", "7300"],
    ...["-newkey", ...kind, "-keyout", at(`${name}.key`)],
    ...["-out", at(`${name}.pem`), "-subj", "/CN=idp.acme.example/O=Acme"],
  );
  save(`${name}.pem`, read(`${name}.pem`));
}
const signer = { privateKey: read("rsa.key"), certificate: read("rsa.pem") };
const bare = signer.certificate.replace(/-----[^-]+-----|\s/g, "");

// samlify, as the lab uses it, and its metadata.
const attribute = "https://aws.amazon.com/SAML/Attributes/";
const encoded = signedResponse(
  {
    signer,
    issuer: facts.issuer,
    acs: facts.acs,
    login: facts.login,
    username: facts.attributes[`${attribute}RoleSessionName`],
    nowMs: Date.now(),
  },
  { role: facts.attributes[`${attribute}Role`] },
);
const text = (base64) => Buffer.from(base64, "base64").toString();
save("samlify-assertion-sha256.xml", text(encoded));
for (const [name, method] of [
  ["response-sha1", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"],
  ["response-sha512", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"],
])
  save(
    `samlify-${name}.xml`,
    samlify.SamlLib.constructSAMLSignature({
      rawSamlMessage: templates.message(facts, "saml"),
      privateKey: signer.privateKey,
      signatureAlgorithm: method,
      signingCert: bare,
      signatureConfig: {
        prefix: "ds",
        location: {
          reference: "/*[local-name(.)='Response']/*[local-name(.)='Issuer']",
          action: "after",
        },
      },
      isBase64Output: false,
      isMessageSigned: true,
    }),
  );
save(
  "samlify-metadata.xml",
  samlify
    .IdentityProvider({
      entityID: facts.issuer,
      signingCert: signer.certificate,
      singleSignOnService: [
        {
          Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
          Location: "https://idp.acme.example/sso",
        },
      ],
    })
    .getMetadata(),
);

// node-saml: its metadata, and a logout request, which it signs.
const nodeSaml = new SAML({
  callbackUrl: facts.acs,
  issuer: facts.issuer,
  entryPoint: "https://idp.acme.example/sso",
  logoutUrl: "https://idp.acme.example/slo",
  idpCert: signer.certificate,
  privateKey: signer.privateKey,
  publicCert: signer.certificate,
  signatureAlgorithm: "sha256",
  digestAlgorithm: "sha256",
  signMetadata: true,
  authnRequestBinding: "HTTP-POST",
  skipRequestCompression: true,
});
save(
  "node-saml-metadata-signed.xml",
  nodeSaml.generateServiceProviderMetadata(null, [signer.certificate]),
);
const form = await nodeSaml.getAuthorizeFormAsync("", undefined, {});
save(
  "node-saml-request-sha256.xml",
  text(/name="SAMLRequest" value="([^"]+)"/.exec(form)[1]),
);
save("node-saml-form.html", form);

// samlp.
run(
  "npm",
  "install",
  "--silent",
  "--prefix",
  work,
  ...["samlp@8.0.0", "xml-c14n@0.0.6"],
);
const require = createRequire(at("package.json"));
const samlp = require("samlp");
const mapper = () => ({
  getClaims: () => facts.attributes,
  getNameIdentifier: () => ({
    nameIdentifier: facts.login,
    nameIdentifierFormat:
      "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  }),
});
mapper.prototype = {};
for (const [name, how] of [
  [
    "assertion-sha256",
    { signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256" },
  ],
  [
    "assertion-sha1",
    { signatureAlgorithm: "rsa-sha1", digestAlgorithm: "sha1" },
  ],
  [
    "response-sha256",
    {
      signResponse: true,
      signAssertion: false,
      signatureAlgorithm: "rsa-sha256",
      digestAlgorithm: "sha256",
    },
  ],
  [
    "both-sha256",
    {
      signResponse: true,
      signatureNamespacePrefix: "ds",
      signatureAlgorithm: "rsa-sha256",
      digestAlgorithm: "sha256",
    },
  ],
])
  await new Promise((resolve, reject) =>
    samlp.getSamlResponse(
      {
        issuer: facts.issuer,
        audience: facts.audience,
        recipient: facts.acs,
        destination: facts.acs,
        cert: signer.certificate,
        key: signer.privateKey,
        profileMapper: mapper,
        ...how,
      },
      {},
      (error, response) => {
        if (error) return reject(error);
        save(`samlp-${name}.xml`, response);
        resolve();
      },
    ),
  );

// The issuers in other languages.
const made = at("made");
mkdirSync(made);
const script = (name) => path.join(here, name);
run(
  "/usr/bin/python3",
  script("pysaml2.py"),
  at("rsa.key"),
  at("rsa.pem"),
  made,
);
run("php", script("simplesamlphp.php"), at("rsa.key"), at("rsa.pem"), made);
run("perl", script("lasso.pl"), at("rsa.key"), at("rsa.pem"), made);
for (const name of readdirSync(made)) save(name, read(`made/${name}`));

// xmlsec1, with what no issuer above uses.
for (const { name, key, xml } of templates.all(facts)) {
  writeFileSync(at("template.xml"), xml);
  run(
    ...[
      "xmlsec1",
      "--sign",
      "--privkey-pem",
      `${at(`${key}.key`)},${at(`${key}.pem`)}`,
    ],
    ...["--id-attr:ID", `${templates.SAML}:Assertion`],
    ...["--id-attr:ID", `${templates.SAMLP}:Response`],
    ...["--id-attr:ID", `${templates.MD}:EntityDescriptor`],
    ...["--output", at("signed.xml"), at("template.xml")],
  );
  save(`xmlsec1-${name}.xml`, read("signed.xml"));
}

// RSA-PSS, which xmlsec1 1.2 does not have.
const pss = new SignedXml({
  privateKey: signer.privateKey,
  publicCert: signer.certificate,
  idAttribute: "ID",
  signatureAlgorithm: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
  canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
});
pss.addReference({
  xpath: "//*[local-name(.)='Assertion']",
  transforms: [
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
  ],
  digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
});
pss.computeSignature(templates.message(facts, "saml"), {
  prefix: "ds",
  location: {
    reference: "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']",
    action: "after",
  },
});
save("xml-crypto-assertion-pss.xml", pss.getSignedXml());

const c14n = await canonicalForms(work, require("xml-c14n")());
writeFileSync(
  path.join(here, "..", "c14n.json"),
  `${JSON.stringify(c14n, null, 2)}\n`,
);
execFileSync("npx", [
  "prettier",
  "--write",
  path.join(here, "..", "c14n.json"),
]);
rmSync(work, { recursive: true });
console.log(readdirSync(out).join("\n"));
