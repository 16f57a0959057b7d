// @ts-check
/**
 * The lab's host names. All parties share one port; a request's `Host` header says which party it is for.
 *
 * Two sets exist side by side, because browsers decide about cookies by site (the last two labels of these names):
 * - `separate`: every party is a site of its own, as in real life;
 * - `one`: all parties share the site `softphone.localhost`, for browsers that block third-party cookies.
 *
 * @typedef {"separate" | "one"} Site
 * @typedef {"desk" | "instance" | "signIn" | "console" | "idp" | "start"} Party
 */

/** @type {readonly Site[]} */
export const SITES = ["separate", "one"];

/** What each party's host name starts with. @type {Readonly<Record<Party, string>>} */
const PREFIXES = {
  desk: "desk",
  instance: "acme.my.connect",
  signIn: "us-east-1.signin.aws",
  console: "us-east-1.console.aws",
  idp: "acme.okta",
  start: "lab",
};

/** @type {Readonly<Record<Site, string>>} */
const SUFFIXES = { separate: "localhost", one: "softphone.localhost" };

/** @type {readonly Party[]} */
export const PARTIES = /** @type {Party[]} */ (Object.keys(PREFIXES));

/**
 * Returns a party's host name, without the port.
 *
 * @param {Party} party
 * @param {Site} site
 */
export function hostName(party, site) {
  return `${PREFIXES[party]}.${SUFFIXES[site]}`;
}

/**
 * Tells which party a `Host` header is for. Plain `localhost` and `127.0.0.1` are the start page, on `defaultSite`;
 * any other name is nobody's: a page of the web whose name was pointed at this machine must get nothing.
 *
 * @param {string | undefined} host the header, with or without a port
 * @param {Site} defaultSite
 * @returns {{ party: Party, site: Site } | undefined}
 */
export function partyOf(host, defaultSite) {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "");
  if (name === "localhost" || name === "127.0.0.1")
    return { party: "start", site: defaultSite };
  for (const site of SITES)
    for (const party of PARTIES)
      if (hostName(party, site) === name) return { party, site };
  return undefined;
}

/**
 * Rewrites every host name of the lab in a text to the names of one site, so that one configuration serves both.
 *
 * @param {string} text
 * @param {Site} site
 */
export function withHostsOf(text, site) {
  const from = site === "one" ? "separate" : "one";
  for (const party of PARTIES)
    text = text.replaceAll(hostName(party, from), hostName(party, site));
  return text;
}

/**
 * Returns the set of host names a request came in on.
 *
 * @param {import("node:http").IncomingMessage} req
 * @returns {Site}
 */
export function siteOf(req) {
  return /** @type {{ labSite?: Site }} */ (req).labSite ?? "separate";
}
