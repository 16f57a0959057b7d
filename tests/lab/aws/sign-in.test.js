// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { makeSigner } from "../idp/assertion.js";
import { startLab } from "../lab.js";
import { formOf, Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
  visitor.addCookie(lab.idp.beginSession("ada@example.com"));
});
afterEach(() => lab.close());

describe("AWS sign-in refuses", () => {
  /** @type {[string, import("../idp/assertion.js").AssertionOverrides, RegExp][]} */
  const refused = [
    ["an assertion changed after signing", { tamper: true }, /signature/],
    ["another audience", { audience: "urn:example:other" }, /audience/],
    ["another recipient", { recipient: "https://x.example/" }, /recipient/],
    ["an expired assertion", { notOnOrAfterMs: Date.now() - 1 }, /expired/],
    [
      "an assertion that is not yet valid",
      { notBeforeMs: Date.now() + 60_000 },
      /not yet/,
    ],
    ["several roles", { role: ["a,b", "c,d"] }, /2 roles/],
    ["an unknown role", { role: "a,b" }, /Not authorized/],
    ["a user name with a space", { roleSessionName: "ada b" }, /RoleSession/],
    ["a user name of one character", { roleSessionName: "a" }, /RoleSession/],
    [
      "a session that is too long",
      { sessionDurationS: 43_201 },
      /SessionDuration/,
    ],
  ];
  for (const [what, overrides, reason] of refused)
    test(what, async () => {
      lab.idp.assertion = overrides;
      const end = await visitor.visit(lab.urls.ssoLogin);
      assert.equal(end.url, `${lab.urls.signIn}/saml`);
      assert.ok(end.status >= 400, `status ${end.status}`);
      assert.match(end.text, reason);
      assert.ok(!visitor.hasCookie("aws-session", "x.aws.localhost"));

      lab.idp.assertion = {};
      assert.equal((await visitor.visit(lab.urls.ssoLogin)).status, 200);
    });

  test("an assertion that was used before", async () => {
    const page = await visitor.ask(lab.urls.ssoLogin);
    assert.equal((await visitor.submit(page)).status, 302);
    const again = await visitor.submit(page);
    assert.equal(again.status, 400);
    assert.match(again.text, /used before/);
  });

  test("an assertion of another identity provider", async () => {
    const other = await startLab({ signer: makeSigner() });
    try {
      const stranger = new Visitor();
      stranger.addCookie(other.idp.beginSession("ada@example.com"));
      const { fields } = formOf(await stranger.ask(other.urls.ssoLogin));
      const end = await visitor.ask(`${lab.urls.signIn}/saml`, {
        form: fields,
      });
      assert.equal(end.status, 400);
      assert.match(end.text, /signature/);
    } finally {
      await other.close();
    }
  });

  test("anything that is not SAML, without crashing", async () => {
    for (const SAMLResponse of ["", "AAAA", btoa("<a/>"), btoa("<a>")]) {
      const end = await visitor.ask(`${lab.urls.signIn}/saml`, {
        form: { SAMLResponse, RelayState: lab.urls.relayState },
      });
      assert.equal(end.status, 400);
      assert.match(end.text, /SAML response/);
    }
  });

  test("expired assertions by its own clock, not the machine's", async () => {
    lab.clock.offsets.aws = 301_000;
    const late = await visitor.visit(lab.urls.ssoLogin);
    assert.match(late.text, /expired/);

    lab.clock.offsets.idp = 301_000;
    assert.equal((await visitor.visit(lab.urls.ssoLogin)).status, 200);
  });
});
