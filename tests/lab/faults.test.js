// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { WebSocket } from "ws";
import { stateOf } from "./control/state.js";
import { FAULTS } from "./faults.js";
import { startLab } from "./lab.js";
import { Visitor } from "./visitor.js";

const ada = "ada@example.com";
const ssoLogin = (/** @type {Visitor} */ visitor) =>
  visitor.visit(lab.urls.ssoLogin);

/** @type {import("./lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
});
afterEach(() => lab.close());

describe("the faults", () => {
  test("have unique ids and titles", () => {
    const ids = FAULTS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, title } of FAULTS) {
      assert.match(id, /^[a-z\d]+(-[a-z\d]+)+$/);
      assert.match(title, /^[A-Z]/);
    }
  });

  test("leave no trace once deactivated, in either order", () => {
    const before = snapshot();
    for (const { id } of FAULTS) {
      lab.faults.set(id);
      lab.faults.set(id);
      assert.deepEqual(lab.faults.active, [id]);
      lab.faults.unset(id);
      lab.faults.unset(id);
      assert.deepEqual(snapshot(), before, id);
    }
    for (const fault of FAULTS) fault.set(lab);
    lab.faults.clear();
    assert.deepEqual(lab.faults.active, []);
    assert.deepEqual(snapshot(), before);
  });

  test("belong to one lab", async () => {
    const other = await startLab();
    try {
      lab.faults.set("idp-down");
      assert.deepEqual(other.faults.active, []);
      assert.equal(other.idp.down, false);
    } finally {
      await other.close();
    }
  });

  test("are known only by their ids", () => {
    assert.throws(
      () => lab.faults.set("idp-on-fire"),
      /no fault idp-on-fire, expected one of .*idp-down/,
    );
    assert.throws(() => lab.faults.unset("idp-on-fire"), /no fault/);
  });
});

describe("a fault of the identity provider or of a window", () => {
  beforeEach(() => visitor.addCookie(lab.idp.beginSession(ada)));

  /** @type {Record<string, () => Promise<void>>} */
  const effects = {
    async "window-opener-cut"() {
      const { headers } = await visitor.ask(lab.urls.idpLogin);
      assert.equal(headers["cross-origin-opener-policy"], "same-origin");
    },
    async "window-return-page-missing"() {
      const url = `${lab.urls.desk}/softphone-return.html?n=1`;
      assert.equal((await visitor.ask(url)).status, 404);
    },
    async "idp-down"() {
      await assert.rejects(ssoLogin(visitor), { code: "ECONNRESET" });
    },
    async "idp-500"() {
      assert.equal((await ssoLogin(visitor)).status, 500);
    },
    async "idp-slow"() {
      assert.equal(lab.idp.delayMs, 10_000);
    },
    async "idp-no-framing"() {
      const { headers } = await visitor.ask(lab.urls.ssoLogin);
      assert.equal(headers["x-frame-options"], "DENY");
    },
    async "idp-login-no-framing"() {
      const sso = await visitor.ask(lab.urls.ssoLogin);
      assert.equal(sso.headers["x-frame-options"], undefined);
      const { headers } = await visitor.ask(lab.urls.idpLogin);
      assert.equal(headers["x-frame-options"], "DENY");
    },
    async "idp-sso-no-framing"() {
      const login = await visitor.ask(lab.urls.idpLogin);
      assert.equal(login.headers["x-frame-options"], undefined);
      const { headers } = await visitor.ask(lab.urls.ssoLogin);
      assert.equal(headers["x-frame-options"], "DENY");
    },
    async "idp-cookie-lax"() {
      assert.equal(lab.idp.beginSession(ada).sameSite, "Lax");
      const begin = new URL("/lab/begin", lab.urls.idp);
      begin.search = String(
        new URLSearchParams({ login: ada, next: lab.urls.desk }),
      );
      const { headers } = await visitor.ask(begin.href);
      assert.match(String(headers["set-cookie"]), /SameSite=Lax/);
    },
    async "idp-mfa"() {
      assert.match((await ssoLogin(visitor)).url, /\/login\/mfa/);
    },
    async "idp-session-gone"() {
      assert.match((await ssoLogin(visitor)).url, /\/login\/login\.htm/);
    },
    async "idp-no-relay-state"() {
      const { ssoLoginUrl } = lab.desk.config;
      assert.doesNotMatch(ssoLoginUrl, /RelayState/);
      assert.match((await visitor.visit(ssoLoginUrl)).url, /\/ccp-v2\/?$/);
    },
    async "relay-other-instance"() {
      const { text } = await visitor.visit(lab.desk.config.ssoLoginUrl);
      assert.match(text, /another instance/);
    },
    async "relay-unknown-instance"() {
      const { text } = await visitor.visit(lab.desk.config.ssoLoginUrl);
      assert.match(text, /no Amazon Connect instance/);
    },
    async "connect-user-unknown"() {
      assert.match((await ssoLogin(visitor)).text, /Access denied/);
    },
    async "origin-not-approved"() {
      const { headers } = await visitor.ask(lab.urls.ccp);
      assert.equal(
        headers["content-security-policy"],
        "frame-ancestors 'self'",
      );
    },
    async "unload-off"() {
      const { headers } = await visitor.ask(lab.urls.ccp);
      assert.equal(headers["permissions-policy"], "unload=()");
    },
    async "ccp-slow"() {
      assert.equal(lab.connect.ccpDelayMs, 10_000);
    },
  };
  for (const [id, happens] of Object.entries(effects))
    test(`has its effect: ${id}`, async () => {
      await assert.rejects(happens, "the effect is there without the fault");
      lab.faults.set(id);
      await happens();
    });
});

describe("a fault of the API", () => {
  for (const [id, status] of Object.entries({
    "api-401": 401,
    "api-403": 403,
    "api-429": 429,
    "api-500": 500,
  }))
    test(`has its effect, also on a waiting poll: ${id}`, async () => {
      const call = await caller();
      const { answer } = await polling(call);
      lab.faults.set(id);
      assert.equal((await answer).status, 200);
      assert.equal((await call("GetAgentStates")).status, status);
      lab.faults.unset(id);
      assert.equal((await call("GetAgentStates")).status, 200);
    });

  test("can be silence, which ends when it is deactivated", async () => {
    const call = await caller();
    const { answer } = await polling(call);
    lab.faults.set("api-silent");
    await answer;
    const silent = call("GetAgentStates");
    silent.catch(() => {});
    while (lab.connect.apiCalls.at(-1)?.operation !== "GetAgentStates")
      await turn();
    lab.faults.unset("api-silent");
    await assert.rejects(silent, { code: "ECONNRESET" });
  });

  for (const [id, status, times] of /** @type {const} */ ([
    ["worker-frozen", 401, 21],
    ["worker-denied", 403, 11],
  ]))
    test(`refuses the snapshot until Streams gives up, and answers nothing else: ${id}`, async () => {
      const call = await caller();
      const { answer } = await polling(call);
      lab.faults.set(id);
      await answer;
      const silent = call("GetAgentStates");
      silent.catch(() => {});
      for (let at = 0; at < times; at++)
        assert.equal((await call("GetAgentSnapshot")).status, status);
      await assert.rejects(silent, { code: "ECONNRESET" });
      assert.equal((await call("GetAgentSnapshot")).status, 200);
      assert.equal((await call("GetAgentStates")).status, 200);
    });

  test("can affect the next change of state, once", async () => {
    const call = await caller();
    lab.faults.set("api-401-once");
    assert.equal((await call("GetAgentStates")).status, 200);
    const { state } = lab.connect.agent(ada);
    const setState = () =>
      call("PutAgentState", { state: { ...state, name: "Available" } });
    assert.equal((await setState()).status, 401);
    assert.notEqual((await setState()).status, 401);
  });
});

describe("a fault of the session", () => {
  test("ends it: session-ends", async () => {
    const call = await caller();
    lab.faults.set("session-ends");
    assert.equal((await call("GetAgentStates")).status, 401);
  });

  for (const when of ["before", "during"])
    test(`ends it in a call, if activated ${when} the call`, async () => {
      const call = await caller();
      lab.connect.agent(ada).setState("Available");
      if (when === "before") lab.faults.set("session-ends-in-call");
      const incoming = lab.connect.call({ username: ada });
      assert.equal((await call("GetAgentStates")).status, 200);
      incoming.accept();
      if (when === "during") {
        assert.equal((await call("GetAgentStates")).status, 200);
        lab.faults.set("session-ends-in-call");
      }
      assert.equal(incoming.state, "connected");
      assert.equal((await call("GetAgentStates")).status, 401);
    });

  test("ends it, and lets none begin: ip-refused-in-call", async () => {
    const call = await caller();
    visitor.addCookie(lab.idp.beginSession(ada));
    lab.faults.set("ip-refused-in-call");
    assert.equal((await call("GetAgentStates")).status, 401);
    assert.equal((await ssoLogin(visitor)).status, 403);
    lab.faults.unset("ip-refused-in-call");
    assert.equal((await ssoLogin(visitor)).status, 200);
    assert.equal((await (await reopened())("GetAgentStates")).status, 200);
  });

  test("makes it another agent's: agent-before", async () => {
    const call = await caller();
    lab.faults.set("agent-before");
    assert.equal((await call("GetAgentConfiguration")).status, 401);
    const { text } = await (await reopened())("GetAgentConfiguration");
    assert.equal(JSON.parse(text).configuration.username, "grace@example.com");
  });

  test("keeps it alive when it should end: logout-fails", async () => {
    const call = await caller();
    lab.faults.set("logout-fails");
    await visitor.visit(`${lab.urls.instance}/logout`);
    assert.equal((await call("GetAgentStates")).status, 200);
    lab.faults.unset("logout-fails");
    await visitor.visit(`${lab.urls.instance}/logout`);
    assert.equal((await call("GetAgentStates")).status, 401);
  });
});

describe("a fault of inactivity", () => {
  /** Signs Ada in, and listens as her CCP does. */
  async function listening() {
    const cookie = lab.connect.beginSession(ada);
    const call = await caller(cookie);
    const page = await open("/lab/sdk-line", `${cookie.name}=${cookie.value}`);
    /** @type {any[]} */
    const heard = [];
    page.on("message", (data) => heard.push(JSON.parse(String(data))));
    const until = async (/** @type {string} */ what) => {
      const has = () =>
        heard.find(({ type, topic }) => type === what || topic === what);
      while (!has()) await turn();
      return has();
    };
    return { call, page, heard, until };
  }

  test("warns, until there is activity: inactivity-warning", async () => {
    const { call, page, until } = await listening();
    lab.faults.set("inactivity-warning");
    const { data } = await until("expiration-warning");
    assert.ok(data.expiration > lab.clock.now("connect"));
    page.send(JSON.stringify({ type: "active", id: "1" }));
    assert.equal((await until("answer")).refused, undefined);
    await until("expiration-warning-cleared");
    assert.equal((await call("GetAgentStates")).status, 200);
    assert.equal(lab.connect.activities.at(-1)?.from, "sdk");
  });

  for (const [id, terminates] of /** @type {const} */ ([
    ["inactivity-logout", true],
    ["inactivity-without-terminate", false],
  ]))
    test(`ends the session after the warning: ${id}`, async () => {
      const { call, heard, until } = await listening();
      lab.faults.set(id);
      await until("expiration-warning");
      assert.equal((await call("GetAgentStates")).status, 200);
      lab.clock.offsetMs += 5000;
      while ((await call("GetAgentStates")).status === 200) await turn();
      const told = heard.some(({ type }) => type === "terminate");
      assert.equal(told, terminates);
    });

  test("takes no activity: activity-refused", async () => {
    const { page, heard, until } = await listening();
    lab.faults.set("activity-refused");
    await until("expiration-warning");
    page.send(JSON.stringify({ type: "active", id: "1" }));
    assert.equal((await until("answer")).refused, "activityRefused");
    const { data } = await until("session-extension-error");
    assert.equal(data.isWarningActive, true);
    assert.ok(!heard.some(({ topic }) => /cleared$/.test(topic)));
  });

  test("needs a session", async () => {
    await assert.rejects(open("/lab/sdk-line"), /401/);
  });
});

describe("a fault of the CCP", () => {
  for (const [id, message] of Object.entries({
    "ccp-dies": "freeze",
    "ccp-goes-blank": "blank",
    "ccp-stays-dead": "freeze",
    "worker-killed": "end",
    "auth-fail-then-success": "authFail",
  }))
    test(`reaches its worker: ${id}`, async () => {
      const line = await open("/lab/worker-line");
      const told = once(line, "message");
      lab.faults.set(id);
      assert.equal(String(await told), message);
      assert.equal(lab.connect.ccpDead, id === "ccp-stays-dead");
    });

  test("cuts the WebSocket, and refuses new ones until it is deactivated", async () => {
    const call = await caller();
    const { text } = await call("CreateTransport", {
      transportType: "web_socket",
    });
    const { pathname } = new URL(JSON.parse(text).webSocketTransport.url);
    const first = await open(pathname);
    const line = await open("/lab/worker-line");
    const cut = once(first, "close");
    lab.faults.set("websocket-lost");
    await cut;
    await assert.rejects(open(pathname), /503/);
    assert.equal(line.readyState, WebSocket.OPEN);
    lab.faults.unset("websocket-lost");
    await open(pathname);
  });
});

/** The state of the lab, without its addresses. */
function snapshot() {
  const { urls, ...settings } = stateOf(lab);
  return JSON.parse(JSON.stringify(settings));
}

/** Signs Ada in at the instance; returns a function that calls the API. */
function caller(cookie = lab.connect.beginSession(ada)) {
  visitor.addCookie(cookie);
  return reopened();
}

/** Returns a function that calls the API with a new token of the visitor's session. */
async function reopened() {
  const { text } = await visitor.ask(`${lab.urls.instance}/auth/authorize`);
  const token = JSON.parse(text).accessToken;
  return (/** @type {string} */ operation, input = {}) =>
    visitor.ask(`${lab.urls.instance}/api`, {
      json: { ...input, authentication: { authToken: token } },
      headers: {
        "x-amz-target": `AmazonConnectCTIService.${operation}`,
        "x-amz-bearer": token,
      },
    });
}

/**
 * Starts a poll that waits for a change.
 *
 * @param {Awaited<ReturnType<typeof caller>>} call
 * @returns {Promise<{ answer: Promise<import("./visitor.js").Answer> }>} once the poll waits
 */
async function polling(call) {
  const { text } = await call("GetAgentSnapshot", { timeout: 0 });
  const { nextToken } = JSON.parse(text);
  const answer = call("GetAgentSnapshot", { nextToken, timeout: 30_000 });
  while (lab.connect.apiCalls.length < 2) await turn();
  return { answer };
}

/**
 * Opens a WebSocket at the instance.
 *
 * @param {string} path
 * @param {string} [cookie]
 * @returns {Promise<WebSocket>}
 */
function open(path, cookie = "") {
  const socket = new WebSocket(`ws://127.0.0.1:${lab.port}${path}`, {
    headers: { host: new URL(lab.urls.instance).host, cookie },
  });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** @param {WebSocket} socket @param {string} event @returns {Promise<unknown>} */
function once(socket, event) {
  return new Promise((resolve) => socket.once(event, resolve));
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
