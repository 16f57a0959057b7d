import { expect, type Page } from "@playwright/test";
import type {
  Softphone,
  SoftphoneContact,
  SoftphoneErrorCode,
  SoftphoneEvent,
} from "connect-softphone";
import { test as base } from "../support/fixtures.js";

export { expect };
export const ADA = "ada@example.com";

/** How a command ended. */
export interface Ended<T = SoftphoneContact | null> {
  value?: T;
  code?: SoftphoneErrorCode;
  message?: string;
  cause?: string;
}

type Command = {
  [K in keyof Softphone]: Softphone[K] extends (
    ...given: never[]
  ) => Promise<unknown>
    ? K
    : never;
}[keyof Softphone];

/** A page that draws its own phone, with an agent who is Available. */
export class Desk {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Calls a method of the phone. */
  run<T = SoftphoneContact | null>(
    name: Command,
    ...given: unknown[]
  ): Promise<Ended<T>> {
    return this.#page.evaluate(
      async ({ name, given }) => {
        const { phone } = globalThis.host as unknown as { phone: any };
        try {
          return { value: await phone[name](...given) };
        } catch (error: any) {
          const { code, message, cause } = error;
          return { code, message, cause: cause && String(cause) };
        }
      },
      { name, given },
    );
  }

  /** The same, with the only contact there is. */
  async act<T = SoftphoneContact | null>(name: Command, ...given: unknown[]) {
    const { id } = await this.contact();
    return this.run<T>(name, id, ...given);
  }

  /** The same; it has to succeed. */
  async does(name: Command, ...given: unknown[]) {
    const { value, ...failure } = await this.act(name, ...given);
    expect(failure, name).toEqual({});
    return value!;
  }

  contacts(): Promise<readonly SoftphoneContact[]> {
    return this.#page.evaluate(() => globalThis.host.phone!.contacts);
  }

  async contact(): Promise<SoftphoneContact> {
    const contacts = await this.contacts();
    expect(contacts).toHaveLength(1);
    return contacts[0];
  }

  agentState(): Promise<string | undefined> {
    return this.#page.evaluate(() => globalThis.host.phone!.agent?.state);
  }

  /** What was told to whoever looks after the page. */
  diagnostics(): Promise<string[]> {
    return this.#page.evaluate(() =>
      globalThis.host.events.flatMap((event: SoftphoneEvent) =>
        event.type === "diagnostic" ? event.message : [],
      ),
    );
  }

  /** Waits until the only contact has this phase. */
  async until(phase: SoftphoneContact["phase"]) {
    await expect
      .poll(async () => (await this.contacts()).map((one) => one.phase))
      .toEqual([phase]);
    return this.contact();
  }

  /** What the host was told of contacts, such as `added offered`. */
  told(): Promise<string[]> {
    return this.#page.evaluate(() =>
      globalThis.host.events.flatMap((event: SoftphoneEvent) => {
        switch (event.type) {
          case "contactAdded":
            return `added ${event.contact.phase}`;
          case "contactChanged":
            return event.changed.includes("phase")
              ? `now ${event.contact.phase}`
              : [];
          case "contactRemoved":
            return "removed";
          default:
            return [];
        }
      }),
    );
  }
}

/** What is possible: the names that are true in `can`. */
export function possible({ can }: { can: Readonly<Record<string, boolean>> }) {
  return Object.keys(can).filter((name) => can[name]);
}

export const test = base.extend<{ desk: Desk }>({
  desk: async ({ lab, page, host, beginIdpSession }, use) => {
    await beginIdpSession();
    lab.desk.config.controls = "icc";
    lab.connect.agent(ADA).setState("Available");
    await page.goto(host.url);
    await host.untilPhase("ready");
    await expect.poll(() => host.agentState()).toBe("Available");
    await use(new Desk(page));
  },
});
