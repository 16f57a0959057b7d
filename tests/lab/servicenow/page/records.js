// @ts-check
import { ask, button, element, found } from "./dom.js";

/** The workspace's tabs: a customer's record with click to call, and what openFrameAPI opens. */
export class Records {
  #call;
  #config;
  #list = found("#records [role=tablist]");
  #panel = found("#records [role=tabpanel]");
  #lastId = 0;

  /**
   * @param {any} config
   * @param {(payload: unknown) => void} call sends a click to call
   */
  constructor(config, call) {
    this.#config = config;
    this.#call = call;
    const { consumer } = config;
    this.#add(consumer.name, () => this.#form(consumer));
  }

  /** @param {string} method of openFrameAPI @param {any} payload */
  async open(method, payload) {
    if (method === "openCustomURL")
      return this.#add(payload, () => element("p", {}, `Address: ${payload}`));
    if (method === "openInteraction")
      return this.#record("interaction", `sys_id=${payload}`);
    const { entity, query, sys_id, parent_entity } = payload;
    if (method === "openServiceNowList") return this.#rows(entity, query ?? "");
    if (parent_entity)
      await this.#record(
        parent_entity,
        `sys_id=${payload.parent_entity_sys_id}`,
      );
    if (payload.interaction_sys_id)
      await this.#record("interaction", `sys_id=${payload.interaction_sys_id}`);
    await this.#record(entity, query ?? `sys_id=${sys_id}`);
  }

  /** @param {string} table @param {string} query */
  async #record(table, query) {
    const path = `record?table=${encodeURIComponent(table)}&query=${encodeURIComponent(query)}`;
    const [row] = query.startsWith("sys_id=-1") ? [] : await ask("GET", path);
    const title = row?.number ?? row?.name ?? `New ${table}`;
    this.#add(title, () =>
      element(
        "div",
        { "data-table": table, "data-query": query },
        element("h3", {}, title),
        element(
          "dl",
          {},
          ...Object.entries(row ?? { query }).map(([name, value]) =>
            element(
              "div",
              {},
              element("dt", {}, name),
              element("dd", {}, String(value)),
            ),
          ),
        ),
      ),
    );
  }

  /** @param {string} table @param {string} query */
  async #rows(table, query) {
    const path = `record?table=${encodeURIComponent(table)}&query=${encodeURIComponent(query)}`;
    const rows = await ask("GET", path);
    this.#add(`${table} (${rows.length})`, () =>
      element(
        "ul",
        { "data-table": table, "data-query": query },
        ...rows.map((/** @type {any} */ row) =>
          element("li", {}, row.number ?? row.name ?? row.sys_id),
        ),
      ),
    );
  }

  /** @param {any} consumer */
  #form(consumer) {
    const form = element("form", {}, element("h3", {}, consumer.name));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const [field, label] of [
      ["business_phone", "Business phone"],
      ["mobile_phone", "Mobile phone"],
    ]) {
      const input = element("input", {
        id: field,
        value: consumer[field],
        autocomplete: "off",
      });
      form.append(
        element("label", { for: field }, label),
        element(
          "div",
          { class: "row" },
          input,
          button(`Call`, () => this.#clicked(consumer, input.value), {
            "aria-label": `Call ${label.toLowerCase()}`,
          }),
        ),
      );
    }
    return form;
  }

  /** @param {any} consumer @param {string} phoneNumber */
  #clicked({ sys_id, name }, phoneNumber) {
    const { form, place } = this.#config.clickToCall;
    if (form === "old")
      return this.#call({
        type: "OUTGOING_CALL",
        context: { phone_number: phoneNumber, sys_id },
      });
    const record = {
      entity: "csm_consumer",
      query: `sys_id=${sys_id}`,
      value: sys_id,
      contact_name: name,
    };
    const payload = {
      type: "OUTGOING_CALL",
      data:
        place === "data"
          ? { metaData: { sys_id }, data: [{}, { ...record, phoneNumber }] }
          : { metaData: { phoneNumber, sys_id }, data: [{}, record] },
    };
    this.#call(form === "string" ? JSON.stringify(payload) : payload);
  }

  /** @param {string} title @param {() => HTMLElement} content */
  #add(title, content) {
    const id = `tab-${++this.#lastId}`;
    const shown = content();
    const tab = button(title, () => this.#select(tab, shown), {
      role: "tab",
      id,
      class: "second",
    });
    this.#list.append(tab);
    this.#select(tab, shown);
  }

  /** @param {HTMLElement} tab @param {HTMLElement} content */
  #select(tab, content) {
    for (const one of this.#list.children)
      one.setAttribute("aria-selected", String(one === tab));
    this.#panel.setAttribute("aria-labelledby", tab.id);
    this.#panel.replaceChildren(content);
  }
}
