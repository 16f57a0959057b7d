// @ts-check
// Runs on the server, in the UI page's g:evaluate: gathers what the browser cannot know or may not read, as the text of a URL
// component, which no step on the way to the page's attribute changes. Rhino takes ES5 only, and the page is XML: no ampersand
// and no less-than sign may stand here.
//
// No call may keep the page from opening, and an instance may refuse any of them for reasons of its own.

var connectSoftphonePage = (function () {
  var SYS_ID = /^[0-9a-f]{32}$/i;
  /** @type {Record<string, string>} */
  var properties = {};
  /** @type {Record<string, string>} */
  var parameters = {};

  /**
   * @template T
   * @param {() => T} call
   * @param {T} otherwise
   * @returns {T}
   */
  function attempt(call, otherwise) {
    try {
      var value = call();
      return value === null || value === undefined ? otherwise : value;
    } catch (error) {
      return otherwise;
    }
  }

  /** @param {() => unknown} call */
  function text(call) {
    return attempt(function () {
      return String(attempt(call, ""));
    }, "");
  }

  /** @param {string} name */
  function property(name) {
    return text(function () {
      return gs.getProperty(name);
    });
  }

  /** @param {string} name @param {string} otherwise */
  function setting(name, otherwise) {
    return properties[name] || otherwise;
  }

  /** A list of Java's, or names with commas between them. */
  function roles() {
    var list =
      text(function () {
        return gs.getUser().getRoles();
      }) ||
      text(function () {
        return gs.getSession().getRoles();
      });
    list = list.replace(/[[\]\s"]/g, "");
    return list ? list.split(",") : [];
  }

  /**
   * The table's columns by our names: of those that the property or else this version names, the first that is there.
   *
   * @param {GlideRecord} record
   */
  function columnsOf(record) {
    /** @type {Record<string, string>} */
    var columns = {};
    /** @type {any} */
    var given = attempt(function () {
      return JSON.parse(setting("record.columns", "{}"));
    }, {});
    Object.keys(SOFTPHONE_COLUMNS).forEach(function (name) {
      var names = String(given[name] || SOFTPHONE_COLUMNS[name]);
      names.split(",").forEach(function (column) {
        column = column.trim();
        if (columns[name] || !column) return;
        var isThere = attempt(function () {
          return record.isValidField(column);
        }, false);
        if (isThere) columns[name] = column;
      });
    });
    return columns;
  }

  /** The Amazon Connect Instance record, or why there is none. */
  function find() {
    var table = setting("record.table", SOFTPHONE_TABLE);
    if (!/^[a-z]\w{0,79}$/i.test(table))
      return {
        problem:
          "connect_softphone.record.table is not the name of a table. Correct it, or clear it for " +
          SOFTPHONE_TABLE +
          ".",
      };
    var record = new GlideRecord(table);
    if (!record.isValid())
      return {
        problem:
          "There is no table " +
          table +
          ", or the page may not read it. Set connect_softphone.record.table, or put the record into connect_softphone.record.json and set connect_softphone.record.source to json.",
      };
    var columns = columnsOf(record);
    var which = ask(record, columns);
    if (which.problem) return which;
    record.setLimit(2);
    record.query();
    if (!record.next())
      return {
        problem:
          "The table " +
          table +
          " has no record" +
          which.words +
          ", or the page may not read it.",
      };
    /** @type {Record<string, string>} */
    var fields = {};
    Object.keys(columns).forEach(function (name) {
      fields[name] = text(function () {
        return record.getValue(columns[name]);
      });
    });
    var sysId = text(function () {
      return record.getUniqueValue();
    });
    if (record.next())
      return {
        problem:
          "The table " +
          table +
          " has more than one record" +
          which.words +
          ". Put the sys_id of the right one into connect_softphone.record.",
      };
    return { record: { sysId: sysId, table: table, fields: fields } };
  }

  /**
   * Asks for the record that the address names, or else the property, or else for the only active one.
   *
   * @param {GlideRecord} record
   * @param {Record<string, string>} columns
   */
  function ask(record, columns) {
    var id = parameters.sysparm_id;
    var named = setting("record", "");
    if (id) {
      if (!SYS_ID.test(id))
        return {
          problem:
            "sysparm_id in the page's address is not a sys_id, which has 32 digits and letters from a to f.",
        };
      record.addQuery("sys_id", id);
      return { words: " with the sys_id of sysparm_id in the page's address" };
    }
    if (named) {
      var column = SYS_ID.test(named) ? "sys_id" : columns.name;
      if (!column)
        return {
          problem:
            "connect_softphone.record has a name, and the table has no column for it. Put the record's sys_id there, or set connect_softphone.record.columns.",
        };
      record.addQuery(column, named);
      return { words: " with the sys_id or name in connect_softphone.record" };
    }
    if (!columns.active) return { words: "" };
    record.addQuery(columns.active, true);
    return { words: " that is active" };
  }

  /** @returns {{ record?: object, problem?: string }} */
  function look() {
    if (setting("record.source", "server").toLowerCase() !== "server")
      return {};
    try {
      return find();
    } catch (error) {
      var why = text(function () {
        return /** @type {any} */ (error).message || error;
      });
      return {
        problem: "The Amazon Connect Instance record cannot be read: " + why,
      };
    }
  }

  SOFTPHONE_PROPERTIES.forEach(function (name) {
    var value = property("connect_softphone." + name);
    if (value) properties[name] = value;
  });
  ["sysparm_check", "sysparm_id"].forEach(function (name) {
    parameters[name] = text(function () {
      return RP.getParameterValue(name);
    });
  });
  var found = look();
  var json = JSON.stringify({
    version: SOFTPHONE_VERSION,
    user: {
      sysId: text(function () {
        return gs.getUserID();
      }),
      userName: text(function () {
        return gs.getUserName();
      }),
      email: text(function () {
        return gs.getUser().getEmail();
      }),
      name: text(function () {
        return gs.getUserDisplayName();
      }),
      roles: roles(),
    },
    record: found.record || null,
    recordProblem: found.problem,
    properties: properties,
    searchLimit: property("icc_search_limit"),
    token:
      text(function () {
        return gs.getSession().getSessionToken();
      }) ||
      text(function () {
        return gs.getSessionToken();
      }),
    parameters: parameters,
    instance: property("instance_name"),
    nowMs: new Date().getTime(),
  });
  try {
    return encodeURIComponent(json);
  } catch (error) {
    // Somebody has cut a text in the middle of a character, such as an emoji.
    return encodeURIComponent(json.replace(/[\ud800-\udfff]/g, "\ufffd"));
  }
})();
connectSoftphonePage;
