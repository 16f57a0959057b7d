// What a host may configure, and what it may not.
import type { SignInWay, SoftphoneConfig } from "connect-softphone";
import { same } from "./equal.js";

const nothing: SoftphoneConfig = {};
const smallest: SoftphoneConfig = {
  instanceUrl: "https://acme.my.connect.aws",
};
const everything: SoftphoneConfig = {
  instanceUrl: "https://acme.my.connect.aws",
  ccpUrl: "https://acme.my.connect.aws/ccp-v2/softphone",
  instanceArn: "arn:aws:connect:eu-central-1:123456789012:instance/1-2",
  ssoLoginUrl: "https://acme.okta.com/app/amazon_aws/exk1/sso/saml",
  controls: "icc",
  signIn: {
    ways: ["frame", "popup"],
    returnUrl: "/softphone-return.html",
    timeoutMs: 60_000,
    prompt: false,
  },
  idpLogoutUrl: "https://acme.okta.com/login/signout",
  expectedUser: "ada@example.com",
  session: {
    lengthMs: 43_200_000,
    warnBeforeMs: 900_000,
    renew: false,
    activity: false,
  },
  streams: {
    url: "/connect-streams-min.js",
    integrity: "sha384-AAAA",
    options: { region: "eu-central-1", softphone: { disableRingtone: true } },
  },
  signal: new AbortController().signal,
};

// A host's settings page may have `null` for everything that was left empty.
const leftEmpty: SoftphoneConfig = {
  instanceUrl: null,
  ccpUrl: null,
  instanceArn: null,
  ssoLoginUrl: null,
  controls: null,
  signIn: { ways: null, returnUrl: null, timeoutMs: null, prompt: null },
  idpLogoutUrl: null,
  expectedUser: null,
  session: { lengthMs: null, warnBeforeMs: null, renew: null },
  streams: { url: null, integrity: null, options: null },
  signal: null,
};
const leftOut: SoftphoneConfig = {
  instanceUrl: "",
  controls: "",
  signIn: null,
  session: null,
  streams: null,
};
const resilient: SoftphoneConfig = {
  instanceUrl: "https://acme.my.connect.aws",
  ssoLoginUrl: "https://i-1.us-east-1.sign-in.connect.aws/saml",
  signIn: { ways: ["streams"] },
  streams: {
    options: {
      enableGlobalResiliency: true,
      secondaryCCPUrl: "https://acme-west.my.connect.aws/ccp-v2/",
    },
  },
};
const empty: SoftphoneConfig = { ssoLoginUrl: "" };
const asked: SoftphoneConfig[] = [
  { ssoLoginUrl: () => "https://idp.example.com/sso?token=1" },
  { ssoLoginUrl: async () => "https://idp.example.com/sso?token=1" },
  { ssoLoginUrl: Promise.resolve("https://idp.example.com/sso?token=1") },
];

same<SignInWay, "frame" | "popup" | "redirect" | "streams">();
same<SoftphoneConfig["controls"], "ccp" | "icc" | "" | null | undefined>();

const wrong: SoftphoneConfig[] = [
  // @ts-expect-error there is no such option
  { ssoUrl: "https://acme.okta.com/" },
  // @ts-expect-error an address, not a URL object
  { instanceUrl: new URL("https://acme.my.connect.aws") },
  // @ts-expect-error a function that gives no URL
  { ssoLoginUrl: () => undefined },
  // @ts-expect-error a kind that does not exist
  { controls: "none" },
  // @ts-expect-error a way that does not exist
  { signIn: { ways: ["frame", "tab"] } },
  // @ts-expect-error a list, even of one
  { signIn: { ways: "popup" } },
  // @ts-expect-error milliseconds, as a number
  { signIn: { timeoutMs: "60000" } },
  // @ts-expect-error the unit is part of the name
  { signIn: { timeout: 60_000 } },
  // @ts-expect-error nothing else stands for "no session warning"
  { session: { warnBeforeMs: false } },
  // @ts-expect-error the options of initCCP are an object
  { streams: { options: "region=eu-central-1" } },
];

export {
  asked,
  empty,
  everything,
  leftEmpty,
  leftOut,
  nothing,
  resilient,
  smallest,
  wrong,
};
