import { rm } from "node:fs/promises";
import {
  chromium,
  firefox,
  type Browser,
  type BrowserContext,
  type LaunchOptions,
} from "@playwright/test";
import { newProfile } from "./profile.js";

/** What can differ only from browser to browser, not from context to context. */
export interface BrowserKind {
  /** Whether the browser blocks windows that no click has opened, as every agent's does. */
  popupBlocking: boolean;
  /** Whether the computer has microphones and speakers: Chromium's fake ones. */
  hardware: boolean;
  /** Whether a frame of another site has a process of its own, as in every agent's browser. */
  siteIsolation: boolean;
  /** Whether a frame's storage and SharedWorkers are kept apart by the site of the window, as in every agent's browser. */
  partitioning: boolean;
}

/**
 * The browsers of one worker process: one of each kind, started when a test first needs it and kept until the worker ends.
 *
 * Starting a Chromium takes longer than most tests. What tests share is the browser's process and its profile, which says
 * that third-party cookies are allowed; each test has a context of its own, and so its own cookies, storage, workers, locks
 * and permissions (isolation.spec.ts). Playwright's `chromium.launch` will not do, because it makes a profile that blocks
 * third-party cookies, and contexts take that setting from the profile of their browser.
 */
export class Browsers {
  readonly #started = new Map<string, Promise<OwnBrowser>>();
  readonly #foxes = new Map<boolean, Promise<Browser>>();

  /** The worker's Firefox; each of its contexts is a container, with cookies, storage and permissions of its own. */
  firefox(thirdPartyCookies: boolean): Promise<Browser> {
    const started =
      this.#foxes.get(thirdPartyCookies) ?? startFirefox(thirdPartyCookies);
    this.#foxes.set(thirdPartyCookies, started);
    return started;
  }

  /** The worker's browser of that kind. */
  async of(kind: BrowserKind): Promise<Browser> {
    const key = JSON.stringify(kind);
    const started = this.#started.get(key) ?? OwnBrowser.start(kind);
    this.#started.set(key, started);
    const browser = (await started).context.browser();
    if (!browser) throw new Error("the context has no browser");
    return browser;
  }

  async close() {
    for (const fox of this.#foxes.values())
      await fox.then((browser) => browser.close()).catch(() => {});
    const all = await Promise.allSettled(this.#started.values());
    await Promise.all(
      all.map((one) => one.status === "fulfilled" && one.value.close()),
    );
  }
}

/** A Chromium with a profile of its own, which goes with it. */
export class OwnBrowser {
  private constructor(
    /** The context of the profile itself: what an ordinary window of this browser is in. */
    readonly context: BrowserContext,
    readonly profile: string,
  ) {}

  static async start(kind: BrowserKind, thirdPartyCookies = true) {
    const profile = await newProfile(thirdPartyCookies);
    const options = launchOptions(kind);
    const context = await chromium.launchPersistentContext(profile, options);
    return new OwnBrowser(context, profile);
  }

  async close() {
    await this.context.close();
    // Chromium's last helper process may still be writing.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startFirefox(thirdPartyCookies: boolean) {
  const browser = await firefox.launch({
    channel: "moz-firefox",
    executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
    firefoxUserPrefs: {
      // 5 is Firefox's default: a frame of another site has cookies of its own, by the site of the window.
      "network.cookie.cookieBehavior": thirdPartyCookies ? 0 : 5,
      // With a process for each site, a click that Playwright 1.64.1 makes in a frame of another site never arrives.
      "fission.webContentIsolationStrategy": 0,
      "dom.disable_open_during_load": true,
      "media.navigator.streams.fake": true,
      "media.navigator.permission.disabled": true,
    },
  });
  withoutGestures(browser);
  return browser;
}

/**
 * Stops Playwright's evaluations in Firefox from counting as user gestures, so that Firefox blocks a window whenever it would
 * block it for an agent.
 *
 * Playwright 1.64.1 evaluates an expression in every document that loads, with `userActivation: true` (coreBundle.js,
 * `_createUtilityWorld`). In a frame, that counts as a click on the page around it, for seconds. Whether the phone could open
 * a window without a click then depended on how soon a frame had loaded before. After each evaluation, Firefox also clears the
 * activation of that document (Realm.sys.mjs, `userActivationEnabled`), and with it that of a real click.
 */
function withoutGestures(browser: Browser) {
  const { connection } = internals(browser);
  const send = connection.rawSend.bind(connection);
  connection.rawSend = (message) => {
    if (message.params?.userActivation) message.params.userActivation = false;
    send(message);
  };
}

/** Playwright has no option for it. */
function internals(browser: any): { connection: BidiConnection } {
  const connection = browser._connection?.toImpl?.(browser)?._connection;
  if (typeof connection?.rawSend !== "function")
    throw new Error("Playwright no longer sends to Firefox by rawSend");
  return { connection };
}

interface BidiConnection {
  rawSend(message: { params?: { userActivation?: boolean } }): void;
}

function launchOptions(kind: BrowserKind): LaunchOptions {
  return {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      ...(kind.siteIsolation ? [] : ["--disable-site-isolation-trials"]),
      `--disable-features=${[...FEATURES_OFF, ...(kind.partitioning ? [] : [PARTITIONING])].join(",")}`,
      ...(kind.hardware ? ["--use-fake-device-for-media-stream"] : []),
    ],
    ignoreDefaultArgs: kind.popupBlocking ? ["--disable-popup-blocking"] : [],
  };
}

/**
 * Features of Chromium that the tests do without. Chromium heeds only the last `--disable-features`, so this list replaces
 * Playwright's; what both have is marked so.
 *
 * Playwright's also has ThirdPartyStoragePartitioning, which agents' browsers have: here the CCP's frame keeps its storage
 * and its SharedWorker apart from the login window's, as it does there, unless a test says otherwise.
 */
const FEATURES_OFF = [
  // Each window would start two web pages for suggestions in an address bar that nobody sees: a second of computing.
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  // Playwright's, for requests that tests intercept.
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "BlockOriginHeaderModificationOnRedirect",
  "AvoidCorsURLLoaderRestartOnRedirect",
  // Playwright's, for screenshots and for a browser that keeps to itself.
  "PaintHolding",
  "DestroyProfileOnBrowserClose",
  "DialMediaRouteProvider",
  "GlobalMediaControls",
  "HttpsUpgrades",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "Translate",
];

const PARTITIONING = "ThirdPartyStoragePartitioning";
