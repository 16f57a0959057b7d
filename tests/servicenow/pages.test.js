// @ts-check
// The UI pages, as ServiceNow has them before Jelly: XML, with scripts for its server and for the browser.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import vm from "node:vm";
import { parse as parseScript } from "acorn";
import { read } from "../../scripts/run.js";
import { parse } from "./xml.js";

/** @type {Element} */
let page;
/** @type {Element} */
let returnPage;
/** @type {string} */
let server;
before(async () => {
  page = parse(await read("dist/servicenow/files/connect_softphone.html"));
  returnPage = parse(
    await read("dist/servicenow/files/connect_softphone_return.html"),
  );
  server = find(page, "g:evaluate")[1].textContent ?? "";
});

/** @param {Element} element @param {string} name */
function find(element, name) {
  return Array.from(element.getElementsByTagName(name));
}

describe("both pages", () => {
  test("are Jelly, with a document type", () => {
    for (const root of [page, returnPage]) {
      assert.equal(root.tagName, "j:jelly");
      assert.equal(
        find(root, "g:evaluate")[0].textContent,
        "var docType = '<!doctype html>';",
      );
      assert.equal(find(root, "g2:no_escape")[0].textContent, "$[docType]");
    }
  });

  test("have no markup's character in a script of the browser", () => {
    for (const root of [page, returnPage])
      for (const script of find(root, "script"))
        assert.doesNotMatch(script.textContent ?? "", /[<>&]|\$[[{]/);
  });

  test("let Jelly evaluate nothing but what they mean to", () => {
    const all = [page, returnPage].map((root) => root.toString()).join("\n");
    assert.deepEqual(all.match(/\$[[{][^\]}]*[\]}]/g), [
      "$[docType]",
      "${jvar_page}",
      "$[docType]",
    ]);
  });
});

test("the page asks for a referrer before anything else", () => {
  const [meta] = find(find(page, "head")[0], "*");
  assert.equal(meta.tagName, "meta");
  assert.equal(meta.getAttribute("name"), "referrer");
  assert.equal(meta.getAttribute("content"), "strict-origin-when-cross-origin");
});

test("the page loads the scripts of this build, without substitution", async () => {
  const [script] = find(page, "script");
  assert.match(
    script.getAttribute("src") ?? "",
    /^\/connect_softphone\.jsdbx\?sysparm_substitute=false&v=\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  );
  const element = find(page, "div")[0];
  assert.equal(element.getAttribute("id"), "connect-softphone");
  for (const part of ["controls", "numbers", "streams"])
    assert.match(
      element.getAttribute(`data-${part}`) ?? "",
      new RegExp(
        `^/connect_softphone_${part}\\.jsdbx\\?sysparm_substitute=false&v=[\\w.]+-[0-9a-f]{8}$`,
      ),
    );
  for (const name of [
    "connect_softphone",
    "connect_softphone_controls",
    "connect_softphone_numbers",
    "connect_softphone_streams",
  ]) {
    const code = await read(`dist/servicenow/files/${name}.js`);
    assert.ok(!code.includes("${"), name);
    assert.doesNotMatch(code, /[^\t\n\x20-\x7e]/, name);
    parseScript(code, { ecmaVersion: 2022, sourceType: "script" });
  }
});

test("Amazon Connect Streams comes with its notice", async () => {
  const code = await read("dist/servicenow/files/connect_softphone_streams.js");
  assert.match(code.slice(0, 400), /Apache-2\.0/);
  assert.match(code.slice(0, 400), /Changed:/);
});

describe("the script of the server", () => {
  test("is ES5", () => {
    for (const { textContent } of find(page, "g:evaluate"))
      parseScript(textContent ?? "", { ecmaVersion: 5 });
  });

  test("gives the browser what it needs", () => {
    const result = evaluate(INSTANCE);
    assert.deepEqual(result, {
      version: result.version,
      user: {
        sysId: "62826bf03710200044e0bfc8bcbe5df1",
        userName: "ada",
        email: "ada@example.com",
        name: "Ada Example",
        roles: ["sn_openframe_user", "itil"],
      },
      record: {
        sysId: "a".repeat(32),
        table: "sn_cti_connect_instance",
        fields: {
          name: "Acme",
          arn: "arn:aws:connect:us-east-1:123456789012:instance/1",
          params: "{}",
          ssoLoginUrl: "",
          active: "1",
        },
      },
      properties: { controls: "icc" },
      searchLimit: "25",
      token: "token",
      parameters: { sysparm_check: "", sysparm_id: "" },
      instance: "acme",
      nowMs: result.nowMs,
    });
    assert.match(result.version, /^\d+\.\d+\.\d+$/);
    assert.ok(Math.abs(result.nowMs - Date.now()) < 60_000);
  });

  test("lets through whatever an administrator or a record says", () => {
    for (const odd of [
      '"><script>alert(1)</script>',
      "${gs.getUserName()} $[docType]",
      "' \" \\ % & \u2028 \u{1f600} \0",
    ]) {
      const { properties, record } = evaluate({
        ...INSTANCE,
        properties: { "connect_softphone.screen_pop": odd },
        rows: [{ ...ROW, name: odd }],
      });
      assert.equal(properties.screen_pop, odd);
      assert.equal(record.fields.name, odd);
    }
    const { properties } = evaluate({
      ...INSTANCE,
      properties: { "connect_softphone.screen_pop": "half \ud83d" },
    });
    assert.equal(properties.screen_pop, "half \ufffd");
  });

  test("finds the record by sys_id, name or alone, and says why not", () => {
    const other = { ...ROW, sys_id: "b".repeat(32), name: "Other" };
    const off = { ...ROW, sys_id: "c".repeat(32), name: "Old", active: "0" };
    const rows = [ROW, other, off];
    /** @type {[Partial<Instance>, string][]} */
    const table = [
      [{ rows: [ROW, off] }, "Acme"],
      [{ rows, parameters: { sysparm_id: off.sys_id } }, "Old"],
      [{ rows, properties: { record: other.sys_id } }, "Other"],
      [{ rows, properties: { record: "Other" } }, "Other"],
      [{ rows }, "more than one record that is active"],
      [{ rows: [off] }, "has no record that is active"],
      [{ rows, properties: { record: "None" } }, "has no record"],
      [
        { rows, parameters: { sysparm_id: "1=1^ORactive=true" } },
        "not a sys_id",
      ],
      [{ rows, properties: { "record.table": "u_none" } }, "no table u_none"],
      [{ rows, properties: { "record.table": "a b" } }, "not the name"],
      [{ rows, refuses: "query" }, "cannot be read: query is refused"],
      [
        { rows: [{ sys_id: ROW.sys_id }], properties: { record: "Acme" } },
        "no column",
      ],
    ];
    for (const [given, expected] of table) {
      const properties = Object.fromEntries(
        Object.entries(given.properties ?? {}).map(([name, value]) => [
          `connect_softphone.${name}`,
          value,
        ]),
      );
      const found = evaluate({ ...INSTANCE, ...given, properties });
      if (found.record) assert.equal(found.record.fields.name, expected);
      else
        assert.ok(found.recordProblem.includes(expected), found.recordProblem);
    }
  });

  test("reads the columns that a property names, and leaves out those that are not there", () => {
    const row = { sys_id: ROW.sys_id, name: "Acme", u_arn: "arn", active: "1" };
    const { record } = evaluate({
      ...INSTANCE,
      rows: [row],
      properties: {
        "connect_softphone.record.columns": '{"arn": "nothing, u_arn"}',
      },
    });
    assert.deepEqual(record.fields, { name: "Acme", arn: "arn", active: "1" });
    for (const wrong of ["null", "[]", '"x"', "{", '{"arn": {"a": 1}}'])
      assert.deepEqual(
        evaluate({
          ...INSTANCE,
          rows: [ROW],
          properties: { "connect_softphone.record.columns": wrong },
        }).record?.fields.name,
        "Acme",
        wrong,
      );
  });

  test("reads no record if something else does", () => {
    for (const source of ["json", "REST"]) {
      const found = evaluate({
        ...INSTANCE,
        properties: { "connect_softphone.record.source": source },
        refuses: "query",
      });
      assert.equal(found.record, null);
      assert.ok(!("recordProblem" in found));
    }
  });

  test("opens the page whatever the instance refuses", () => {
    for (const refuses of [
      ...["getProperty", "getUser", "getUserID", "getUserName", "getSession"],
      ...["getSessionToken", "getUserDisplayName", "getParameterValue"],
      ...["GlideRecord", "isValid", "isValidField", "query", "next"],
      ...["getValue", "getUniqueValue", "addQuery", "setLimit"],
    ]) {
      const found = evaluate({ ...INSTANCE, refuses });
      assert.equal(typeof found.nowMs, "number", refuses);
      assert.ok(found.record || found.recordProblem, refuses);
    }
  });
});

/**
 * @typedef {object} Instance
 * @property {Record<string, string>} properties
 * @property {Record<string, string>} parameters
 * @property {Record<string, string>[]} rows of sn_cti_connect_instance
 * @property {string} [refuses] the call that throws
 */

const ROW = {
  sys_id: "a".repeat(32),
  name: "Acme",
  arn: "arn:aws:connect:us-east-1:123456789012:instance/1",
  instance_params: "{}",
  sso_login_url: "",
  active: "1",
};

/** @type {Instance} */
const INSTANCE = {
  properties: { "connect_softphone.controls": "icc" },
  parameters: {},
  rows: [ROW],
};

/**
 * What the page's script makes of an instance.
 *
 * @param {Instance} instance
 */
function evaluate({ properties, parameters, rows, refuses }) {
  /**
   * @template {unknown[]} A
   * @template R
   * @param {string} name
   * @param {(...args: A) => R} call
   */
  const guarded =
    (name, call) =>
    (/** @type {A} */ ...args) => {
      if (name === refuses) throw new Error(`${name} is refused`);
      return call(...args);
    };
  /** @type {Record<string, string>} */
  const all = { icc_search_limit: "25", instance_name: "acme", ...properties };
  const session = { getRoles: () => "", getSessionToken: () => "token" };
  const gs = {
    getProperty: guarded(
      "getProperty",
      (/** @type {string} */ name) => all[name] ?? null,
    ),
    getSession: guarded("getSession", () => session),
    getSessionToken: guarded("getSessionToken", () => "token"),
    getUser: guarded("getUser", () => ({
      getEmail: () => "ada@example.com",
      getRoles: () => ({ toString: () => "[sn_openframe_user, itil]" }),
    })),
    getUserDisplayName: guarded("getUserDisplayName", () => "Ada Example"),
    getUserID: guarded("getUserID", () => "62826bf03710200044e0bfc8bcbe5df1"),
    getUserName: guarded("getUserName", () => "ada"),
  };
  const RP = {
    getParameterValue: guarded(
      "getParameterValue",
      (/** @type {string} */ name) => parameters[name] ?? null,
    ),
  };
  /** @this {any} @param {string} table */
  function GlideRecord(table) {
    if (refuses === "GlideRecord") throw new Error("GlideRecord is refused");
    let found = rows;
    let at = -1;
    Object.assign(this, {
      isValid: guarded("isValid", () => table === "sn_cti_connect_instance"),
      isValidField: guarded("isValidField", (/** @type {string} */ column) =>
        rows.some((row) => column in row),
      ),
      addQuery: guarded(
        "addQuery",
        (/** @type {string} */ column, /** @type {unknown} */ value) => {
          const wanted = value === true ? "1" : value;
          found = found.filter((row) => row[column] === wanted);
        },
      ),
      setLimit: guarded("setLimit", (/** @type {number} */ count) => {
        assert.equal(count, 2);
      }),
      query: guarded("query", () => {}),
      next: guarded("next", () => (at += 1) < found.length),
      getValue: guarded(
        "getValue",
        (/** @type {string} */ column) => found[at][column] || null,
      ),
      getUniqueValue: guarded("getUniqueValue", () => found[at].sys_id),
    });
  }
  const text = vm.runInNewContext(server, {
    ...{ gs, RP, GlideRecord },
    JSON: { parse: JSON.parse, stringify },
  });
  // What an attribute and an expression of Jelly let through as it is.
  assert.match(text, /^[\w.~!*'()%-]*$/);
  return JSON.parse(decodeURIComponent(text));
}

/**
 * As in ES5, which leaves half of a character as it is.
 *
 * @param {unknown} value
 */
function stringify(value) {
  return JSON.stringify(value).replace(/\\u(d[89a-f]..)/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
