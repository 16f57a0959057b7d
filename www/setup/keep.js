// @ts-check
// What is kept in this browser, if somebody asks for it: answers and ticks, without what a link would leave out.

/** @typedef {{ answers: string, done: string[] }} Kept `answers`: as in a link's fragment */

/** @returns {Kept | undefined} */
export function kept() {
  try {
    const { answers, done } = JSON.parse(localStorage.getItem(KEY) ?? "");
    if (typeof answers !== "string" || !Array.isArray(done)) return undefined;
    return { answers, done: done.filter((one) => typeof one === "string") };
  } catch {
    return undefined; // Nothing is kept, or the browser keeps nothing.
  }
}

/** @param {Kept | undefined} what undefined: nothing any more @returns {boolean} whether the browser does */
export function keep(what) {
  try {
    if (what) localStorage.setItem(KEY, JSON.stringify(what));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

const KEY = "softphone-setup";
