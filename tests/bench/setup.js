// @ts-check
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { makeSigner, signedResponse } from "../lab/idp/assertion.js";
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
    for (const { name, before, text, goal } of await inputs()) {
      const times = [];
      for (let run = -1; run < runs; run++) {
        const ms = await checked(page, before, text);
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
 * @param {string | undefined} before what is pasted first
 * @param {string} text
 */
async function checked(page, before, text) {
  await page.goto("about:blank");
  await page.goto(`${PAGE}#tab=check`);
  const all = before === undefined ? [text] : [before, text];
  return page.getByLabel("Paste anything").evaluate((area, all) => {
    for (const text of all) {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      area.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, cancelable: true }),
      );
    }
    const measures = performance.getEntriesByName("check");
    if (measures.length < all.length)
      throw new Error("the page does not know what this is");
    return measures[measures.length - 1].duration;
  }, all);
}

/** @returns {Promise<{ name: string, before?: string, text: string, goal?: number }[]>} */
async function inputs() {
  const signer = await makeSigner();
  const response = signedResponse(
    {
      signer,
      issuer: "https://idp.example",
      acs: "https://us-east-1.signin.aws.amazon.com/saml",
      login: "ada",
      username: "ada@example.com",
      nowMs: Date.now(),
    },
    // As of somebody who has many.
    { role: Array.from({ length: 500 }, (_, at) => role(at)) },
  );
  const users = Array.from(
    { length: 2500 },
    (_, at) => `Ada,Example,ada${at}@example.com,Basic Routing Profile,Agent`,
  );
  const kB = (/** @type {string} */ text) => Math.round(text.length / 1000);
  const recorded = har(response);
  return [
    {
      name: `SAML response, ${kB(response)} kB, read and verified`,
      before: signer.certificate,
      text: response,
      goal: 20,
    },
    { name: `HAR, ${kB(recorded)} kB`, text: recorded, goal: 300 },
    {
      name: `CSV of users, ${users.length} rows`,
      text: [CSV_HEADER, ...users].join("\n"),
    },
  ];
}

/** @param {number} at */
function role(at) {
  const account = "arn:aws:iam::111122223333";
  return `${account}:role/connect-agent-${at},${account}:saml-provider/acme`;
}

/** A recording of 10 MB with a sign-in in its middle. @param {string} response */
function har(response) {
  const entry = (
    /** @type {object} */ request,
    /** @type {string} */ text,
  ) => ({
    startedDateTime: new Date(0).toISOString(),
    time: 10,
    request: { headers: [], queryString: [], cookies: [], ...request },
    response: {
      status: 200,
      headers: [{ name: "content-type", value: "text/javascript" }],
      cookies: [],
      content: { size: text.length, mimeType: "text/javascript", text },
    },
  });
  const script = 'function f(a) {\n  return "\\u00e4" + a;\n}\n'.repeat(2000);
  const scripts = Array.from({ length: 110 }, (_, at) =>
    entry({ method: "GET", url: `https://idp.example/${at}.js` }, script),
  );
  const params = [{ name: "SAMLResponse", value: response }];
  const url = "https://us-east-1.signin.aws.amazon.com/saml";
  const postData = { mimeType: "application/x-www-form-urlencoded", params };
  scripts.splice(55, 0, entry({ method: "POST", url, postData }, ""));
  return JSON.stringify({
    log: { version: "1.2", creator: {}, entries: scripts },
  });
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
