import { phoneUpdateSet } from "../../lab/servicenow/harness.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

test.use({ slowness: 1 });

const INIT = `
  openFrameAPI.init(
    { title: "Phone", subTitle: "Test", width: 300, height: 300 },
    function (config) {
      document.querySelector("#state").textContent = "ready " + config.name;
      ready();
    },
    function (error) {
      document.querySelector("#state").textContent = String(error);
      failed();
    }
  );`;

test("a UI page in OpenFrame begins, sets a context and gets an action", async ({
  page,
  lab,
}) => {
  lab.serviceNow.openAtStart = true;
  const call = {
    nowRecordTable: "interaction",
    nowRecordId: "0123456789abcdef0123456789abcdef",
    externalId: "call-1",
    type: "call",
    direction: "inbound",
    currentParticipant: { id: "agent-1", capabilities: { mute: true } },
    participants: [
      {
        id: "customer-1",
        actor: "customer",
        name: "Kim Customer",
        connectedTime: "Wed, 17 Dec 2025 05:23:41 GMT",
      },
    ],
  };
  const workspace = await Workspace.open(
    page,
    lab,
    phoneUpdateSet(`
      function ready() {
        openFrameAPI.subscribe("interaction_control_action", function (event) {
          document.querySelector("#state").textContent = JSON.stringify(event);
        });
        openFrameAPI.setPresenceIndicator("Available", "green");
        openFrameAPI.setSubtitle("Ready for calls");
        openFrameAPI.setICContext("activeCall", { activeCall: [${JSON.stringify(call)}] });
      }
      ${INIT}`),
  );
  await expect(workspace.subtitle).toHaveText("Ready for calls");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  await workspace.controls.getByRole("button", { name: "Mute" }).click();
  await expect(workspace.phone.locator("#state")).toHaveText(
    /"action":\{"name":"mute","payload":\{"nowRecordTable":"interaction"/,
  );
  await expect
    .poll(() => lab.serviceNow.calls.map(({ method }) => method))
    .toEqual([
      "init",
      "subscribe",
      "setPresenceIndicator",
      "setSubtitle",
      "setICContext",
    ]);
  expect(lab.serviceNow.violations).toEqual([]);
  expect(lab.serviceNow.pageErrors).toEqual([]);
});
