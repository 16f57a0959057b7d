// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { startInstance } from "./harness.js";

const ada = "ada@example.com";
const form = { "content-type": "application/x-www-form-urlencoded" };

test("a SAML instance without a session shows a page instead of the CCP", async (t) => {
  const { ask } = await startInstance(t);
  for (const path of ["/ccp-v2/", "/ccp-v2", "/connect/ccp-v2", "/login"]) {
    const { status, body } = await ask(path);
    assert.equal(status, 200, path);
    assert.match(body, /<h1>Session expired<\/h1>/, path);
    assert.doesNotMatch(body, /connect-streams/, path);
  }
});

test("a session opens the CCP, with Amazon's own code and a token", async (t) => {
  const { ask, signIn } = await startInstance(t);
  const { cookie } = await signIn(ada);
  for (const path of [
    "/ccp-v2/",
    "/ccp-v2",
    "/ccp-v2/softphone",
    "/connect/ccp-v2",
  ]) {
    const { body, headers } = await ask(path, { headers: { cookie } });
    assert.equal(headers["cache-control"], "no-store");
    assert.match(body, /"authToken":"[\w-]{20,}"/, path);
    const script = /src="([^"]+connect-streams-min\.js)"/.exec(body)?.[1] ?? "";
    const { status, headers: cached } = await ask(script);
    assert.equal(status, 200, path);
    assert.match(String(cached["cache-control"]), /immutable/);
    assert.ok(cached.etag);
  }
});

test("only approved origins may embed the CCP", async (t) => {
  const { connect, ask, port } = await startInstance(t);
  const policy = async () =>
    (await ask("/ccp-v2/")).headers["content-security-policy"];
  const hosts = ["desk", "acme.service-now"];
  const origins = ["localhost", "softphone.localhost"].flatMap((suffix) =>
    hosts.map((host) => `http://${host}.${suffix}:${port}`),
  );
  assert.equal(await policy(), `frame-ancestors 'self' ${origins.join(" ")}`);
  connect.approvedOrigins.clear();
  assert.equal(await policy(), "frame-ancestors 'self'");
  connect.approvedOrigins = new Set(["https://desk.example.com"]);
  assert.equal(
    await policy(),
    "frame-ancestors 'self' https://desk.example.com",
  );
});

test("a standard instance has a login page, which no other origin may frame", async (t) => {
  const { connect, ask } = await startInstance(t);
  connect.saml = false;
  const sent = await ask("/ccp-v2/");
  assert.equal(sent.status, 302);
  assert.equal(sent.headers.location, "/login?landat=%2Fccp-v2%2F");
  const page = await ask("/login?landat=%2Fccp-v2%2F");
  assert.equal(page.headers["x-frame-options"], "SAMEORIGIN");
  assert.match(page.body, /name="landat" value="\/ccp-v2\/"/);
});

test("the login accepts only the right password, and redirects only to the instance", async (t) => {
  const { connect, ask } = await startInstance(t);
  connect.saml = false;
  const login = (/** @type {Record<string, string>} */ fields) =>
    ask("/login", {
      method: "POST",
      headers: form,
      body: new URLSearchParams(fields).toString(),
    });
  for (const [username, password] of [
    [ada, "wrong"],
    ["ADA@example.com", "Ada-2468"],
    ["nobody@example.com", ""],
  ]) {
    const { status, headers, body } = await login({ username, password });
    assert.equal(status, 401);
    assert.equal(headers["set-cookie"], undefined);
    assert.match(body, /user name or password is wrong/);
  }
  const right = { username: ada, password: "Ada-2468" };
  const { status, headers } = await login({ ...right, landat: "/ccp-v2/" });
  assert.equal(status, 303);
  assert.equal(headers.location, "/ccp-v2/");
  assert.match(
    String(headers["set-cookie"]),
    /; Path=\/; Max-Age=43200; HttpOnly; Secure; SameSite=None$/,
  );
  for (const landat of [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
  ])
    assert.equal(
      (await login({ ...right, landat })).headers.location,
      "/ccp-v2/",
    );
});

test("a federation grant signs in once, and not after it has expired", async (t) => {
  const { connect, ask, time } = await startInstance(t);
  const token = connect.grant(ada);
  const url = `/auth/federate?token=${token}&destination=%2Fccp-v2`;
  const first = await ask(url);
  assert.equal(first.status, 302);
  assert.equal(first.headers.location, "/ccp-v2");
  const cookie = String(first.headers["set-cookie"]).split(";")[0];
  assert.match(
    (await ask("/ccp-v2", { headers: { cookie } })).body,
    /authToken/,
  );
  const second = await ask(url);
  assert.equal(second.status, 403);
  assert.equal(second.headers["set-cookie"], undefined);

  const late = connect.grant(ada);
  time.offsetMs = 6 * 60 * 1000;
  assert.equal((await ask(`/auth/federate?token=${late}`)).status, 403);
});

test("federation redirects only to the instance or an approved origin", async (t) => {
  const { connect, ask, port } = await startInstance(t);
  const go = (/** @type {string} */ destination) =>
    ask(
      `/auth/federate?token=${connect.grant(ada)}&destination=${encodeURIComponent(destination)}`,
    );
  const desk = `http://desk.localhost:${port}/softphone-return.html?n=1`;
  assert.equal((await go(desk)).headers.location, desk);
  assert.equal(
    (await go("/ccp-v2/softphone?a=b")).headers.location,
    "/ccp-v2/softphone?a=b",
  );
  for (const wrong of [
    "https://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
    `http://desk.localhost:${port + 1}/`,
    "http://[",
  ]) {
    const { status, headers, body } = await go(wrong);
    assert.equal(status, 403, wrong);
    assert.equal(headers.location, undefined, wrong);
    assert.match(body, /Destination not approved/, wrong);
  }
});

test("a user who is unknown to Connect is refused, and case matters", async (t) => {
  const { connect, ask } = await startInstance(t);
  for (const username of ["alan@example.com", "Ada@example.com"]) {
    const token = connect.grant(username);
    const { status, body, headers } = await ask(
      `/auth/federate?token=${token}`,
    );
    assert.equal(status, 403);
    assert.match(body, /<h1>Access denied<\/h1>/);
    assert.equal(headers["set-cookie"], undefined);
  }
  assert.throws(
    () => connect.beginSession("alan@example.com"),
    /no user called/,
  );
});

test("logging out ends the session, at both addresses", async (t) => {
  const { ask, signIn } = await startInstance(t);
  for (const path of ["/logout", "/connect/logout"]) {
    const { cookie, call } = await signIn(ada);
    const { headers } = await ask(path, { headers: { cookie } });
    assert.match(String(headers["set-cookie"]), /Max-Age=0/);
    assert.match(
      (await ask("/ccp-v2/", { headers: { cookie } })).body,
      /Session expired/,
    );
    assert.equal((await call("GetAgentStates")).status, 401);
  }
});

test("logging out can fail, with the same response", async (t) => {
  const { connect, ask, signIn } = await startInstance(t);
  connect.logoutWorks = false;
  const { cookie, call } = await signIn(ada);
  const { status, headers, body } = await ask("/logout", {
    headers: { cookie },
  });
  assert.equal(status, 200);
  assert.match(body, /signed out/);
  assert.equal(headers["set-cookie"], undefined);
  assert.equal((await call("GetAgentStates")).status, 200);
});

test("the CCP can be refused to hosts until a page of the instance is visited, and to who sends no referrer", async (t) => {
  const { connect, ask, signIn } = await startInstance(t);
  connect.approvedOrigins = new Set(["https://desk.example.com"]);
  const { cookie } = await signIn(ada);
  const status = async (/** @type {string} */ referer) =>
    (await ask("/ccp-v2/", { headers: { cookie, referer } })).status;
  connect.refusesUntilVisited = true;
  assert.equal(await status("https://desk.example.com/"), 403);
  assert.equal(await status("https://console.aws.amazon.com/"), 200);
  assert.equal(await status("https://desk.example.com/"), 200);
  connect.needsReferrer = true;
  assert.equal(await status(""), 403);
  assert.equal(await status("https://desk.example.com/"), 200);
});

test("a dead CCP loads, but runs no scripts", async (t) => {
  const { connect, ask, signIn } = await startInstance(t);
  const { cookie } = await signIn(ada);
  connect.ccpDead = true;
  const { status, body } = await ask("/ccp-v2/", { headers: { cookie } });
  assert.equal(status, 200);
  assert.match(body, /<title>Contact Control Panel/);
  assert.doesNotMatch(body, /<script|authToken/);
});

test("a session lasts twelve hours", async (t) => {
  const { ask, signIn, time } = await startInstance(t);
  const { cookie, call } = await signIn(ada);
  time.offsetMs = 12 * 3600 * 1000 - 5000;
  assert.equal((await call("GetAgentStates")).status, 200);
  assert.equal(
    (await ask("/auth/authorize", { headers: { cookie } })).status,
    200,
  );
  time.offsetMs += 5001;
  assert.equal((await call("GetAgentStates")).status, 401);
  assert.equal(
    (await ask("/auth/authorize", { headers: { cookie } })).status,
    401,
  );
});

test("beginSession returns a cookie for the requested host names", async (t) => {
  const { connect } = await startInstance(t);
  const cookie = connect.beginSession(ada);
  assert.equal(cookie.domain, "acme.my.connect.localhost");
  assert.equal(cookie.secure && cookie.httpOnly && cookie.sameSite, "None");
  assert.equal(
    connect.beginSession(ada, "one").domain,
    "acme.my.connect.softphone.localhost",
  );
});

test("pages fail or are late on demand", async (t) => {
  const { connect, ask } = await startInstance(t);
  const undo = connect.fail("/ccp-v2/", { status: 503 });
  assert.equal((await ask("/ccp-v2/")).status, 503);
  assert.equal((await ask("/login")).status, 200);
  undo();
  connect.ccpDelayMs = 60;
  const start = performance.now();
  assert.equal((await ask("/ccp-v2/")).status, 200);
  assert.ok(performance.now() - start >= 55);
});

test("two instances share nothing", async (t) => {
  const one = await startInstance(t);
  const two = await startInstance(t);
  one.connect.saml = false;
  one.connect.users.delete("grace@example.com");
  one.connect.agent(ada).setState("Lunch");
  const { cookie } = await one.signIn(ada);
  assert.equal(two.connect.agent(ada).state.name, "Offline");
  assert.equal(two.connect.users.size, 2);
  assert.match(
    (await two.ask("/ccp-v2/", { headers: { cookie } })).body,
    /Session expired/,
  );
});
