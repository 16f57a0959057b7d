// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";
import { fixedSysId } from "./users.js";

/** @type {import("../lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
});
afterEach(() => lab.close());

const ada = "ada@example.com";

/** @param {string} path @param {Parameters<Visitor["ask"]>[1]} [options] */
const ask = (path, options) =>
  visitor.ask(`${lab.urls.serviceNow}${path}`, options);

/** @param {string} [userName] */
const logIn = (userName = ada) =>
  visitor.addCookie(lab.serviceNow.beginSession(userName));

describe("the REST API", () => {
  const voice = "/api/now/openframe/voice-interaction";
  const json = (/** @type {{ text: string }} */ { text }) => JSON.parse(text);

  test("needs a session, and no token but the right one", async () => {
    const path = `/api/now/awa/agents/${lab.serviceNow.users.get(ada)?.sysId}`;
    assert.equal((await ask(path)).status, 401);
    logIn();
    assert.equal((await ask(path)).status, 200);
    for (const token of ["", "wrong"]) {
      const headers = { "x-usertoken": token };
      assert.equal((await ask(path, { headers })).status, 401);
    }
    lab.serviceNow.tables.insert("sys_ui_page", {
      name: "p",
      direct: "true",
      html: `<j:jelly xmlns:j="jelly:core" xmlns:g="glide"><g:evaluate var="jvar_x">gs.getSession().getSessionToken()</g:evaluate><p>${"${jvar_x}"}</p></j:jelly>`,
    });
    const token = /<p>(.*)<\/p>/.exec((await ask("/p.do")).text)?.[1] ?? "";
    const headers = { "x-usertoken": token };
    assert.equal((await ask(path, { headers })).status, 200);
    assert.deepEqual(
      lab.serviceNow.restCalls.map(({ status }) => status),
      [401, 200, 401, 401, 200],
    );
  });

  test("makes interactions and changes them", async () => {
    logIn();
    const made = await ask(voice, {
      json: {
        interaction: {
          userPhoneNumber: "+14155550100",
          clientSessionId: "contact-1",
          additionalParams: { direction: "inbound" },
        },
        interactionContext: { queue: "Support" },
      },
    });
    const { result } = json(made);
    assert.equal(result.status, "SUCCESS");
    assert.equal(result.number, "IMS0000001");
    const change = {
      interaction: { additionalParams: { state: "closed_complete" } },
    };
    const changed = await ask(`${voice}/${result.sysId}`, {
      method: "PATCH",
      json: change,
    });
    assert.deepEqual(json(changed).result, { status: "SUCCESS" });
    const [row] = lab.serviceNow.interactions;
    assert.equal(row.user_phone_number, "+14155550100");
    assert.equal(row.direction, "inbound");
    assert.equal(row.state, "closed_complete");
  });

  test("refuses interactions that are wrong", async () => {
    logIn();
    for (const [body, problem] of /** @type {[unknown, RegExp][]} */ ([
      [{}, /interaction/],
      [{ interaction: {} }, /at least one/],
      [{ interaction: { clientSessionId: "1" } }, /userPhoneNumber: missing/],
      [{ interaction: { userPhoneNumber: "4155550100" } }, /E.164/],
      [
        { interaction: { userPhoneNumber: "+14155550100", state: "new" } },
        /state: no such field/,
      ],
      [
        {
          interaction: { userPhoneNumber: "+14155550100" },
          relatedRecords: [{}],
        },
        /documentId/,
      ],
    ])) {
      const { status, text } = await ask(voice, { json: body });
      assert.equal(status, 400);
      assert.match(text, problem);
    }
    assert.deepEqual(lab.serviceNow.interactions, []);
    lab.serviceNow.users.get(ada)?.roles.splice(0);
    assert.equal((await ask(voice, { json: {} })).status, 403);
  });

  test("has presence states and agents in them", async () => {
    logIn();
    const path = `/api/now/awa/agents/${lab.serviceNow.users.get(ada)?.sysId}`;
    const { result: states } = json(await ask(`${path}/presence_states`));
    const available = states.find(
      (/** @type {any} */ one) => one.name === "Available",
    );
    const put = (/** @type {unknown} */ presence) =>
      ask(path, { method: "PUT", json: { presence } });
    assert.equal((await put({ sys_id: "none" })).status, 404);
    assert.equal((await put({})).status, 400);
    const { result } = json(await put({ sys_id: available.sys_id }));
    assert.equal(result.presence.available, true);
    assert.equal(lab.serviceNow.presences.of(ada).name, "Available");
  });

  test("takes the stock page's events, named by the state", async () => {
    logIn();
    const path =
      "/api/sn_cti_core/cti_api/softphone/sources/aws_ccp/actor/agent/events";
    const body = (/** @type {string} */ name) => ({
      agent: {
        sys_id: "doe.john@snc",
        status: {
          agentStateARN: null,
          type: "not_routable",
          name,
          startTimestamp: "2020-09-24T21:43:20.957Z",
        },
      },
      window: { location: { href: "https://x/", search: "" } },
      aws: { connect: { config: {} } },
    });
    const sent = await ask(`${path}/AfterCallWork`, {
      json: body("After Call-Work"),
    });
    assert.deepEqual(json(sent), { result: {} });
    for (const [event, wrong] of /** @type {[string, any][]} */ ([
      ["Lunch", body("Break")],
      ["After%20Call", body("After Call")],
      ["Lunch", { ...body("Lunch"), window: {} }],
    ]))
      assert.equal(
        (await ask(`${path}/${event}`, { json: wrong })).status,
        400,
      );
  });

  test("shows tables to those who may read them", async () => {
    logIn();
    const path = "/api/now/table/sn_cti_connect_instance";
    assert.equal((await ask(path)).status, 403);
    logIn("admin@example.com");
    const { result } = json(await ask(`${path}?sysparm_fields=name,sys_id`));
    assert.deepEqual(result, [
      {
        name: "Acme contact centre",
        sys_id: fixedSysId("sn_cti_connect_instance"),
      },
    ]);
    assert.equal((await ask("/api/now/table/no_such")).status, 400);
    assert.equal((await ask("/api/now/no_such")).status, 400);
  });
});
