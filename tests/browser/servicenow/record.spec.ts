import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

// No session at the identity provider is needed: nothing may be opened.
test.beforeEach(({ lab }) => {
  lab.serviceNow.openAtStart = true;
});

/** What each of these changes, and what the page says, in this order. */
const MISTAKES: Record<string, [(lab: Lab) => void, ...(string | RegExp)[]]> = {
  "no table": [
    ({ serviceNow }) => (serviceNow.connectTable = "missing"),
    "There is no table sn_cti_connect_instance",
  ],
  "a table that the page may not read": [
    ({ serviceNow }) => (serviceNow.connectTable = "unreadable"),
    "has no record that is active",
  ],
  "no record": [
    ({ serviceNow }) => (serviceNow.connectInstances = []),
    "has no record that is active",
  ],
  "two records": [
    ({ serviceNow }) => serviceNow.connectInstances.push(other(serviceNow)),
    "more than one record that is active",
    "connect_softphone.record",
  ],
  "a property with another record": [
    ({ serviceNow }) =>
      serviceNow.setProperty("connect_softphone.record", "Elsewhere"),
    "no record with the sys_id or name in connect_softphone.record",
  ],
  "a table that is none": [
    ({ serviceNow }) =>
      serviceNow.setProperty("connect_softphone.record.table", "a table; b"),
    "connect_softphone.record.table is not the name of a table",
  ],
  "a record that is not active": [
    ({ serviceNow }) => {
      change(serviceNow, { active: "false" });
      serviceNow.setProperty("connect_softphone.record", "Acme contact centre");
    },
    "Active: found a record that is not active",
  ],
  "no Instance Params": [
    ({ serviceNow }) => change(serviceNow, { params: "" }),
    "Instance Params: found neither ccpUrl nor ccpHost",
  ],
  "Instance Params that are no JSON": [
    ({ serviceNow }) => change(serviceNow, { params: "ccpUrl=https://acme" }),
    "Instance Params: found a text of 19 characters that is no JSON",
  ],
  "a ccpUrl that is a number": [
    ({ serviceNow }) => change(serviceNow, { params: '{"ccpUrl": 7}' }),
    "Instance Params, ccpUrl: found a number",
  ],
  "a script as ccpUrl": [
    ({ serviceNow }) =>
      change(serviceNow, { params: '{"ccpUrl": "javascript:alert(1)"}' }),
    "Instance Params, ccpUrl: found a URL with the scheme",
  ],
  "a script as SSO Login URL": [
    ({ serviceNow }) =>
      change(serviceNow, { ssoLoginUrl: "javascript:alert(1)" }),
    "SSO Login URL: found a URL with the scheme",
  ],
  "markup in every field": [
    ({ serviceNow }) =>
      change(serviceNow, {
        arn: "<img src=x onerror=alert(1)>",
        params: '{"ccpUrl": "<script>alert(1)</script>"}',
        ssoLoginUrl: '"><script>alert(1)</script>',
      }),
    "Instance Params, ccpUrl",
    "AWS ARN",
    "SSO Login URL",
  ],
  "an ARN of another region than the relay state": [
    ({ serviceNow }) =>
      change(serviceNow, {
        arn: serviceNow.connectInstances[0].arn.replace(
          "us-east-1",
          "eu-west-2",
        ),
      }),
    "SSO Login URL: found a relay state on the console of another AWS Region, expected eu-west-2, the AWS Region in AWS ARN",
  ],
  "an ARN of another instance than the relay state": [
    ({ serviceNow }) =>
      change(serviceNow, {
        arn: serviceNow.connectInstances[0].arn.replace(/.{4}$/, "ffff"),
      }),
    "SSO Login URL: found a relay state for another instance",
    "the instance in AWS ARN",
  ],
  "a ccpHost of another instance than the ccpUrl": [
    ({ serviceNow }) => {
      const params = JSON.parse(serviceNow.connectInstances[0].params);
      const ccpHost = "other.my.connect.aws";
      change(serviceNow, { params: JSON.stringify({ ...params, ccpHost }) });
    },
    "Instance Params, ccpHost",
  ],
  "an ARN that is none": [
    ({ serviceNow }) => change(serviceNow, { arn: "arn:aws:s3:::bucket" }),
    "AWS ARN",
  ],
  "record.source json without a record": [
    ({ serviceNow }) =>
      serviceNow.setProperty("connect_softphone.record.source", "json"),
    "Put the record into connect_softphone.record.json.",
  ],
  "record.source json with types that are wrong": [
    ({ serviceNow }) => {
      serviceNow.setProperty("connect_softphone.record.source", "json");
      serviceNow.setProperty(
        "connect_softphone.record.json",
        '{"name": ["x"], "arn": 7, "params": [], "ssoLoginUrl": {"a": 1}}',
      );
    },
    "AWS ARN: found a number, expected a text",
    "SSO Login URL: found an object with a",
  ],
  "record.source rest without a role that reads the table": [
    ({ serviceNow }) =>
      serviceNow.setProperty("connect_softphone.record.source", "rest"),
    "could not be read (403)",
    "connect_softphone.record.source",
  ],
};

for (const [what, [change, ...told]] of Object.entries(MISTAKES))
  test(`${what}: told on the page, and nothing is opened`, async ({
    page,
    lab,
    noise,
    windows,
  }) => {
    noise.allow(/status of 403/);
    change(lab);
    const workspace = await Workspace.open(page, lab);
    for (const text of told) await expect(workspace.notice).toContainText(text);
    // The workspace shows it, wherever its own window is.
    const title = await workspace.notice.getByRole("heading").textContent();
    await expect(workspace.subtitle).toHaveText(String(title));
    await expect(workspace.phoneButton).toContainText(String(title));
    await expectNothingOpened(page, lab, workspace);
    expect(windows).toEqual([]);
  });

test.describe("a record from elsewhere opens the phone", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  test("as JSON in a property", async ({ page, lab }) => {
    const { serviceNow } = lab;
    const [{ name, arn, params, ssoLoginUrl }] = serviceNow.connectInstances;
    serviceNow.connectTable = "missing";
    serviceNow.setProperty("connect_softphone.record.source", "json");
    serviceNow.setProperty(
      "connect_softphone.record.json",
      JSON.stringify({ name, arn, params: JSON.parse(params), ssoLoginUrl }),
    );
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
  });

  test("through the Table API, for who may read it", async ({ page, lab }) => {
    lab.serviceNow.setProperty("connect_softphone.record.source", "rest");
    lab.serviceNow.users
      .get("ada@example.com")
      ?.roles.push("sn_cti_core.admin");
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    const reads = lab.serviceNow.restCalls.filter((it) =>
      it.path.endsWith("/sn_cti_connect_instance"),
    );
    expect(reads.map(({ status }) => status)).toEqual([200]);
  });

  test("with columns of other names", async ({ page, lab }) => {
    lab.serviceNow.connectColumns = {
      name: "u_label",
      arn: "u_arn",
      params: "u_more",
      ssoLoginUrl: "u_sso",
      active: "u_on",
    };
    lab.serviceNow.setProperty(
      "connect_softphone.record.columns",
      JSON.stringify(lab.serviceNow.connectColumns),
    );
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
  });

  test("of several, the one that the property names", async ({ page, lab }) => {
    const { serviceNow } = lab;
    serviceNow.connectInstances.unshift(other(serviceNow));
    serviceNow.setProperty(
      "connect_softphone.record",
      serviceNow.connectInstances[1].sysId,
    );
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
  });
});

test("properties of wrong types have their defaults, and are told", async ({
  page,
  lab,
  noise,
  beginIdpSession,
}) => {
  await beginIdpSession();
  const wrong: Record<string, string> = {
    controls: "both",
    identity: "7",
    presence: "[1, 2]",
    "presence.enabled": "perhaps",
    "icc.actions": '{"mute": 7}',
    screen_pop: '{"rules": 7}',
    interaction: "{",
    "openframe.url": "javascript:alert(1)",
    "streams.url": "//elsewhere.example/streams.js",
    "record.columns": '{"arn": 7}',
    language: "<b>",
    "frame.expand_on_offer": "ja",
  };
  for (const [name, value] of Object.entries(wrong))
    lab.serviceNow.setProperty(`connect_softphone.${name}`, value);
  const workspace = await Workspace.open(page, lab);
  await workspace.untilPhase("ready");
  await workspace.follows(lab);
  for (const name of Object.keys(wrong))
    expect(noise.lines.join("\n")).toContain(
      `connect_softphone.${name}: found `,
    );
});

function change(
  serviceNow: Lab["serviceNow"],
  changes: Partial<Lab["serviceNow"]["connectInstances"][number]>,
) {
  const [record] = serviceNow.connectInstances;
  serviceNow.connectInstances = [{ ...record, ...changes }];
}

/** A second record. */
function other({ connectInstances }: Lab["serviceNow"]) {
  const sysId = "0123456789abcdef0123456789abcdef";
  return { ...connectInstances[0], sysId, name: "Beta contact centre" };
}

async function expectNothingOpened(page: Page, lab: Lab, workspace: Workspace) {
  const parties = new Set(lab.requests.map(({ party }) => party));
  expect([...parties]).toEqual(["serviceNow"]);
  await expect(workspace.phone.locator("iframe")).toHaveCount(0);
  await expect(workspace.phone.locator("softphone-controls")).toHaveCount(0);
  // Markup has stayed text.
  await expect(workspace.phone.locator("img")).toHaveCount(0);
  expect(page.context().pages()).toEqual([page]);
}
