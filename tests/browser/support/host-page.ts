import { expect, type Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneConfigProblem,
  SoftphoneErrorCode,
  SoftphoneEvent,
  SoftphonePhase,
  SoftphoneSignOut,
  SoftphoneStatus,
  SoftphoneTimelineEntry,
} from "connect-softphone";

/** What pages/host/host.js puts into its page. */
interface InPage {
  phone: Softphone | undefined;
  events: SoftphoneEvent[];
  error: Failure | undefined;
  leaving: SoftphoneSignOut | undefined;
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

  /** The CCP's, not the sign-in's. */
  get frame() {
    return this.container.locator("iframe:not([title='Sign-in'])");
  }

  get body() {
    return this.#page.locator("body");
  }

  /** Waits for the phase, in the page: a window may open meanwhile that the browser would have blocked. */
  async untilPhase(phase: SoftphonePhase) {
    await expect(this.container).toHaveAttribute("data-softphone-phase", phase);
  }

  /** Waits until this is what is wrong; undefined: until nothing is. */
  async untilError(code: SoftphoneErrorCode | undefined) {
    if (code)
      await expect(this.container).toHaveAttribute(
        "data-softphone-error",
        code,
      );
    else
      await expect(this.container).not.toHaveAttribute("data-softphone-error");
  }

  /** What the agent does in Amazon Connect gets through to the page, by status and by event. */
  async follows(lab: Lab, username = "ada@example.com") {
    const agent = lab.connect.agent(username);
    const state = agent.state.name === "Lunch" ? "Training" : "Lunch";
    agent.setState(state);
    await expect
      .poll(async () => {
        const { agent, events } = await this.snapshot();
        const told = events.findLast(({ type }) => type === "agentChanged");
        return [
          agent?.state,
          told?.type === "agentChanged" && told.agent?.state,
        ];
      })
      .toEqual([state, state]);
  }

  /** The name of the agent's state, as the phone has it. */
  async agentState() {
    return (await this.snapshot()).agent?.state;
  }

  /** The prompt says `text`, with this button or with none. */
  async says(text: string | RegExp, button?: string) {
    await expect(this.prompt).toContainText(text);
    const buttons = this.prompt.getByRole("button");
    await expect(buttons).toHaveText(button ? [button] : []);
  }

  /** The prompt is a strip above Amazon's panel, which stays in sight. */
  async leavesThePanel() {
    await expect(this.prompt).toHaveClass(/connect-softphone-strip/);
    await expect(this.frame).toBeVisible();
  }

  /** Nothing is said, and Amazon's panel is in sight. */
  async isQuiet() {
    await this.untilError(undefined);
    await expect(this.prompt).toBeHidden();
    await expect(this.frame).toBeVisible();
  }

  /** What the page was told, oldest first, each such as `ready` or `ready CCP_LOST`, without repetitions. */
  async told() {
    const { events } = await this.snapshot();
    const told = events.flatMap((event) => {
      if (event.type !== "statusChanged") return [];
      const { phase, error } = event.status;
      return error ? `${phase} ${error.code}` : phase;
    });
    return told.filter((one, at) => one !== told[at - 1]);
  }

  /** The times at which the timeline has `what`. */
  async times(what: SoftphoneTimelineEntry["what"]) {
    const { timeline } = await this.snapshot();
    return timeline.filter((it) => it.what === what).map((it) => it.atMs);
  }

  /** Waits until the timeline has `what` so often; more often is as good. */
  async untilNoted(what: SoftphoneTimelineEntry["what"], times = 1) {
    await expect(this.body).toHaveAttribute("data-outcome", "ok");
    await expect
      .poll(async () => (await this.times(what)).length)
      .toBeGreaterThanOrEqual(times);
  }

  /**
   * Lets the page's time run faster, a second each step, until the phone stands so: such as `ready` or `failed CCP_SILENT`.
   * What the network and other windows answer takes real time, so between the steps there is some.
   * `page.clock` must be installed.
   */
  async hurryUntil(state: string) {
    await expect
      .poll(
        async () => {
          await this.#second();
          const { phase, error } = (await this.snapshot()).status;
          return error ? `${phase} ${error.code}` : phase;
        },
        { intervals: [300], timeout: 90_000 },
      )
      .toBe(state);
  }

  /**
   * Lets the page's time run on by so many seconds, with a CCP that lives: each ends when it has answered Streams' keepalive,
   * which comes every second. Otherwise the watch would take it for dead.
   */
  async hurry(seconds: number) {
    for (let left = seconds; left > 0; left -= 1) {
      const answered = this.#page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const { connect } = globalThis as any;
            const { ACKNOWLEDGE } = connect.EventType;
            const bus = connect.core.getEventBus();
            const once = bus.subscribe(ACKNOWLEDGE, () => {
              once.unsubscribe();
              resolve();
            });
          }),
      );
      await this.#second();
      await answered;
    }
  }

  /** Playwright moves the clocks of all windows; one that closes meanwhile is none of ours. */
  async #second() {
    await this.#page.clock.runFor(1000).catch((error) => {
      if (this.#page.isClosed()) throw error;
    });
    // No frame is behind with what it has to do; one that has gone meanwhile is not.
    for (const frame of this.#page.frames())
      await frame.evaluate(() => undefined).catch(() => {});
  }

  /** Signs out with `options`, and returns the error's code if that fails. */
  signOut(options?: unknown): Promise<SoftphoneErrorCode | undefined> {
    return this.#page.evaluate(async (given) => {
      try {
        await globalThis.host.phone?.signOut(given as SoftphoneSignOut);
        return undefined;
      } catch (error) {
        return (error as Failure).code;
      }
    }, options);
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
