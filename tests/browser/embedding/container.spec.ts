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

/** The status, once it has that phase; works for a container that is not in the page. */
async function expectStatus(host: HostPage, phase: string) {
  await expect
    .poll(async () => (await host.snapshot()).status.phase)
    .toBe(phase);
  return (await host.snapshot()).status;
}

const ERROR = "data-softphone-error";
const NUMBER = "+15550100";
