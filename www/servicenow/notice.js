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
    const main = element("main", "");
    main.className = "notice";
    const box = element("section", "");
    box.setAttribute("role", "alert");
    const list = element("ul", "");
    list.append(...texts.map((text) => element("li", text)));
    const link = /** @type {HTMLAnchorElement} */ (
      element("a", "Open the self-test")
    );
    const address = new URL(location.href);
    address.searchParams.set("sysparm_check", "true");
    link.href = address.href;
    const more = element("p", "");
    more.append(link);
    box.append(
      element("h1", title),
      element("p", "For your administrator:"),
      list,
      more,
    );
    main.append(box);
    this.#holder.replaceChildren(main);
  }
}

/** @param {string} name @param {string} text */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
