// @ts-check

/** What stands on the page instead of a phone: a sentence for the agent, and what the administrator can do. */
export class Notice {
  #holder;

  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.#holder = holder;
  }

  /** @param {string} title @param {readonly string[]} texts */
  show(title, texts) {
    const box = document.createElement("section");
    box.className = "notice";
    box.setAttribute("role", "alert");
    const head = document.createElement("h1");
    head.textContent = title;
    const list = document.createElement("ul");
    for (const text of texts) {
      const item = document.createElement("li");
      item.textContent = text;
      list.append(item);
    }
    box.append(head, list);
    this.#holder.replaceChildren(box);
  }
}
