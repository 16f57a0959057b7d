// @ts-check
// What the self-test shows: the checks with the bad ones first, and the report.

/** @typedef {import("./check.js").Check} Check */

export class CheckView {
  #summary = element("p", { role: "status" }, "Testing …");
  #list = element("ul", { class: "checks" });
  #report = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { readonly: "", rows: "10", "aria-label": "Report" })
  );
  #details = element("details", {});
  #copied = element("span", { role: "status", class: "copied" });
  #trial = element("section", {
    class: "trial",
    "aria-label": "Phone",
    tabindex: "-1",
  });

  /**
   * @param {HTMLElement} holder
   * @param {object} acts what the buttons do
   * @param {() => void} acts.popup tries whether a window opens
   * @param {((container: HTMLElement) => void) | undefined} acts.signIn opens the phone
   */
  constructor(holder, { popup, signIn }) {
    const page = element("main", { class: "check" });
    const buttons = element("div", { class: "buttons" });
    buttons.append(
      button("Copy the report", () => this.#copy(), "first"),
      button("Test a window", popup),
    );
    if (signIn) {
      const opener = button("Test the sign-in", () => {
        opener.remove();
        this.#trial.hidden = false;
        this.#trial.focus(); // The button had it, and is gone.
        signIn(this.#trial);
      });
      buttons.append(opener);
    }
    buttons.append(this.#copied);
    this.#trial.hidden = true;
    this.#details.append(element("summary", {}, "The report"), this.#report);
    page.append(
      element("h1", {}, "Self-test of the phone"),
      this.#summary,
      buttons,
      this.#trial,
      this.#list,
      this.#details,
    );
    holder.replaceChildren(page);
  }

  /** @param {readonly Check[]} checks @param {string} report */
  show(checks, report) {
    const count = (/** @type {Check["verdict"]} */ verdict) =>
      checks.filter((one) => one.verdict === verdict).length;
    const [bad, unknown] = [count("bad"), count("unknown")];
    const open = unknown > 0 ? ` ${unknown} could not be tested.` : "";
    this.#summary.textContent =
      (bad === 0
        ? "Nothing is wrong."
        : `${bad} of ${checks.length} ${bad === 1 ? "needs" : "need"} something.`) +
      open;
    this.#summary.className = bad === 0 ? "good" : "bad";
    const sorted = VERDICTS.flatMap((verdict) =>
      checks.filter((one) => one.verdict === verdict),
    );
    this.#list.replaceChildren(...sorted.map(row));
    this.#report.value = report;
  }

  async #copy() {
    this.#copied.textContent = "";
    try {
      await navigator.clipboard.writeText(this.#report.value);
      this.#copied.textContent = "Copied.";
    } catch {
      this.#details.setAttribute("open", "");
      this.#report.select();
      this.#copied.textContent = "It is selected: copy it.";
    }
  }
}

/** @param {Check} check */
function row({ id, title, verdict, found, remedy }) {
  const item = element("li", { class: verdict, "data-check": id });
  const head = element("p", { class: "head" });
  head.append(
    element("strong", {}, title),
    element("span", { class: "verdict" }, WORDS[verdict]),
  );
  item.append(head, element("p", { class: "found" }, capital(found)));
  if (remedy && verdict !== "good")
    item.append(element("p", { class: "remedy" }, remedy));
  return item;
}

/** As a sentence begins, unless it is a name or an address. @param {string} text */
function capital(text) {
  return text.replace(/^[a-z]+(?=[ ,]|$)/, (word) => {
    return word.slice(0, 1).toUpperCase() + word.slice(1);
  });
}

/** @param {string} name @param {Record<string, string>} attributes @param {string} [text] */
function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** @param {string} text @param {() => void} click @param {string} [name] */
function button(text, click, name = "") {
  const made = element("button", { type: "button", class: name }, text);
  made.addEventListener("click", click);
  return made;
}

/** @type {readonly Check["verdict"][]} */
const VERDICTS = ["bad", "unknown", "good"];
const WORDS = { good: "Good", bad: "Wrong", unknown: "Not tested" };
