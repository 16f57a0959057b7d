// @ts-check
// Checks of what the instance has been told: plugin, record, properties, roles, names.
import { some } from "./plain.js";

/** @type {import("./check.js").Judge[]} */
export const HOST_CHECKS = [
  {
    id: "openframe",
    title: "OpenFrame library",
    judge({ openFrame, interactionControls }) {
      if (!openFrame) return UNKNOWN;
      if (!openFrame.loaded)
        return [
          "bad",
          "not loaded",
          "Look at the property connect_softphone.openframe.url, and whether OpenFrame (com.sn_openframe) is installed.",
        ];
      const missing = openFrame.missing ?? [];
      const old = interactionControls && missing.includes("setICContext");
      if (old)
        return [
          "bad",
          `version ${openFrame.version ?? "unknown"}, without setICContext`,
          "Clear the instance's cache (/cache.do) and the browser's: after an upgrade of the plugin the old script stays (PRB1875817).",
        ];
      if (openFrame.initialised === false)
        return [
          "bad",
          openFrame.problem ?? "init has failed",
          "Open the page inside OpenFrame, and check that its configuration is active and in the agent's group.",
        ];
      const refused = [...missing, ...(openFrame.refused ?? [])];
      const found = `version ${openFrame.version ?? "unknown"}`;
      return refused.length > 0
        ? [
            "good",
            `${found}, without ${some(refused)}`,
            "Update OpenFrame to use these.",
          ]
        : ["good", found];
    },
  },
  {
    id: "record",
    title: "Amazon Connect Instance",
    judge({ record }) {
      if (!record) return UNKNOWN;
      return record.problems.length > 0
        ? [
            "bad",
            record.problems.join("\n"),
            "Correct the record, or the properties that begin with connect_softphone.record.",
          ]
        : ["good", "complete"];
    },
  },
  {
    id: "settings",
    title: "System properties",
    judge({ settings }) {
      if (!settings) return UNKNOWN;
      if (settings.length === 0) return ["good", "all of the right form"];
      const told = settings.map(
        ({ property, field, found, expected }) =>
          `${property ?? `connect_softphone.${field}`}: found ${found}, expected ${expected}.`,
      );
      return [
        "bad",
        told.join("\n"),
        "Correct these properties; until then their defaults hold.",
      ];
    },
  },
  {
    id: "roles",
    title: "Roles",
    judge({ roles, interactionControls }) {
      if (!roles) return UNKNOWN;
      if (roles.includes("admin"))
        return [
          "unknown",
          "admin has all; an agent does not",
          "Open this page as an agent.",
        ];
      const needed = [
        ...NEEDED_ROLES,
        ...(interactionControls ? ICC_ROLES : []),
      ];
      const missing = needed.filter(
        (any) => !any.some((role) => roles.includes(role)),
      );
      return missing.length > 0
        ? [
            "bad",
            `without ${missing.map((any) => any[0]).join(", ")}`,
            "Give the agent these roles.",
          ]
        : ["good", "all that are needed"];
    },
  },
  {
    id: "presence",
    title: "Presence",
    judge({ unmatched }) {
      if (!unmatched)
        return [
          "unknown",
          "only the phone itself knows",
          "Open the phone once in this browser: the report then lists names without a partner.",
        ];
      const { states, presences } = unmatched;
      const told = [
        ...(states.length > 0 ? [`Connect: ${some(states)}`] : []),
        ...(presences.length > 0 ? [`ServiceNow: ${some(presences)}`] : []),
      ];
      return told.length > 0
        ? [
            "bad",
            `names without a partner. ${told.join("; ")}`,
            "Give both sides the same names, or map them in connect_softphone.presence; null for one that needs no partner.",
          ]
        : ["good", "every name has a partner"];
    },
  },
  {
    id: "interactions",
    title: "Interactions",
    judge({ interactions }) {
      if (!interactions)
        return ["unknown", "nothing has failed in this browser for a day"];
      return interactions.length > 0
        ? [
            "bad",
            some([...new Set(interactions)], "\n"),
            "See connect_softphone.interaction.",
          ]
        : ["good", "nothing has failed"];
    },
  },
  {
    id: "actions",
    title: "Actions of the interaction controls",
    judge({ actions }) {
      if (!actions) return UNKNOWN;
      if (actions.length === 0) return ["good", "none that is unknown"];
      const told = actions.map(({ name, keys }) => `${name} (${some(keys)})`);
      return [
        "bad",
        `unknown: ${some(told)}`,
        "Map them to commands in connect_softphone.icc.actions.",
      ];
    },
  },
];

/** @type {import("./check.js").Verdict} */
const UNKNOWN = ["unknown", "not known"];
/** One of each row. */
const NEEDED_ROLES = [
  [
    "sn_openframe_user",
    "sn_customerservice_agent",
    "sn_customerservice.consumer_agent",
    "sn_openframe_api_user",
  ],
];
/** What offers need (AWA_EXTUSER_ROLE_CHECK_FAILED). */
const ICC_ROLES = [["awa_external_user"], ["awa_agent"], ["interaction_agent"]];
