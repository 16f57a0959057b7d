import { expect, test } from "./fixtures.js";

test.describe("with a session at an identity provider that allows framing", () => {
  test("the phone is ready without any window", async ({
    lab,
    page,
    softphone,
    states,
    windows,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    await page.goto(lab.urls.agentPage);
    await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Ada Example",
    );
    expect(states.phases).toEqual(["signingIn", "x"]);
    expect(windows).toEqual([]);
  });
});
