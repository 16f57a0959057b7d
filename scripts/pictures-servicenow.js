/**
 * The guide's pictures of ServiceNow, over the lab's workspace.
 *
 * @param {import("@playwright/test").Page} page
 * @param {import("../tests/lab/lab.js").Lab} lab
 * @param {(of: import("@playwright/test").Page | import("@playwright/test").Locator, name: string) => Promise<void>} picture
 */
export async function picturesOfServiceNow(page, lab, picture) {
  const { serviceNow, connect, urls } = lab;
  const frame = page.frameLocator("iframe[name=gsft_openframe]");
  const ready = frame.locator("[data-softphone-phase=ready]");
  const onCall = page.locator("#subtitle", { hasText: "On a call" });
  const call = () =>
    connect.call({
      username: AGENT,
      from: "+14155550100",
    });
  await page.context().clearCookies();
  await page
    .context()
    .addCookies([lab.idp.beginSession(AGENT), serviceNow.beginSession(AGENT)]);
  serviceNow.openAtStart = true;
  serviceNow.setProperty(
    "connect_softphone.screen_pop",
    '{"rules": [{"open": "list", "table": "csm_consumer", "column": "business_phone"}]}',
  );
  connect.agent(AGENT).setState("Available");

  await page.setViewportSize({ width: 1100, height: 740 });
  await page.goto(urls.workspace);
  await ready.waitFor();
  const first = call();
  first.accept();
  await onCall.waitFor();
  await page.getByRole("tab").nth(1).waitFor();
  await picture(page, "servicenow-ccp.png");

  first.hangUp();
  first.clear();

  serviceNow.setProperty("connect_softphone.controls", "icc");
  await page.goto(urls.workspace);
  await ready.waitFor({ state: "attached" });
  call();
  await page.locator("#offers").getByRole("button", { name: "Accept" }).click();
  await onCall.waitFor();
  await page.locator("#calls article").waitFor();
  await picture(page, "servicenow-icc.png");

  // In OpenFrame, which is at most three quarters of the window.
  const { tables } = serviceNow;
  const [configuration] = tables.rows("sn_openframe_configuration");
  tables.update("sn_openframe_configuration", configuration.sys_id, {
    url: "/connect_softphone.do?sysparm_check=true",
    width: "520",
    height: "980",
  });
  await page.setViewportSize({ width: 1100, height: 1320 });
  await page.goto(urls.workspace);
  await frame.locator(".checks").waitFor();
  await picture(page.locator("#openframe"), "servicenow-check.png");

  serviceNow.openAtStart = false;
  await page.goto(urls.workspace);
  await frame.locator(".checks").waitFor({ state: "attached" });
  await frame.locator("body").evaluate(openInstance, INSTANCE);
  await page.locator(`[data-table=${INSTANCE}]`).waitFor();
  await picture(page.locator("#records"), "servicenow-record.png");
}

/**
 * Runs in the page in OpenFrame: opens the first record of a table in the workspace.
 *
 * @param {unknown} _body
 * @param {string} entity
 */
function openInstance(_body, entity) {
  const { openFrameAPI } = /** @type {any} */ (globalThis);
  openFrameAPI.openServiceNowForm({ entity, query: "active=true" });
}

/** The other agent: the first one is on a call in the panel's picture. */
const AGENT = "grace@example.com";
const INSTANCE = "sn_cti_connect_instance";
