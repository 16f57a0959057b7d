// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { stateOf } from "../control/state.js";
import { FAULTS, SERVICENOW_FAULTS } from "../faults.js";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;

beforeEach(async () => {
  lab = await startLab();
});
afterEach(() => lab.close());

test("the faults of ServiceNow have ids and titles of their own", () => {
  const ids = [...FAULTS, ...SERVICENOW_FAULTS].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, title, group } of SERVICENOW_FAULTS) {
    assert.match(id, /^(openframe|servicenow)-[a-z\d-]+$/);
    assert.match(title, /^[A-Za-z].*[^.]$/);
    assert.equal(group, "ServiceNow");
  }
});

test("each leaves no trace once deactivated", () => {
  const before = JSON.stringify(stateOf(lab));
  for (const { id } of SERVICENOW_FAULTS) {
    lab.faults.set(id);
    lab.faults.set(id);
    assert.deepEqual(lab.faults.active, [id]);
    lab.faults.unset(id);
    assert.equal(JSON.stringify(stateOf(lab)), before, id);
  }
  for (const { id } of SERVICENOW_FAULTS) lab.faults.set(id);
  lab.faults.clear();
  assert.equal(JSON.stringify(stateOf(lab)), before);
});

test("each has its effect", async () => {
  const { serviceNow, urls } = lab;
  const visitor = new Visitor();
  visitor.addCookie(serviceNow.beginSession("ada@example.com"));
  const ask = async (/** @type {string} */ path) =>
    visitor.ask(`${urls.serviceNow}${path}`);
  const config = async () =>
    JSON.parse((await ask("/lab/workspace/config")).text).openFrame;
  const library = "/scripts/openframe/latest/openFrameAPI.min.js";
  const rest = "/api/now/table/interaction";
  serviceNow.tables.insert("sys_ui_page", {
    name: "p",
    direct: "true",
    html: `<j:jelly xmlns:j="jelly:core" xmlns:g="glide"><g:evaluate var="jvar_x">var g = new GlideRecord('sn_cti_connect_instance'); g.query(); [gs.getSessionToken().length, g.isValid(), g.getRowCount()].join()</g:evaluate>${"${jvar_x}"}</j:jelly>`,
  });
  const page = async () => (await ask("/p.do")).text;
  /** @type {Record<string, () => Promise<unknown>>} */
  const effects = {
    "openframe-library-old": async () =>
      assert.match((await ask(library)).text, /"version":"1.0.5"/),
    "openframe-library-missing": async () =>
      assert.equal((await ask(library)).status, 404),
    "openframe-init-slow": async () =>
      assert.equal((await config()).initsIgnored, 2),
    "openframe-payload-limit": async () =>
      assert.match((await ask(library)).text, /"payloadLimit":4400/),
    "openframe-no-popups": async () =>
      assert.doesNotMatch((await config()).sandbox, /popups/),
    "openframe-no-origin": async () =>
      assert.doesNotMatch((await config()).sandbox, /same-origin/),
    "servicenow-referrer-withheld": async () => {
      const { status } = await visitor.ask(urls.ccp);
      assert.equal(status, 403);
    },
    "servicenow-csp": async () => {
      const { headers } = await ask("/p.do");
      assert.match(
        String(headers["content-security-policy"]),
        /script-src 'self'/,
      );
    },
    "servicenow-record-missing": async () =>
      assert.equal(await page(), "72,false,0"),
    "servicenow-record-unreadable": async () =>
      assert.equal(await page(), "72,true,0"),
    "servicenow-no-token": async () => assert.equal(await page(), "0,true,1"),
    "servicenow-rest-401": async () =>
      assert.equal((await ask(rest)).status, 401),
    "servicenow-rest-403": async () =>
      assert.equal((await ask(rest)).status, 403),
    "servicenow-rest-500": async () =>
      assert.equal((await ask(rest)).status, 500),
    "servicenow-presence-silent": async () =>
      assert.equal(serviceNow.presenceEvents, false),
    "servicenow-session-ends": async () =>
      assert.equal((await ask("/p.do")).status, 302),
  };
  assert.deepEqual(
    Object.keys(effects),
    SERVICENOW_FAULTS.map(({ id }) => id),
  );
  for (const { id } of SERVICENOW_FAULTS) {
    lab.faults.set(id);
    await effects[id]();
    lab.faults.unset(id);
  }
});
