// @ts-check
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { sysIdOf, updateSetOf } from "./harness.js";
import { importUpdateSet } from "./import.js";
import { Tables } from "./tables.js";
import { fixedSysId } from "./users.js";

/** @type {Tables} */
let tables;

beforeEach(() => {
  tables = new Tables(() => Date.parse("2026-08-01T00:00:00Z"));
  for (const table of [
    "sys_ui_page",
    "sys_ui_script",
    "sys_properties",
    "sys_security_acl",
    "sys_security_acl_role",
    "sys_user_role",
    "sys_scope",
    "sn_openframe_configuration",
  ])
    tables.define(table);
});

const page = {
  table: "sys_ui_page",
  fields: { name: "p", html: "<j>&amp;</j>" },
};
const property = {
  table: "sys_properties",
  fields: { name: "connect_softphone.controls", type: "string" },
};

/** @param {string} text */
const problems = (text) =>
  importUpdateSet(tables, text).problems.map(({ problem }) => problem);

describe("an update set", () => {
  test("is committed in both forms of a payload", () => {
    for (const form of /** @type {const} */ (["escaped", "cdata"])) {
      const name = form;
      const fields = { name, html: "<a>]]>&amp;</a>" };
      const set = updateSetOf([{ table: "sys_ui_page", fields, form }]);
      const { problems, committed } = importUpdateSet(tables, set);
      assert.deepEqual(problems, []);
      assert.deepEqual(committed, [
        `sys_ui_page_${sysIdOf("sys_ui_page", name)}`,
      ]);
      assert.equal(tables.named("sys_ui_page", name)?.html, fields.html);
    }
  });

  test("leaves an administrator's edits of fields alone that it does not have", () => {
    const set = updateSetOf([page, property]);
    importUpdateSet(tables, set);
    const { sys_id } = /** @type {import("./tables.js").Row} */ (
      tables.named("sys_properties", property.fields.name)
    );
    tables.update("sys_properties", sys_id, { value: "icc", type: "choice" });
    const again = importUpdateSet(tables, set);
    assert.deepEqual(again.problems, []);
    assert.equal(again.newer.length, 1);
    assert.equal(tables.rows("sys_properties").length, 1);
    const { value, type } = tables.row("sys_properties", sys_id) ?? {};
    assert.deepEqual({ value, type }, { value: "icc", type: "string" });
  });

  test("overwrites a field that is empty in it", () => {
    const fields = { name: "x", value: "" };
    const set = updateSetOf([{ table: "sys_properties", fields }]);
    importUpdateSet(tables, set);
    const id = sysIdOf("sys_properties", "x");
    tables.update("sys_properties", id, { value: "mine" });
    importUpdateSet(tables, set);
    assert.equal(tables.row("sys_properties", id)?.value, "");
  });

  test("cannot be uploaded unless it is XML with one set", () => {
    assert.match(problems("")[0], /there is no XML/);
    assert.match(problems("<unload>")[0], /not well-formed/);
    assert.match(problems("<a/>")[0], /expected <unload>/);
    assert.match(
      problems(`<unload unload_date="2026-07-01 08:00:00"/>`)[0],
      /found 0 sys_remote_update_set/,
    );
  });

  test("is not committed at all if one record has a problem", () => {
    const bad = { table: "no_such_table", fields: { name: "x" } };
    const { problems, committed } = importUpdateSet(
      tables,
      updateSetOf([page, bad]),
    );
    assert.match(problems[0].problem, /no table no_such_table/);
    assert.deepEqual(committed, []);
    assert.deepEqual(tables.rows("sys_ui_page"), []);
  });

  test("has a problem with payloads that are not XML", () => {
    const broken = updateSetOf([page]).replace(
      "record_update&gt;</payload>",
      "</payload>",
    );
    assert.match(problems(broken)[0], /payload: not well-formed XML/);
    const nested = updateSetOf([{ ...page, form: "cdata" }]).replace(
      "<![CDATA[<?xml",
      "<![CDATA[<![CDATA[]]><?xml",
    );
    assert.ok(problems(nested).length > 0);
  });

  test("has a problem with a record of the same name and another sys_id", () => {
    tables.insert("sys_ui_page", { name: "p" });
    assert.match(problems(updateSetOf([page]))[0], /another sys_id: p/);
  });

  test("has a problem with a second default configuration, and none with one that is no default", () => {
    tables.insert("sn_openframe_configuration", { name: "a", default: "true" });
    const of = (/** @type {string} */ value) =>
      updateSetOf([
        {
          table: "sn_openframe_configuration",
          fields: { name: "b", default: value },
        },
      ]);
    assert.match(problems(of("true"))[0], /another default/);
    assert.deepEqual(problems(of("false")), []);
  });

  test("has a problem with a scope or a reference that is not there", () => {
    const scope = fixedSysId("some scope");
    assert.match(problems(updateSetOf([page], { scope }))[0], /no such scope/);
    const acl = {
      table: "sys_security_acl",
      fields: { name: "p", type: "ui_page", operation: "read" },
    };
    const acls = sysIdOf("sys_security_acl", "p");
    const link = (/** @type {string} */ role, name = "") => ({
      table: "sys_security_acl_role",
      fields: { name: "l", sys_security_acl: acls },
      xml: `<sys_user_role${name && ` name="${name}"`}>${role}</sys_user_role>`,
    });
    const missing = fixedSysId("no such role");
    assert.match(
      problems(updateSetOf([acl, link(missing)]))[0],
      /sys_user_role: there is no record/,
    );
    // A role is known by its name, too.
    const role = tables.insert("sys_user_role", { name: "agent" });
    assert.deepEqual(problems(updateSetOf([acl, link(missing, "agent")])), []);
    const [row] = tables.rows("sys_security_acl_role");
    assert.equal(row.sys_user_role, role.sys_id);
  });

  test("has a problem with names, guids and sys_ids that do not fit", () => {
    const set = updateSetOf([page]);
    const id = sysIdOf("sys_ui_page", "p");
    for (const [from, to, problem] of [
      [`<name>sys_ui_page_${id}`, "<name>sys_ui_page_x", /name: expected/],
      ["<state>loaded", "<state>complete", /state/],
      [/<update_guid>./, "<update_guid>-", /update_guid/],
      [/<remote_update_set>./, "<remote_update_set>-", /remote_update_set/],
      ["<category>customer", "<category>x", /category/],
      [/unload_date="[^"]*"/, `unload_date="today"`, /unload_date/],
    ])
      assert.match(
        problems(set.replace(from, String(to))).join(),
        /** @type {RegExp} */ (problem),
      );
  });
});

describe("a query", () => {
  test("finds rows, in order, and ignores columns that do not exist", () => {
    for (const [name, order] of [
      ["a", "10"],
      ["b", "9"],
      ["c", ""],
    ])
      tables.insert("sys_scope", { name, order });
    const names = (/** @type {string} */ query) =>
      tables
        .query("sys_scope", query)
        .map(({ name }) => name)
        .join("");
    assert.equal(names("name=a^ORname=c"), "ac");
    assert.equal(names("orderISNOTEMPTY^ORDERBYorder"), "ba");
    assert.equal(names("ORDERBYDESCname"), "cba");
    assert.equal(names("nameINa,b^name!=a"), "b");
    assert.equal(names("no_such=1"), "abc");
  });
});
