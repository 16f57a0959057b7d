import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

test.use({ thirdPartyCookies: false, slowness: 1 });

// Not about cookies: the lab's own line to the CCP, which Chromium opens without them.
test.beforeEach(({ noise }) => noise.allow(/sdk-line/));

for (const [controls, told] of [
  ["ccp", "Allow them below."],
  ["icc", "This browser keeps the phone from using its cookies."],
] as const)
  test(`where the browser blocks third-party cookies the agent allows them by a click in Amazon's page, ${controls}`, async ({
    page,
    context,
    lab,
    windows,
    beginIdpSession,
  }) => {
    lab.serviceNow.setProperty("connect_softphone.controls", controls);
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab);
    await workspace.untilError("THIRD_PARTY_COOKIES_BLOCKED");
    await expect(workspace.frame).toBeVisible();
    const sentence = workspace.phone.getByText(told).filter({ visible: true });
    await expect(sentence.first()).toBeVisible();
    await expect(workspace.subtitle).toContainText("Sign in");
    await context.grantPermissions(["storage-access", "microphone"]);
    await workspace.ccp.getByRole("button", { name: "Grant access" }).click();
    await workspace.untilPhase("ready");
    await workspace.follows(lab);

    // The next visit: no window, and nobody is asked.
    const before = windows.length;
    await workspace.load(lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
    expect(windows).toHaveLength(before);
  });
