// @ts-check
/**
 * ServiceNow's encoded queries, as far as the lab's callers use them.
 *
 * @typedef {object} Condition
 * @property {string} field
 * @property {string} operator
 * @property {string} value
 *
 * @typedef {object} Query
 * @property {Condition[][]} groups all groups must match, each by one of its conditions
 * @property {{ field: string, descending: boolean }[]} order
 */

/** @param {string} encoded @returns {Query} */
export function parseQuery(encoded) {
  /** @type {Query} */
  const query = { groups: [], order: [] };
  for (const part of encoded.split("^").filter(Boolean)) {
    const order = /^ORDERBY(DESC)?(.+)$/.exec(part);
    if (order) query.order.push({ field: order[2], descending: !!order[1] });
    else if (/^OR[a-z]/.test(part) && query.groups.length > 0)
      query.groups.at(-1)?.push(condition(part.slice(2)));
    else query.groups.push([condition(part)]);
  }
  return query;
}

/** @param {Record<string, string>} row @param {Condition} condition */
export function matches(row, { field, operator, value }) {
  const found = row[field] ?? "";
  const test = OPERATORS[operator];
  if (!test) throw new Error(`the lab knows no operator ${operator}`);
  return test(found, value);
}

/** @param {string} part */
function condition(part) {
  const found = FORM.exec(part);
  if (!found) throw new Error(`the lab cannot read the query ${part}`);
  const [, field, operator, value] = found;
  return { field, operator, value };
}

/** @type {Record<string, (found: string, value: string) => boolean>} */
const OPERATORS = {
  "=": (found, value) => found === value,
  "!=": (found, value) => found !== value,
  ">": (found, value) => found > value,
  ">=": (found, value) => found >= value,
  "<": (found, value) => found < value,
  "<=": (found, value) => found <= value,
  IN: (found, value) => value.split(",").includes(found),
  "NOT IN": (found, value) => !value.split(",").includes(found),
  STARTSWITH: (found, value) => found.startsWith(value),
  ENDSWITH: (found, value) => found.endsWith(value),
  LIKE: (found, value) => found.includes(value),
  CONTAINS: (found, value) => found.includes(value),
  ISEMPTY: (found) => found === "",
  ISNOTEMPTY: (found) => found !== "",
};

const FORM =
  /^([a-z\d_.]+?)(!=|>=|<=|=|>|<|NOT IN|IN|STARTSWITH|ENDSWITH|LIKE|CONTAINS|ISEMPTY|ISNOTEMPTY)(.*)$/s;
