// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createGlide } from "./glide.js";
import { JellyError, renderJelly } from "./jelly.js";
import { Tables } from "./tables.js";
import { exampleUsers } from "./users.js";

const NOW = Date.parse("2026-07-01T08:00:00Z");
const tables = new Tables(() => NOW);
tables.define("sys_properties", ["name", "value"]);
tables.define("t", ["name", "active"]);
tables.insert("sys_properties", { name: "x.y", value: "1 & 2" });
tables.insert("t", { name: "one", active: "true" });
tables.insert("t", { name: "two", active: "false" });

/** @param {string} body @param {Record<string, string>} [parameters] */
function render(body, parameters = {}) {
  const [user] = exampleUsers().values();
  const glide = createGlide({
    tables,
    user,
    token: "token",
    parameters,
    canRead: () => false,
    log: () => {},
  });
  const page = `<j:jelly trim="false" xmlns:j="jelly:core" xmlns:g="glide" xmlns:j2="null" xmlns:g2="null">${body}</j:jelly>`;
  return renderJelly(page, glide, parameters, () => NOW);
}

describe("a UI page", () => {
  test("must be XML", () => {
    for (const [body, problem] of [
      ["<!DOCTYPE html><p/>", /DOCTYPE/],
      ["<script>a && b</script>", /&& b/],
      ["<script>if (a < b) c()</script>", /./],
      ["<p>&nbsp;</p>", /nbsp/],
      ["<p><br></p>", /./],
      ["<p hidden>x</p>", /./],
      ["<x:p/>", /prefix of x:p/],
      ["<p>\u0001</p>", /control character/],
      ["<p>]]></p>", /]]>/],
    ])
      assert.throws(() => render(String(body)), {
        constructor: JellyError,
        message: problem,
      });
    assert.equal(
      render("<script>a &amp;&amp; b &lt; c</script>").html,
      "<script>a && b < c</script>",
    );
    assert.equal(
      render("<script><![CDATA[a && b]]></script>").html,
      "<script>a && b</script>",
    );
  });

  test("is evaluated in two phases", () => {
    const { html, problems } = render(
      `<g:evaluate var="jvar_a">1 + 1</g:evaluate><g:evaluate var="jvar_c" copyToPhase2="true">'c'</g:evaluate>` +
        `<g2:evaluate var="jvar_b" jelly="true">jelly.jvar_c + jelly.jvar_a</g2:evaluate>` +
        `<p id="${"${jvar_a}"}">${"${jvar_a}"} $[jvar_b] $[jvar_a]</p>`,
    );
    // Jelly's variables of the first phase are gone in the second.
    assert.equal(html, `<p id="2">2 cundefined </p>`);
    assert.match(problems.join(), /jvar_a/);
  });

  test("keeps variables of scripts in both phases, as pages need it for a doctype", () => {
    const { html } = render(
      `<g:evaluate>var docType = '&lt;!DOCTYPE html&gt;';</g:evaluate><g2:no_escape>$[docType]</g2:no_escape>`,
    );
    assert.equal(html, "<!DOCTYPE html>");
  });

  test("escapes what expressions put in", () => {
    const { html } = render(
      `<g:evaluate var="jvar_a">'&lt;b a="1"&gt;'</g:evaluate><p a="${"${jvar_a}"}">${"${jvar_a}"}${"${HTML:jvar_a}"}${"${JS:jvar_a}"}</p><g:no_escape>${"${jvar_a}"}</g:no_escape>`,
    );
    const escaped = "&#60;b a=&#34;1&#34;&#62;";
    assert.equal(
      html,
      `<p a="${escaped}">${escaped}${escaped}\\u003cb a=\\u00221\\u0022\\u003e</p><b a="1">`,
    );
  });

  test("has scripts in ES5 only", () => {
    for (const script of [
      "let a = 1",
      "const a = 1",
      "(function () { return () => 1 })()",
      "`a`",
      "var { a } = {}",
      "[1].includes(1)",
      "'a'.padStart(2)",
      "Object.assign({}, {})",
      "new Map()",
    ])
      assert.throws(
        () => render(`<g:evaluate><![CDATA[${script}]]></g:evaluate>`),
        JellyError,
        script,
      );
    const old = `var s = 'a,b'.split(','), n = []; for (var i = 0; i &lt; s.length; i++) n.push(s[i]); JSON.stringify({ n: n, t: new Date().getTime() })`;
    assert.equal(
      render(`<g:evaluate var="jvar_x">${old}</g:evaluate>${"${SAFE:jvar_x}"}`)
        .html,
      `{&#34;n&#34;:[&#34;a&#34;,&#34;b&#34;],&#34;t&#34;:${NOW}}`,
    );
  });

  test("reads records, properties, the user and the address", () => {
    const value = (/** @type {string} */ script) =>
      render(
        `<g:evaluate var="jvar_x" jelly="true"><![CDATA[${script}]]></g:evaluate><g:no_escape>${"${jvar_x}"}</g:no_escape>`,
        { sysparm_id: "7" },
      ).html;
    assert.equal(value("gs.getProperty('x.y')"), "1 & 2");
    assert.equal(value("gs.getProperty('x.z') === null"), "true");
    assert.equal(value("gs.getProperty('x.z', 'other')"), "other");
    assert.equal(value("gs.getUser().getEmail()"), "ada@example.com");
    assert.equal(value("gs.hasRole('admin,sn_openframe_user')"), "true");
    assert.equal(value("gs.getSession().getSessionToken()"), "token");
    assert.equal(value("RP.getParameterValue('sysparm_id')"), "7");
    assert.equal(value("jelly.sysparm_id"), "7");
    const record = "var g = new GlideRecord('t');";
    assert.equal(
      value(
        `${record} g.addActiveQuery(); g.query(); var n = g.getRowCount(); g.next(); [n, g.getValue('name'), typeof g.name, String(g.name), g.next()].join()`,
      ),
      "1,one,object,one,false",
    );
    assert.equal(
      value(
        `${record} [g.isValid(), g.isValidField('name'), g.isValidField('no'), g.canRead(), new GlideRecord('no').isValid()].join()`,
      ),
      "true,true,false,false,false",
    );
    assert.equal(
      value(
        `${record} String(g.get('name', 'two')) + g.getUniqueValue().length`,
      ),
      "true32",
    );
    // A condition on a column that does not exist is no condition.
    assert.equal(
      value(
        `${record} g.addQuery('no', 1); g.setLimit(1); g.query(); g.getRowCount()`,
      ),
      "1",
    );
    assert.throws(() => value("gs.noSuchMethod()"), JellyError);
  });

  test("has conditions and requires scripts once", () => {
    const { html } = render(
      `<j:if test="${"${sysparm_a == '1'}"}">yes</j:if><j:if test="${"${sysparm_a == '2'}"}">no</j:if><j:if test="${"${sysparm_a}"}">, 1 holds</j:if><j:if test="${"${empty(sysparm_a)}"}">no</j:if><j2:if test="$[true]">too</j2:if>` +
        `<g:requires name="a.jsdbx" params="sysparm_substitute=false"/><g:requires name="a.jsdbx"/><br/><p></p>`,
      { sysparm_a: "1" },
    );
    assert.equal(
      html,
      `yes, 1 holdstoo<script type="text/javascript" src="/a.jsdbx?sysparm_substitute=false"></script><br /><p></p>`,
    );
    assert.throws(() => render("<g:ui_form/>"), /knows no <g:ui_form>/);
  });
});
