import assert from "node:assert/strict";
import test from "node:test";
import { instanceRecord } from "../../www/servicenow/instance-record.js";
import { readPage } from "../../www/servicenow/page.js";
import { offeredOf } from "../../www/servicenow/work-item.js";

const SYS_ID = "0123456789abcdef0123456789abcdef";
/** @param {unknown} page */
const attribute = (page) => encodeURIComponent(JSON.stringify(page));
/** @param {unknown} given */
function page(given = {}) {
  const read = readPage(attribute(given));
  assert(read);
  return read;
}

test("what the server's script leaves out or gets wrong is empty", () => {
  for (const given of [
    {},
    { user: null, record: [], properties: 7, parameters: "x", nowMs: "now" },
    { user: { roles: "admin" }, record: { fields: null }, token: {} },
  ]) {
    const read = page(given);
    assert.deepEqual(read.user.roles, []);
    assert.equal(read.record, null);
    assert.deepEqual(read.properties, {});
    assert.equal(read.token, "");
    assert.equal(read.nowMs, 0);
  }
});

test("an attribute that is none is told from an empty one", () => {
  for (const text of [undefined, "", "null", "%", "%E0%A4%A", "[]", "x"])
    assert.equal(readPage(text), undefined, String(text));
});

/** @param {number} status @param {unknown} body */
function restOf(status, body) {
  /** @type {string[]} */
  const paths = [];
  const rest = /** @type {any} */ ({
    async send(/** @type {string} */ _method, /** @type {string} */ path) {
      paths.push(decodeURIComponent(path));
      return { status, body };
    },
  });
  return { rest, paths };
}

const COLUMNS = { name: "name", arn: "aws_arn,arn", active: "active" };
/** @param {Record<string, unknown>} given @returns {any} */
const settings = (given) => ({
  ...{ "record.table": "sn_cti_connect_instance", record: "" },
  ...{ "record.columns": {}, "record.json": null },
  ...given,
});

test("the record comes from the server, the table, or a property", async () => {
  const { rest, paths } = restOf(200, {
    result: [{ name: "Acme", arn: "arn:1", active: "true" }],
  });
  const server = page({ record: { fields: { name: "Acme" } } });
  assert.deepEqual(
    await instanceRecord(
      server,
      settings({ "record.source": "server" }),
      COLUMNS,
      rest,
    ),
    { fields: { name: "Acme" } },
  );
  assert.deepEqual(
    await instanceRecord(
      page(),
      settings({ "record.source": "rest" }),
      COLUMNS,
      rest,
    ),
    { fields: { name: "Acme", arn: "arn:1", active: "true" } },
  );
  assert.match(paths[0], /table\/sn_cti_connect_instance\?.*active=true/);
  const given = { name: "Acme", params: { ccpHost: "acme.my.connect.aws" } };
  assert.deepEqual(
    await instanceRecord(
      page(),
      settings({ "record.source": "json", "record.json": given }),
      COLUMNS,
      rest,
    ),
    {
      fields: { name: "Acme", params: '{"ccpHost":"acme.my.connect.aws"}' },
    },
  );
});

test("a record that is not there is a sentence", async () => {
  for (const [source, rest, said] of /** @type {const} */ ([
    ["server", restOf(200, {}), /Import the update set again/],
    ["json", restOf(200, {}), /record\.json/],
    ["rest", restOf(403, {}), /could not be read \(403\)/],
    ["rest", restOf(0, undefined), /no answer/],
    ["rest", restOf(200, { result: [] }), /no record/],
    ["rest", restOf(200, { result: [{}, {}] }), /several records/],
    ["rest", restOf(200, undefined), /no record/],
  ])) {
    const found = await instanceRecord(
      page(),
      settings({ "record.source": source }),
      COLUMNS,
      rest.rest,
    );
    assert.match("problem" in found ? found.problem : "", said);
  }
});

test("a query holds one value, whatever the page's address says", async () => {
  const { rest, paths } = restOf(200, { result: [] });
  const given = page({ parameters: { sysparm_id: "x^ORactive=true" } });
  const all = settings({ "record.source": "rest" });
  await instanceRecord(given, all, COLUMNS, rest);
  assert.match(paths[0], /sysparm_query=name=xORactive=true$/);
});

/** @param {string} id @param {string} phase @returns {any} */
const contact = (id, phase = "offered", kind = "call") => ({
  ...{ id, initialId: id, phase, kind },
});

test("a work item belongs to the call with its interaction", () => {
  const interactions = new Map([["b", { sysId: SYS_ID }]]);
  const item = (/** @type {object} */ document) => ({
    result: { workItem: { document } },
  });
  const contacts = [contact("a"), contact("b")];
  const ours = item({ sys_id: SYS_ID, table: "interaction" });
  assert.equal(offeredOf(ours, contacts, interactions)?.contact.id, "b");
  const later = item({ sys_id: "f".repeat(32), table: "interaction" });
  assert.equal(offeredOf(later, contacts, interactions), undefined);
  assert.equal(offeredOf(later, [contact("a")], interactions)?.contact.id, "a");
  const rejected = { payload: later.result };
  assert.equal(
    offeredOf(rejected, [contact("a")], interactions)?.contact.id,
    "a",
  );
  const other = item({
    sys_id: "f".repeat(32),
    table: "sn_customerservice_case",
  });
  assert.equal(offeredOf(other, [contact("a")], interactions), undefined);
  assert.equal(
    offeredOf(ours, [contact("b", "talking")], interactions),
    undefined,
  );
  const text = JSON.stringify(ours);
  assert.equal(offeredOf(text, contacts, interactions)?.contact.id, "b");
  for (const odd of [undefined, null, 7, "x", {}, { result: null }, item([])])
    assert.equal(offeredOf(odd, [contact("a")], interactions), undefined);
});

test("a work item of a chat answers no call, nor does a call's answer a chat", () => {
  const document = { sys_id: "f".repeat(32), table: "interaction" };
  const of = (/** @type {string | undefined} */ name) => ({
    result: {
      workItem: { serviceChannel: { name, sys_id: SYS_ID }, document },
    },
  });
  const none = new Map();
  const calls = [contact("a")];
  for (const name of ["Chat", "Messaging", "Virtual Agent chat", "Walk-up"])
    assert.equal(offeredOf(of(name), calls, none), undefined, name);
  for (const name of ["Phone", "Voice", "Telefon", "", undefined])
    assert.equal(offeredOf(of(name), calls, none)?.contact.id, "a", name);
  const chats = [
    contact("b", "offered", "chat"),
    contact("c", "offered", "task"),
  ];
  assert.equal(offeredOf(of("Phone"), chats, none), undefined);
  const both = [...chats, contact("a", "offered", "callback")];
  assert.equal(offeredOf(of("Phone"), both, none)?.contact.id, "a");
});
