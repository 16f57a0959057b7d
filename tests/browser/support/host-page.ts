import { expect, type Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import type {
  Softphone,
  SoftphoneAgent,
  SoftphoneAudio,
  SoftphoneConfigProblem,
  SoftphoneErrorCode,
  SoftphoneEvent,
  SoftphonePhase,
  SoftphoneSignOut,
  SoftphoneStatus,
  SoftphoneTimelineEntry,
} from "connect-softphone";

/** What pages/host/host.js makes available in its page. */
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
  // Set by the host page; declared for the code in tests that runs there.
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

  /** What is in the CCP's frame. */
  get ccp() {
    return this.frame.contentFrame();
  }

  /** Closes the tab. */
  close() {
    return this.#page.close();
  }

  get body() {
    return this.#page.locator("body");
  }

  /** Waits for the phase, in the page, so that a window may open that the browser would have blocked (see PhaseLog). */
  async untilPhase(phase: SoftphonePhase) {
    await expect(this.container).toHaveAttribute("data-softphone-phase", phase);
  }

  /** Waits until this is the error; undefined: until there is none. */
  async untilError(code: SoftphoneErrorCode | undefined) {
    if (code)
      await expect(this.container).toHaveAttribute(
        "data-softphone-error",
        code,
      );
    else
      await expect(this.container).not.toHaveAttribute("data-softphone-error");
  }

  /** Checks that the agent's changes at Amazon Connect reach the page, in the status and as events. */
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

  /** Checks that the prompt says `text`, with this button or with none. */
  async says(text: string | RegExp, button?: string) {
    await expect(this.prompt).toContainText(text);
    const buttons = this.prompt.getByRole("button");
    await expect(buttons).toHaveText(button ? [button] : []);
  }

  /** Checks that the prompt is a strip above Amazon's panel, which stays visible. */
  async leavesThePanel() {
    await expect(this.prompt).toHaveClass(/connect-softphone-strip/);
    await expect(this.frame).toBeVisible();
  }

  /** Checks that there is no prompt, and that Amazon's panel is visible. */
  async isQuiet() {
    await this.untilError(undefined);
    await expect(this.prompt).toBeHidden();
    await expect(this.frame).toBeVisible();
  }

  /** The statuses that the page was told, oldest first, such as `ready` or `ready CCP_LOST`, without repetitions. */
  async told() {
    const { events } = await this.snapshot();
    const told = events.flatMap((event) => {
      if (event.type !== "statusChanged") return [];
      const { phase, error } = event.status;
      return error ? `${phase} ${error.code}` : phase;
    });
    return told.filter((one, at) => one !== told[at - 1]);
  }

  /** When `what` happened, by the timeline. */
  async times(what: SoftphoneTimelineEntry["what"]) {
    const { timeline } = await this.snapshot();
    return timeline.filter((it) => it.what === what).map((it) => it.atMs);
  }

  /** Waits until the timeline has `what` at least so often. */
  async untilNoted(what: SoftphoneTimelineEntry["what"], times = 1) {
    await expect(this.body).toHaveAttribute("data-outcome", "ok");
    await expect
      .poll(async () => (await this.times(what)).length)
      .toBeGreaterThanOrEqual(times);
  }

  /**
   * Advances the page's clock, second by second, until the phone has this state, such as `failed CCP_SILENT`, or one that
   * matches.
   * The network and other windows take real time, so there is some between the steps.
   * `page.clock` must be installed.
   */
  async hurryUntil(state: string | RegExp) {
    await expect
      .poll(
        async () => {
          await this.#second();
          const { phase, error } = (await this.snapshot()).status;
          return error ? `${phase} ${error.code}` : phase;
        },
        { intervals: [300], timeout: 90_000 },
      )
      .toEqual(
        typeof state === "string" ? state : expect.stringMatching(state),
      );
  }

  /**
   * Advances the page's clock by so many seconds, with a CCP that is alive: each second ends once it has answered Streams'
   * keepalive, which is sent every second. Otherwise the watchdog would take the CCP for dead.
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

  /** Playwright advances the clocks of all windows; one that closes meanwhile does not matter. */
  async #second() {
    await this.#page.clock.runFor(1000).catch((error) => {
      if (this.#page.isClosed()) throw error;
    });
    // Let every frame catch up; one that is removed meanwhile does not matter. Playwright 1.64.1 now and then loses a
    // cross-site frame whose page is being replaced, and never answers for it: such a frame is not waited for.
    for (const frame of this.#page.frames())
      await Promise.race([
        frame.evaluate(() => undefined).catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, LOST_FRAME_MS)),
      ]);
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

  /** The phone's state, once the page has the phone: it may stand at a sign-in before. */
  async snapshot(): Promise<{
    status: SoftphoneStatus;
    agent: SoftphoneAgent | null;
    audio: SoftphoneAudio;
    timeline: SoftphoneTimelineEntry[];
    events: SoftphoneEvent[];
  }> {
    const opened = () =>
      this.#page.evaluate(() => globalThis.host.phone !== undefined);
    await expect.poll(opened).toBe(true);
    return this.#page.evaluate(() => {
      const { phone, events } = globalThis.host;
      if (!phone) throw new Error("the phone is not open");
      const { status, agent, audio } = phone;
      return { status, agent, audio, timeline: phone.timeline(), events };
    });
  }

  /** The text for support. */
  report(): Promise<string> {
    return this.#page.evaluate(() => String(globalThis.host.phone?.report()));
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

/** How long a frame may take to answer before it counts as lost. */
const LOST_FRAME_MS = 2000;
