import { expect, type Page } from "@playwright/test";
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneConfigProblem,
  SoftphoneErrorCode,
  SoftphoneEvent,
  SoftphonePhase,
  SoftphoneStatus,
  SoftphoneTimelineEntry,
} from "connect-softphone";

/** What pages/host/host.js puts into its page. */
interface InPage {
  phone: Softphone | undefined;
  events: SoftphoneEvent[];
  error: Failure | undefined;
  open(config?: unknown): Promise<void>;
}

export interface Failure {
  name: string;
  code: SoftphoneErrorCode;
  message: string;
  remedy: string;
  problems?: SoftphoneConfigProblem[];
}

declare global {
  // The host page's own. The tests' type of it, which code that runs in the page is written with.
  var host: InPage;
}

/** The page under pages/host, driven from a test. */
export class HostPage {
  readonly url: string;
  readonly #page: Page;

  constructor(page: Page, desk: string) {
    this.#page = page;
    this.url = `${desk}/host/`;
  }

  get container() {
    return this.#page.locator("#softphone");
  }

  /** The sentence and the button that the module shows. */
  get prompt() {
    return this.container.locator(".connect-softphone-cover");
  }

  get body() {
    return this.#page.locator("body");
  }

  /** Waits for the phase, in the page: a window may open meanwhile that the browser would have blocked. */
  async untilPhase(phase: SoftphonePhase) {
    await expect(this.container).toHaveAttribute("data-softphone-phase", phase);
  }

  /** How the phone stands. */
  snapshot(): Promise<{
    status: SoftphoneStatus;
    agent: SoftphoneAgent | null;
    timeline: SoftphoneTimelineEntry[];
    events: SoftphoneEvent[];
  }> {
    return this.#page.evaluate(() => {
      const { phone, events } = globalThis.host;
      if (!phone) throw new Error("the phone is not open");
      const { status, agent } = phone;
      return { status, agent, timeline: phone.timeline(), events };
    });
  }

  /** Opens the phone with `config`, by default the desk's, and returns the error if it does not open. */
  open(config?: unknown): Promise<Failure | undefined> {
    return this.#page.evaluate(async (given) => {
      try {
        await globalThis.host.open(given);
        return undefined;
      } catch (error) {
        const { name, code, message, remedy, problems } = error as Failure;
        return { name, code, message, remedy, problems };
      }
    }, config);
  }
}
