// @ts-check
import { button, element, found } from "./dom.js";

/** The directory that Transfer opens: a search, and a tab for each kind of target. */
export class Transfer {
  /** Whether there is a list of targets, even an empty one. */
  enabled = false;

  #act;
  #config;
  #place = found("#transfer");
  #results = element("div", {});
  /** @type {any} */
  #call;
  /** @type {any[]} */
  #lists = [];

  /**
   * @param {any} config
   * @param {(name: string, call: any, more: object) => void} act
   */
  constructor(config, act) {
    this.#config = config;
    this.#act = act;
  }

  /** @param {any} call */
  open(call) {
    this.#call = call;
    const term = element("input", { id: "transfer-term", autocomplete: "off" });
    const type = element("select", { id: "transfer-type" });
    for (const [value, label] of TYPES) type.add(new Option(label, value));
    const form = element(
      "form",
      {},
      element("label", { for: "transfer-term" }, "Transfer to"),
      term,
      element("label", { for: "transfer-type" }, "Kind"),
      type,
      element("button", {}, "Search"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search(term.value, type.value);
    });
    this.#place.replaceChildren(
      element("h3", {}, "Transfer call"),
      form,
      this.#results,
    );
    this.#place.hidden = false;
    this.#show();
    term.focus();
    this.#search("", type.value);
  }

  /** @param {any[]} lists the context searchTargetList */
  show(lists) {
    this.enabled = true;
    this.#lists = lists;
    this.#show();
  }

  /** A call that has gone cannot be transferred any more. @param {any[]} calls */
  calls(calls) {
    const id = this.#call?.externalId;
    this.#call = calls.find(({ externalId }) => externalId === id);
    if (!this.#call) this.#place.hidden = true;
  }

  /** @param {string} searchTerm @param {string} type */
  #search(searchTerm, type) {
    this.#act(
      "getSearchTarget",
      this.#call,
      this.#config.actions.searchForm === "old"
        ? { searchType: type, searchTerm }
        : { searchTerm, limit: this.#config.searchLimit, targetType: [type] },
    );
  }

  #show() {
    const call = this.#call;
    if (!call) return;
    const list = this.#lists.find(
      ({ nowRecordId }) => nowRecordId === call.nowRecordId,
    );
    const targets = (list?.targets ?? []).flatMap((/** @type {any} */ group) =>
      (group.payload?.list ?? []).map((/** @type {any} */ target) =>
        this.#target(group, target),
      ),
    );
    this.#results.replaceChildren(
      targets.length > 0
        ? element("ul", {}, ...targets)
        : element("p", {}, "Nobody was found."),
    );
  }

  /** @param {any} group @param {any} target */
  #target(
    { type, transferSubtypes = [] },
    { id, name, presence, hasStats, moreInfo },
  ) {
    const details = (moreInfo ?? [])
      .map((/** @type {any} */ { label, value }) => `${label}: ${value}`)
      .join(", ");
    return element(
      "li",
      { "data-target": id },
      element("strong", {}, name),
      ` ${[presence, details].filter(Boolean).join(" · ")} `,
      ...(hasStats
        ? [
            button(
              "More about them",
              () =>
                this.#act("getMoreInfo", this.#call, {
                  targetType: type,
                  targetId: id,
                }),
              { class: "second" },
            ),
          ]
        : []),
      // Without a label, nothing appears (documented).
      ...transferSubtypes
        .filter((/** @type {any} */ { label }) => label)
        .map((/** @type {any} */ subtype) =>
          button(subtype.label, () => {
            this.#act("transferInitiated", this.#call, {
              type,
              subType: subtype.id,
              targetId: id,
            });
            this.#place.hidden = true;
          }),
        ),
    );
  }
}

const TYPES = [
  ["agent", "Agents"],
  ["queue", "Queues"],
  ["external", "External"],
];
