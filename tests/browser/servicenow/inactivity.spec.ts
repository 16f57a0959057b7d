import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

const ADA = "ada@example.com";

// The lab and the phone agree on when the logout is.
test.use({ slowness: 1 });

for (const controls of ["ccp", "icc"])
  test(`who was inactive is signed out of the phone, and stays so until they sign in, ${controls}`, async ({
    page,
    lab,
    noise,
  }) => {
    noise.allow(/401|Failed to|[Aa]uth|activity/); // Streams, about a session that is over.
    lab.serviceNow.openAtStart = true;
    lab.serviceNow.setProperty("connect_softphone.controls", controls);
    await page.context().addCookies([lab.idp.beginSession(ADA)]);
    const workspace = await Workspace.open(page, lab);
    const phone = workspace.phone.locator("[data-softphone-phase]");
    await expect(phone).toHaveAttribute("data-softphone-phase", "ready");
    const signIns = () =>
      lab.requests.filter(({ path }) => path === "/auth/federate").length;
    const before = signIns();
    lab.faults.set("inactivity-logout");
    await expect(phone).toHaveAttribute("data-softphone-phase", "signedOut");
    await expect(workspace.subtitle).toHaveText("Signed out");

    await workspace.load(lab);
    await expect(phone).toHaveAttribute("data-softphone-phase", "signedOut");
    expect(signIns()).toBe(before);
    await workspace.phone.getByRole("button", { name: "Sign in" }).click();
    await expect(phone).toHaveAttribute("data-softphone-phase", "ready");
  });
