import { phoneUpdateSet } from "../../lab/servicenow/harness.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

// ServiceNow's side alone, with a page of the test's own in OpenFrame: no phone.

/** What the pages here do first. `ready` and `say` are what each of them builds on. */
const BEGIN = `
  function say(what) {
    document.querySelector("#state").textContent = what;
  }
  function begin() {
    openFrameAPI.init(
      { title: "Phone", subTitle: "Test", width: 300, height: 300 },
      function (config) { say("ready " + config.name); ready(); },
      function (error) { say(String(error)); failures += 1; begin(); }
    );
  }
  var failures = 0;
  begin();`;

const TIME = "Wed, 17 Dec 2025 05:23:41 GMT";
const CALL = {
  nowRecordTable: "interaction",
  nowRecordId: "0123456789abcdef0123456789abcdef",
  externalId: "call-1",
  type: "call",
  direction: "inbound",
  currentParticipant: {
    id: "agent-1",
    state: "connected",
    capabilities: { mute: true, transfer: true, endCall: true, dtmf: true },
  },
  participants: [
    {
      id: "customer-1",
      actor: "customer",
      name: "Kim Customer",
      connectedTime: TIME,
    },
  ],
};

test.beforeEach(({ lab }) => {
  lab.serviceNow.openAtStart = true;
});

test("a UI page in OpenFrame begins, sets contexts and gets actions", async ({
  page,
  lab,
}) => {
  const workspace = await Workspace.open(
    page,
    lab,
    phoneUpdateSet(`
      function ready() {
        openFrameAPI.subscribe("interaction_control_action", function (event) {
          say(JSON.stringify(event));
          if (event.action.name !== "getSearchTarget") return;
          openFrameAPI.setICContext("searchTargetList", {
            searchTargetList: [{
              nowRecordTable: "interaction",
              nowRecordId: "${CALL.nowRecordId}",
              targets: [{
                type: "agent",
                transferSubtypes: [{ id: "consult", label: "Consult" }],
                payload: { list: [{ id: "grace", name: "Grace", presence: "available" }] }
              }]
            }]
          });
        });
        openFrameAPI.setPresenceIndicator("Available", "green");
        openFrameAPI.setSubtitle("Ready for calls");
        openFrameAPI.setICContext("searchTargetList", { searchTargetList: [] });
        openFrameAPI.setICContext("activeCall", { activeCall: [${JSON.stringify(CALL)}] });
      }
      ${BEGIN}`),
  );
  const { controls, phone } = workspace;
  const state = phone.locator("#state");
  await expect(workspace.subtitle).toHaveText("Ready for calls");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  await controls.getByRole("button", { name: "Mute" }).click();
  await expect(state).toHaveText(
    /\{"action":\{"name":"mute","payload":\{"nowRecordTable":"interaction"/,
  );
  await controls.getByRole("button", { name: "Transfer" }).click();
  await expect(state).toHaveText(/"name":"getSearchTarget".*"targetType"/);
  await controls.getByRole("button", { name: "Consult" }).click();
  await expect(state).toHaveText(
    /"name":"transferInitiated".*"subType":"consult","targetId":"grace"/,
  );
  lab.serviceNow.sendAction("flag", { externalCallId: "call-1" });
  await expect(state).toHaveText(/"name":"flag"/);
  await expect
    .poll(() => lab.serviceNow.calls.map(({ method }) => method))
    .toEqual([
      "init",
      "subscribe",
      "setPresenceIndicator",
      "setSubtitle",
      "setICContext",
      "setICContext",
      "setICContext",
    ]);
});

test.describe("with the page's time as it is", () => {
  test.use({ slowness: 1 });

  test("begins at the third time, if two are not answered", async ({
    page,
    lab,
  }) => {
    lab.faults.set("openframe-init-slow");
    const workspace = await Workspace.open(
      page,
      lab,
      phoneUpdateSet(`
        function ready() { openFrameAPI.setSubtitle(failures + " failures"); }
        ${BEGIN}`),
    );
    await expect(workspace.subtitle).toHaveText("2 failures");
  });
});

test("callers of openFrameAPI are checked", async ({ page, lab }) => {
  const workspace = await Workspace.open(
    page,
    lab,
    phoneUpdateSet(`
      var wrong = [
        ["subscribe", "openframe_no_such_event", say],
        ["subscribe", "openframe_icc_record_opened", say],
        ["setTitle", "x".repeat(257)],
        ["setSize", 0, 100],
        ["setPresenceIndicator", "Busy", "purple"],
        ["openCustomURL", "https://example.com/"],
        ["openServiceNowForm", { entity: "case", query: "sysparm_goto_url=x" }],
        ["toastMessage", "x", "loud"],
        ["setICContext", "idleState", { idleState: {} }]
      ];
      function call(args) {
        try { openFrameAPI[args[0]].apply(openFrameAPI, args.slice(1)); return "accepted"; }
        catch (error) { return error.message; }
      }
      var early = call(["setTitle", "early"]);
      function ready() { say([early].concat(wrong.map(call)).join(" | ")); }
      ${BEGIN}`),
  );
  await expect(workspace.phone.locator("#state")).toHaveText(
    [
      "init must be called first",
      "openframe_no_such_event is not a valid event for subscription",
      "openframe_icc_record_opened is not a valid event for subscription",
      "argument 1: more than 256 characters",
      "argument 1: expected a number greater than zero",
      'argument 2: found "purple", expected one of red, orange, grey, green',
      "argument 1: an absolute address",
      "argument 1: query: sysparm_stack and sysparm_goto_url are not allowed",
      'argument 2: found "loud", expected one of info, warning, error',
      // The original does not look into contexts either.
      "accepted",
    ].join(" | "),
  );
  // Nobody is blamed for asking an older release for what newer ones have.
  await expect.poll(() => lab.serviceNow.violations.length).toBe(9);
  expect(lab.serviceNow.violations.at(-1)).toMatch(
    /^setICContext: idleState.idleState: no such field/,
  );
  lab.serviceNow.violations.splice(0);
});

test("what agents do in the workspace reaches the page", async ({
  page,
  lab,
}) => {
  const workspace = await Workspace.open(
    page,
    lab,
    phoneUpdateSet(`
      function ready() {
        ["openframe_communication", "openframe_awa_agent_presence", "openframe_hidden",
          "openframe_heart_beat", "openframe_collapse"].forEach(function (name) {
          openFrameAPI.subscribe(name, function (payload) {
            document.body.append(name + " " + JSON.stringify(payload) + "\\n");
          });
        });
        openFrameAPI.getAWAAgentPresence(function (answer) {
          say(answer.presence.name);
          openFrameAPI.openServiceNowList({ entity: "csm_consumer", query: "nameSTARTSWITHKim" });
        }, say);
      }
      ${BEGIN}`),
  );
  const body = workspace.phone.locator("body");
  await expect(workspace.phone.locator("#state")).toHaveText("Offline");
  await expect(workspace.tabs).toHaveText(["Kim Customer", "csm_consumer (1)"]);
  await workspace.tabs.first().click();
  await page.getByRole("button", { name: "Call business phone" }).click();
  await expect(body).toContainText(
    'openframe_communication {"type":"OUTGOING_CALL","data":{"metaData":{"phoneNumber":"+14155550100"',
  );
  await expect(body).toContainText(
    /openframe_heart_beat \{"lastUiActivity":"[\d: -]+","sessionLoggedIn":true\}/,
  );
  await workspace.presence.selectOption("Available");
  await expect(body).toContainText(
    'openframe_awa_agent_presence {"result":{"presence":{"name":"Available"',
  );
  await workspace.frame.getByRole("button", { name: "Collapse" }).click();
  await expect(body).toContainText("openframe_collapse");
  await workspace.phoneButton.click();
  await expect(workspace.frame).toBeHidden();
});

test("an offered call is accepted, and one is refused in words", async ({
  page,
  lab,
}) => {
  lab.serviceNow.presences.set("ada@example.com", "Available");
  const workspace = await Workspace.open(
    page,
    lab,
    phoneUpdateSet(`
      function offer(id, ms) {
        openFrameAPI.setICContext("offerContext", {
          offerContext: [{
            externalId: id, type: "phone", queueId: "1", requesterId: "+14155550100",
            assignment: {
              allowedToDecline: true, enableAutoAssign: false, timeout: "20000",
              offeredOn: new Date(Date.now() - ms).toUTCString()
            }
          }]
        });
      }
      function ready() {
        openFrameAPI.subscribe("openframe_awa_client_offer", function (event) {
          if (event.result.status === "success") return;
          say(event.result.message);
          offer("call-2", 2000);
        });
        openFrameAPI.subscribe("openframe_awa_workitem_accepted", function (event) {
          say("accepted " + event.result.workItem.document.table);
          openFrameAPI.openInteraction(event.result.workItem.document.sys_id);
        });
        offer("call-1", -3600000);
      }
      ${BEGIN}`),
  );
  const state = workspace.phone.locator("#state");
  await expect(state).toHaveText("OfferedOn time is in future.");
  await workspace.controls.getByRole("button", { name: "Accept" }).click();
  await expect(state).toHaveText("accepted interaction");
  await expect(workspace.tabs).toHaveText(["Kim Customer", "IMS0000001"]);
  await expect.poll(() => lab.serviceNow.violations.length).toBe(1);
  lab.serviceNow.violations.splice(0);
});
