// @ts-check
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { spread } from "./figures.js";
import { columns, shown } from "./result.js";

/*
 * The setup assistant: how long until it can be used, how long it checks, how large it is. What is checked is measured by the
 * page itself, from the paste to the findings, without drawing them.
 */

/** @param {number} runs */
export async function benchSetup(runs) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    const starts = [];
    for (let run = -1; run < runs; run++) {
      await page.goto("about:blank");
      await page.goto(PAGE);
      await page.getByRole("tablist").waitFor();
      const at = await page.evaluate(
        () => performance.getEntriesByName("usable")[0].startTime,
      );
      if (run >= 0) starts.push(at);
    }
    const rows = [row("usable from file:", starts)];
    for (const { name, text, goal } of await inputs()) {
      const times = [];
      for (let run = -1; run < runs; run++) {
        const ms = await checked(page, text);
        if (run >= 0) times.push(ms);
      }
      rows.push(row(name, times, goal));
    }
    const gzip = gzipSync(await readFile(fileURLToPath(PAGE)), { level: 9 });
    console.log(
      columns([
        ["setup assistant", "ms", "goal", ""],
        ...rows,
        [
          "index.html, gzip -9",
          `${gzip.length} B`,
          `≤ ${GZIP_GOAL}`,
          gzip.length <= GZIP_GOAL ? "reached" : "not reached",
        ],
      ]),
    );
  } finally {
    await browser.close();
  }
}

/**
 * How long the page took for a text.
 *
 * @param {import("@playwright/test").Page} page
 * @param {string} text
 */
async function checked(page, text) {
  await page.goto("about:blank");
  await page.goto(`${PAGE}#tab=check`);
  return page.getByLabel("Paste anything").evaluate((area, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    area.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, cancelable: true }),
    );
    const [measure] = performance.getEntriesByName("check");
    if (!measure) throw new Error("the page does not know what this is");
    return measure.duration;
  }, text);
}

/** @returns {Promise<{ name: string, text: string, goal?: number }[]>} */
async function inputs() {
  const users = Array.from(
    { length: 2500 },
    (_, at) => `Ada,Example,ada${at}@example.com,Basic Routing Profile,Agent`,
  );
  return [
    {
      name: `CSV of users, ${users.length} rows`,
      text: [CSV_HEADER, ...users].join("\n"),
    },
  ];
}

/** @param {string} name @param {number[]} times @param {number} [goal] */
function row(name, times, goal) {
  const figures = spread(times);
  return [
    name,
    shown(figures),
    goal === undefined ? "" : `≤ ${goal}`,
    goal === undefined
      ? ""
      : figures.median <= goal
        ? "reached"
        : "not reached",
  ];
}

const PAGE = pathToFileURL(
  fileURLToPath(new URL("../../dist/setup/index.html", import.meta.url)),
).href;
const CSV_HEADER =
  "first name,last name,user login,routing profile name,security_profile_name_1";
const GZIP_GOAL = 400_000;
