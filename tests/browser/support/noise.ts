import type { BrowserContext, ConsoleMessage } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";

/**
 * Everything that a test's pages logged or threw. An error that the test does not expect fails it, and so does a logged secret.
 *
 * Every console message of the host's own pages is searched for secrets, whoever wrote it. Our module writes none at all,
 * which is checked, too. Amazon Connect Streams writes many, partly about what we give it, so its
 * messages are searched like all others. What the pages of other parties (CCP, identity provider)
 * log is their own affair.
 */
export class Noise {
  /** For the report of a failed test. */
  readonly lines: string[] = [];
  readonly #lab: Lab;
  readonly #errors: string[] = [];
  readonly #own: { text: string; from: string }[] = [];
  readonly #secrets = new Map<string, string>();
  readonly #allowed: RegExp[] = [];
  readonly #browsers: RegExp[] = [];

  constructor(context: BrowserContext, lab: Lab) {
    this.#lab = lab;
    context.on("console", (message) => this.#heard(message));
    context.on("weberror", (error) => {
      const { stack, message } = error.error();
      this.#wrong(`uncaught: ${stack ?? message}`);
    });
    context.on("request", (request) => {
      for (const [, number] of request.url().matchAll(NUMBER))
        this.secret("a nonce", number);
      for (const [, token] of request.url().matchAll(GRANT))
        this.secret("a one-time token", token);
      const posted = new URLSearchParams(request.postData() ?? "");
      const response = posted.get("SAMLResponse");
      if (response) this.secret("an assertion", response.slice(-100));
    });
    const { relayState } = lab.urls;
    this.secret("the relay state", relayState);
    this.secret("the relay state", encodeURIComponent(relayState));
  }

  /** Expects errors that match `pattern` in this test. */
  allow(pattern: RegExp) {
    this.#allowed.push(pattern);
  }

  /** Expects a message that the browser itself writes on the module's behalf, possibly with an address in it. */
  allowBrowser(pattern: RegExp) {
    this.allow(pattern);
    this.#browsers.push(pattern);
  }

  /**
   * Expects what Streams 2.28.2 writes at every `initCCP` but a page's first: it takes one provider for the `@amazon-connect/*`
   * clients a page, keeps it, and gives it the new CCP (connect-streams.js, `initializeProvider`, `setCCPIframe`).
   */
  allowSecondInit() {
    this.allow(/initialize provider more than one time/);
    this.allow(/Error when setting up AmazonConnectStreamsSite/);
  }

  /**
   * Expects that a CCP is put into the page after the agent signed out: the worker asks for their data, and then for a new
   * token. Whether it gets that far before the page ends is a matter of milliseconds.
   */
  allowSignedOutWorker() {
    this.allow(/Failed to get agent data/);
    this.allow(/\/auth\/authorize: Failed to load resource: .* 401/);
  }

  /** Expects `value` never to be logged. */
  secret(what: string, value: string) {
    this.#secrets.set(value, what);
  }

  /** The kinds of secrets known so far. */
  get secrets() {
    this.#learnTokens();
    return new Set(this.#secrets.values());
  }

  /** What was wrong, one sentence each. */
  async verdict(context: BrowserContext) {
    await this.#learn(context);
    const unexpected = this.#errors.filter(
      (error) => !this.#allowed.some((pattern) => pattern.test(error)),
    );
    const own = this.#own.filter(
      ({ text }) => !this.#browsers.some((pattern) => pattern.test(text)),
    );
    const ours = own.filter(
      ({ text, from }) =>
        /\/softphone\/[\w.-]+(\/[\w.-]+)?\.(js|wasm)/.test(from) &&
        !isBrowsers(text),
    );
    const leaks = own.flatMap(({ text }) =>
      this.#in(text).map((what) => `${what} was logged: ${text.slice(0, 300)}`),
    );
    return [
      ...unexpected,
      ...ours.map(({ text }) => `the module logged: ${text}`),
      ...leaks,
    ];
  }

  /** What kinds of secrets are in `text`. */
  async leaksIn(context: BrowserContext, text: string) {
    await this.#learn(context);
    return this.#in(text);
  }

  #in(text: string) {
    const found = [...this.#secrets].filter(([value]) => text.includes(value));
    return found.map(([, what]) => what);
  }

  async #learn(context: BrowserContext) {
    for (const { name, value } of await context.cookies())
      if (value.length >= 16) this.secret(`the cookie ${name}`, value);
    this.#learnTokens();
  }

  /** From the lab: the page that holds a token may be gone before its text could be read. */
  #learnTokens() {
    for (const token of this.#lab.connect.bearerTokens)
      this.secret("a bearer token", token);
  }

  #heard(message: ConsoleMessage) {
    const text = message.text();
    const from = message.location().url;
    const line = `${message.type()} ${from}: ${text}`;
    this.lines.push(line);
    if (message.type() === "error" && !isFarewell(text, from))
      this.#wrong(line);
    const page = message.page()?.url() ?? "";
    // A frame's messages name a script of that frame as their location.
    const { desk, serviceNow } = this.#lab.urls;
    const isHosts = page.startsWith(desk) || page.startsWith(serviceNow);
    if (isHosts && !isOf(this.#others, from)) this.#own.push({ text, from });
  }

  #wrong(error: string) {
    this.lines.push(error);
    this.#errors.push(error);
  }

  get #others() {
    const { instance, idp, signIn, console } = this.#lab.urls;
    return [instance, idp, signIn, console];
  }
}

function isOf(origins: string[], url: string) {
  return origins.some((origin) => url.startsWith(`${origin}/`));
}

/**
 * When the agent signs out, Streams' SharedWorker uploads the rest of its own log, with a session that is just ending (2.28.2,
 * connect-streams.js, `handleSendLogsRequest`, called at TERMINATE). Whether that upload still succeeds is a matter of
 * milliseconds, and concerns nobody: no phone depends on it. If it fails, the worker tells every page to log this line.
 */
function isFarewell(text: string, from: string) {
  return (
    /\[ERROR\] \[[^\]]*\]: SendLogs request failed\.$/.test(text) &&
    /\/connect(-|_softphone_)streams(-min)?\.js(dbx\?.*)?$/.test(from)
  );
}

/** Whether Chromium itself wrote it on the module's behalf. */
function isBrowsers(text: string) {
  return SANDBOX.test(text) || NOT_THERE.test(text);
}

/** A message to the instance's page in the CCP's frame, where the browser shows an error page instead. */
const NOT_THERE =
  /^Failed to execute 'postMessage' on 'DOMWindow': The target origin provided/;
/** Chromium's warning about the sign-in frame, attributed to whichever script is running (frame.rs says why the frame is like that). */
const SANDBOX = /^An iframe which has both allow-scripts and allow-same-origin/;
/** In an address, however often it is encoded. */
const NUMBER = /softphoneSignIn(?:=|%(?:25)*3D)([0-9a-f]{32})/gi;
const GRANT = /\/auth\/federate\?(?:[^#]*&)?token=([^&#]+)/g;
