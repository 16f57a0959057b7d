// @ts-check
// The Amazon Connect Instance record, as ServiceNow Voice has it, made into a configuration. What its values mean is for
// the softphone to say, which names every contradiction; here is only read what ServiceNow wraps them in.

import { described, isObject } from "./plain.js";

/** @typedef {import("connect-softphone").SoftphoneConfig} SoftphoneConfig */
/** @typedef {{ field: string, found: string, expected: string }} Problem `field` as it is labelled in ServiceNow */

/**
 * @param {Record<string, unknown>} fields `name`, `arn`, `params`, `ssoLoginUrl`, `active`: texts, as the record has them
 * @returns {{ name: string, config: SoftphoneConfig, params: Record<string, string>, problems: Problem[] }} with problems,
 *   `config` is not to be opened
 */
export function readRecord(fields) {
  /** @type {Problem[]} */
  const problems = [];
  const text = (/** @type {string} */ name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null) return "";
    if (typeof value === "string") return value.trim();
    problems.push({
      field: LABELS[name] ?? name,
      found: described(value),
      expected: "a text",
    });
    return "";
  };
  const active = text("active").toLowerCase();
  if (active !== "" && active !== "true" && active !== "1")
    problems.push({
      field: LABELS.active,
      found: "a record that is not active",
      expected: "an active one, or the property connect_softphone.record",
    });
  const params = readParams(text("params"), problems);
  const ccpUrl = params.ccpUrl ?? "";
  const instanceUrl = withScheme(params.ccpHost ?? "", ccpUrl);
  if (ccpUrl === "" && instanceUrl === "" && problems.length === 0)
    problems.push({
      field: LABELS.params,
      found: "neither ccpUrl nor ccpHost",
      expected: '{"ccpUrl": "https://acme.my.connect.aws/ccp-v2/"}',
    });
  const instanceArn = text("arn");
  const region = /^arn:[\w-]+:connect:([\w-]+):/.exec(instanceArn)?.[1];
  return {
    name: text("name"),
    params: region === undefined ? params : { ...params, region },
    config: {
      ccpUrl,
      instanceUrl,
      instanceArn,
      ssoLoginUrl: text("ssoLoginUrl"),
    },
    problems,
  };
}

/**
 * Columns that the table does not have, as sentences: their names are not published, and an SSO Login URL that is not found
 * looks like one that is empty.
 *
 * @param {Record<string, unknown>} fields
 */
export function missingColumns(fields) {
  return ["arn", "params", "ssoLoginUrl"]
    .filter((name) => !Object.hasOwn(fields, name))
    .map(
      (name) =>
        `The record has no column that could be ${LABELS[name]}: name it in connect_softphone.record.columns.`,
    );
}

/**
 * The problems of CONFIG_INVALID, with the fields as ServiceNow labels them.
 *
 * @param {readonly Problem[]} problems
 * @returns {Problem[]}
 */
export function labelled(problems) {
  return problems.map((problem) => ({
    ...problem,
    field: CONFIG_LABELS[problem.field] ?? problem.field,
    expected: problem.expected.replace(
      /\b(instanceArn|instanceUrl|ssoLoginUrl)\b/g,
      (name) => CONFIG_LABELS[name],
    ),
  }));
}

/** The same for a diagnostic of the phone, which begins with a field. @param {string} message */
export function labelledMessage(message) {
  return message.replace(/^[\w.]+(?=:)/, (field) =>
    Object.hasOwn(CONFIG_LABELS, field) ? CONFIG_LABELS[field] : field,
  );
}

/** @param {string} text @param {Problem[]} problems @returns {Record<string, string>} */
function readParams(text, problems) {
  if (text === "") return {};
  const wrong = (/** @type {string} */ found) => {
    const expected =
      'JSON such as {"ccpUrl": "https://acme.my.connect.aws/ccp-v2/"}';
    problems.push({ field: LABELS.params, found, expected });
    return {};
  };
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong(`a text of ${text.length} characters that is no JSON`);
  }
  if (!isObject(value)) return wrong(described(value));
  /** @type {Record<string, string>} */
  const params = {};
  for (const name of PARAMS) {
    if (!Object.hasOwn(value, name)) continue;
    const param = value[name];
    if (typeof param === "string") params[name] = param.trim();
    else if (param !== null)
      problems.push({
        field: `${LABELS.params}, ${name}`,
        found: described(param),
        expected: "a text",
      });
  }
  return params;
}

/** A host alone, as `ccpHost` is, made into a URL of the CCP's scheme. @param {string} host @param {string} ccpUrl */
function withScheme(host, ccpUrl) {
  if (host === "" || host.includes("://")) return host;
  return `${ccpUrl.startsWith("http://") ? "http" : "https"}://${host}`;
}

/** What Instance Params hold (ServiceNow documentation, "Configure SSO with Amazon Connect"; CTI API). */
const PARAMS = ["ccpUrl", "ccpHost", "audioRecordingUrlPrefix"];

/** @type {Record<string, string>} */
const LABELS = {
  name: "Name",
  arn: "AWS ARN",
  params: "Instance Params",
  ssoLoginUrl: "SSO Login URL",
  active: "Active",
};

/** @type {Record<string, string>} */
const CONFIG_LABELS = {
  ccpUrl: "Instance Params, ccpUrl",
  instanceUrl: "Instance Params, ccpHost",
  instanceArn: "AWS ARN",
  ssoLoginUrl: "SSO Login URL",
  expectedUser: "The ServiceNow user (property connect_softphone.identity)",
  "signIn.returnUrl": "The UI page connect_softphone_return",
  "streams.url": "The property connect_softphone.streams.url",
};
