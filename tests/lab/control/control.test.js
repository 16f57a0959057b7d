// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { CONNECT_SETTINGS } from "../connect/settings.js";
import { ALL_FAULTS } from "../faults.js";
import { IDP_SETTINGS } from "../idp/settings.js";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;
const visitor = new Visitor();

beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab.close());

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [json]
 * @param {Record<string, string>} [headers]
 */
async function control(method, path, json, headers) {
  const url = `${lab.urls.start}control${path}`;
  const { status, text } = await visitor.ask(url, { method, json, headers });
  return { status, body: JSON.parse(text) };
}

describe("the control API", () => {
  test("changes settings of the identity provider", async () => {
    const { status, body } = await control("PATCH", "/idp", {
      framing: false,
      delayMs: 5,
      down: 503,
      assertion: { tamper: true },
    });
    assert.equal(status, 200);
    assert.equal(body.framing, false);
    assert.equal(lab.idp.framing, false);
    assert.equal(lab.idp.delayMs, 5);
    assert.equal(lab.idp.down, 503);
    assert.deepEqual(lab.idp.assertion, { tamper: true });
  });

  test("changes ServiceNow, and tells what it was asked", async () => {
    const changed = await control("PATCH", "/servicenow", {
      library: "1.0.5",
      sandbox: "allow-scripts",
    });
    assert.equal(changed.status, 200);
    assert.equal(changed.body.library, "1.0.5");
    assert.equal(lab.serviceNow.sandbox, "allow-scripts");
    const bad = await control("POST", "/servicenow/update-set", {
      xml: "<a/>",
    });
    assert.match(bad.body.problems[0].problem, /expected <unload>/);
    const name = "connect_softphone.controls";
    await control("PUT", `/servicenow/properties/${name}`, { value: "icc" });
    assert.equal(lab.serviceNow.property(name), "icc");
    await control("PATCH", "/servicenow/connect-instance", { params: "{" });
    assert.equal(lab.serviceNow.connectInstances[0].params, "{");
    const ada = "/servicenow/users/ada@example.com";
    const { body } = await control("PUT", `${ada}/presence`, { name: "Lunch" });
    assert.equal(body.name, "Lunch");
    await control("PUT", `${ada}/roles`, ["admin"]);
    const sent = await control("POST", "/servicenow/actions", { name: "mute" });
    assert.deepEqual(sent.body, { sent: 0 });
    const [script] = lab.serviceNow.tables.rows("csm_consumer");
    const path = `/servicenow/tables/csm_consumer/${script.sys_id}`;
    assert.equal((await control("PATCH", path, { name: 1 })).status, 400);
    await control("PATCH", path, { name: "Sam" });
    const rows = await control("GET", "/servicenow/tables/csm_consumer");
    assert.equal(rows.body[0].name, "Sam");
    lab.serviceNow.violations.push("wrong");
    const journal = await control("GET", "/servicenow/journal");
    assert.deepEqual(journal.body.violations, ["wrong"]);
    await control("DELETE", "/servicenow/journal");
    assert.deepEqual(lab.serviceNow.violations, []);
  });

  test("says what is wrong with a command", async () => {
    assert.deepEqual(await control("PATCH", "/idp", { framing: "no" }), {
      status: 400,
      body: { error: 'framing: found "no", expected boolean' },
    });
    const unknown = await control("PATCH", "/idp", { frames: true });
    assert.match(unknown.body.error, /^frames: no such field/);
    assert.equal((await control("GET", "/nothing")).status, 404);
    const url = `${lab.urls.start}control/idp`;
    const broken = await visitor.ask(url, {
      method: "PATCH",
      json: 1,
    });
    assert.equal(broken.status, 400);
  });

  test("adds and removes users, separately on each side", async () => {
    await control("POST", "/idp/users", { login: "alan@example.com" });
    assert.deepEqual(lab.idp.users.get("alan@example.com"), {
      login: "alan@example.com",
      password: "lab",
      username: "alan@example.com",
    });
    await control("POST", "/connect/users", {
      username: "alan@example.com",
      firstName: "Alan",
    });
    assert.equal(lab.connect.users.get("alan@example.com")?.firstName, "Alan");
    await control("DELETE", "/idp/users/alan@example.com");
    await control("DELETE", "/connect/users/alan@example.com");
    assert.ok(!lab.idp.users.has("alan@example.com"));
    assert.ok(!lab.connect.users.has("alan@example.com"));
  });

  test("begins and ends sessions", async () => {
    const { body: cookie } = await control("POST", "/idp/sessions", {
      login: "ada@example.com",
    });
    assert.equal(cookie.domain, "acme.okta.localhost");
    assert.equal(lab.idp.sessionCount, 1);
    const atConnect = await control("POST", "/connect/sessions", {
      username: "ada@example.com",
    });
    assert.equal(atConnect.body.domain, "acme.my.connect.localhost");
    const agent = new Visitor();
    agent.addCookie(cookie);
    const { url } = await agent.visit(lab.urls.ssoLogin);
    assert.equal(new URL(url).origin, lab.urls.instance);
    await control("DELETE", "/sessions");
    assert.equal(lab.idp.sessionCount, 0);
    assert.match((await agent.visit(lab.urls.ssoLogin)).url, /login\.htm/);
    assert.equal((await agent.ask(lab.urls.relayState)).status, 401);
  });

  test("changes the instance, its approved origins and the desk", async () => {
    await control("PATCH", "/connect", { saml: false, ccpDelayMs: 7 });
    assert.equal(lab.connect.saml, false);
    assert.equal(lab.connect.ccpDelayMs, 7);
    await control("PUT", "/connect/approved-origins", ["http://x.localhost"]);
    assert.deepEqual([...lab.connect.approvedOrigins], ["http://x.localhost"]);
    await control("PATCH", "/desk/config", { controls: "icc" });
    assert.equal(lab.desk.config.controls, "icc");
    await control("PUT", "/desk/config", { instanceUrl: "x" });
    assert.deepEqual(lab.desk.config, { instanceUrl: "x" });
  });

  test("moves the clocks", async () => {
    const before = lab.clock.now("aws");
    await control("PATCH", "/clock", {
      offsetMs: 1_000_000,
      offsets: { aws: 1_000_000 },
    });
    assert.ok(lab.clock.now("aws") - before >= 2_000_000);
    assert.equal(lab.clock.offsets.idp, 0);
    const wrong = await control("PATCH", "/clock", { offsets: { mars: 1 } });
    assert.equal(wrong.status, 400);
  });

  test("places a call, and hangs up as the customer", async () => {
    lab.connect.agent("ada@example.com").setState("Available");
    const { body: call } = await control("POST", "/calls", {
      username: "ada@example.com",
      attributes: { orderId: "4711" },
    });
    assert.equal(call.state, "connecting");
    assert.equal(lab.connect.calls[0].attributes.orderId, "4711");
    const { body: agent } = await control(
      "GET",
      "/connect/agents/ada@example.com",
    );
    assert.equal(agent.contacts[0].contactId, call.contactId);
    await control("POST", "/calls/last/hang-up");
    const after = await control("GET", `/calls/${call.contactId}`);
    assert.notEqual(after.body.state, "connecting");
    assert.equal((await control("GET", "/calls/none")).status, 404);
    assert.equal((await control("GET", "/connect/agents/none")).status, 404);
  });

  test("places callbacks, and lets third parties come and go", async () => {
    const agent = lab.connect.agent("ada@example.com");
    agent.setState("Available");
    lab.connect.answerAfterMs = null;
    const { body } = await control("POST", "/callbacks", {
      username: "ada@example.com",
    });
    assert.equal(body.state, "incoming");
    const [call] = lab.connect.calls;
    call.accept();
    await control("POST", "/calls/last/answer");
    assert.equal(call.state, "connected");
    const third = { type: "phone_number", phoneNumber: "+15550150" };
    for (const path of ["no-answer", "third-party/hang-up"]) {
      call.add(third);
      await control("POST", `/calls/last/${path}`);
      assert.equal(call.connections.at(-1)?.state, "disconnected", path);
    }
    const { body: monitoring } = await control("POST", "/monitoring", {
      username: "grace@example.com",
    });
    assert.equal(monitoring.state, "connected");
  });

  test("makes operations fail, and ends that", async () => {
    const { body } = await control("POST", "/connect/failures", {
      operation: "getAgentSnapshot",
      status: 500,
    });
    assert.equal(body.id, "1");
    assert.equal((await control("DELETE", "/connect/failures/1")).status, 200);
    assert.equal((await control("DELETE", "/connect/failures")).status, 200);
  });

  test("activates, lists and deactivates faults", async () => {
    const { body: state } = await control("GET", "/state");
    assert.deepEqual(
      state.faults.all.map((/** @type {{ id: string }} */ { id }) => id),
      ALL_FAULTS.map(({ id }) => id),
    );
    const { body } = await control("POST", "/faults/idp-mfa");
    assert.deepEqual(body, { active: ["idp-mfa"] });
    await control("POST", "/faults/ccp-slow");
    assert.equal(lab.idp.mfa, true);
    assert.equal(lab.connect.ccpDelayMs, 10_000);
    const { body: left } = await control("DELETE", "/faults/idp-mfa");
    assert.deepEqual(left, { active: ["ccp-slow"] });
    assert.equal(lab.idp.mfa, false);
    await control("DELETE", "/faults");
    assert.equal(lab.connect.ccpDelayMs, 0);
    const unknown = await control("POST", "/faults/idp-on-fire");
    assert.equal(unknown.status, 400);
    assert.match(unknown.body.error, /no fault idp-on-fire/);
  });

  test("kills CCPs and workers, and makes files missing", async () => {
    assert.deepEqual((await control("DELETE", "/connect/ccps")).body, {
      told: 0,
    });
    assert.deepEqual((await control("DELETE", "/connect/workers")).body, {
      told: 0,
    });
    const path = "/softphone-return.html";
    await control("PUT", "/desk/missing", [path]);
    assert.equal((await visitor.ask(lab.urls.desk + path)).status, 404);
    const wrong = await control("PUT", "/desk/missing", { path });
    assert.equal(wrong.status, 400);
  });

  test("lists requests", async () => {
    await visitor.ask(`${lab.urls.idpLogin}?secret=1`);
    const { body } = await control("GET", "/requests");
    assert.equal(body[0].path, "/login/login.htm");
    await control("DELETE", "/requests");
    assert.equal(lab.requests.length, 0);
  });

  test("documents every command", async () => {
    const { text } = await visitor.ask(`${lab.urls.start}control`);
    for (const path of ["/idp/sessions", "/calls/{contactId}/hang-up"])
      assert.ok(text.includes(`/control${path}`), path);
  });

  test("sets, reports and documents every setting of the tables", async () => {
    const { body: state } = await control("GET", "/state");
    const { text } = await visitor.ask(`${lab.urls.start}control`);
    for (const [party, table] of Object.entries({
      idp: IDP_SETTINGS,
      connect: CONNECT_SETTINGS,
    }))
      for (const [name, setting] of Object.entries(table)) {
        assert.deepEqual(state[party][name], setting.default, name);
        assert.ok(text.includes(`<b>${name}</b>`), name);
        const { body } = await control("PATCH", `/${party}`, {
          [name]: setting.default,
        });
        assert.deepEqual(body[name], setting.default, name);
      }
  });

  test("accepts no commands from other websites", async () => {
    const own = lab.urls.start.slice(0, -1);
    const command = (/** @type {Record<string, string>} */ headers) =>
      control("DELETE", "/sessions", undefined, headers);
    assert.equal((await command({ origin: own })).status, 200);
    for (const origin of ["https://evil.example", "null", lab.urls.desk])
      assert.equal((await command({ origin })).status, 403, origin);
    assert.equal(
      (await command({ "sec-fetch-site": "cross-site" })).status,
      403,
    );
    const scene = await visitor.ask(`${lab.urls.start}scene`, {
      form: { idp: "out" },
      headers: { origin: "https://evil.example" },
    });
    assert.equal(scene.status, 403);
  });
});
