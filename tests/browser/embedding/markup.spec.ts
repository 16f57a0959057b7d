import { expect, test } from "../support/fixtures.js";

/**
 * What the pages below run, in HTML and in XML. By import(), because Chromium (156) runs no module script elements in XML
 * ("Module scripts in XML documents are currently not supported").
 */
const SCRIPT = `
(async () => {
  const { openSoftphone } = await import("/softphone/index.js");
  const say = (outcome) => (document.body.dataset.outcome = outcome);
  const config = await (await fetch("/host/config.json")).json();
  openSoftphone(document.getElementById("softphone"), config).then(
    (phone) => phone.ready.then(() => say("ready"), (error) => say(error.code)),
    (error) => say([error.code, ...(error.problems ?? []).map((it) => it.found)].join(" "))
  );
})();`;

for (const [what, head] of [
  ["Streams is loaded by the module", ""],
  ["the page loads Streams", '<script src="/connect-streams-min.js"></script>'],
])
  test(`a page served as XHTML: the phone opens where ${what}`, async ({
    lab,
    page,
    windows,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    lab.desk.mount("/xhtml", (_req, res) => {
      res.type("application/xhtml+xml")
        .send(`<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml">
  <head><title>Phone</title><link rel="icon" href="data:," />${head}</head>
  <body>
    <div id="softphone" style="width: 400px; height: 600px"></div>
    <script><![CDATA[${SCRIPT}]]></script>
  </body>
</html>`);
    });
    await page.goto(`${lab.urls.desk}/xhtml`);
    await expect(page.locator("body")).toHaveAttribute("data-outcome", "ready");
    const kind = await page.evaluate(() => [
      document.contentType,
      document.querySelector("#softphone iframe")?.namespaceURI,
    ]);
    expect(kind).toEqual(["application/xhtml+xml", XHTML]);
    expect(windows).toEqual([]);
  });

test("a page served as XHTML: the prompt's button signs in", async ({
  lab,
  page,
  windows,
}) => {
  lab.desk.config.signIn = { ways: ["popup"] };
  lab.desk.mount("/xhtml", (_req, res) => {
    res.type("application/xhtml+xml")
      .send(`<html xmlns="http://www.w3.org/1999/xhtml">
  <head><title>Phone</title><link rel="icon" href="data:," /></head>
  <body><div id="softphone"></div><script><![CDATA[${SCRIPT}]]></script></body>
</html>`);
  });
  await page.goto(`${lab.urls.desk}/xhtml`);
  await expect.poll(() => windows.length).toBe(1);
  await windows[0].getByLabel("User name").waitFor();
  await expect(page.getByRole("status")).toHaveText(
    "Complete the sign-in in the window that opened.",
  );
  await windows[0].close();
  const again = page.getByRole("button", { name: "Sign in", exact: true });
  await again.click();
  await expect.poll(() => windows.length).toBe(2);
});

for (const [kind, open] of [
  ["srcdoc", (frame: HTMLIFrameElement, html: string) => (frame.srcdoc = html)],
  [
    "blob:",
    (frame: HTMLIFrameElement, html: string) => {
      const blob = new Blob([html], { type: "text/html" });
      frame.src = URL.createObjectURL(blob);
    },
  ],
] as const)
  test(`a frame made as ${kind}: relative URLs ${kind === "srcdoc" ? "are relative to the page around it" : "are told to be relative to nothing"}`, async ({
    lab,
    page,
    host,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    const origin = lab.urls.desk;
    const absolute = SCRIPT.replaceAll('"/', `"${origin}/`);
    await page.evaluate(
      `{ const frame = document.createElement("iframe"); frame.id = "made"; (${open})(frame, ${JSON.stringify(
        `<!doctype html><link rel="icon" href="data:,"><body><div id="softphone"></div><script>${absolute}</script>`,
      )}); document.body.append(frame); }`,
    );
    const body = page.frameLocator("#made").locator("body");
    await expect(body).toHaveAttribute(
      "data-outcome",
      kind === "srcdoc"
        ? "ready"
        : "CONFIG_INVALID a relative URL, which a page at blob: cannot complete",
    );
  });

const XHTML = "http://www.w3.org/1999/xhtml";
