// @ts-check
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { read } from "../../scripts/run.js";
import {
  dateOf,
  singleRecord,
  updateSet,
} from "../../scripts/servicenow/update-set.js";
import { PREFIX, SETTINGS } from "../../www/servicenow/settings.js";
import { children, fieldsOf, parse, readUpdateSet } from "./xml.js";

const PACKED = "dist/servicenow";

/** @type {ReturnType<typeof readUpdateSet>} */
let install;
/** @type {ReturnType<typeof readUpdateSet>} */
let upgrade;
before(async () => {
  install = readUpdateSet(
    await read(`${PACKED}/connect-softphone-update-set.xml`),
  );
  upgrade = readUpdateSet(
    await read(`${PACKED}/connect-softphone-upgrade-set.xml`),
  );
});

/** @param {string} table */
const of = (table) => install.records.filter((one) => one.table === table);

describe("the Update Set", () => {
  test("is what an instance exports: one set, loaded, and updates that belong to it", () => {
    assert.equal(install.unload.tagName, "unload");
    assert.match(
      install.unload.getAttribute("unload_date") ?? "",
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    );
    assert.equal(install.set.state, "loaded");
    assert.equal(install.set.application, "global");
    for (const { update, table, action, name, fields } of install.records) {
      assert.equal(update.remote_update_set, install.set.sys_id);
      assert.equal(update.action, "INSERT_OR_UPDATE");
      assert.equal(action, "INSERT_OR_UPDATE");
      assert.equal(name, table);
      assert.equal(update.name, `${table}_${fields.sys_id}`);
      assert.equal(fields.sys_update_name, update.name);
      assert.equal(fields.sys_scope, "global");
      assert.equal(fields.sys_package, "global");
      assert.match(fields.sys_id, HEX);
      assert.match(update.sys_id, HEX);
      assert.match(update.update_guid, HEX);
      assert.notEqual(update.type, "");
    }
  });

  test("has these records, whose sys_ids never change", () => {
    const ids = Object.fromEntries(
      install.records
        .filter(({ table }) => table !== "sys_properties")
        .map(({ table, fields }) => [`${table} ${fields.name}`, fields.sys_id]),
    );
    assert.deepEqual(ids, IDS);
    const all = install.records.map(({ fields }) => fields.sys_id);
    assert.equal(new Set(all).size, all.length);
  });

  test("names each update and each record once", () => {
    for (const key of /** @type {const} */ (["sys_id", "name", "update_guid"]))
      assert.equal(
        new Set(install.records.map(({ update }) => update[key])).size,
        install.records.length,
        key,
      );
  });

  test("makes a property of every setting, and gives none a value", () => {
    const properties = of("sys_properties").map(({ fields }) => fields);
    assert.deepEqual(
      properties.map(({ name }) => name),
      Object.keys(SETTINGS).map((name) => PREFIX + name),
    );
    for (const fields of properties) {
      assert.ok(!("value" in fields), fields.name);
      assert.match(fields.description, /\.$/);
      assert.equal(fields.is_private, "false");
      assert.equal(fields.type, fields.choices ? "choicelist" : "string");
    }
  });

  test("closes both pages to whoever has not the role", () => {
    assert.deepEqual(
      of("sys_security_acl").map(({ fields }) => [
        fields.name,
        fields.type,
        fields.operation,
        fields.active,
        fields.advanced,
        fields.script,
      ]),
      of("sys_ui_page").map(({ fields }) => [
        fields.name,
        "ui_page",
        "read",
        "true",
        "true",
        "answer = gs.hasRole('sn_openframe_user');",
      ]),
    );
  });

  test("refers to no record that it does not bring", () => {
    const known = new Set(install.records.map(({ fields }) => fields.sys_id));
    for (const { fields } of install.records)
      for (const [name, value] of Object.entries(fields))
        if (HEX.test(value)) assert.ok(known.has(value), name);
  });

  test("has an OpenFrame configuration that is not the default", () => {
    const [{ fields }, ...more] = of("sn_openframe_configuration");
    assert.equal(more.length, 0);
    assert.equal(fields.default, "false");
    assert.equal(fields.url, "/connect_softphone.do");
  });

  test("fits into the columns of ServiceNow", () => {
    for (const { update } of install.records) {
      // MEDIUMTEXT; the record must hold the payload, and the payload the script.
      assert.ok(Buffer.byteLength(update.payload) < 16_000_000, update.name);
      assert.ok(update.target_name.length <= 255);
    }
  });

  test("to upgrade is the same without the OpenFrame configuration, which an administrator changes", () => {
    assert.deepEqual(
      upgrade.records.map(({ fields }) => fields),
      install.records
        .filter(({ table }) => table !== "sn_openframe_configuration")
        .map(({ fields }) => fields),
    );
    assert.notEqual(upgrade.set.sys_id, install.set.sys_id);
    const updates = new Set(install.records.map(({ update }) => update.sys_id));
    for (const { update } of upgrade.records)
      assert.ok(!updates.has(update.sys_id));
  });
});

describe("importing", () => {
  test("twice changes nothing, and keeps what an administrator has set", () => {
    /** @type {Map<string, Record<string, string>>} */
    const instance = new Map();
    const take = () => {
      for (const { table, fields } of install.records) {
        const key = `${table} ${fields.sys_id}`;
        instance.set(key, { ...instance.get(key), ...fields });
      }
    };
    take();
    const first = structuredClone([...instance]);
    take();
    assert.deepEqual([...instance], first);
    const property = [...instance.values()].find(
      ({ name }) => name === "connect_softphone.controls",
    );
    assert.ok(property);
    property.value = "icc";
    take();
    assert.equal(instance.size, install.records.length);
    const key = `sys_properties ${property.sys_id}`;
    assert.equal(instance.get(key)?.value, "icc");
  });

  test("a record alone is the same record", async () => {
    for (const { table, fields } of install.records) {
      const text = await read(
        `${PACKED}/files/records/${table}/${fields.name}.xml`,
      );
      const [record] = children(parse(text));
      assert.equal(record.tagName, table);
      assert.deepEqual(fieldsOf(record), fields);
    }
  });
});

describe("making an Update Set", () => {
  const given = {
    name: "n",
    description: "d",
    version: "1.2.3",
    records: [
      {
        table: "sys_ui_script",
        name: "odd & <odd>",
        fields: {
          script: `if (a < b && c > d) "]]>" /* \u2028 \u{1f600} */ \t`,
        },
      },
    ],
  };

  test("the same records make the same bytes", () => {
    assert.equal(updateSet(given), updateSet(structuredClone(given)));
  });

  test("any text comes out as it went in", () => {
    const [{ fields }] = readUpdateSet(updateSet(given)).records;
    assert.equal(fields.script, given.records[0].fields.script);
    assert.equal(fields.sys_name, "odd & <odd>");
  });

  test("a character that XML does not have is refused, and named", () => {
    const [record] = structuredClone(given.records);
    for (const stray of ["\0", "\x1b", "\ud800", "\uffff"]) {
      record.fields.script = `before ${stray} after`;
      assert.throws(() => singleRecord(record, "1.2.3"), /XML has no .*before/);
    }
  });

  test("the version alone decides the date", () => {
    assert.equal(dateOf("0.1.0"), "2026-01-01 00:01:00");
    assert.equal(dateOf("1.2.3-beta.1"), "2026-01-01 01:02:03");
    assert.equal(dateOf("25.61.0"), "2026-01-01 01:01:00");
  });
});

const HEX = /^[0-9a-f]{32}$/;

const IDS = {
  "sn_openframe_configuration Amazon Connect softphone":
    "af5fc9673bd3ccbcdf561d8fb4c1e3c8",
  "sys_security_acl connect_softphone": "99977b6d109c690d8fbb2686f1bb0da4",
  "sys_security_acl connect_softphone_return":
    "65be5b3e00df29b8937298eba1d3a242",
  "sys_ui_page connect_softphone": "9d6adc6211acfc6f7113388e2a1b5c00",
  "sys_ui_page connect_softphone_return": "99dc530ca81ad0463572e37d2c1fc9e2",
  "sys_ui_script connect_softphone": "cc10a515c99f4fcc079a13c5404ac02c",
  "sys_ui_script connect_softphone_controls":
    "7339e802baecb4fd6e57ee923e901c8a",
  "sys_ui_script connect_softphone_numbers": "04b7b6e05c95a7df9827e563452ed7c3",
  "sys_ui_script connect_softphone_streams": "10cd322905b26b52838c93a8a53f8643",
};
