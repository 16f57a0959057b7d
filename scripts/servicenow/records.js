import { PREFIX, SETTINGS } from "../../www/servicenow/settings.js";

/** @typedef {import("./update-set.js").UpdateRecord} UpdateRecord */

/**
 * Everything that the phone is on an instance, as records with the fields that exports of such records have.
 *
 * @param {{ pages: Record<string, string>, scripts: Record<string, string>, version: string }} given
 *   the html of the UI pages and the code of the UI scripts, by name
 * @returns {UpdateRecord[]}
 */
export function recordsOf({ pages, scripts, version }) {
  return [
    ...Object.entries(scripts).map(([name, code]) => script(name, code)),
    ...Object.entries(pages).map(([name, html]) => page(name, html, version)),
    ...Object.keys(pages).map(access),
    ...Object.keys(SETTINGS).map((name) =>
      property(/** @type {keyof typeof SETTINGS} */ (name)),
    ),
    frame(Object.keys(pages)[0]),
  ];
}

/** @param {string} name @param {string} html @param {string} version @returns {UpdateRecord} */
function page(name, html, version) {
  return {
    table: "sys_ui_page",
    name,
    fields: {
      category: "general",
      client_script: "",
      description: `connect-softphone ${version}`,
      direct: "true",
      endpoint: `${name}.do`,
      html,
      name,
      processing_script: "",
    },
  };
}

/** @param {string} name @param {string} code @returns {UpdateRecord} */
function script(name, code) {
  return {
    table: "sys_ui_script",
    name,
    fields: {
      active: "true",
      description:
        "Part of connect-softphone. Do not edit: the next version replaces it.",
      global: "false",
      ignore_in_now_experience: "false",
      name,
      script: code,
      script_name: name,
      ui_type: "10",
      use_scoped_format: "false",
    },
  };
}

/**
 * Who may see a page: those who may have OpenFrame. By a script and not by a record in sys_security_acl_role: that would
 * refer to the role's sys_id, which ServiceNow does not publish, and a reference to nothing is a problem in the preview.
 *
 * @param {string} name @returns {UpdateRecord}
 */
function access(name) {
  return {
    table: "sys_security_acl",
    name,
    fields: {
      active: "true",
      admin_overrides: "true",
      advanced: "true",
      applies_to: "",
      condition: "",
      decision_type: "allow",
      description: "The softphone's page is for agents who have OpenFrame.",
      local_or_existing: "Existing",
      name,
      operation: named("read"),
      script: "answer = gs.hasRole('sn_openframe_user');",
      type: named("ui_page"),
    },
  };
}

/**
 * Without a value element: who imports this anew keeps what they have set, and who has set nothing has the default.
 *
 * @param {keyof typeof SETTINGS} name
 * @returns {UpdateRecord}
 */
function property(name) {
  const { about, choices, fallback } = SETTINGS[name];
  const standing =
    typeof fallback === "object" || fallback === ""
      ? ""
      : ` Default: ${fallback}.`;
  return {
    table: "sys_properties",
    name: PREFIX + name,
    fields: {
      choices: choices?.join(",") ?? "",
      description: about + standing,
      ignore_cache: "false",
      is_private: "false",
      name: PREFIX + name,
      read_roles: "",
      suffix: "",
      type: choices ? "choicelist" : "string",
      write_roles: "admin",
    },
  };
}

/**
 * Not the default: there can be only one, and the instance may have it already.
 *
 * @param {string} page @returns {UpdateRecord}
 */
function frame(page) {
  return {
    table: "sn_openframe_configuration",
    name: "Amazon Connect softphone",
    fields: {
      active: "true",
      collapsed_view_enabled: "false",
      configuration: "",
      default: "false",
      enforce_sandbox_restrictions: "false",
      height: "640",
      icon_class: "icon-phone",
      name: "Amazon Connect softphone",
      navbar_icon: "phone_outline",
      order: "100",
      sandbox_flags: "",
      show_presence_indicator: "true",
      subtitle: "",
      title: "Phone",
      title_icon: "",
      url: `/${page}.do`,
      user_group: "",
      width: "400",
    },
  };
}

/** @param {string} value */
function named(value) {
  return { value, attributes: { display_value: value } };
}
