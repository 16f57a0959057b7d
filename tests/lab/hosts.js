// @ts-check
/**
 * The lab's host names. All parties share one port; the `Host` header of a request tells which party it is for.
 *
 * There are two sets, because browsers decide about cookies by site (the last two labels of these names):
 * - `separate`: each party is a separate site, as in production;
 * - `one`: all parties share the site `softphone.localhost`, for browsers that block third-party cookies.
 *
 * @typedef {"separate" | "one"} HostNames
 * @typedef {"desk" | "instance" | "signIn" | "console" | "idp" | "serviceNow" | "start"} Party
 */

/** @type {readonly HostNames[]} */
export const HOST_NAMES = ["separate", "one"];

/** How each party's host name starts. @type {Readonly<Record<Party, string>>} */
const PREFIXES = {
  desk: "desk",
  instance: "acme.my.connect",
  signIn: "us-east-1.signin.aws",
  console: "us-east-1.console.aws",
  idp: "acme.okta",
  serviceNow: "acme.service-now",
  start: "lab",
};

/** @type {Readonly<Record<HostNames, string>>} */
const SUFFIXES = { separate: "localhost", one: "softphone.localhost" };

/** @type {readonly Party[]} */
export const PARTIES = /** @type {Party[]} */ (Object.keys(PREFIXES));

/**
 * Returns a party's host name, without the port.
 *
 * @param {Party} party
 * @param {HostNames} names
 */
export function hostName(party, names) {
  return `${PREFIXES[party]}.${SUFFIXES[names]}`;
}

/**
 * Finds the party that a `Host` header is for. Plain `localhost` and `127.0.0.1` are the start page, under `defaultNames`.
 * Any other name is refused: a website whose name resolves to this machine (DNS rebinding) must get nothing.
 *
 * @param {string | undefined} host the header, with or without port
 * @param {HostNames} defaultNames
 * @returns {{ party: Party, names: HostNames } | undefined}
 */
export function partyOf(host, defaultNames) {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "");
  if (name === "localhost" || name === "127.0.0.1")
    return { party: "start", names: defaultNames };
  for (const names of HOST_NAMES)
    for (const party of PARTIES)
      if (hostName(party, names) === name) return { party, names };
  return undefined;
}

/**
 * Replaces every host name of the lab in a text by its counterpart in one set, so that one configuration serves both.
 *
 * @param {string} text
 * @param {HostNames} names
 */
export function withHostsOf(text, names) {
  const from = names === "one" ? "separate" : "one";
  for (const party of PARTIES)
    text = text.replaceAll(hostName(party, from), hostName(party, names));
  return text;
}

/**
 * Returns the set of host names that a request was sent to.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {HostNames}
 */
export function hostNamesOf(req) {
  return (
    /** @type {{ labHostNames?: HostNames }} */ (req).labHostNames ?? "separate"
  );
}
