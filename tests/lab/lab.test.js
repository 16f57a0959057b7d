// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "./lab.js";
import { Visitor } from "./visitor.js";

/** @type {import("./lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
});
afterEach(() => lab.close());

/** Signs the visitor in at the identity provider, without a login page. */
const signInAtIdp = (login = "ada@example.com") =>
  visitor.addCookie(lab.idp.beginSession(login));

/** Returns an SSO Login URL whose relay state has another destination. @param {string} destination */
function ssoTo(destination) {
  const relayState = lab.idp.relayState("separate", destination);
  return `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`;
}

/** The name of the Connect instance's session cookie. */
const connectCookie = () => lab.connect.beginSession("ada@example.com").name;

/** @param {string} url @param {string} host */
const isAt = (url, host) => assert.equal(new URL(url).origin, host);

describe("signing in with a session at the identity provider", () => {
  beforeEach(() => signInAtIdp());

  test("ends at the CCP, with a session at the instance", async () => {
    const end = await visitor.visit(lab.urls.ssoLogin);
    assert.equal(end.status, 200);
    isAt(end.url, lab.urls.instance);
    assert.match(new URL(end.url).pathname, /^\/ccp-v2\/?$/);
    assert.ok(visitor.hasCookie(connectCookie(), "acme.my.connect.localhost"));
    assert.ok(visitor.hasCookie("aws-session", "x.aws.localhost"));
    assert.deepEqual(
      lab.requests.map(({ party, status }) => `${party} ${status}`).slice(0, 4),
      ["idp 200", "signIn 302", "console 302", "instance 302"],
    );
  });

  test("ends at a return page on the desk", async () => {
    const returnPage = `${lab.urls.desk}/softphone-return.html?n=1&m=a%20b`;
    const end = await visitor.visit(ssoTo(returnPage));
    assert.equal(end.url, returnPage);
    assert.ok(visitor.hasCookie(connectCookie(), "acme.my.connect.localhost"));
  });

  test("stays on the host names of one site", async () => {
    visitor.addCookie(lab.idp.beginSession("ada@example.com", "one"));
    const end = await visitor.visit(lab.urlsOf("one").ssoLogin);
    isAt(end.url, lab.urlsOf("one").instance);
    for (const url of visitor.trail)
      assert.match(new URL(url).hostname, /\.softphone\.localhost$/);
  });

  test("accepts a relay state with a second raw ?", async () => {
    assert.equal(lab.urls.ssoLoginRaw.split("?").length, 3);
    const end = await visitor.visit(lab.urls.ssoLoginRaw);
    assert.match(end.url, /\/ccp-v2\/?$/);
  });

  test("uses the app's relay state if the URL has none", async () => {
    const end = await visitor.visit(lab.urls.ssoLoginPlain);
    assert.match(end.url, /\/ccp-v2\/?$/);
  });

  test("refuses a destination on an unapproved origin", async () => {
    const end = await visitor.visit(ssoTo("https://elsewhere.example/page"));
    assert.notEqual(end.status, 200);
    isAt(end.url, lab.urls.instance);
    lab.connect.approvedOrigins.clear();
    const desk = await visitor.visit(ssoTo(`${lab.urls.desk}/agent/`));
    isAt(desk.url, lab.urls.instance);
  });

  test("refuses an unknown instance", async () => {
    const relayState = `${lab.urls.console}/connect/federate/other?destination=%2Fccp-v2`;
    const end = await visitor.visit(
      `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`,
    );
    assert.equal(end.status, 404);
    assert.match(end.text, /no Amazon Connect instance other/);
  });

  test("can end at the account's other instance, without a session at this one", async () => {
    const end = await visitor.visit(lab.urls.ssoLoginOtherInstance);
    assert.equal(end.status, 200);
    assert.match(end.text, /another instance/);
    const { otherInstanceId } = lab.connect;
    for (const [destination, landing] of [
      [`${lab.urls.desk}/softphone-return.html?n=1`, lab.urls.desk],
      ["https://elsewhere.example/", lab.urls.console],
    ]) {
      const relayState = lab.idp.relayState(
        "separate",
        destination,
        otherInstanceId,
      );
      const { url } = await visitor.visit(
        `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`,
      );
      isAt(url, landing);
    }
    assert.ok(!visitor.hasCookie(connectCookie(), "acme.my.connect.localhost"));
    const unknown = await visitor.visit(lab.urls.ssoLoginUnknownInstance);
    assert.equal(unknown.status, 404);
    isAt(unknown.url, lab.urls.console);
  });

  test("refuses a relay state that leads anywhere but the console", async () => {
    const end = await visitor.visit(
      `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent("https://elsewhere.example/connect/federate/x")}`,
    );
    assert.equal(end.status, 400);
    assert.match(end.text, /relay state/);
    assert.ok(!visitor.hasCookie("aws-session", "x.aws.localhost"));
  });

  test("ends at AWS sign-in if there is no relay state", async () => {
    const page = await visitor.ask(lab.urls.ssoLogin);
    const end = await visitor.submit(page, { RelayState: "" });
    assert.equal(end.status, 400);
    assert.match(end.text, /without a relay state/);
  });

  test("ends at Access denied for a user who is unknown to Connect", async () => {
    lab.idp.users.set("eve@example.com", {
      login: "eve@example.com",
      password: "lab",
      username: "Ada@example.com",
    });
    signInAtIdp("eve@example.com");
    const end = await visitor.visit(lab.urls.ssoLogin);
    assert.equal(end.status, 403);
    assert.match(end.text, /Access denied/i);
    isAt(end.url, lab.urls.instance);
  });
});

describe("the lab", () => {
  test("shares nothing with another lab", async () => {
    const other = await startLab({ hostNames: "one" });
    try {
      assert.notEqual(other.port, lab.port);
      assert.match(other.urls.agentPage, /desk\.softphone\.localhost/);
      signInAtIdp();
      const url = lab.urls.ssoLogin.replaceAll(
        String(lab.port),
        String(other.port),
      );
      assert.match((await visitor.visit(url)).url, /login\.htm/);
      lab.idp.framing = false;
      assert.equal(other.idp.framing, true);
      assert.equal(lab.requests.length, 0);
    } finally {
      await other.close();
    }
  });

  test("refuses requests for any other host name", async () => {
    const answer = await visitor.ask(`http://evil.example:${lab.port}/`);
    assert.equal(answer.status, 421);
  });

  test("cuts waiting requests when it closes", async () => {
    lab.idp.delayMs = 600_000;
    const waiting = visitor.ask(lab.urls.idpLogin);
    waiting.catch(() => {});
    while (lab.requests.length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    await lab.close();
    await assert.rejects(waiting);
  });

  test("rejects with EADDRINUSE if its port is in use", async () => {
    await assert.rejects(startLab({ port: lab.port }), { code: "EADDRINUSE" });
  });
});
