// @ts-check
import { commands, isCommand } from "./commands.js";
import { plainName } from "./payload.js";

/** @typedef {import("./commands.js").CommandName} CommandName */
/** @typedef {{ property: string, found: string, expected: string }} SettingProblem */

const property = "connect_softphone.icc.actions";
const mostRows = 200;
const longestText = 20_000;

/**
 * The setting `icc.actions`: JSON of `{"action name": "command"}`. With one mistake in it, none of it counts.
 *
 * @param {unknown} given a text, or what it was parsed to; nothing is no rows
 * @returns {{ actions: Map<string, CommandName>, problems: SettingProblem[] }} by names as `plainName` makes them
 */
export function readActionMap(given) {
  /** @type {Map<string, CommandName>} */
  const actions = new Map();
  if (given === undefined || given === null || given === "")
    return { actions, problems: [] };
  const rows = parsed(given);
  if (typeof rows !== "object" || rows === null || Array.isArray(rows)) {
    const found = typeof given === "string" ? "another text" : typeof given;
    const expected = 'JSON such as {"endCall": "hangUp"}';
    return { actions, problems: [{ property, found, expected }] };
  }
  const entries = Object.entries(rows);
  /** @type {SettingProblem[]} */
  const problems = [];
  if (entries.length > mostRows) {
    const found = `${entries.length} actions`;
    problems.push({ property, found, expected: `at most ${mostRows}` });
  }
  for (const [name, command] of entries.slice(0, mostRows)) {
    const where = `${property}[${JSON.stringify(name.slice(0, 60))}]`;
    if (plainName(name) === "") {
      const expected = "the name of an action, with letters or digits";
      problems.push({ property: where, found: "no name", expected });
    } else if (typeof command !== "string" || !isCommand(command)) {
      const found =
        typeof command === "string"
          ? JSON.stringify(command.slice(0, 60))
          : typeof command;
      const expected = `one of ${Object.keys(commands).join(", ")}`;
      problems.push({ property: where, found, expected });
    } else actions.set(plainName(name), command);
  }
  return { actions: problems.length > 0 ? new Map() : actions, problems };
}

/** @param {unknown} given @returns {unknown} */
function parsed(given) {
  if (typeof given !== "string") return given;
  if (given.length > longestText) return undefined;
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
