import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../scripts/run.js";
import { makeSigner, signedResponse } from "../../lab/idp/assertion.js";
import { expect, test } from "../support/fixtures.js";
import { ARN, INSTANCE, RELAY, SSO, SetupPage } from "./setup-page.js";

test("what is pasted is told apart, and what is right is said", async ({
  page,
  lab,
}) => {
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await it.paste(SSO);
  await expect(it.card("SSO Login URL")).toContainText("Nothing is wrong");
  await it.paste(ARN);
  await it.paste(INSTANCE);
  await it.paste(RELAY);
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(page.locator("p.verdict")).toContainText(
    "Nothing is wrong with Instance URL, Instance ARN, SSO Login URL, and Relay state.",
  );
});

test("what is wrong is marked in the text, with what belongs there and what to do", async ({
  page,
  lab,
}) => {
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await it.paste(ARN);
  await it.paste(RELAY.replace("us-east-1", "eu-west-2"));
  const card = it.card("Relay state");
  await expect(card.locator("mark")).toHaveText("eu-west-21");
  const finding = card.getByRole("listitem");
  await expect(finding).toHaveClass("error");
  for (const part of ["Error 1", "us-east-1", "Administrator Guide"])
    await expect(finding).toContainText(part);
  await expect(page.locator("p.verdict")).toHaveClass("verdict bad");

  await card.getByRole("button", { name: "Edit" }).click();
  const text = card.getByRole("textbox");
  await expect(text).toBeFocused();
  await text.fill(RELAY);
  await expect(card.locator("mark")).toHaveCount(0);
  await expect(card).toContainText("Nothing is wrong");
  await card.getByRole("button", { name: "Remove" }).click();
  await expect(card).toHaveCount(0);
  await expect(page.getByLabel("Paste anything")).toBeFocused();
});

test("a text that could be anything is asked about", async ({ page, lab }) => {
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await page.getByLabel("Paste anything").fill("adä\u200b@example.com");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("This could be anything")).toBeVisible();
  await page.getByLabel("It is the").selectOption("User name");
  await page.getByRole("button", { name: "Check it" }).click();
  const card = it.card("User name");
  await expect(card.locator(".invisible")).toHaveText("U+200B");
  await expect(card.locator("mark.error").first()).toContainText("ä");
});

test("files are read, also several, and UTF-16", async ({ page, lab }) => {
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await page.getByLabel("Open a file").setInputFiles([
    {
      name: "softphone.env",
      mimeType: "text/plain",
      buffer: Buffer.from(`\ufeffINSTANCE_ARN=${ARN}\r\n`, "utf16le"),
    },
    {
      name: "users.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "first name,last name,user login,routing profile name,security_profile_name_1\nAda,E,ad ä,B,A\n",
      ),
    },
  ]);
  await expect(it.card("Instance ARN")).toContainText("Nothing is wrong");
  await expect(it.card("CSV of users").locator("mark").first()).toBeVisible();
});

test("what is secret is covered, and long texts are shortened", async ({
  page,
  lab,
}) => {
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await it.paste(`${SSO}&sessionToken=abcdef`);
  const card = it.card("SSO Login URL");
  await expect(card.locator("pre")).toContainText("sessionToken=••••••");
  await expect(card).not.toContainText("abcdef");

  const rows = Array.from(
    { length: 3000 },
    (_, index) => `Ada,Example,ada${index}@example.com,Basic,Agent\n`,
  ).join("");
  await it.paste(
    `first name,last name,user login,routing profile name,security_profile_name_1\n${rows}Ada,E,adä,B,A\n`,
  );
  const csv = it.card("CSV of users");
  await expect(csv.locator(".left-out").first()).toContainText("characters");
  await expect(csv.locator("mark")).toContainText("ä");

  await csv.getByRole("button", { name: "Remove" }).click();
  await it.paste(
    `first name,last name,user login,routing profile name,security_profile_name_1\n${"Ada,E,adä,B,A\n".repeat(300)}`,
  );
  await expect(csv.getByRole("listitem")).toHaveCount(100);
  await expect(csv).toContainText("more.");
});

test("a SAML response is told in words, and its signature verified", async ({
  page,
  lab,
}) => {
  const signer = await makeSigner();
  const facts = {
    signer,
    issuer: "https://idp.example",
    acs: "https://us-east-1.signin.aws.amazon.com/saml",
    login: "ada",
    username: "ada@example.com",
    nowMs: Date.now(),
  };
  const it = new SetupPage(page, lab);
  await it.open({ tab: "check" });
  await it.paste(signer.certificate);
  const response = signedResponse(facts, {});
  await it.paste(response);
  const card = it.card("SAML response");
  const story = card.locator("[data-chapter=response]");
  for (const part of ["ada@example.com", "connect-agent"])
    await expect(story).toContainText(part);
  await expect(story.locator(".good").first()).toContainText("checked");
  await expect(card.locator("li.error")).toHaveCount(0);
  // It lets somebody in: what is pasted is not shown.
  await expect(page.getByRole("main")).not.toContainText(response.slice(0, 60));
  await it.isAccessible();

  await it.paste(signedResponse(facts, { tamper: true }));
  await expect(story.locator(".bad").first()).toContainText("wrong");
  await expect(card.locator("li.error").first()).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  await it.fits();
});

test("it works from a file, and asks for nothing", async ({ page, noise }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const file = path.join(root, "dist/setup/index.html");
  await page.goto(`${pathToFileURL(file).href}#tab=check`);
  await page.getByRole("button", { name: "Try an example" }).click();
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(page.locator("p.verdict")).toContainText("2 errors");
  await page.getByRole("tab", { name: "Try" }).click();
  await expect(page.getByText("a file has none")).toBeVisible();
  expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([
    pathToFileURL(file).href,
  ]);
  // Its policy lets nothing out, whoever asks.
  noise.allow(/Content Security Policy/);
  const answers = await page.evaluate(async () => {
    const answer = await fetch("https://example.com/").then(
      () => "sent",
      () => "refused",
    );
    return [
      answer,
      document.cookie,
      localStorage.length,
      sessionStorage.length,
    ];
  });
  expect(answers).toEqual(["refused", "", 0, 0]);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`accessible, by keyboard, and 320 px wide, ${colorScheme}`, async ({
    page,
    lab,
  }) => {
    await page.emulateMedia({ colorScheme });
    const it = new SetupPage(page, lab);
    await it.open({ tab: "check" });
    await it.isAccessible();
    await page.getByRole("button", { name: "Try an example" }).click();
    await it
      .card("SSO Login URL")
      .getByRole("button", { name: "Edit" })
      .click();
    await it.paste("what is this?");
    await expect(page.getByText("This could be anything")).toBeVisible();
    await it.isAccessible();
    await page.setViewportSize({ width: 320, height: 700 });
    await it.fits();
    await it.isAccessible();

    await page.getByRole("tab", { name: "Check" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Try" })).toBeFocused();
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(
      "Does it work?",
    );
    await it.isAccessible();
    await it.fits();
  });
