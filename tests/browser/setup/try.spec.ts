import type { FrameLocator, Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { SetupPage } from "./setup-page.js";

/** The assistant as the lab's start page opens it, with the phone open. */
async function tryIt(page: Page, lab: Lab, more: Record<string, string> = {}) {
  await page.goto(lab.urls.start);
  const link = page.getByRole("link", { name: "setup assistant" });
  await expect(link).toHaveAttribute("href", /instanceArn/);
  const href = new URL((await link.getAttribute("href")) ?? "");
  const carried = new URLSearchParams(href.hash.slice(1));
  await new SetupPage(page, lab).open({
    ...Object.fromEntries(carried),
    ...more,
  });
  await page.getByRole("button", { name: "Open the phone" }).click();
  return page.frameLocator("iframe.trial");
}

async function shows(trial: FrameLocator, step: string, verdict: string) {
  await expect(trial.locator(`[data-step=${step}]`)).toHaveClass(verdict);
}

test("filled in for the lab, every step works", async ({
  page,
  lab,
  context,
  beginIdpSession,
}) => {
  await context.grantPermissions(["microphone"]);
  await beginIdpSession();
  const trial = await tryIt(page, lab);
  await expect(trial.getByRole("heading", { level: 1 })).toHaveText(
    "It works.",
  );
  for (const step of ["page", "framing", "aws", "cookies", "origin", "ccp"])
    await shows(trial, step, "good");
  await expect(trial.locator("[data-step=user]")).toContainText(
    "ada@example.com",
  );
  await trial.getByRole("button", { name: "Test the microphone" }).click();
  await shows(trial, "audio", "good");
  await new SetupPage(page, lab).isAccessible();
  await page.setViewportSize({ width: 320, height: 700 });
  await new SetupPage(page, lab).fits();
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("an identity provider that refuses framing costs a window", async ({
  page,
  lab,
  noise,
  beginIdpSession,
}) => {
  noise.allow(/Refused to display/);
  lab.idp.framing = false;
  await beginIdpSession();
  const trial = await tryIt(page, lab);
  await expect(trial.getByRole("heading", { level: 1 })).toHaveText(
    "It works, but could be better.",
  );
  await shows(trial, "framing", "doubtful");
  await shows(trial, "popups", "good");
  await expect(trial.locator("[data-step=framing] .remedy")).toContainText(
    "Trusted Origins",
  );
});

test("an origin that is not approved", async ({
  page,
  lab,
  noise,
  windows,
  beginIdpSession,
}) => {
  noise.allow(/status of 403|Refused to display|frame-ancestors/);
  lab.faults.set("origin-not-approved");
  await beginIdpSession();
  const trial = await tryIt(page, lab);
  // The agent sees an error page of Amazon Connect, and closes it.
  await expect.poll(() => windows.length).toBe(1);
  await expect(windows[0].locator("body")).toContainText("not approved");
  await windows[0].close();
  await shows(trial, "aws", "bad");
  await shows(trial, "origin", "doubtful");
  await expect(trial.locator("[data-step=origin] .remedy")).toContainText(
    `add ${new URL(lab.urls.desk).origin}`,
  );
});

test("another person is signed in", async ({ page, lab, beginIdpSession }) => {
  await beginIdpSession();
  const trial = await tryIt(page, lab);
  await page.getByLabel("Connect user name").fill("Ada@example.com");
  await page.getByRole("button", { name: "Open it again" }).click();
  await shows(trial, "user", "bad");
  await expect(trial.locator("[data-step=user] .remedy")).toContainText(
    "Only the case of letters differs",
  );
});

test("a configuration that cannot be opened says what is wrong with it", async ({
  page,
  lab,
}) => {
  const trial = await tryIt(page, lab, { instanceUrl: "http://acme.example" });
  await shows(trial, "page", "bad");
  await expect(trial.locator("[data-step=page] .remedy")).toContainText(
    "instanceUrl",
  );
});
