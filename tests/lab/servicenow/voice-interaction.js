// @ts-check
import { RestError } from "./rest-error.js";

/**
 * `/api/now/openframe/voice-interaction`: interaction records for phone calls. Source: openframe API, REST API reference.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 * @returns {import("./rest.js").Endpoint[]}
 */
export function createVoiceInteractions({ tables }) {
  const path = "/api/now/openframe/voice-interaction";
  const roles = ["sn_openframe_api_user", "sn_openframe_user"];
  return [
    {
      method: "post",
      path,
      roles,
      run({ body, user }) {
        const { interaction } = checked(body);
        if (!interaction.userPhoneNumber) refuse("userPhoneNumber: missing");
        const number = `IMS${String(tables.rows("interaction").length + 1).padStart(7, "0")}`;
        const row = tables.insert("interaction", {
          number,
          type: "phone",
          state: "new",
          opened_by: user.sysId,
          assigned_to: user.sysId,
        });
        write(row, body);
        return {
          body: { result: { status: "SUCCESS", sysId: row.sys_id, number } },
        };
      },
    },
    {
      method: "patch",
      path: `${path}/:sysId`,
      roles,
      run({ body, params: { sysId } }) {
        checked(body);
        const row = tables.row("interaction", sysId);
        // What a real instance answers is not documented.
        if (!row) throw new RestError(400, "FAILURE", "no such interaction");
        write(tables.update("interaction", sysId, {}), body);
        return { body: { result: { status: "SUCCESS" } } };
      },
    },
  ];
}

/** @param {any} body */
function checked(body) {
  if (!isObject(body)) refuse("the body: expected an object");
  for (const name of Object.keys(body))
    if (!PARTS.includes(name)) refuse(`${name}: no such field`);
  const { interaction, interactionContext, phoneLogs, relatedRecords } = body;
  if (!isObject(interaction) || Object.keys(interaction).length === 0)
    refuse("interaction: at least one field is needed");
  for (const [name, value] of Object.entries(interaction)) {
    if (!FIELDS.includes(name)) refuse(`interaction.${name}: no such field`);
    const expected = name === "additionalParams" ? "object" : "string";
    if (typeof value !== expected || value === null)
      refuse(`interaction.${name}: expected ${expected}`);
    if (/PhoneNumber$/.test(name) && !E164.test(String(value)))
      refuse(`interaction.${name}: expected E.164`);
  }
  for (const [name, value] of Object.entries(
    interaction.additionalParams ?? {},
  ))
    if (typeof value === "object")
      refuse(`interaction.additionalParams.${name}: expected a plain value`);
  if (interactionContext !== undefined && !isObject(interactionContext))
    refuse("interactionContext: expected an object");
  for (const list of [phoneLogs, relatedRecords])
    if (list !== undefined && !(Array.isArray(list) && list.every(isObject)))
      refuse("phoneLogs, relatedRecords: expected lists of objects");
  for (const one of relatedRecords ?? [])
    if (!one.documentId || !one.documentTable)
      refuse("relatedRecords: documentId and documentTable are needed");
  return body;
}

/** @param {Record<string, string>} row @param {any} body */
function write(
  row,
  { interaction, interactionContext, phoneLogs, relatedRecords },
) {
  const { userPhoneNumber, callbackPhoneNumber, clientSessionId, inboundId } =
    interaction;
  const fields = {
    user_phone_number: userPhoneNumber,
    caller_phone_number: callbackPhoneNumber,
    client_session_id: clientSessionId,
    inbound_id: inboundId,
    ...interaction.additionalParams,
  };
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) row[name] = String(value);
  // Not columns in ServiceNow, which keeps them in tables of their own.
  if (interactionContext)
    row.lab_context = JSON.stringify({
      ...JSON.parse(row.lab_context ?? "{}"),
      ...interactionContext,
    });
  if (phoneLogs) row.lab_phone_logs = JSON.stringify(phoneLogs);
  if (relatedRecords) row.lab_related_records = JSON.stringify(relatedRecords);
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new RestError(400, "FAILURE", why);
}

const PARTS = [
  "interaction",
  "interactionContext",
  "phoneLogs",
  "relatedRecords",
];
const FIELDS = [
  "additionalParams",
  "callbackPhoneNumber",
  "clientSessionId",
  "inboundId",
  "userPhoneNumber",
];
const E164 = /^\+[1-9]\d{6,14}$/;
