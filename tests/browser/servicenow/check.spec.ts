import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, FrameLocator, Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

const PATH = "/connect_softphone.do?sysparm_check=true";

test.beforeEach(async ({ context, lab }) => {
  lab.serviceNow.openAtStart = true;
  await context.grantPermissions(["microphone"]);
});

for (const controls of ["ccp", "icc"])
  test(`in a good instance nothing is wrong, in the workspace, ${controls}`, async ({
    page,
    lab,
    noise,
    beginIdpSession,
  }) => {
    lab.serviceNow.setProperty("connect_softphone.controls", controls);
    await beginIdpSession();
    const check = await openInWorkspace(page, lab);
    await expect(check.getByText("Nothing is wrong.")).toBeVisible();
    for (const id of ["openframe", "record", "settings", "roles", "referrer"])
      await expectVerdict(check, id, "good");
    for (const id of ["microphone", "sandbox", "csp", "clock"])
      await expectVerdict(check, id, "good");
    // Nothing was opened for it.
    const parties = new Set(lab.requests.map(({ party }) => party));
    expect([...parties]).toEqual(["serviceNow"]);

    await check.getByRole("button", { name: "Test a window" }).click();
    await expectVerdict(check, "popups", "good");
    await check.getByRole("button", { name: "Test the sign-in" }).click();
    await expectVerdict(check, "origin", "good");
    await expectVerdict(check, "cookies", "good");
    await expect(check.getByText("Nothing is wrong.")).toBeVisible();
    expect(noise.lines.join("\n")).not.toContain("connect-softphone: ");
  });

test("alone, only OpenFrame has not answered", async ({
  page,
  context,
  lab,
}) => {
  await openAlone(page, context, lab);
  await expectVerdict(page, "openframe", "bad");
  await expect(page.locator(".bad[data-check]")).toHaveCount(1);
  await expect(page.locator("[data-check]").first()).toContainText(
    "Open the page inside OpenFrame",
  );
});

/** What each of these does to a good instance, which check is bad then, and what it says. */
const FAULTS: Record<string, [(lab: Lab) => void, string, string | RegExp]> = {
  "a library that is missing": [
    (lab) => (lab.serviceNow.libraryMissing = true),
    "openframe",
    "connect_softphone.openframe.url",
  ],
  "an old library": [
    (lab) => {
      lab.serviceNow.library = "1.0.5";
      lab.serviceNow.setProperty("connect_softphone.controls", "icc");
    },
    "openframe",
    "/cache.do",
  ],
  "no record": [
    (lab) => (lab.serviceNow.connectInstances = []),
    "record",
    "has no record that is active",
  ],
  "Instance Params that are no JSON": [
    (lab) => change(lab, { params: "x" }),
    "record",
    "Instance Params: found a text of 1 characters",
  ],
  "a script as SSO Login URL": [
    (lab) => change(lab, { ssoLoginUrl: "javascript:alert(1)" }),
    "record",
    "SSO Login URL: found a URL with the scheme",
  ],
  "an ARN of another region than the relay state": [
    (lab) => {
      const { arn } = lab.serviceNow.connectInstances[0];
      change(lab, { arn: arn.replace("us-east-1", "eu-west-2") });
    },
    "record",
    "expected eu-west-2, the AWS Region in AWS ARN",
  ],
  "a property of the wrong type": [
    (lab) => lab.serviceNow.setProperty("connect_softphone.controls", "both"),
    "settings",
    /(?<!\.)connect_softphone\.controls: found "both", expected ccp or icc/,
  ],
  "an agent without roles for ICC": [
    (lab) => {
      lab.serviceNow.setProperty("connect_softphone.controls", "icc");
      const ada = lab.serviceNow.users.get("ada@example.com");
      if (ada) ada.roles = ["sn_openframe_user"];
    },
    "roles",
    "Without awa_external_user, awa_agent, interaction_agent",
  ],
  "a sandbox without windows": [
    (lab) => lab.faults.set("openframe-no-popups"),
    "sandbox",
    "Without allow-popups, allow-popups-to-escape-sandbox",
  ],
  "a sandbox without an origin": [
    (lab) => lab.faults.set("openframe-no-origin"),
    "sandbox",
    "allow-same-origin is missing",
  ],
  "a frame without the microphone": [
    (lab) => (lab.serviceNow.frameAllow = "microphone 'none'"),
    "microphone",
    "This frame may not use it",
  ],
  "a clock that is ahead": [
    (lab) => (lab.clock.offsets.serviceNow = -3_600_000),
    "clock",
    /3\d\d\d s ahead of the instance/,
  ],
};

for (const [what, [strike, id, told]] of Object.entries(FAULTS))
  test(`${what}: told with what to do`, async ({ page, lab, noise }) => {
    noise.allow(/openFrameAPI.min.js.* 404/);
    strike(lab);
    const check = await openInWorkspace(page, lab);
    await expectVerdict(check, id, "bad");
    await expect(check.locator(`[data-check=${id}]`)).toContainText(told);
    await expect(check.locator(`[data-check=${id}] .remedy`)).toBeVisible();
    await expect(
      check.getByText(/^\d+ of \d+ needs? something\./),
    ).toBeVisible();
  });

test("an origin that is not approved is told once the sign-in is tested", async ({
  page,
  lab,
  noise,
  windows,
  beginIdpSession,
}) => {
  noise.allow(/frame-ancestors|Refused to|403/);
  lab.connect.approvedOrigins = new Set();
  await beginIdpSession();
  const check = await openInWorkspace(page, lab);
  await expectVerdict(check, "origin", "unknown");
  await check.getByRole("button", { name: "Test the sign-in" }).click();
  await expect.poll(() => windows.length).toBe(1);
  await expect(windows[0]).toHaveURL(/auth\/federate/);
  await windows[0].close(); // It shows an error.
  await expectVerdict(check, "origin", "bad");
  await expect(check.locator("[data-check=origin]")).toContainText(
    `Approved origins, add ${lab.urls.serviceNow}`,
  );
});

test("the report is copied, and holds no token, number or e-mail address", async ({
  page,
  context,
  lab,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  change(lab, { ssoLoginUrl: "https://user:secret@idp.example/?token=abc" });
  lab.serviceNow.setProperty("connect_softphone.language", "+14155550100");
  lab.serviceNow.setProperty("connect_softphone.identity", "ada@example.com");
  await openAlone(page, context, lab);
  await page.getByRole("button", { name: "Copy the report" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByLabel("Report")).toHaveValue(report);
  expect(report).toMatch(/^connect-softphone for ServiceNow \d/);
  expect(report).toContain("BAD     OpenFrame library");
  const page_ = await page
    .locator("#connect-softphone")
    .getAttribute("data-page");
  const { token } = JSON.parse(decodeURIComponent(String(page_)));
  expect(token).not.toBe("");
  for (const secret of [token, "secret", "4155550100", "ada@example.com"])
    expect(report).not.toContain(secret);
});

test("the report has the code and the remedy of what the agent read as a sentence", async ({
  page,
  context,
  lab,
  beginIdpSession,
}) => {
  await beginIdpSession("ada@example.com");
  const workspace = await Workspace.open(
    page,
    lab,
    undefined,
    "grace@example.com",
  );
  await workspace.untilError("IDENTITY_MISMATCH");
  await openAlone(page, context, lab, "grace@example.com");
  const report = page.getByLabel("Report");
  await expect(report).toHaveValue(/Told by the phone.* IDENTITY_MISMATCH: /s);
  expect(await report.inputValue()).not.toContain("example.com");
});

test("with letters of twice the size titles keep their words whole", async ({
  page,
  context,
  lab,
}) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await openAlone(page, context, lab);
  await page.addStyleTag({ content: "body { zoom: 2 }" });
  const cut = await page.locator(".head strong").evaluateAll((titles) =>
    titles
      .filter((title) => {
        const words = (title.textContent ?? "").split(/[ -]/).length;
        const range = document.createRange();
        range.selectNodeContents(title);
        return range.getClientRects().length > words;
      })
      .map((title) => title.textContent),
  );
  expect(cut).toEqual([]);
});

test("the keyboard's focus is on the phone after the sign-in's button has gone", async ({
  page,
  lab,
}) => {
  const check = await openInWorkspace(page, lab);
  await check.getByRole("button", { name: "Test the sign-in" }).press("Enter");
  await expect(check.getByRole("region", { name: "Phone" })).toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const)
  for (const width of [400, 320])
    for (const what of ["self-test", "notice"])
      test(`the ${what} in ${colorScheme} at ${width} px has no barrier, and fits`, async ({
        page,
        context,
        lab,
      }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 700 });
        change(lab, {
          ssoLoginUrl: "javascript:alert(1)",
          params: JSON.stringify({ ccpHost: "x".repeat(300), ccpUrl: "http" }),
        });
        lab.serviceNow.setProperty("connect_softphone.controls", "both");
        await context.addCookies([
          lab.serviceNow.beginSession("ada@example.com"),
        ]);
        const path = what === "notice" ? "/connect_softphone.do" : PATH;
        await page.goto(lab.urls.serviceNow + path);
        const shown = what === "notice" ? ".notice li" : "[data-check]";
        await expect(page.locator(shown).first()).toBeVisible();
        await page.addStyleTag({ content: "details { display: block }" });
        for (const details of await page.locator("summary").all())
          await details.click();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
        ).toBe(width);
        const pictures = process.env.CHECK_PICTURES;
        if (pictures)
          await page.screenshot({
            path: `${pictures}/${what}-${colorScheme}-${width}.png`,
            fullPage: true,
          });
      });

/** The self-test in the place of the phone, as an administrator puts it there for a moment. */
async function openInWorkspace(page: Page, lab: Lab) {
  for (const row of lab.serviceNow.tables.rows("sn_openframe_configuration"))
    if (row.url?.includes("connect_softphone")) row.url = PATH;
  return (await Workspace.open(page, lab)).phone;
}

async function openAlone(
  page: Page,
  context: BrowserContext,
  lab: Lab,
  userName = "ada@example.com",
) {
  await context.addCookies([lab.serviceNow.beginSession(userName)]);
  await page.goto(lab.urls.serviceNow + PATH);
  await expect(page.locator("[data-check]").first()).toBeVisible();
}

async function expectVerdict(
  check: FrameLocator | Page,
  id: string,
  verdict: string,
) {
  await expect(check.locator(`[data-check=${id}]`)).toHaveClass(verdict);
}

function change(
  { serviceNow }: Lab,
  changes: Partial<Lab["serviceNow"]["connectInstances"][number]>,
) {
  const [record] = serviceNow.connectInstances;
  serviceNow.connectInstances = [{ ...record, ...changes }];
}
