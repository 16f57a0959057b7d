// @ts-check
import express from "express";
import { untilIdle } from "./idle-machine.js";
import { ourPage, rawPage } from "./pages.js";

/**
 * @typedef {import("./pages.js").Report} Report
 * @typedef {import("./scenes.js").Scene} Scene
 * @typedef {"raw" | "ours"} Side plain Streams, or this module
 */

/** A visit did not end as its scene says. */
export class Failed extends Error {}

/** Visits of the two pages over one lab, in one browser, one at a time. */
export class Visits {
  /** How many there were, and how many of them began while the machine had other things to do. */
  count = 0;
  disturbed = 0;

  #lab;
  #browser;
  /** @type {Scene | undefined} */
  #scene;
  /** @type {Record<Side, string>} */
  #pages = { raw: "", ours: "" };
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
    this.#lab.idp.framing = scene.framing;
    const { urls } = this.#lab;
    this.#pages = { raw: rawPage(urls), ours: ourPage(urls, scene.signIn) };
    await this.#startAfresh();
  }

  /**
   * Opens a page and waits until the agent's data has arrived. In a cold scene, everything is cleared first.
   *
   * @param {Side} side
   * @returns {Promise<Report>}
   * @throws {Failed} if the agent's data does not arrive within 90 s
   */
  async visit(side) {
    if (this.#scene?.cold) await this.#startAfresh();
    if (this.#scene?.stale) await this.#leaveStaleRecord(side);
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
      const error = new Failed(`not ready within ${PATIENCE_MS / 1000} s`);
      timer = setTimeout(() => reject(error), PATIENCE_MS);
    });
    try {
      const url = `${this.#lab.urls.desk}/bench/${side}?visit=${number}`;
      await this.#browser.open(url);
      return await Promise.race([reported, /** @type {any} */ (late)]);
    } finally {
      clearTimeout(timer);
      await this.#browser.closePages();
    }
  }

  /** The agent was here with a session at Connect, which has ended since. @param {Side} side */
  async #leaveStaleRecord(side) {
    await this.#browser.setCookies([this.#lab.connect.beginSession(AGENT)]);
    await this.#open(side);
    this.#lab.connect.endSessions();
  }

  async #startAfresh() {
    const { idp, aws, connect, urls } = this.#lab;
    idp.endSessions();
    aws.endSessions();
    connect.endSessions();
    await this.#browser.forget([urls.desk, urls.instance, urls.idp]);
    await this.#browser.setCookies([idp.beginSession(AGENT)]);
  }

  #routes() {
    const routes = express.Router();
    for (const side of /** @type {Side[]} */ (["raw", "ours"]))
      routes.get(`/${side}`, (_req, res) => {
        res.set("Cache-Control", "no-store").type("html");
        res.send(this.#pages[side]);
      });
    routes.post("/report", express.text({ type: "*/*" }), (req, res) => {
      res.status(204).end();
      // Reports from pages of earlier visits are ignored.
      if (Number(req.query.visit) === this.count)
        this.#reported(JSON.parse(req.body));
    });
    return routes;
  }
}

const AGENT = "ada@example.com";
const PATIENCE_MS = 90_000;
