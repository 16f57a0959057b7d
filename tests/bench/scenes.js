// @ts-check
/**
 * What an agent finds when they open the page, and what we want to achieve there.
 *
 * @typedef {object} Scene
 * @property {string} name as in latest.json
 * @property {string} about for people
 * @property {boolean} cold whether every visit starts with nothing but a session at the identity provider; otherwise each
 *   continues where the last one ended, as a reload does
 * @property {boolean} [stale] whether the session at Connect has ended since the visit before, unnoticed
 * @property {number} often visits for each of `--runs`: more where visits are quick and differ by milliseconds
 * @property {boolean} [nextDay] whether every visit is the second of its browser, a day after the first
 * @property {boolean} [refusing] whether the instance refuses its CCP after a sign-in that ended elsewhere
 * @property {boolean} [ideal] whether a page written by hand is measured, too
 * @property {boolean} framing whether the identity provider allows it
 * @property {{ ways: string[] }} [signIn] our page's `config.signIn`, default none
 * @property {string} [way] by which ours must have signed in
 * @property {number} [goal] the most that ours may take, from the page's start, as a part of plain Streams' time
 * @property {number} [goalOfIdeal] and of the page that is written by hand
 */

/** @type {Scene[]} */
export const scenes = [
  {
    name: "warm",
    about: "signed in at Connect",
    cold: false,
    often: 3,
    framing: true,
    goal: 1.05,
  },
  {
    name: "coldFrame",
    about: "signed in at the identity provider only",
    cold: true,
    often: 1,
    framing: true,
    ideal: true,
    way: "frame",
    goal: 0.06,
    goalOfIdeal: 1.08,
  },
  {
    name: "staleRecord",
    about: "signed in here before, but the session at Connect has ended",
    cold: true,
    stale: true,
    often: 1,
    framing: true,
    way: "frame",
    goal: 0.1,
  },
  {
    name: "refused",
    about: "cold, and the instance refuses its CCP until it was visited",
    cold: true,
    refusing: true,
    often: 1,
    framing: true,
    way: "frame",
  },
  {
    name: "refusedAgain",
    about: "the same on the next day",
    cold: true,
    nextDay: true,
    refusing: true,
    often: 1,
    framing: true,
    way: "frame",
  },
  {
    name: "coldPopup",
    about: "the same, and framing is refused",
    cold: true,
    often: 1,
    framing: false,
    signIn: { ways: ["popup"] },
    way: "popup",
    goal: 0.2,
  },
  {
    name: "coldPopupFound",
    about: "the same, and ours has to find that out",
    cold: true,
    often: 1,
    framing: false,
    way: "popup",
  },
];
