// @ts-check
// The setup assistant: every string of a set-up with its place, which one is wrong, and whether it works.
import { html, render } from "lit/html.js";
import { Answers } from "./answers.js";
import { CheckTab } from "./check-tab.js";
import { answersIn } from "./link.js";
import { SetupTab } from "./setup-tab.js";
import { tabBar, tabPanels } from "./tabs.js";
import { TryTab } from "./try-tab.js";
import { loadWasm } from "./wasm.js";

const app = /** @type {HTMLElement} */ (document.getElementById("app"));

loadWasm().then(open, (error) =>
  render(
    html`<main>
      <p class="notice" role="alert">
        This page cannot run here: ${error.message}. It needs a browser of the
        last years, and WebAssembly.
      </p>
    </main>`,
    app,
  ),
);

function open() {
  const answers = new Answers(update);
  const setup = new SetupTab(answers, update);
  const check = new CheckTab(answers, update);
  const trial = new TryTab(answers, () => setup.ssoLoginUrl, update);
  const tabs = [
    { id: "setup", title: "Set up", view: () => setup.view() },
    { id: "check", title: "Check", view: () => check.view() },
    { id: "try", title: "Try", view: () => trial.view() },
  ];
  /** @type {string | undefined} */
  let chosen;
  setup.restore();
  readFragment();
  addEventListener("hashchange", readFragment);
  performance.mark("usable");

  /** What a link carries. It is read once it is followed, and again when another one is. */
  function readFragment() {
    const carried = answersIn(location.hash);
    const tab = carried.get("tab");
    carried.delete("tab");
    if (carried.size > 0) answers.replace(carried);
    choose(tabs.find(({ id }) => id === tab)?.id ?? chosen ?? tabs[0].id);
  }

  /** @param {string} id */
  function choose(id) {
    chosen = id;
    update();
  }

  function update() {
    if (chosen === undefined) return;
    render(
      html`<header class="top">
          <h1>Softphone set-up</h1>
          <p>Nothing that you enter leaves this page.</p>
        </header>
        <main>
          ${tabBar(tabs, chosen, choose)} ${tabPanels(tabs, chosen)}
        </main>`,
      app,
    );
  }
}
