import { expect, test } from "./fixtures.js";

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  test("a click on the prompt opens the sign-in window, which closes by itself", async ({
    lab,
    page,
    states,
    windows,
    beginIdpSession,
  }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await beginIdpSession();
    await page.goto(lab.urls.agentPage);
    await states.until("phase=signInNeeded");
    expect(windows).toEqual([]);

    await page.getByRole("button", { name: "Sign in" }).click();
    await states.until("phase=ready");
    expect(states.phases).toEqual(["signInNeeded", "signingIn", "ready"]);
    expect(windows).toHaveLength(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Ada Example",
    );
  });
});
