import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../support/fixtures.js";

test("the README's page works when pasted, with one's own addresses", async ({
  lab,
  page,
  softphone,
  windows,
  beginIdpSession,
}) => {
  const readme = await readFile("README.md", "utf8");
  const pasted = /```html\n([^]*?)```/.exec(readme)?.[1] ?? "";
  const ours = pasted
    .replace('"https://acme.my.connect.aws"', `"${lab.urls.instance}"`)
    .replace(/"https:\/\/acme\.okta\.com\/[^"]*"/, `"${lab.urls.ssoLogin}"`);
  lab.desk.mount("/pasted/", (_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(ours);
  });
  await beginIdpSession();

  await page.goto(`${lab.urls.desk}/pasted/`);

  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
  await expect(page).toHaveTitle("Phone of Ada Example");
  expect(windows).toEqual([]);
});

test("so does its page without modules", async ({
  lab,
  page,
  softphone,
  beginIdpSession,
}) => {
  const readme = await readFile("README.md", "utf8");
  const chapter = readme.slice(readme.indexOf("\n## Without modules\n"));
  const pasted = /```html\n([^]*?)```/.exec(chapter)?.[1] ?? "";
  const ours = pasted.replace(
    '"https://acme.my.connect.aws"',
    `"${lab.urls.instance}", ssoLoginUrl: "${lab.urls.ssoLogin}"`,
  );
  lab.desk.mount("/connect-softphone.inline.js", (_request, response) =>
    response.sendFile(path.resolve("dist/connect-softphone.inline.js")),
  );
  lab.desk.mount("/pasted/", (_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(ours);
  });
  await beginIdpSession();

  await page.goto(`${lab.urls.desk}/pasted/`);

  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
});
