import { expect, test } from "../support/fixtures.js";
import { initCalls, recordStreams } from "../support/recorder.js";

test.beforeEach(({ lab }) => recordStreams(lab));

test("initCCP gets the SSO Login URL byte for byte, and the options that keep Streams passive", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  // Odd, but somebody may have copied it like this: nothing in it may be normalised.
  const ssoLoginUrl =
    lab.urls.ssoLogin.replace("http://", "HTTP://") + "&x=%7e";
  await page.goto(`${host.url}#wait`);
  const failure = await host.open({ ...lab.desk.config, ssoLoginUrl });
  expect(failure).toBeUndefined();
  await host.untilPhase("ready");
  expect(await initCalls(page)).toEqual([
    {
      connected: true,
      parameters: {
        ccpUrl: lab.urls.ccp,
        loginUrl: ssoLoginUrl,
        loginPopup: true,
        loginOptions: {
          autoClose: true,
          disableAuthPopupAfterLogout: true,
          height: 578,
          width: 433,
        },
        ccpLoadTimeout: 2147483647,
        softphone: { allowFramedSoftphone: true },
      },
    },
  ]);
  expect((await host.snapshot()).status.way).toBe("frame");
});

test("a relay state with an unencoded second ? is understood", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  lab.desk.config.ssoLoginUrl = lab.urls.ssoLoginRaw;
  await page.goto(host.url);
  await host.untilPhase("ready");
  const [{ parameters }] = await initCalls(page);
  expect(parameters.loginUrl).toBe(lab.urls.ssoLoginRaw);
  const { timeline } = await host.snapshot();
  expect(timeline).toContainEqual(
    expect.objectContaining({ what: "signInReturned", way: "frame" }),
  );
});

test("without an SSO Login URL initCCP gets no loginUrl", async ({
  lab,
  page,
  host,
  noise,
  context,
}) => {
  noise.allowSecondInit();
  lab.connect.saml = false;
  await context.addCookies([lab.connect.beginSession("ada@example.com")]);
  await page.goto(`${host.url}#wait`);
  for (const ssoLoginUrl of ["", null, undefined]) {
    const failure = await host.open({ ...lab.desk.config, ssoLoginUrl });
    expect(failure).toBeUndefined();
    await host.untilPhase("ready");
    const parameters = (await initCalls(page)).at(-1)?.parameters;
    expect(parameters).toMatchObject({
      ccpUrl: lab.urls.ccp,
      loginPopup: true,
    });
    expect(parameters).not.toHaveProperty("loginUrl");
    await page.getByRole("button", { name: "Close the phone" }).click();
    await host.untilPhase("closed");
  }
  expect(await initCalls(page)).toHaveLength(3);
});

test("further parameters are passed on, and the host's own objects, deeply frozen, stay unchanged", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  const config = {
    ...lab.desk.config,
    ccpUrl: `${lab.urls.instance}/connect/ccp-v2/softphone`,
    instanceUrl: null,
    streams: {
      url: "/connect-streams-min.js",
      options: {
        region: "us-east-1",
        softphone: { allowFramedSoftphone: true, disableRingtone: true },
        pageOptions: { enableAudioDeviceSettings: true },
        plugins: [],
      },
    },
  };
  const same = await page.evaluate(async (given) => {
    const freeze = (value: unknown) => {
      if (typeof value === "object" && value)
        Object.values(Object.freeze(value)).forEach(freeze);
    };
    freeze(given);
    const before = JSON.stringify(given);
    await globalThis.host.open(given);
    return JSON.stringify(given) === before;
  }, config);
  expect(same).toBe(true);
  await host.untilPhase("ready");
  const [{ parameters }] = await initCalls(page);
  const { options } = config.streams;
  expect(parameters).toMatchObject({ ccpUrl: config.ccpUrl, ...options });
});

test("an SSO Login URL that could do harm is refused before anything happens", async ({
  lab,
  page,
  host,
  windows,
}) => {
  await page.goto(`${host.url}#wait`);
  // What was found is described, not repeated: an SSO Login URL may contain what nobody should read in a log.
  for (const [what, ssoLoginUrl, found] of [
    ["a script", "javascript:alert(document.domain)", /javascript:/],
    ["not encrypted", "http://idp.example.com/app/sso", /http:/],
    ["a path", "/app/sso", /not a URL/],
    ["not a string", 7, /7/],
  ] as const) {
    const failure = await host.open({ ...lab.desk.config, ssoLoginUrl });
    expect(failure, what).toMatchObject({
      name: "SoftphoneError",
      code: "CONFIG_INVALID",
      problems: [{ field: "ssoLoginUrl" }],
    });
    const [problem] = failure?.problems ?? [];
    expect(problem.found, what).toMatch(found);
    expect(JSON.stringify(failure)).not.toMatch(/alert|app\/sso/);
  }
  expect(await initCalls(page)).toEqual([]);
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(host.container).toBeEmpty();
  expect(windows).toEqual([]);
  expect(lab.requests.map(({ party }) => party)).not.toContain("instance");
});

test(
  "all mistakes are reported at once",
  { tag: "@config-invalid" },
  async ({ page, host }) => {
    await page.goto(`${host.url}#wait`);
    const failure = await host.open({
      instanceUrl: "ftp://acme.my.connect.aws",
      ssoLoginUrl: "javascript:0",
      controls: "both",
      signIn: { ways: ["frame", "carrier pigeon"], timeoutMs: 1 },
    });
    expect(failure?.problems?.map(({ field }) => field).sort()).toEqual([
      "controls",
      "instanceUrl",
      "signIn.timeoutMs",
      "signIn.ways[1]",
      "ssoLoginUrl",
    ]);
  },
);

test("what is pasted into the wrong place is told with what belongs there", async ({
  page,
  host,
}) => {
  await page.goto(`${host.url}#wait`);
  const ccpUrl = "https://acme.my.connect.aws/ccp-v2/";
  const federate = `https://us-east-1.console.aws.amazon.com/connect/federate/`;
  for (const [config, field, told] of [
    [{ ccpUrl: "acme.my.connect.aws/ccp-v2" }, "ccpUrl", ccpUrl],
    [{ ccpUrl: `"${ccpUrl}"` }, "ccpUrl", ccpUrl],
    [{ ccpUrl: "https://acme.my.connect.aws/login" }, "ccpUrl", ccpUrl],
    [{ ccpUrl: "ccpUrl" }, "ccpUrl", "without quotation marks"],
    [
      { ccpUrl: `${federate}1?destination=%2Fccp-v2` },
      "ccpUrl",
      "relay state of ssoLoginUrl",
    ],
    [
      { ccpUrl, ssoLoginUrl: `https://a.example/?RelayState=${federate}<iid>` },
      "ssoLoginUrl",
      "<iid>",
    ],
    [{ ccpUrl, loginUrl: "https://a.example" }, "loginUrl", "ssoLoginUrl"],
    [
      {
        ccpUrl,
        streams: { options: { softphone: { alllowFramedSoftphone: true } } },
      },
      "streams.options.softphone.alllowFramedSoftphone",
      "did you mean allowFramedSoftphone?",
    ],
  ] as const) {
    const failure = await host.open(config);
    expect(failure?.problems, field).toHaveLength(1);
    const [problem] = failure?.problems ?? [];
    expect(problem.field).toBe(field);
    expect(`${problem.found}, ${problem.expected}`).toContain(told);
  }
});

test("what is not set, in whatever way, is left to the defaults", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  const failure = await host.open({
    ...lab.desk.config,
    ccpUrl: ` ${lab.urls.ccp}# `,
    instanceUrl: "",
    idpLogoutUrl: null,
    controls: "",
    signIn: null,
    expectedUser: " ",
    session: { lengthMs: null, renew: null },
    streams: {
      url: "/connect-streams-min.js",
      integrity: "",
      options: { loginUrl: null, softphone: { allowFramedSoftphone: null } },
    },
    signal: null,
  });
  expect(failure).toBeUndefined();
  await host.untilPhase("ready");
  const [{ parameters }] = await initCalls(page);
  expect(parameters).toMatchObject({
    ccpUrl: lab.urls.ccp,
    loginUrl: lab.desk.config.ssoLoginUrl,
    softphone: { allowFramedSoftphone: true },
  });
  const { events } = await host.snapshot();
  expect(events.filter(({ type }) => type === "diagnostic")).toEqual([]);
});

test("what looks like a mistake opens the phone with a diagnostic", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(`${host.url}#wait`);
  const softphone = {
    allowFramedSoftphone: false,
    ringtoneUrl: "./ringtone.mp3",
  };
  const failure = await host.open({
    ...lab.desk.config,
    streams: { url: "/connect-streams-min.js", options: { softphone } },
  });
  expect(failure).toBeUndefined();
  await host.untilPhase("ready");
  const [{ parameters }] = await initCalls(page);
  expect(parameters.softphone).toEqual(softphone);
  const { events } = await host.snapshot();
  const told = events.flatMap((event) =>
    event.type === "diagnostic" ? event.message : [],
  );
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("calls end as missed");
  expect(told[1]).toContain(new URL("ringtone.mp3", host.url).href);
});

test("the agent page shows the mistakes of its configuration", async ({
  lab,
  page,
}) => {
  lab.desk.config.ssoLoginUrl = "javascript:alert(1)";
  await page.goto(lab.urls.agentPage);
  await expect(page.getByRole("status").first()).toContainText("a mistake");
  await expect(page.locator("#problems code")).toHaveText(["ssoLoginUrl"]);
});
