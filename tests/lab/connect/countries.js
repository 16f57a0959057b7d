// @ts-check
/**
 * Which numbers an instance lets its agents dial.
 *
 * @param {string} phoneNumber in E.164 form
 * @param {string[]} dialable countries, as GetDialableCountryCodes has them
 */
export function isDialable(phoneNumber, dialable) {
  return dialable.some((country) => {
    const prefix = PREFIXES[country];
    return prefix !== undefined && phoneNumber.startsWith(prefix);
  });
}

/** The calling codes of the countries that the lab knows. @type {Record<string, string>} */
const PREFIXES = {
  us: "+1",
  ca: "+1",
  mx: "+52",
  br: "+55",
  gb: "+44",
  ie: "+353",
  de: "+49",
  at: "+43",
  ch: "+41",
  fr: "+33",
  es: "+34",
  it: "+39",
  nl: "+31",
  in: "+91",
  jp: "+81",
  au: "+61",
  nz: "+64",
};
