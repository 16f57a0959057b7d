// @ts-check
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";
import { phoneUpdateSet, sysIdOf, updateSetOf } from "./harness.js";
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

/** @param {string} html @param {object} [fields] */
function addPage(html, fields) {
  const wrapped = `<j:jelly xmlns:j="jelly:core" xmlns:g="glide">${html}</j:jelly>`;
  lab.serviceNow.tables.insert("sys_ui_page", {
    name: "p",
    direct: "true",
    html: wrapped,
    ...fields,
  });
}

describe("a UI page", () => {
  test("needs a login, after which it is shown", async () => {
    addPage("<p>here</p>");
    const { status, headers } = await ask("/p.do?sysparm_id=1");
    assert.equal(status, 302);
    assert.equal(headers.location, "/login.do?url=%2Fp.do%3Fsysparm_id%3D1");
    const form = await visitor.visit(`${lab.urls.serviceNow}/p.do`);
    assert.match(form.text, /Log in/);
    const wrong = await visitor.submit(form, {
      user_name: ada,
      user_password: "wrong",
    });
    assert.equal(wrong.status, 401);
    await visitor.submit(form, { user_name: ada, user_password: "lab" });
    assert.match((await ask("/p.do")).text, /<p>here<\/p>/);
    lab.serviceNow.endSessions();
    assert.equal((await ask("/p.do")).status, 302);
  });

  test("has ServiceNow's headers", async () => {
    addPage("<p/>");
    logIn();
    const { headers } = await ask("/p.do");
    assert.equal(headers["x-frame-options"], "SAMEORIGIN");
    assert.equal(headers["referrer-policy"], "same-origin");
    assert.equal(headers["content-security-policy"], undefined);
    lab.serviceNow.contentSecurityPolicy = "frame-ancestors 'self'";
    lab.serviceNow.referrerPolicy = "";
    const { headers: other } = await ask("/p.do");
    assert.equal(other["x-frame-options"], undefined);
    assert.equal(other["referrer-policy"], undefined);
    assert.equal(other["content-security-policy"], "frame-ancestors 'self'");
  });

  test("is refused by its ACL without the role", async () => {
    addPage("<p>here</p>");
    const { tables } = lab.serviceNow;
    const acl = tables.insert("sys_security_acl", {
      type: "ui_page",
      operation: "read",
      name: "p",
      active: "true",
    });
    tables.insert("sys_security_acl_role", {
      sys_security_acl: acl.sys_id,
      sys_user_role:
        tables.named("sys_user_role", "sn_openframe_user")?.sys_id ?? "",
    });
    logIn("employee@example.com");
    assert.equal((await ask("/p.do")).status, 403);
    logIn();
    assert.equal((await ask("/p.do")).status, 200);
    tables.update("sys_security_acl", acl.sys_id, {
      script: "answer = gs.hasRole('admin');",
    });
    assert.equal((await ask("/p.do")).status, 403);
    logIn("admin@example.com");
    assert.equal((await ask("/p.do")).status, 200);
  });

  test("that is broken is told", async () => {
    addPage("<p>&nbsp;</p>");
    logIn();
    const { status, text } = await ask("/p.do");
    assert.equal(status, 500);
    assert.match(text, /nbsp/);
    assert.match(lab.serviceNow.pageErrors.join(), /^p: .*nbsp/);
  });

  test("reads the Amazon Connect Instance, whatever its columns are called", async () => {
    const { connectColumns } = lab.serviceNow;
    lab.serviceNow.connectColumns = { ...connectColumns, arn: "u_arn" };
    addPage(
      `<g:evaluate var="jvar_x">var g = new GlideRecord('sn_cti_connect_instance'); g.query(); g.next() ? g.getValue('u_arn') : 'none of ' + g.isValid()</g:evaluate><p>${"${jvar_x}"}</p>`,
    );
    logIn();
    assert.ok((await ask("/p.do")).text.includes(lab.connect.instanceArn));
    lab.serviceNow.connectTable = "unreadable";
    assert.match((await ask("/p.do")).text, /none of true/);
    lab.serviceNow.connectTable = "missing";
    assert.match((await ask("/p.do")).text, /none of false/);
  });

  test("names the hosts of the set that it was asked on, and follows the desk's SSO Login URL", async () => {
    addPage(
      `<g:evaluate var="jvar_x">var g = new GlideRecord('sn_cti_connect_instance'); g.query(); g.next(); g.getValue('sso_login_url') + ' '</g:evaluate><p>${"${jvar_x}"}</p>`,
    );
    const other = new Visitor();
    other.addCookie(lab.serviceNow.beginSession(ada, "one"));
    const url = `${lab.urlsOf("one").serviceNow}/p.do`;
    const { text } = await other.ask(url);
    assert.ok(text.includes(`${lab.urlsOf("one").ssoLogin} `), text);
    lab.faults.set("idp-no-relay-state");
    const { text: plain } = await other.ask(url);
    assert.ok(plain.includes(`${lab.urlsOf("one").ssoLoginPlain} `), plain);
  });
});

describe("a UI script", () => {
  test("is served as JavaScript, and its expressions are replaced", async () => {
    const script = 'var a = "${gs.getUserName()}", b = `${this.x}`;';
    lab.serviceNow.tables.insert("sys_ui_script", {
      name: "s",
      active: "true",
      script,
    });
    assert.equal((await ask("/s.jsdbx")).status, 401);
    logIn();
    const { headers, text } = await ask("/s.jsdbx");
    assert.match(String(headers["content-type"]), /^text\/javascript/);
    assert.equal(text, `var a = "${ada}", b = \`\`;`);
    const whole = await ask("/s.jsdbx?sysparm_substitute=false&v=1");
    assert.equal(whole.text, script);
    assert.equal((await ask("/t.jsdbx")).status, 404);
  });
});

describe("openFrameAPI", () => {
  test("is served in the releases that there are", async () => {
    const path = "/scripts/openframe/latest/openFrameAPI.min.js";
    const { status, text } = await ask(path);
    assert.equal(status, 200);
    assert.match(text, /"setICContext"/);
    lab.serviceNow.library = "1.0.5";
    assert.doesNotMatch(
      /"methods":\[[^\]]*\]/.exec((await ask(path)).text)?.[0] ?? "",
      /setICContext/,
    );
    assert.equal((await ask(path.replace("latest", "1.0.5"))).status, 200);
    assert.equal((await ask(path.replace("latest", "brazil"))).status, 404);
    lab.serviceNow.libraryMissing = true;
    assert.equal((await ask(path)).status, 404);
  });

  test("has its calls kept, and contexts checked", async () => {
    logIn();
    const entry = {
      page: "1",
      contexts: ["idleState"],
      method: "setICContext",
      args: ["idleState", { idleState: {} }],
    };
    const { status } = await ask("/lab/openframe", { json: [entry] });
    assert.equal(status, 204);
    assert.equal(lab.serviceNow.calls[0].userName, ada);
    assert.match(
      lab.serviceNow.violations[0],
      /^setICContext: .*no such field/,
    );
    const headers = { origin: "http://elsewhere.example" };
    const foreign = await ask("/lab/openframe", { json: [entry], headers });
    assert.equal(foreign.status, 403);
  });
});

describe("the workspace", () => {
  test("needs a login, and shows the configuration with the lowest order", async () => {
    const { pathname } = new URL(lab.urls.workspace);
    assert.equal((await ask(pathname)).status, 302);
    logIn();
    assert.match((await ask(pathname)).text, /id="openframe"/);
    lab.serviceNow.tables
      .rows("sn_openframe_configuration")
      .forEach(({ sys_id }) =>
        lab.serviceNow.tables.remove("sn_openframe_configuration", sys_id),
      );
    const frame = async () =>
      JSON.parse((await ask("/lab/workspace/config")).text);
    assert.equal((await frame()).frame, undefined);
    const set = phoneUpdateSet("", {
      configuration: {
        enforce_sandbox_restrictions: "true",
        sandbox_flags: "allow-scripts,allow-forms",
      },
    });
    assert.deepEqual(lab.serviceNow.importUpdateSet(set).problems, []);
    assert.equal((await frame()).frame.url, "/test_phone.do");
    assert.equal(
      (await frame()).openFrame.sandbox,
      "allow-scripts,allow-forms",
    );
    lab.serviceNow.sandbox = "allow-popups";
    assert.equal((await frame()).openFrame.sandbox, "allow-popups");
    const other = {
      name: "Others",
      active: "true",
      order: "0",
      url: "/o.do",
      user_group: fixedSysId("sys_user_group Others"),
    };
    lab.serviceNow.tables.insert("sn_openframe_configuration", other);
    assert.equal((await frame()).frame.url, "/test_phone.do");
    lab.serviceNow.users.get(ada)?.groups.push(other.user_group);
    assert.equal((await frame()).frame.url, "/o.do");
    lab.serviceNow.users.get(ada)?.roles.splice(0);
    assert.equal((await frame()).frame, undefined);
  });

  test("makes the interaction of an offer once it is accepted", async () => {
    logIn();
    lab.serviceNow.presences.set(ada, "Available");
    const offer = {
      externalId: "contact-1",
      requesterId: "+14155550100",
      queueId: "1",
      assignment: { offeredOn: new Date(Date.now() - 2000).toUTCString() },
    };
    const offered = await ask("/lab/workspace/offer", { json: offer });
    assert.equal(JSON.parse(offered.text).workItem.document.sys_id, "");
    lab.clock.offsets.serviceNow = -60_000;
    const early = await ask("/lab/workspace/offer", { json: offer });
    assert.equal(
      JSON.parse(early.text).error.code,
      "AWA_ASSIGNMENT_OFFEREDON_FUTURE",
    );
    const accepted = await ask("/lab/workspace/accept", { json: offer });
    const [interaction] = lab.serviceNow.interactions;
    assert.equal(
      JSON.parse(accepted.text).workItem.document.sys_id,
      interaction.sys_id,
    );
  });

  test("begins a session in the browser that the start page sends there", async () => {
    const query = new URLSearchParams({ user: ada, next: lab.urls.workspace });
    const end = await visitor.visit(
      `${lab.urls.serviceNow}/lab/begin?${query}`,
    );
    assert.equal(end.url, lab.urls.workspace);
    assert.equal(end.status, 200);
    const bad = new URLSearchParams({ user: ada, next: "http://example.com/" });
    assert.equal((await ask(`/lab/begin?${bad}`)).status, 400);
  });
});

test("a property of an update set keeps the value that it was given", () => {
  const name = "test.property";
  const set = updateSetOf([{ table: "sys_properties", fields: { name } }]);
  lab.serviceNow.importUpdateSet(set);
  lab.serviceNow.setProperty(name, "mine");
  lab.serviceNow.importUpdateSet(set);
  assert.equal(lab.serviceNow.property(name), "mine");
  assert.equal(
    lab.serviceNow.tables.named("sys_properties", name)?.sys_id,
    sysIdOf("sys_properties", name),
  );
  lab.serviceNow.setProperty(name);
  assert.equal(lab.serviceNow.property(name), undefined);
});
