// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
});
afterEach(() => lab.close());

/** Signs the visitor in at the identity provider, without a login page. */
const signInAtIdp = () =>
  visitor.addCookie(lab.idp.beginSession("ada@example.com"));

describe("the identity provider", () => {
  test("shows its login page, and continues after login", async () => {
    const page = await visitor.visit(lab.urls.ssoLogin);
    assert.match(page.url, /\/login\/login\.htm\?fromURI=/);

    const wrong = await visitor.submit(page, {
      login: "ada@example.com",
      password: "no",
    });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /is wrong/);

    const right = await visitor.submit(wrong, {
      login: "ada@example.com",
      password: "lab",
    });
    const next = new URL(right.headers.location ?? "", wrong.url).href;
    assert.equal(next, lab.urls.ssoLogin);
    assert.match((await visitor.visit(next)).url, /\/ccp-v2\/?$/);
  });

  test("answers the first request that had to wait, if it is set to", async () => {
    lab.idp.firstRequestWins = true;
    const asked = (/** @type {string} */ destination) => {
      const url = new URL(lab.urls.ssoLogin);
      const relay = new URL(String(url.searchParams.get("RelayState")));
      relay.searchParams.set("destination", destination);
      url.searchParams.set("RelayState", relay.href);
      return url.href;
    };
    await visitor.visit(asked("/ccp-v2/first"));
    await visitor.visit(asked("/ccp-v2/second"));
    signInAtIdp();
    const answer = await visitor.ask(asked("/ccp-v2/third"));
    assert.match(answer.text, /first/);
    assert.doesNotMatch(answer.text, /third/);
    const next = await visitor.ask(asked("/ccp-v2/third"));
    assert.match(next.text, /third/);
  });

  test("redirects only to its own pages", async () => {
    for (const from of ["//evil.example/", "https://evil.example/", "/\\x"]) {
      const answer = await visitor.ask(lab.urls.idpLogin, {
        form: { login: "ada@example.com", password: "lab", fromURI: from },
      });
      assert.equal(answer.headers.location, "/");
    }
    const begin = await visitor.ask(
      `${lab.urls.idp}/lab/begin?login=ada@example.com&next=https://evil.example/`,
    );
    assert.equal(begin.status, 400);
  });

  test("ends a session at sign-out, all with endSessions, and each after 12 hours", async () => {
    const inPanel = async () =>
      (await visitor.visit(lab.urls.ssoLogin)).url.startsWith(
        lab.urls.ccp.slice(0, -1),
      );
    signInAtIdp();
    assert.ok(await inPanel());
    await visitor.visit(lab.urls.idpLogout);
    assert.ok(!(await inPanel()));

    signInAtIdp();
    lab.idp.endSessions();
    assert.ok(!(await inPanel()));

    signInAtIdp();
    lab.clock.offsets.idp = 12 * 3_600_000;
    assert.ok(!(await inPanel()));
  });

  test("asks for a code after the password, once per session", async () => {
    lab.idp.mfa = true;
    const login = await visitor.visit(lab.urls.ssoLogin);
    const right = await visitor.submit(login, {
      login: "ada@example.com",
      password: "lab",
    });
    assert.equal(
      new URL(right.headers.location ?? "", login.url).href,
      lab.urls.ssoLogin,
    );
    const page = await visitor.visit(lab.urls.ssoLogin);
    assert.match(page.text, /autocomplete="one-time-code"/);
    const wrong = await visitor.submit(page, { code: "000000" });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /not the code/);
    const taken = await visitor.submit(wrong, { code: lab.idp.mfaCode });
    const next = new URL(taken.headers.location ?? "", wrong.url).href;
    assert.equal(next, lab.urls.ssoLogin);
    assert.match((await visitor.visit(next)).url, /\/ccp-v2\/?$/);
    assert.match((await visitor.visit(next)).url, /\/ccp-v2\/?$/);
  });

  test("asks for the code in an existing session too, but not without a session", async () => {
    lab.idp.mfa = true;
    signInAtIdp();
    const page = await visitor.visit(lab.urls.ssoLogin);
    assert.match(page.url, /\/login\/mfa\?fromURI=%2Fapp/);
    lab.idp.endSessions();
    const late = await visitor.submit(page, { code: lab.idp.mfaCode });
    assert.match(String(late.headers.location), /^\/login\/login\.htm\?/);
    assert.match((await visitor.visit(page.url)).url, /\/login\/login\.htm/);
  });

  test("can refuse framing and isolate its pages", async () => {
    const headers = async () => (await visitor.ask(lab.urls.idpLogin)).headers;
    assert.equal((await headers())["x-frame-options"], undefined);
    assert.equal((await headers())["cross-origin-opener-policy"], undefined);
    lab.idp.framing = false;
    lab.idp.coop = true;
    assert.equal((await headers())["x-frame-options"], "DENY");
    assert.equal(
      (await headers())["cross-origin-opener-policy"],
      "same-origin",
    );
  });

  test("can be slow, answer 503 or cut connections", async () => {
    lab.idp.down = 503;
    assert.equal((await visitor.ask(lab.urls.ssoLogin)).status, 503);
    lab.idp.down = true;
    await assert.rejects(visitor.ask(lab.urls.ssoLogin), {
      code: "ECONNRESET",
    });
    lab.idp.down = false;
    lab.idp.delayMs = 80;
    const before = performance.now();
    await visitor.ask(lab.urls.idpLogin);
    assert.ok(performance.now() - before >= 75);
    assert.deepEqual(
      lab.requests.map(({ status }) => status),
      [503, 0, 200],
    );
  });
});
