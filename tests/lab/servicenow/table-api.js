// @ts-check
import { RestError } from "./rest-error.js";

/**
 * The Table API, for reading.
 *
 * @param {import("./service-now.js").ServiceNow} serviceNow
 * @returns {import("./rest.js").Endpoint[]}
 */
export function createTableApi(serviceNow) {
  const { tables } = serviceNow;
  const paths = ["/api/now/table/:table", "/api/now/v2/table/:table"];
  const check = (
    /** @type {import("./users.js").User} */ user,
    /** @type {string} */ table,
  ) => {
    if (!tables.has(table)) throw new RestError(400, `Invalid table ${table}`);
    // Without the role, ServiceNow either refuses or answers with no record: its ACLs decide. Here it refuses (assumed).
    if (!serviceNow.canRead(user, table))
      throw new RestError(
        403,
        "User Not Authorized",
        "Failed API level ACL Validation",
      );
  };
  return paths.flatMap((path) => [
    {
      method: "get",
      path,
      roles: [],
      run({ user, params: { table }, query }) {
        check(user, table);
        const {
          sysparm_query = "",
          sysparm_limit = "10000",
          sysparm_fields,
        } = /** @type {Record<string, string>} */ (query);
        const rows = tables
          .query(table, sysparm_query)
          .slice(0, Number(sysparm_limit));
        return {
          body: { result: rows.map((row) => only(row, sysparm_fields)) },
        };
      },
    },
    {
      method: "get",
      path: `${path}/:sysId`,
      roles: [],
      run({ user, params: { table, sysId }, query }) {
        check(user, table);
        const row = tables.row(table, sysId);
        if (!row)
          throw new RestError(
            404,
            "No Record found",
            "Record doesn't exist or ACL restricts the record retrieval",
          );
        return {
          body: {
            result: only(row, /** @type {any} */ (query).sysparm_fields),
          },
        };
      },
    },
  ]);
}

/** @param {Record<string, string>} row @param {string | undefined} fields */
function only(row, fields) {
  if (!fields) return row;
  return Object.fromEntries(
    fields
      .split(",")
      .filter((field) => Object.hasOwn(row, field))
      .map((field) => [field, row[field]]),
  );
}
