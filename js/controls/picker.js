// @ts-check

/** @typedef {import("connect-softphone").SoftphoneQuickConnect} QuickConnect */

/** The choice of somebody to call about a contact: a quick connect, or a number. */
export class Picker {
  text = "";
  leave = false;
  loading = true;
  /** @type {readonly QuickConnect[]} */
  all = [];
  /** @type {readonly string[]} queues that could not be read */
  incomplete = [];
  /** @type {string | undefined} the ARN of the one that was chosen, or `NUMBER` */
  chosen;
  #panel;
  #calling = false;

  /**
   * @param {import("./panel.js").Panel} panel
   * @param {string} id of the contact
   * @param {"consult" | "transfer"} purpose
   */
  constructor(panel, id, purpose) {
    this.#panel = panel;
    this.id = id;
    this.purpose = purpose;
    this.place = `contact ${id} target`;
    this.#load();
  }

  async #load() {
    const found = await this.#panel.run(this.place, (phone) =>
      phone.quickConnects(),
    );
    this.loading = false;
    if (found) ({ items: this.all, incomplete: this.incomplete } = found.done);
    this.#panel.changed();
  }

  /** Those whose name has the text. */
  get found() {
    const text = this.text.trim().toLocaleLowerCase();
    return this.all.filter(
      ({ name, number }) =>
        name.toLocaleLowerCase().includes(text) ||
        (text !== "" && number?.includes(text)),
    );
  }

  /** The text, if it looks like a number. */
  get number() {
    const text = this.text.trim();
    return /^(tel:)?\+?[\d\s()./-]{3,}(x\d+)?$/i.test(text) ? text : undefined;
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    const { number, found } = this;
    if (number && found.length === 0) this.chosen = NUMBER;
    else if (
      (this.chosen === NUMBER && !number) ||
      !found.some(({ arn }) => arn === this.chosen)
    )
      this.chosen = undefined;
    this.#panel.changed();
  }

  /** @param {string} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.#panel.changed();
  }

  /** Whom it is to be. @returns {import("connect-softphone").SoftphoneTarget | undefined} */
  get target() {
    if (this.chosen === NUMBER) return this.number;
    return this.all.find(({ arn }) => arn === this.chosen);
  }

  /** Their name or number. */
  get targetName() {
    const { target } = this;
    return typeof target === "object" ? target.name : (target ?? "");
  }

  async call() {
    const { id, purpose, target, leave } = this;
    const panel = this.#panel;
    if (!target || this.#calling) return;
    this.#calling = true;
    panel.picker = undefined;
    panel.element.focusOn("contact");
    const done = await panel.run(this.place, async (phone) =>
      purpose === "consult"
        ? phone.consult(id, target)
        : phone.transfer(id, target, leave ? { leave } : {}),
    );
    this.#calling = false;
    // What went wrong is shown beside what was chosen, which may be corrected.
    const there = panel.contacts.some((contact) => contact.id === id);
    if (!done && there && panel.commands.problem(this.place))
      panel.picker ??= this;
    panel.changed();
  }
}

/** Stands for the number that was typed. */
export const NUMBER = "number";
