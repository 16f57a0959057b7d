// @ts-check
/**
 * The lab's host names. All parties share one port; a request's `Host` header says which party it is for.
 *
 * Two sets exist side by side, because browsers decide about cookies by site (the last two labels of these names):
 * - `separate`: every party is a site of its own, as in real life;
 * - `one`: all parties share the site `softphone.localhost`, for browsers that block third-party cookies.
 *
 * @typedef {"separate" | "one"} HostNames
 * @typedef {"desk" | "instance" | "signIn" | "console" | "idp" | "start"} Party
 */

/** @type {readonly HostNames[]} */
export const HOST_NAMES = ["separate", "one"];

/** What each party's host name starts with. @type {Readonly<Record<Party, string>>} */
const PREFIXES = {
  desk: "desk",
  instance: "acme.my.connect",
  signIn: "us-east-1.signin.aws",
  console: "us-east-1.console.aws",
  idp: "acme.okta",
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
 * Tells which party a `Host` header is for. Plain `localhost` and `127.0.0.1` are the start page, on `defaultNames`;
 * any other name is nobody's: a page of the web whose name was pointed at this machine must get nothing.
 *
 * @param {string | undefined} host the header, with or without a port
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
 * Rewrites every host name of the lab in a text to those of one set, so that one configuration serves both.
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
 * Returns the set of host names a request came in on.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {HostNames}
 */
export function hostNamesOf(req) {
  return (
    /** @type {{ labHostNames?: HostNames }} */ (req).labHostNames ?? "separate"
  );
}
