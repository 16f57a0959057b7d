// @ts-nocheck: it uses packages that the project does not depend on.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";

const EXC = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INC = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/** Documents in which every element with an ID is canonicalised. They are XML's own corner cases, and those of SAML. */
const documents = {
  "namespaces that nobody uses":
    '<a:r xmlns:a="urn:a" xmlns:b="urn:b" xmlns="urn:d" ID="1"><a:x ID="2"/><b:y ID="3" b:z="1"><x ID="4"/></b:y></a:r>',
  "a default namespace that is taken back":
    '<r xmlns="urn:d" ID="1"><x xmlns="" ID="2"><y ID="3"/><z xmlns="urn:d" ID="4"/></x><p:q xmlns:p="urn:p" xmlns="" ID="5"><y ID="6"/></p:q></r>',
  "a prefix that means something else inside":
    '<p:r xmlns:p="urn:1" ID="1"><p:x xmlns:p="urn:2" ID="2"><p:y xmlns:p="urn:1" ID="3"/></p:x><q xmlns:p="urn:2"><p:z xmlns:p="urn:1" ID="4"/></q></p:r>',
  "the example of Exclusive XML Canonicalization, section 2.2":
    '<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en" ID="1"><n3:stuff xmlns:n3="ftp://example.org" ID="2"/></n1:elem2></n0:local>',
  "the same inside another document":
    '<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en" ID="1"><n3:stuff xmlns:n3="ftp://example.org" ID="2"/></n1:elem2></n2:pdu>',
  "attributes in any order":
    '<e xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" ID="1"  attr2 = "all"\n attr="I\'m" b:attr="sorted" a:attr="out" xml:id="i" A="" a.b="" a-b="" aa="" é=""/>',
  "characters in attributes":
    '<e ID="1" a="&amp;&lt;&gt;&quot;&apos;" b=\'"\' c="x\ty\nz" d="&#9;&#10;&#13;" e=" a  b " f="&#xe9;&#x1F600;é"/>',
  "characters in text":
    '<e ID="1">&amp;&lt;&gt;&quot;&apos;"\'\t\n &#9;&#10;&#13; é &#xe9; &#x1F600; 😀 ]] &gt;<![CDATA[<a>&amp;]]]]><![CDATA[>]]><f ID="2">a<![CDATA[]]>b</f></e>',
  "line ends of Windows":
    '<e ID="1"\r\n  a="1\r\n2"\r\n>\r\n  <f ID="2">a\r\nb</f>\r\n\r</e>',
  "comments and instructions":
    '<!-- before --><?before it?><e ID="1"><!-- in --><?in it  ?><?alone?><!----><f ID="2">a<!-- b\n -->c<?d e?></f></e><!-- after -->',
  "empty elements and white space in tags":
    '<e  ID="1" ><f></f><g/><h a = "b" ></h ><i\n/></e\n>',
  "inherited attributes":
    '<r xml:lang="de" xml:space="preserve" xml:base="http://a.example/" ID="1"><s xml:lang="fr" ID="2"><t ID="3"/></s><u xmlns:a="urn:a" a:b="" xml:lang="" ID="4"/></r>',
  "values with types":
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema" ID="1"><saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string" ID="2">arn:aws:iam::123456789012:role/a</saml:AttributeValue><saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true" ID="3"/></saml:Assertion>',
  "a prefix that is declared again":
    '<a:r xmlns:a="urn:a" ID="1"><a:x xmlns:a="urn:a" ID="2"><b xmlns:a="urn:a" xmlns="urn:d"><a:y ID="3"/><c xmlns="urn:d" ID="4"/></b></a:x></a:r>',
};

const methods = [
  { algorithm: EXC, prefixes: "" },
  { algorithm: `${EXC}WithComments`, prefixes: "" },
  { algorithm: EXC, prefixes: "#default a n0 xs xml" },
  { algorithm: INC, prefixes: "" },
  { algorithm: `${INC}#WithComments`, prefixes: "" },
];

/**
 * What each of three programs makes of each element: xmlsec1, xml-crypto, and xml-c14n, which knows the exclusive form
 * only. A program that is not named beside a text has made another one, or failed.
 */
export async function canonicalForms(work, xmlC14n) {
  const list = [];
  for (const [title, document] of Object.entries(documents))
    for (const [, id] of document.matchAll(/ ID="(\d)"/g))
      for (const { algorithm, prefixes } of methods) {
        const canonical = byXmlsec1(work, document, id, algorithm, prefixes);
        const by = ["xmlsec1"];
        const doc = new DOMParser().parseFromString(document, "text/xml");
        if (byXmlCrypto(doc, id, algorithm, prefixes) === canonical)
          by.push("xml-crypto");
        if (
          algorithm.startsWith(EXC) &&
          (await byXmlC14n(xmlC14n, doc, id, algorithm, prefixes)) === canonical
        )
          by.push("xml-c14n");
        list.push({ title, document, id, algorithm, prefixes, canonical, by });
      }
  return list;
}

/**
 * Has the element signed, and takes from the log what was digested. The XPointer keeps comments, which a reference by a
 * bare ID leaves out before anything is canonicalised: XML Signature 1.1, section 4.4.3.3.
 */
function byXmlsec1(work, document, id, algorithm, prefixes) {
  const list = prefixes
    ? `<InclusiveNamespaces xmlns="${EXC}" PrefixList="${prefixes}"/>`
    : "";
  const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#xpointer(id('${id}'))"><ds:Transforms><ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${algorithm}">${algorithm.startsWith(EXC) ? list : ""}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;
  // As the last thing in the root.
  const name = document
    .replace(/<!--.*?-->|<\?.*?\?>/gs, "")
    .match(/<([\w:]+)/)[1];
  const end = new RegExp(`</${name}\\s*>`, "g");
  const last = [...document.matchAll(end)].at(-1);
  const signed = last
    ? document.slice(0, last.index) + signature + document.slice(last.index)
    : document.replace(/\/>$/, `>${signature}</${name}>`);
  const file = path.join(work, "c14n.xml");
  writeFileSync(file, signed);
  const names = [
    ...new Set(
      [...document.matchAll(/<([\w:]+)[^<>]* ID="/gs)].map(([, name]) =>
        name.replace(/^.*:/, ""),
      ),
    ),
  ];
  const log = execFileSync(
    "xmlsec1",
    [
      "--sign",
      "--store-references",
      "--print-debug",
      "--privkey-pem",
      path.join(work, "rsa.key"),
      ...names.flatMap((name) => ["--id-attr:ID", name]),
      ...namespaced(document, names),
      "--output",
      path.join(work, "c14n-signed.xml"),
      file,
    ],
    { encoding: "utf8", stdio: "pipe" },
  );
  const found =
    /== PreDigest data - start buffer:\n([^]*)\n== PreDigest data - end buffer/.exec(
      log,
    );
  return found[1];
}

/** xmlsec1 wants the namespace of each element whose ID it shall know. */
function namespaced(document, names) {
  const uris = [...document.matchAll(/xmlns(?::\w+)?="([^"]+)"/g)].map(
    ([, uri]) => uri,
  );
  return names.flatMap((name) =>
    [...new Set(uris)].flatMap((uri) => ["--id-attr:ID", `${uri}:${name}`]),
  );
}

function element(doc, id) {
  return [...Array.from(doc.getElementsByTagName("*"))].find(
    (element) => element.getAttribute("ID") === id,
  );
}

function byXmlCrypto(doc, id, algorithm, prefixes) {
  try {
    const signed = new SignedXml({ idAttribute: "ID" });
    return signed.getCanonXml([algorithm], element(doc, id), {
      inclusiveNamespacesPrefixList: prefixes.split(" ").filter(Boolean),
      ancestorNamespaces: ancestorNamespaces(element(doc, id)),
    });
  } catch {
    return undefined;
  }
}

/** As xml-crypto gives them to itself. */
function ancestorNamespaces(element) {
  const all = new Map();
  for (let node = element.parentNode; node?.attributes; node = node.parentNode)
    for (const { nodeName, value } of Array.from(node.attributes)) {
      const prefix = /^xmlns(?::(.+))?$/.exec(nodeName);
      if (prefix && !all.has(prefix[1] ?? "")) all.set(prefix[1] ?? "", value);
    }
  return [...all].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }));
}

function byXmlC14n(xmlC14n, doc, id, algorithm, prefixes) {
  return new Promise((resolve) => {
    try {
      xmlC14n
        .createCanonicaliser(algorithm, {
          inclusiveNamespaces: prefixes.split(" ").filter(Boolean),
        })
        .canonicalise(element(doc, id), (error, text) =>
          resolve(error ? undefined : text),
        );
    } catch {
      resolve(undefined);
    }
  });
}
