// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;
const visitor = new Visitor();

beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab.close());

describe("the start page", () => {
  /** @param {Record<string, string>} form */
  const setScene = async (form) => {
    const agent = new Visitor();
    const end = await agent.visit(`${lab.urls.start}scene`, {
      form,
      headers: { origin: lab.urls.start.slice(0, -1) },
    });
    return { agent, end };
  };

  test("is served on plain localhost too", async () => {
    for (const host of ["lab.localhost", "localhost", "127.0.0.1"]) {
      const page = await visitor.ask(`http://${host}:${lab.port}/`);
      assert.match(page.text, /Softphone lab/);
      const policy = String(page.headers["content-security-policy"]);
      assert.doesNotMatch(policy, /unsafe/);
      assert.doesNotMatch(page.text, /<style|style=|<script>|onclick/);
    }
  });

  test("opens the agent page with a session at the identity provider", async () => {
    const { agent, end } = await setScene({ agent: "grace@example.com" });
    assert.equal(end.url, lab.urls.agentPage);
    assert.ok(agent.hasCookie("idp-session", "acme.okta.localhost"));
    assert.equal(lab.idp.framing, true);
    assert.equal(lab.connect.saml, true);
  });

  test("can open it signed out, without SSO, with framing refused, on one site", async () => {
    const { agent, end } = await setScene({
      idp: "out",
      sso: "no",
      framing: "no",
      hostNames: "one",
    });
    assert.equal(end.url, lab.urlsOf("one").agentPage);
    assert.ok(!agent.hasCookie("idp-session", "acme.okta.softphone.localhost"));
    assert.equal(lab.idp.framing, false);
    assert.equal(lab.connect.saml, false);
    assert.equal(lab.desk.config.ssoLoginUrl, null);
    assert.equal(lab.desk.config.instanceUrl, lab.urlsOf("one").instance);
  });

  test("opens the pages with a host's own controls", async () => {
    for (const [page, url, title] of [
      ["icc", lab.urls.iccPage, /softphone-controls/],
      ["bare", lab.urls.barePage, /value="accept"/],
    ]) {
      const { end } = await setScene({ page: String(page) });
      assert.equal(end.url, url);
      assert.match(end.text, /** @type {RegExp} */ (title));
    }
    const { end } = await setScene({ page: "icc", idp: "out" });
    assert.equal(end.url, lab.urls.iccPage);
  });

  test("opens ServiceNow's workspace, with a session there, too", async () => {
    for (const [page, controls] of [
      ["workspace", "ccp"],
      ["workspace-icc", "icc"],
    ]) {
      const { agent, end } = await setScene({ page, hostNames: "one" });
      assert.equal(end.url, lab.urlsOf("one").workspace);
      assert.equal(end.status, 200);
      assert.ok(
        agent.hasCookie("idp-session", "acme.okta.softphone.localhost"),
      );
      assert.equal(
        lab.serviceNow.property("connect_softphone.controls"),
        controls,
      );
    }
    const { end } = await setScene({ page: "workspace", idp: "out" });
    assert.equal(end.url, lab.urls.workspace);
  });

  test("moves every party but the lab itself away", async () => {
    const timed = async (/** @type {string} */ url) => {
      const start = performance.now();
      await new Visitor().ask(url);
      return performance.now() - start;
    };
    await setScene({ distance: "40", idp: "out" });
    assert.equal(lab.distance.roundTripMs, 40);
    // One round trip for the connection, one for the request.
    for (const url of [lab.urls.desk, lab.urls.idpLogin, lab.urls.ccp])
      assert.ok((await timed(url)) >= 79);
    lab.distance.roundTripMs = 1000;
    assert.ok((await timed(lab.urls.start)) < 1000);
    await setScene({ distance: "far" });
    assert.equal(lab.distance.roundTripMs, 0);
  });

  test("activates the chosen fault and no earlier one", async () => {
    await setScene({ fault: "idp-no-relay-state" });
    assert.deepEqual(lab.faults.active, ["idp-no-relay-state"]);
    assert.equal(lab.desk.config.ssoLoginUrl, lab.urls.ssoLoginPlain);
    await setScene({ fault: "idp-no-framing", framing: "yes" });
    assert.deepEqual(lab.faults.active, ["idp-no-framing"]);
    assert.equal(lab.idp.framing, false);
    assert.equal(lab.desk.config.ssoLoginUrl, lab.urls.ssoLogin);
    await setScene({ fault: "relay-other-instance", sso: "no" });
    assert.equal(lab.desk.config.ssoLoginUrl, null);
    lab.faults.clear();
    assert.equal(lab.desk.config.ssoLoginUrl, null);
    // A fault of the session is not activated before there is one.
    await setScene({ fault: "session-ends" });
    assert.deepEqual(lab.faults.active, []);
    assert.equal(lab.idp.framing, true);
  });
});
