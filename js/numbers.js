// @ts-check

/** @typedef {import("connect-softphone").SoftphoneAgent} Agent */

/**
 * What a host wants to call, as the core reads it: a number gets its country code. Whatever is no text stays as it is, and so
 * does what could not be read: the core says what is wrong with it.
 *
 * @param {unknown} to
 * @param {Agent | null} agent
 * @returns {Promise<{ to: unknown, country?: string }>} `country`: that of the number, if it is known
 */
export async function numberOf(to, agent) {
  if (typeof to !== "string") return { to };
  try {
    // A file of its own, with the numbers of all countries.
    const { read } = await import("connect-softphone/phone-number");
    const text = to.trim().replace(/^tel:/i, "");
    const found = await read(
      text,
      text.startsWith("+") ? undefined : home(agent),
    );
    return found ? { to: found.number, country: found.country } : { to };
  } catch {
    return { to }; // Not to be had; a number with its country code can be dialled without it.
  }
}

/**
 * The country of numbers without a country code: the only one that the agent can call, or the one of their browser's language
 * if they can call it. A guess beyond that could call somebody else.
 *
 * @param {Agent | null} agent
 */
function home(agent) {
  const countries = agent?.dialableCountries ?? [];
  if (countries.length === 1) return countries[0];
  const regions = navigator.languages.map((language) =>
    /-([a-z]{2})\b/i.exec(language)?.[1].toLowerCase(),
  );
  return regions.find((region) => region && countries.includes(region));
}
