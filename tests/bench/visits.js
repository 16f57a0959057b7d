// @ts-check
import express from "express";
import { untilIdle } from "./idle-machine.js";
import { backPage, idealPage, ourPage, rawPage } from "./pages.js";

/**
 * @typedef {import("./pages.js").Report} Report
 * @typedef {import("./scenes.js").Scene} Scene
 * @typedef {"raw" | "ours" | "ideal"} Side plain Streams, this module, or what could be done by hand
 */

/** A visit did not end as its scene says. */
export class Failed extends Error {}

/** Visits of the pages over one lab, in one browser, one at a time. */
export class Visits {
  /** How many there were, and how many of them began while the machine had other things to do. */
  count = 0;
  disturbed = 0;

  #lab;
  #browser;
  /** @type {Scene | undefined} */
  #scene;
  /** @type {Record<Side, string>} */
  #pages = { raw: "", ours: "", ideal: "" };
  /** Called with the report of the visit under way. @type {(report: Report) => void} */
  #reported = () => {};

  /**
   * @param {import("../lab/lab.js").Lab} lab
   * @param {import("./browser.js").Browser} browser
   */
  constructor(lab, browser) {
    this.#lab = lab;
    this.#browser = browser;
    lab.desk.mount("/bench", this.#routes());
  }

  /**
   * Starts a scene: the agent has no session except at the identity provider.
   *
   * @param {Scene} scene
   */
  async begin(scene) {
    this.#scene = scene;
    const { idp, connect, hostNames, urls } = this.#lab;
    idp.framing = scene.framing;
    connect.refusesUntilVisited = scene.refusing ?? false;
    const relayState = idp.relayState(hostNames, `${urls.desk}/bench/back`);
    const ssoLogin = `${urls.ssoLoginPlain}?RelayState=${encodeURIComponent(relayState)}`;
    this.#pages = {
      raw: rawPage(urls),
      ours: ourPage(urls, scene.signIn),
      ideal: idealPage({ ...urls, ssoLogin }),
    };
    await this.#startAfresh();
  }

  /** @param {number} ms of round trip to every party, from now on */
  moveAway(ms) {
    this.#lab.distance.roundTripMs = ms;
  }

  /**
   * Opens a page and waits until the agent has taken a call. In a cold scene, everything is cleared first.
   *
   * @param {Side} side
   * @returns {Promise<Report>}
   * @throws {Failed} if no call has been taken within 90 s
   */
  async visit(side) {
    if (this.#scene?.cold) await this.#startAfresh();
    if (this.#scene?.stale) await this.#leaveStaleRecord(side);
    if (this.#scene?.nextDay) await this.#letNightPass(side);
    return this.#open(side);
  }

  /**
   * @param {Side} side
   * @returns {Promise<Report>}
   */
  async #open(side) {
    const number = ++this.count;
    if (!(await untilIdle())) this.disturbed += 1;
    /** @type {Promise<Report>} */
    const reported = new Promise((resolve) => (this.#reported = resolve));
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      const error = new Failed(`no call taken within ${PATIENCE_MS / 1000} s`);
      timer = setTimeout(() => reject(error), PATIENCE_MS);
    });
    const call = this.#lab.connect.call({ username: AGENT });
    try {
      const url = `${this.#lab.urls.desk}/bench/${side}?visit=${number}`;
      await this.#browser.open(url);
      return await Promise.race([reported, /** @type {any} */ (late)]);
    } finally {
      clearTimeout(timer);
      await this.#browser.closePages();
      call.hangUp();
      call.stop();
      this.#lab.connect.agent(AGENT).setState("Offline");
    }
  }

  /** The agent was here with a session at Connect, which has ended since. @param {Side} side */
  async #leaveStaleRecord(side) {
    await this.#browser.setCookies([this.#lab.connect.beginSession(AGENT)]);
    await this.#open(side);
    this.#lab.connect.endSessions();
  }

  /** The agent was here yesterday: no session is left but the identity provider's. @param {Side} side */
  async #letNightPass(side) {
    await this.#open(side);
    await this.#browser.open(`${this.#lab.urls.desk}/bench/night`);
    await new Promise((resolve) => (this.#reported = resolve));
    await this.#browser.closePages();
    await this.#endSessions();
  }

  async #startAfresh() {
    const { urls } = this.#lab;
    await this.#browser.forget([urls.desk, urls.instance, urls.idp]);
    await this.#endSessions();
  }

  async #endSessions() {
    const { idp, aws, connect } = this.#lab;
    idp.endSessions();
    aws.endSessions();
    connect.endSessions();
    await this.#browser.clearCookies();
    await this.#browser.setCookies([idp.beginSession(AGENT)]);
  }

  #routes() {
    const routes = express.Router();
    for (const side of /** @type {Side[]} */ (["raw", "ours", "ideal"]))
      routes.get(`/${side}`, (_req, res) => {
        res.set("Cache-Control", "no-store").type("html");
        res.send(this.#pages[side]);
      });
    routes.get("/back", (_req, res) => void res.type("html").send(backPage));
    routes.get("/night", (_req, res) => void res.type("html").send(NIGHT));
    routes.post("/report", express.text({ type: "*/*" }), (req, res) => {
      res.status(204).end();
      // Reports from pages of earlier visits are ignored.
      if (Number(req.query.visit ?? this.count) === this.count)
        this.#reported(JSON.parse(req.body));
    });
    return routes;
  }
}

/** Makes what our page remembers a day older. */
const NIGHT = `<!doctype html>
<title>A night</title>
<script>
  for (const [key, line] of Object.entries(localStorage))
    localStorage[key] = line.replace(/(?<=(started|seen)=)\\d+/g, (at) => at - 86_400_000);
  navigator.sendBeacon("/bench/report", "{}");
</script>
`;

const AGENT = "ada@example.com";
const PATIENCE_MS = 90_000;
