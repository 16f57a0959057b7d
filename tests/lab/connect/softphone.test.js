// @ts-check
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import vm from "node:vm";
import { onDuty, startInstance } from "./harness.js";

const [devices, softphone] = await Promise.all(
  ["devices.js", "softphone.js"].map((name) =>
    readFile(new URL(`./page/${name}`, import.meta.url), "utf8"),
  ),
);

/** A CCP's page with the stand-in for the softphone, over a stand-in for Streams. */
class Page {
  settings = {
    localMute: "works",
    softphoneError: "",
    deviceList: "works",
    deviceSetting: "works",
    unplugged: /** @type {string[]} */ ([]),
  };
  /** The types of what went wrong. @type {string[]} */
  errors = [];
  /** What was broadcast: the value of each MUTE_TOGGLE. @type {unknown[]} */
  told = [];
  /** What was broadcast of devices. @type {string[]} */
  changed = [];
  /** @type {FakeContact[]} */
  contacts = [];
  /** @type {Map<string, (data: any) => void>} */
  #heard = new Map();
  #body = { dataset: /** @type {Record<string, string>} */ ({}) };
  /** @type {(() => void)[]} */
  #later = [];

  constructor() {
    const page = this;
    const subscribe = (/** @type {string} */ event, /** @type {any} */ act) =>
      this.#heard.set(event, act);
    const connect = {
      EventType: {
        MUTE: "mute",
        BROADCAST: "broadcast",
        CONFIGURE: "configure",
      },
      ConfigurationEvents: Object.fromEntries(
        ["MICROPHONE", "SPEAKER", "RINGER"].flatMap((kind) => [
          [`SET_${kind}_DEVICE`, `set ${kind}`],
          [`${kind}_DEVICE_CHANGED`, `${kind} changed`],
        ]),
      ),
      AgentEvents: {
        MUTE_TOGGLE: "toggle",
        LOCAL_MEDIA_STREAM_CREATED: "stream",
        SOFTPHONE_ERROR: "error",
      },
      SoftphoneError: class {
        /** @param {string} errorType */
        constructor(errorType) {
          this.errorType = errorType;
        }
      },
      Agent: class {
        getContacts = () => page.contacts;
      },
      contact: (/** @type {any} */ act) => subscribe("contact", act),
      core: {
        initSoftphoneManager() {},
        initPageOptions() {},
        checkIfConfigureReceived() {},
        getEventBus: () => ({ subscribe }),
        getUpstream: () => ({
          sendUpstream(
            /** @type {any} */ _,
            /** @type {any} */ { event, data },
          ) {
            if (event === "toggle") page.told.push(data.muted);
            if (event.endsWith(" changed"))
              page.changed.push(`${event}: ${data.deviceId}`);
            if (event === "error") page.errors.push(data.errorType);
          },
        }),
      },
      SoftphoneManager: /** @type {any} */ (undefined),
    };
    const context = vm.createContext({
      connect,
      document: { body: this.#body },
      fetch: async () => ({ json: async () => page.settings }),
      navigator: { mediaDevices: this.mediaDevices },
      setTimeout: (/** @type {() => void} */ run) => this.#later.push(run),
    });
    vm.runInContext(devices, context);
    vm.runInContext(softphone, context);
    new connect.SoftphoneManager();
  }

  /** As the browser has them, until the page changes that. */
  mediaDevices = {
    enumerateDevices: async () =>
      [
        { kind: "audioinput", deviceId: "a", label: "Headset" },
        { kind: "audiooutput", deviceId: "b", label: "Loudspeaker" },
      ].map((one) => ({ ...one, toJSON: () => one })),
  };

  /** As Streams asks for them. */
  async list() {
    const found = await this.mediaDevices.enumerateDevices();
    return Array.from(found, (one) => one.toJSON().deviceId);
  }

  /** @param {boolean} enableAudioDeviceSettings of the host */
  configure(enableAudioDeviceSettings) {
    const pageOptions = { enableAudioDeviceSettings };
    this.#heard.get("configure")?.({ pageOptions });
  }

  /** @param {string} kind @param {string} [deviceId] */
  async set(kind, deviceId) {
    this.#heard.get(`set ${kind}`)?.({ deviceId });
    await new Promise((resolve) => setImmediate(resolve));
    return this.changed.splice(0);
  }

  get mutedTracks() {
    return Number(this.#body.dataset.mutedTracks ?? 0);
  }

  /** @param {boolean} [mute] without it, the page only asks */
  async mute(mute) {
    this.#heard.get("mute")?.(mute === undefined ? undefined : { mute });
    await new Promise((resolve) => setImmediate(resolve));
    return this.told.splice(0);
  }

  /** @param {string} contactId @param {boolean} [multiParty] */
  rings(contactId, multiParty = false) {
    const contact = new FakeContact(contactId, multiParty);
    this.contacts.push(contact);
    this.#heard.get("contact")?.(contact);
    return contact;
  }

  /** Two seconds pass. */
  later() {
    for (const run of this.#later.splice(0)) run();
    return this.told.splice(0);
  }
}

class FakeContact {
  state = "connecting";
  held = false;
  muted = false;
  /** @type {Map<string, (contact: FakeContact) => void>} */
  #heard = new Map();

  /** @param {string} contactId @param {boolean} multiParty */
  constructor(contactId, multiParty) {
    this.getContactId = () => contactId;
    this.isMultiPartyConferenceEnabled = () => multiParty;
  }

  accepted() {
    this.#heard.get("accepted")?.(this);
  }

  /** @param {Partial<Pick<FakeContact, "state" | "held" | "muted">>} change */
  becomes(change) {
    const connects = change.state === "connected";
    Object.assign(this, change);
    if (connects) this.#heard.get("connected")?.(this);
    this.#heard.get("refresh")?.(this);
  }

  getStatus = () => ({ type: this.state });
  isConnected = () => this.state === "connected";
  getInitialConnection = () => ({ isOnHold: () => this.held });
  getAgentConnection = () => ({
    connectionId: `agent of ${this.getContactId()}`,
    isMute: () => this.muted,
    muteParticipant: () => (this.muted = true),
    unmuteParticipant: () => (this.muted = false),
  });
  onAccepted = (/** @type {any} */ act) => this.#heard.set("accepted", act);
  onConnected = (/** @type {any} */ act) => this.#heard.set("connected", act);
  onRefresh = (/** @type {any} */ act) => this.#heard.set("refresh", act);
  onDestroy = (/** @type {any} */ act) => this.#heard.set("destroy", act);
}

test("mute is told only while there is a track", async () => {
  const page = new Page();
  assert.deepEqual(await page.mute(true), []);
  const call = page.rings("1");
  call.becomes({ state: "connected" });
  assert.deepEqual(await page.mute(true), [true]);
  assert.equal(page.mutedTracks, 1);
  assert.deepEqual(await page.mute(), [true]);
  assert.deepEqual(await page.mute(false), [false]);
  call.becomes({ state: "ended" });
  assert.deepEqual(page.told.splice(0), [false]);
  assert.deepEqual(await page.mute(), []);
});

test("of two calls the last active one is muted, and the end of one tells that nothing is", async () => {
  const page = new Page();
  const first = page.rings("1");
  first.becomes({ state: "connected" });
  await page.mute(true);
  const second = page.rings("2");
  second.becomes({ state: "connected" });
  assert.deepEqual(await page.mute(), [false]);
  second.becomes({ state: "ended" });
  assert.deepEqual(page.told.splice(0), [false]);
  assert.equal(page.mutedTracks, 1);
  // The active call is the one that ended: nothing is unmuted, whatever is told.
  assert.deepEqual(await page.mute(false), [false]);
  assert.equal(page.mutedTracks, 1);
  first.becomes({ held: true });
  first.becomes({ held: false });
  assert.deepEqual(await page.mute(), [true]);
});

test("mute can be ignored, or undone by itself", async () => {
  const page = new Page();
  page.rings("1").becomes({ state: "connected" });
  page.settings.localMute = "ignored";
  assert.deepEqual(await page.mute(true), []);
  assert.deepEqual(await page.mute(), [false]);
  page.settings.localMute = "undone";
  assert.deepEqual(await page.mute(true), [true]);
  assert.deepEqual(page.later(), [false]);
  assert.equal(page.mutedTracks, 0);
});

test("in a multi-party call, local mute and that of the service become each other", async () => {
  const page = new Page();
  const call = page.rings("1", true);
  call.becomes({ state: "connected" });
  assert.deepEqual(await page.mute(true), [true]);
  assert.equal(call.muted, true);
  call.becomes({});
  assert.deepEqual(page.told, []);
  call.becomes({ muted: false });
  assert.deepEqual(page.told, [false]);
  assert.equal(page.mutedTracks, 0);
});

test("a call that is accepted may be one that the softphone cannot connect", async () => {
  const page = new Page();
  for (const softphoneError of ["", "ice_collection_timeout"]) {
    page.settings.softphoneError = softphoneError;
    page.rings(softphoneError).accepted();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(page.errors, ["ice_collection_timeout"]);
});

test("devices are set if the host wants that, the microphone only while there is a track", async () => {
  const page = new Page();
  assert.deepEqual(await page.set("SPEAKER", "b"), []);
  page.configure(true);
  assert.deepEqual(await page.set("SPEAKER", "b"), ["SPEAKER changed: b"]);
  assert.deepEqual(await page.set("SPEAKER", "c"), []);
  assert.deepEqual(await page.set("SPEAKER"), []);
  // Of ringtones it is told even if they cannot be played there.
  assert.deepEqual(await page.set("RINGER", "c"), ["RINGER changed: c"]);
  assert.deepEqual(await page.set("MICROPHONE", "a"), []);
  const call = page.rings("1");
  assert.deepEqual(await page.set("MICROPHONE", "a"), [
    "MICROPHONE changed: a",
  ]);
  call.becomes({ state: "ended" });
  assert.deepEqual(await page.set("MICROPHONE", "a"), []);
});

test("devices can be ignored, or unplugged", async () => {
  const page = new Page();
  page.configure(true);
  page.settings.deviceSetting = "ignored";
  assert.deepEqual(await page.set("SPEAKER", "b"), []);
  page.settings.deviceSetting = "works";
  page.settings.unplugged = ["Loudspeaker"];
  assert.deepEqual(await page.set("SPEAKER", "b"), []);
  assert.deepEqual(await page.list(), ["a"]);
});

test("devices can be listed without their names, or late", async () => {
  const page = new Page();
  assert.deepEqual(await page.list(), ["a", "b"]);
  page.settings.deviceList = "unnamed";
  assert.deepEqual(await page.list(), ["", ""]);
  page.settings.deviceList = "late";
  const listed = page.list();
  await new Promise((resolve) => setImmediate(resolve));
  page.later();
  assert.deepEqual(await listed, ["a", "b"]);
});

test("the page learns how the softphone and its devices work", async (t) => {
  const { connect, ask } = await startInstance(t);
  connect.localMute = "undone";
  connect.unplugged = ["Headset"];
  const { body } = await ask("/lab/softphone");
  assert.deepEqual(JSON.parse(body), {
    localMute: "undone",
    softphoneError: "",
    deviceList: "works",
    deviceSetting: "works",
    unplugged: ["Headset"],
  });
});

test("the snapshot can be wrong about the agent's mute", async (t) => {
  const { connect, contact } = await onDuty(t);
  connect.call({ username: "ada@example.com" });
  connect.muteShown = "opposite";
  const [own, customer] = (await contact()).connections;
  assert.deepEqual([own.mute, customer.mute], [true, false]);
});
