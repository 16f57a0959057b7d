import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  expect,
  test as base,
  type BrowserContext,
  type Locator,
  type Page,
  type TestInfo,
} from "@playwright/test";
import { startLab, type Lab } from "../../lab/lab.js";
import { Browsers, OwnBrowser } from "./browsers.js";
import { evenRetries } from "./even-retries.js";
import { HostPage } from "./host-page.js";
import { Noise } from "./noise.js";
import { PhaseLog } from "./phase-log.js";
import { slowClock } from "./slow-clock.js";

export interface Options {
  /** Default "chromium". In Firefox, windows that no click has opened are always blocked. */
  engine: "chromium" | "firefox";
  /** Whether the browser blocks windows that no click has opened, as every agent's does. Default false. */
  popupBlocking: boolean;
  /** Whether frames of other sites have their cookies, as the CCP needs it. Default true. */
  thirdPartyCookies: boolean;
  /** Whether the computer has microphones and speakers: Chromium's fake ones. Default true. */
  hardware: boolean;
  /**
   * Whether a frame of another site has a process of its own, as in every agent's browser. Default false: Playwright 1.64.1
   * now and then loses such a frame while its page is replaced, or stops with "Assertion error" (FrameManager.frameAttached:
   * the events of two processes come in any order). On where a test follows one story to the call and replaces nothing.
   */
  siteIsolation: boolean;
  /** Whether a frame's storage and SharedWorkers are kept apart by the site of the window, as in every agent's browser. Default true. */
  partitioning: boolean;
  /**
   * How many times slower than in reality time passes for the host's pages. Default 2: no deadline of the phone passes only because
   * the machine is busy. 1 where a test waits for such a deadline.
   */
  slowness: number;
}

interface WorkerFixtures {
  browsers: Browsers;
}

interface Fixtures {
  lab: Lab;
  /** What the phone's attributes said over time; needed where `popupBlocking` is on. */
  phaseLog: PhaseLog;
  /** The windows that opened besides the page, closed ones included. */
  windows: Page[];
  /** Fails the test if a page logs an error that it does not expect. */
  noise: Noise;
  /** The softphone's container. */
  softphone: Locator;
  /** A host page that tests can control, for what the agent page does not show. */
  host: HostPage;
  /** Gives the browser a session at the identity provider. */
  beginIdpSession: (login?: string) => Promise<void>;
}

/** Each test has a lab and a browser context of its own, so that no session, record or worker is left from another. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  engine: ["chromium", { option: true }],
  popupBlocking: [false, { option: true }],
  thirdPartyCookies: [true, { option: true }],
  hardware: [true, { option: true }],
  siteIsolation: [false, { option: true }],
  partitioning: [true, { option: true }],
  slowness: [2, { option: true }],

  lab: async ({}, use) => {
    const lab = await startLab();
    lab.desk.mount("/host", PAGES);
    await use(lab);
    await lab.close();
  },

  browsers: [
    async ({}, use) => {
      const browsers = new Browsers();
      await use(browsers);
      await browsers.close();
    },
    { scope: "worker" },
  ],

  // Depends on the lab, so that it closes first: pages without a server would keep asking for one.
  context: async (
    {
      lab,
      browsers,
      engine,
      popupBlocking,
      thirdPartyCookies,
      hardware,
      siteIsolation,
      partitioning,
      slowness,
    },
    use,
  ) => {
    void lab;
    const kind = { popupBlocking, hardware, siteIsolation, partitioning };
    if (thirdPartyCookies || engine === "firefox") {
      const browser =
        engine === "firefox"
          ? await browsers.firefox(thirdPartyCookies)
          : await browsers.of(kind);
      const context = await browser.newContext();
      await slowClock(context, slowness);
      await evenRetries(context);
      await use(context);
      await endRoutes(context);
      await context.close();
    } else {
      const own = await OwnBrowser.start(kind, thirdPartyCookies);
      await slowClock(own.context, slowness);
      await evenRetries(own.context);
      await use(own.context);
      await endRoutes(own.context);
      await own.close();
    }
  },

  page: async ({ context, phaseLog, noise }, use) => {
    void [phaseLog, noise]; // They must watch from the first page on.
    await use(context.pages()[0] ?? (await context.newPage()));
  },

  phaseLog: async ({ context }, use) => use(await PhaseLog.of(context)),

  windows: async ({ context, page }, use) => {
    const windows: Page[] = [];
    context.on("page", (opened) => opened !== page && windows.push(opened));
    await use(windows);
  },

  noise: [
    async ({ context, lab }, use, testInfo) => {
      const noise = new Noise(context, lab);
      await use(noise);
      const { unknownOperations, shapeErrors } = lab.connect;
      const { violations, pageErrors } = lab.serviceNow;
      const wrong = [
        ...(await noise.verdict(context)),
        ...unknownOperations.map((name) => `the lab has no ${name}`),
        ...shapeErrors.map((error) => JSON.stringify(error)),
        ...violations.map((violation) => `openFrameAPI: ${violation}`),
        ...pageErrors,
      ];
      if (testInfo.status !== testInfo.expectedStatus || wrong.length > 0)
        await keepLogs(testInfo, noise, lab, context);
      expect(wrong, "unexpected errors and logged secrets").toEqual([]);
    },
    { auto: true },
  ],

  softphone: async ({ page }, use) => use(page.locator("#softphone")),

  host: async ({ page, lab }, use) => use(new HostPage(page, lab.urls.desk)),

  beginIdpSession: async ({ context, lab }, use) =>
    use(async (login = "ada@example.com") =>
      context.addCookies([lab.idp.beginSession(login)]),
    ),
});

export { expect };

/** A request that a test answers itself may be under way while its page closes: nobody waits for that answer. */
async function endRoutes(context: BrowserContext) {
  const behavior = "ignoreErrors";
  await context.unrouteAll({ behavior });
  for (const page of context.pages()) await page.unrouteAll({ behavior });
}

/** Writes the logs to a file, and prints a short version. */
async function keepLogs(
  testInfo: TestInfo,
  noise: Noise,
  lab: Lab,
  context: BrowserContext,
) {
  const requests = lab.requests.map(
    ({ atMs, party, method, path, status }) =>
      `${atMs - lab.requests[0].atMs} ms ${party} ${method} ${path} ${status}`,
  );
  const logs = [
    `# pages\n${context
      .pages()
      .map((page) => page.url())
      .join("\n")}`,
    `# requests\n${requests.join("\n")}`,
    `# console\n${noise.lines.join("\n")}`,
  ].join("\n");
  const file = testInfo.outputPath("logs.txt");
  await writeFile(file, logs);
  await testInfo.attach("logs", { path: file, contentType: "text/plain" });
  const lines = logs.split("\n").map((line) => line.slice(0, 200));
  console.log([testInfo.title, ...lines.slice(0, 150)].join("\n"));
}

const PAGES = fileURLToPath(new URL("../pages/host", import.meta.url));
