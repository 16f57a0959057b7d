import assert from "node:assert/strict";
import test from "node:test";
import {
  labelled,
  labelledMessage,
  missingColumns,
  readRecord,
} from "../../www/servicenow/record.js";

const ARN =
  "arn:aws:connect:us-east-1:123456789012:instance/178c75e4-b3de-4839-a6aa-e321ab3f3770";
const GOOD = {
  name: "Acme",
  arn: ARN,
  params: JSON.stringify({
    ccpHost: "acme.my.connect.aws",
    ccpUrl: "https://acme.my.connect.aws/ccp-v2/",
    audioRecordingUrlPrefix: "https://acme.my.connect.aws/get-recording?",
  }),
  ssoLoginUrl: " https://acme.okta.com/app/a/b/sso/saml ",
  active: "true",
};

test("a record is a configuration, and its values stay as they are", () => {
  const { name, config, params, problems } = readRecord(GOOD);
  assert.deepEqual(problems, []);
  assert.equal(name, "Acme");
  assert.deepEqual(config, {
    ccpUrl: "https://acme.my.connect.aws/ccp-v2/",
    instanceUrl: "https://acme.my.connect.aws",
    instanceArn: ARN,
    ssoLoginUrl: "https://acme.okta.com/app/a/b/sso/saml",
  });
  assert.equal(params.region, "us-east-1");
  assert.equal(
    params.audioRecordingUrlPrefix,
    "https://acme.my.connect.aws/get-recording?",
  );
});

test("an empty SSO Login URL is the standard login popup", () => {
  for (const ssoLoginUrl of ["", "  ", undefined, null])
    assert.equal(readRecord({ ...GOOD, ssoLoginUrl }).config.ssoLoginUrl, "");
});

test("either the CCP or its host is enough", () => {
  for (const params of [
    '{"ccpUrl": "https://acme.my.connect.aws/ccp-v2/"}',
    '{"ccpHost": "https://acme.my.connect.aws"}',
    '{"ccpHost": "acme.my.connect.aws", "other": {"nested": [1]}}',
  ])
    assert.deepEqual(readRecord({ ...GOOD, params }).problems, [], params);
});

test("what is wrong is told by its label, and never repeated", () => {
  for (const [fields, field, found] of /** @type {const} */ ([
    [{ params: "" }, "Instance Params", "neither ccpUrl nor ccpHost"],
    [{ params: "{}" }, "Instance Params", "neither ccpUrl nor ccpHost"],
    [
      { params: "{ccpUrl: secret}" },
      "Instance Params",
      "a text of 16 characters that is no JSON",
    ],
    [{ params: "[1]" }, "Instance Params", "a list of 1"],
    [{ params: "null" }, "Instance Params", "null"],
    [{ params: "7" }, "Instance Params", "a number"],
    [{ params: '{"ccpUrl": 7}' }, "Instance Params, ccpUrl", "a number"],
    [
      { params: '{"ccpHost": {}}' },
      "Instance Params, ccpHost",
      "an empty object",
    ],
    [{ arn: 7 }, "AWS ARN", "a number"],
    [{ ssoLoginUrl: {} }, "SSO Login URL", "an empty object"],
    [{ active: "false" }, "Active", "a record that is not active"],
  ])) {
    const { problems } = readRecord({ ...GOOD, ...fields });
    assert.equal(problems[0]?.field, field, JSON.stringify(fields));
    assert.equal(problems[0].found, found);
    assert.doesNotMatch(JSON.stringify(problems), /secret/);
  }
});

test("names of an object's prototype are no fields", () => {
  const fields = Object.create({ arn: ARN, params: GOOD.params });
  const { config, problems } = readRecord(fields);
  assert.equal(config.instanceArn, "");
  assert.equal(problems.length, 1);
});

test("the phone's own findings have the labels of ServiceNow", () => {
  const of = (/** @type {string} */ field) =>
    labelled([{ field, found: "x", expected: "y" }])[0].field;
  assert.equal(of("instanceArn"), "AWS ARN");
  assert.equal(of("ssoLoginUrl"), "SSO Login URL");
  assert.equal(of("ccpUrl"), "Instance Params, ccpUrl");
  assert.equal(of("signIn.ways"), "signIn.ways");
});

test("columns that were not found are told from those that are empty", () => {
  assert.deepEqual(missingColumns(GOOD), []);
  assert.deepEqual(missingColumns({ ...GOOD, ssoLoginUrl: "" }), []);
  const { ssoLoginUrl, ...others } = GOOD;
  const [said, ...more] = missingColumns(others);
  assert.match(said, /SSO Login URL.*record\.columns/);
  assert.deepEqual(more, []);
});

test("a diagnostic that begins with a field has its label", () => {
  const shown = labelledMessage("ssoLoginUrl: found x, expected y");
  assert.equal(shown, "SSO Login URL: found x, expected y");
  for (const other of ["constructor: x", "The page is slow: ssoLoginUrl"])
    assert.equal(labelledMessage(other), other);
});
