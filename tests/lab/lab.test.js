// @ts-check
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** An SSO Login URL whose relay state ends at another destination. @param {string} destination */
function ssoTo(destination) {
  const relayState = lab.idp.relayState("separate", destination);
  return `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`;
}

/** The cookie that a session at the Connect instance has. */
const connectCookie = () => lab.connect.beginSession("ada@example.com").name;

/** @param {string} url @param {string} host */
const isAt = (url, host) => assert.equal(new URL(url).origin, host);

describe("signing in with a session at the identity provider", () => {
  beforeEach(() => signInAtIdp());

  test("ends in the panel, with a session at the instance", async () => {
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

  test("ends on a return page of the desk", async () => {
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

  test("takes a relay state with a second raw ?", async () => {
    assert.equal(lab.urls.ssoLoginRaw.split("?").length, 3);
    const end = await visitor.visit(lab.urls.ssoLoginRaw);
    assert.match(end.url, /\/ccp-v2\/?$/);
  });

  test("uses the app's relay state when the address has none", async () => {
    const end = await visitor.visit(lab.urls.ssoLoginPlain);
    assert.match(end.url, /\/ccp-v2\/?$/);
  });

  test("is refused a destination of an unapproved origin", async () => {
    const end = await visitor.visit(ssoTo("https://elsewhere.example/page"));
    assert.notEqual(end.status, 200);
    isAt(end.url, lab.urls.instance);
    lab.connect.approvedOrigins.clear();
    const desk = await visitor.visit(ssoTo(`${lab.urls.desk}/agent/`));
    isAt(desk.url, lab.urls.instance);
  });

  test("is refused another instance", async () => {
    const relayState = `${lab.urls.console}/connect/federate/other?destination=%2Fccp-v2`;
    const end = await visitor.visit(
      `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`,
    );
    assert.equal(end.status, 404);
    assert.match(end.text, /no Amazon Connect instance other/);
  });

  test("may end in another instance of the account, and then not in this one", async () => {
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

  test("is refused a relay state that leads elsewhere", async () => {
    const end = await visitor.visit(
      `${lab.urls.ssoLoginPlain}?RelayState=${encodeURIComponent("https://elsewhere.example/connect/federate/x")}`,
    );
    assert.equal(end.status, 400);
    assert.match(end.text, /relay state/);
    assert.ok(!visitor.hasCookie("aws-session", "x.aws.localhost"));
  });

  test("ends at AWS sign-in without any relay state", async () => {
    const page = await visitor.ask(lab.urls.ssoLogin);
    const end = await visitor.submit(page, { RelayState: "" });
    assert.equal(end.status, 400);
    assert.match(end.text, /without a relay state/);
  });

  test("ends on Access denied for a user whom Connect does not know", async () => {
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

describe("the identity provider", () => {
  test("shows its login page, and goes on from there", async () => {
    const page = await visitor.visit(lab.urls.ssoLogin);
    assert.match(page.url, /\/login\/login\.htm\?fromURI=/);

    const wrong = await visitor.submit(page, {
      login: "ada@example.com",
      password: "no",
    });
    assert.equal(wrong.status, 401);
    assert.match(wrong.text, /do not match/);

    const right = await visitor.submit(wrong, {
      login: "ada@example.com",
      password: "lab",
    });
    const next = new URL(right.headers.location ?? "", wrong.url).href;
    assert.equal(next, lab.urls.ssoLogin);
    assert.match((await visitor.visit(next)).url, /\/ccp-v2\/?$/);
  });

  test("goes on to its own pages only", async () => {
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

  test("ends a session at sign-out, all by endSessions, and each after 12 hours", async () => {
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

  test("asks for a code after the password, once a session", async () => {
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

  test("asks for the code too where a session was there before, and for nothing without one", async () => {
    lab.idp.mfa = true;
    signInAtIdp();
    const page = await visitor.visit(lab.urls.ssoLogin);
    assert.match(page.url, /\/login\/mfa\?fromURI=%2Fapp/);
    lab.idp.endSessions();
    const late = await visitor.submit(page, { code: lab.idp.mfaCode });
    assert.match(String(late.headers.location), /^\/login\/login\.htm\?/);
    assert.match((await visitor.visit(page.url)).url, /\/login\/login\.htm/);
  });

  test("refuses framing, and isolates its pages, when told to", async () => {
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

  test("is slow, down, or gone, when told to", async () => {
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

describe("the desk", () => {
  test("serves its configuration on the host names it is asked by", async () => {
    const ask = async (/** @type {"separate" | "one"} */ site) =>
      JSON.parse(
        (await visitor.ask(`${lab.urlsOf(site).desk}/agent/config.json`)).text,
      );
    assert.deepEqual(await ask("separate"), lab.desk.config);
    const one = await ask("one");
    assert.equal(one.instanceUrl, lab.urlsOf("one").instance);
    assert.equal(one.ssoLoginUrl, lab.urlsOf("one").ssoLogin);
    lab.desk.config = { ...lab.desk.config, ssoLoginUrl: null };
    assert.equal((await ask("separate")).ssoLoginUrl, null);
  });

  test("serves Streams from the package, again only when it changed", async () => {
    const url = `${lab.urls.desk}/connect-streams-min.js`;
    const first = await visitor.ask(url);
    assert.equal(first.status, 200);
    assert.match(String(first.headers["content-type"]), /javascript/);
    const again = await visitor.ask(url, {
      headers: { "if-none-match": String(first.headers.etag) },
    });
    assert.equal(again.status, 304);
  });

  test("serves the return page and the script beside it", async () => {
    const url = `${lab.urls.desk}/softphone-return.html`;
    const page = await visitor.ask(url);
    assert.equal(page.status, 200);
    const script = /<script src="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const answer = await visitor.ask(new URL(script, url).href);
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers["content-type"]), /javascript/);
    assert.match(answer.text, /softphoneSignInReturned/);
  });

  test("serves what a test mounts", async () => {
    lab.desk.mount("/bench", (_req, res) => void res.send("mounted"));
    const answer = await visitor.ask(`${lab.urls.desk}/bench/`);
    assert.equal(answer.text, "mounted");

    const folder = await mkdtemp(join(tmpdir(), "lab-"));
    await writeFile(join(folder, "a.wasm"), "");
    lab.desk.mount("/more", folder);
    const { headers } = await visitor.ask(`${lab.urls.desk}/more/a.wasm`);
    assert.equal(headers["content-type"], "application/wasm");
    await rm(folder, { recursive: true });
  });

  test("misses what a test takes away", async () => {
    const url = `${lab.urls.desk}/connect-streams-min.js`;
    lab.desk.missing.add("/connect-streams-min.js");
    assert.equal((await visitor.ask(url)).status, 404);
    lab.desk.missing.clear();
    assert.equal((await visitor.ask(url)).status, 200);
  });

  test("says what to do about a file that is not built", async () => {
    const { status, text } = await visitor.ask(
      `${lab.urls.desk}/softphone/no-such-file.wasm`,
    );
    assert.equal(status, 404);
    assert.match(text, /npm run build/);
  });
});

describe("the lab", () => {
  test("shares nothing with another lab", async () => {
    const other = await startLab({ sites: "one" });
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

  test("answers nobody by a name that is not its own", async () => {
    const answer = await visitor.ask(`http://evil.example:${lab.port}/`);
    assert.equal(answer.status, 421);
  });

  test("ends waiting requests when it closes", async () => {
    lab.idp.delayMs = 600_000;
    const waiting = visitor.ask(lab.urls.idpLogin);
    waiting.catch(() => {});
    while (lab.requests.length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    await lab.close();
    await assert.rejects(waiting);
  });

  test("says so when its port is taken", async () => {
    await assert.rejects(startLab({ port: lab.port }), { code: "EADDRINUSE" });
  });
});
