import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import type { HostPage } from "../support/host-page.js";

test.describe("the container", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  test(
    "that is removed is reported, and once it is back the phone works again",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      const gone = await expectStatus(host, "failed");
      expect(gone.error?.code).toBe("CONTAINER_REMOVED");
      expect(gone.error?.message).toBe("The phone was removed from this page.");
      expect(gone.error?.remedy).toContain("close()");
      const { agent } = await host.snapshot();
      expect(agent).toBeNull();
      await expect(page.locator("iframe")).toHaveCount(0);

      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await host.untilPhase("ready");
      await expect(host.container).not.toHaveAttribute(ERROR);
      await expect(page.locator("iframe")).toHaveCount(1);
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => host.agentState()).toBe("Available");
    },
  );

  test(
    "that is removed during sign-in signs in once it is back",
    { tag: "@container-removed" },
    async ({ page, lab, host, windows, noise }) => {
      noise.allowSecondInit();
      lab.desk.config.signIn = { ways: ["popup"] };
      lab.idp.endSessions();
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1);
      await windows[0].getByLabel("User name").waitFor();
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await expect.poll(() => windows.length).toBe(2);
      await windows[1].getByLabel("User name").fill("ada@example.com");
      await windows[1].getByLabel("Password").fill("lab");
      await windows[1].getByRole("button", { name: "Sign in" }).click();
      await host.untilPhase("ready");
    },
  );

  test(
    "that is moved within the page loses its CCP, which is rebuilt",
    { tag: "@container-moved" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() => {
        const elsewhere = document.createElement("main");
        document.body.prepend(elsewhere);
        elsewhere.append(document.getElementById("softphone") as HTMLElement);
      });
      await expect
        .poll(async () =>
          (await host.snapshot()).timeline.map(({ what }) => what),
        )
        .toContain("ccpRebuilt");
      await host.untilPhase("ready");
      await expect(page.locator("main #softphone iframe")).toHaveCount(1);
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => host.agentState()).toBe("Available");
    },
  );

  test(
    "that is removed during a call still has the call once it is back",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.secret("a phone number", NUMBER);
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      const call = lab.connect.call({
        username: "ada@example.com",
        from: NUMBER,
      });
      await expect.poll(() => host.agentState()).toBe("PendingBusy");
      call.accept();
      await expect.poll(() => host.agentState()).toBe("Busy");
      await page.evaluate(() => {
        const container = document.getElementById("softphone");
        Object.assign(globalThis, { container });
        container?.remove();
      });
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).container),
      );
      await host.untilPhase("ready");
      await expect.poll(() => host.agentState()).toBe("Busy");
      expect(call.state).toBe("connected");
    },
  );

  test(
    "may be in a shadow root, and its removal is noticed there, too",
    { tag: "@container-removed" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(`${host.url}#wait`);
      await page.evaluate(() => {
        const shell = document.createElement("section");
        shell.id = "shell";
        const container = document.getElementById("softphone") as HTMLElement;
        document.body.append(shell);
        shell.attachShadow({ mode: "open" }).append(container);
        document.getElementById = () => container;
      });
      expect(await host.open()).toBeUndefined();
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      await expect.poll(() => host.agentState()).toBe("Available");

      // A single-page app removes its shell, and the container with it.
      await page.evaluate(() => {
        const shell = document.querySelector("#shell");
        Object.assign(globalThis, { shell });
        shell?.remove();
      });
      expect((await expectStatus(host, "failed")).error?.code).toBe(
        "CONTAINER_REMOVED",
      );
      await page.evaluate(() =>
        document.body.append((globalThis as any).shell),
      );
      await host.untilPhase("ready");
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect(host.body).toHaveAttribute("data-outcome", "ok");
      await expect(page.locator("iframe")).toHaveCount(0);
    },
  );
});

test.describe("a page that takes out of the container what is the phone's", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  test(
    "is noticed at once, and the phone opens again by itself",
    { tag: "@container-emptied" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      for (const [how, empty] of EMPTYINGS) {
        const before = (await host.told()).length;
        await page.evaluate(`(${empty})(document.getElementById("softphone"))`);
        await expect
          .poll(async () => (await host.told()).slice(before), how)
          .toContain("opening CONTAINER_REMOVED");
        await host.untilPhase("ready");
        await host.isQuiet();
        await expect(page.locator("iframe"), how).toHaveCount(1);
        await host.follows(lab);
      }
    },
  );

  test(
    "and takes the cover alone, gets that back, and the CCP is left alone",
    { tag: "@container-emptied" },
    async ({ lab, page, host }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() =>
        document.querySelector(".connect-softphone-cover")?.remove(),
      );
      await expect(host.prompt).toHaveCount(1);
      await host.follows(lab);
      expect(await host.times("ccpRebuilt")).toEqual([]);
    },
  );

  test(
    "during a call: the agent is told that the audio was cut off",
    { tag: "@container-emptied-in-call" },
    async ({ lab, page, host, noise }) => {
      noise.secret("a phone number", NUMBER);
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      const call = lab.connect.call({
        username: "ada@example.com",
        from: NUMBER,
      });
      await expect.poll(() => host.agentState()).toBe("PendingBusy");
      call.accept();
      await expect.poll(() => host.agentState()).toBe("Busy");
      await page.evaluate(() => {
        const container = document.getElementById("softphone") as HTMLElement;
        container.innerHTML = "";
      });
      await expect.poll(() => host.told()).toContain("opening CALL_AUDIO_LOST");
      await host.untilPhase("ready");
      await expect.poll(() => host.agentState()).toBe("Busy");
    },
  );

  test(
    "after signing out: the button is there again, and nobody is signed in",
    { tag: "@container-emptied" },
    async ({ page, host, noise }) => {
      noise.allowSignedOutWorker();
      await page.goto(host.url);
      await host.untilPhase("ready");
      expect(await host.signOut()).toBeUndefined();
      await page.evaluate(() =>
        document.getElementById("softphone")?.replaceChildren(),
      );
      await host.says("You are signed out.", "Sign in");
      await host.untilPhase("signedOut");
    },
  );

  test(
    "again and again is not fought, and the phone opens once it stops",
    { tag: "@container-emptied" },
    async ({ page, host, noise }) => {
      noise.allowSecondInit();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.evaluate(() => {
        const container = document.getElementById("softphone") as HTMLElement;
        const jealous = new MutationObserver(() => {
          if (container.childElementCount) container.replaceChildren();
        });
        jealous.observe(container, { childList: true });
        container.replaceChildren();
        Object.assign(globalThis, { jealous });
      });
      await host.untilPhase("failed");
      await host.untilError("CONTAINER_REMOVED");
      await page.evaluate(() => (globalThis as any).jealous.disconnect());
      await host.untilPhase("ready");
      await host.isQuiet();
    },
  );
});

test.describe("a container that comes and goes while the phone opens", () => {
  test.beforeEach(({ beginIdpSession }) => beginIdpSession());

  for (const late of [
    "/connect-streams-min.js",
    "/softphone/connect_softphone_bg.wasm",
  ])
    for (const shadow of [false, true])
      test(
        `is no hindrance: ${late} comes later, in ${shadow ? "a shadow root" : "the page"}`,
        { tag: "@container-removed-while-loading" },
        async ({ lab, page, host, noise }) => {
          noise.allowSecondInit();
          let release: (() => void) | undefined;
          lab.desk.mount(late, (_req, _res, next) => {
            release = next;
          });
          await page.goto(`${host.url}#wait`);
          if (shadow) await moveIntoShadow(page);
          await page.evaluate((config) => {
            const { host } = globalThis;
            Object.assign(globalThis, {
              container: document.getElementById("softphone"),
              opened: host.open(config).then(
                () => "opened",
                (error: { code: string }) => error.code,
              ),
            });
          }, lab.desk.config);
          await expect.poll(() => Boolean(release)).toBe(true);
          await page.evaluate(() => {
            const { container } = globalThis as any;
            Object.assign(globalThis, { place: container.parentNode });
            container.remove();
          });
          release?.();
          expect(await page.evaluate("opened")).toBe("opened");
          const gone = await expectStatus(host, "failed");
          expect(gone.error?.code).toBe("CONTAINER_REMOVED");
          await expect(page.locator("iframe")).toHaveCount(0);

          await page.evaluate(() => {
            const { place, container } = globalThis as any;
            place.append(container);
          });
          await host.untilPhase("ready");
          await host.follows(lab);
          await page.getByRole("button", { name: "Close the phone" }).click();
          await host.untilPhase("closed");
          await expect(page.locator("iframe")).toHaveCount(0);
        },
      );

  test(
    "is back before Streams arrives: nobody hears of it",
    { tag: "@container-removed-while-loading" },
    async ({ lab, page, host }) => {
      let release: (() => void) | undefined;
      lab.desk.mount("/connect-streams-min.js", (_req, _res, next) => {
        release = next;
      });
      await page.goto(`${host.url}#wait`);
      const opened = host.open();
      await expect.poll(() => Boolean(release)).toBe(true);
      await page.evaluate(async () => {
        const container = document.getElementById("softphone") as HTMLElement;
        container.remove();
        await new Promise((resolve) => setTimeout(resolve));
        document.body.prepend(container);
      });
      release?.();
      expect(await opened).toBeUndefined();
      await host.untilPhase("ready");
      expect((await host.told()).join()).not.toContain("failed");
      await host.follows(lab);
    },
  );
});

/** Each takes the frame out of the container, or what is around it. They run in the page. */
const EMPTYINGS = [
  ["innerHTML", "(it) => { it.innerHTML = ''; }"],
  ["replaceChildren", "(it) => it.replaceChildren()"],
  ["textContent", "(it) => { it.textContent = 'Loading'; }"],
  ["the frame removed", "(it) => it.querySelector('iframe').remove()"],
  ["the box emptied", "(it) => it.querySelector('div').replaceChildren()"],
  [
    "the box put elsewhere",
    "(it) => document.body.append(it.firstElementChild ?? '')",
  ],
  [
    "a re-render",
    "(it) => { const p = document.createElement('p'); p.textContent = 'Hello'; it.replaceChildren(p); }",
  ],
] as const;

/** Puts the container into a shadow root, where the host page finds it all the same. */
async function moveIntoShadow(page: Page) {
  await page.evaluate(() => {
    const shell = document.createElement("section");
    const container = document.getElementById("softphone") as HTMLElement;
    document.body.append(shell);
    shell.attachShadow({ mode: "open" }).append(container);
    document.getElementById = () => container;
  });
}

/** The status, once it has that phase; works for a container that is not in the page. */
async function expectStatus(host: HostPage, phase: string) {
  await expect
    .poll(async () => (await host.snapshot()).status.phase)
    .toBe(phase);
  return (await host.snapshot()).status;
}

const ERROR = "data-softphone-error";
const NUMBER = "+15550100";
