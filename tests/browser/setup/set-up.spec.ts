import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { ARN, ID, INSTANCE, SSO, SetupPage } from "./setup-page.js";

const ANSWERS = {
  instanceUrl: INSTANCE,
  instanceArn: ARN,
  hostOrigin: "https://desk.example.com",
  ssoLoginUrl: SSO,
};

test("five answers give every string, with its place and a button that copies it", async ({
  page,
  lab,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const it = new SetupPage(page, lab);
  await it.open();
  await page.getByRole("radio", { name: "Okta" }).first().check();
  const relay = string(page, "relay-state");
  await expect(relay.locator("mark").first()).toHaveText(/^<.+>$/);
  await expect(relay.locator(".lacks")).toContainText("ARN of the instance");

  await page.getByLabel("Access URL of the instance").fill(INSTANCE);
  await page.getByLabel("ARN of the instance").fill(ARN);
  await page.getByLabel("Origin of the page").fill(ANSWERS.hostOrigin);
  await page.getByLabel("Sign on URL").fill(SSO);
  await expect(relay.locator(".lacks")).toHaveCount(0);
  await expect(relay.locator("pre")).toContainText(
    `https://us-east-1.console.aws.amazon.com/connect/federate/${ID}`,
  );
  const copy = relay.getByRole("button");
  await copy.click();
  await expect(copy).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await relay.locator("pre").innerText(),
  );

  // Another identity provider, other strings.
  await page.getByRole("radio", { name: "Keycloak" }).check();
  await expect(
    page.getByText("Keycloak", { exact: false }).nth(1),
  ).toBeVisible();
  await expect(
    page.locator(".console").filter({ hasText: "Okta" }),
  ).toHaveCount(0);
});

test("a wrong answer is told where it is typed", async ({ page, lab }) => {
  const it = new SetupPage(page, lab);
  await it.open({
    ...ANSWERS,
    instanceArn: ARN.replace("connect", "iam"),
  });
  const field = page.getByLabel("ARN of the instance");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/Wrong: .*Expected: /);
  await field.fill(ARN);
  await expect(field).toHaveAttribute("aria-invalid", "false");
});

test("steps are ticked off, and kept only where that is asked for", async ({
  page,
  lab,
}) => {
  const it = new SetupPage(page, lab);
  await it.open(ANSWERS);
  const step = page.locator(".step").first();
  await step.getByRole("checkbox").check();
  await expect(step.locator(".body")).toBeHidden();
  await expect(page.locator(".progress")).toContainText("1 of");
  const stored = () => page.evaluate(() => ({ ...localStorage }));
  expect(await stored()).toEqual({});

  await page.getByText("8 more, each with a default").click();
  await page
    .getByLabel("Agents", { exact: true })
    .fill("ada@acme.example, Ada, E");
  await page.getByLabel("Keep this in this browser").check();
  await it.open();
  await page.reload();
  await expect(step.getByRole("checkbox")).toBeChecked();
  await expect(page.getByLabel("ARN of the instance")).toHaveValue(ARN);
  expect(JSON.stringify(await stored())).not.toContain("ada");
  await page.getByLabel("Keep this in this browser").uncheck();
  expect(await stored()).toEqual({});
});

test("a link carries the answers in its fragment, without secrets and names", async ({
  page,
  lab,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const it = new SetupPage(page, lab);
  await it.open({ ...ANSWERS, ssoLoginUrl: `${SSO}&sessionToken=abcdef` });
  await page.getByText("8 more, each with a default").click();
  await page
    .getByLabel("Agents", { exact: true })
    .fill("ada@acme.example, Ada, E");
  await page.getByRole("button", { name: "Copy a link" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "Left out" }),
  ).toContainText("Agents");
  const link = new URL(
    await page.evaluate(() => navigator.clipboard.readText()),
  );
  expect(link.search).toBe("");
  for (const secret of ["abcdef", "ada"])
    expect(link.href).not.toContain(secret);
  await page.goto("about:blank");
  await page.goto(link.href);
  await expect(page.getByLabel("ARN of the instance")).toHaveValue(ARN);
  expect(lab.requests.map(({ path }) => path).join()).not.toContain(ID);

  await it.choose("Check");
  await page.getByRole("button", { name: "Take the answers" }).click();
  await expect(it.card("SSO Login URL")).toBeVisible();
  await it.choose("Try");
  await expect(
    page.getByRole("textbox", { name: "SSO Login URL" }),
  ).toHaveValue(/RelayState/);
});

test("a hostile link is text like any other", async ({ page, lab }) => {
  const it = new SetupPage(page, lab);
  const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
  await it.open({
    ...Object.fromEntries(
      [...Object.keys(ANSWERS), "roleName", "idp", "host"].map((name) => [
        name,
        evil,
      ]),
    ),
    __proto__x: evil,
    tab: evil,
  });
  await expect(page.locator(".steps")).toBeVisible();
  await expect(page.locator("img, .steps script")).toHaveCount(0);
});

test("printed, it is a list with every string, and no buttons", async ({
  page,
  lab,
}) => {
  const it = new SetupPage(page, lab);
  await it.open(ANSWERS);
  await page.locator(".step").first().getByRole("checkbox").check();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".step .body").first()).toBeVisible();
  await expect(page.locator(".given")).toContainText(ARN);
  for (const hidden of [".tabs", ".choose", ".string button"])
    await expect(page.locator(hidden).first()).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the set-up is accessible, and 320 px wide, ${colorScheme}`, async ({
    page,
    lab,
  }) => {
    await page.emulateMedia({ colorScheme });
    const it = new SetupPage(page, lab);
    await it.open({
      instanceUrl: "https://<alias>.my.connect.aws",
      host: "servicenow",
    });
    await page.getByText(/more, each with a default/).click();
    await page.locator(".step").first().getByRole("checkbox").check();
    await it.isAccessible();
    await page.setViewportSize({ width: 320, height: 700 });
    await it.fits();
  });

function string(page: Page, id: string) {
  return page.locator(`[data-string="${id}"]`).first();
}
