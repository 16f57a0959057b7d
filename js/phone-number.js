// @ts-check
/**
 * Phone numbers as people type them; a file of its own, loaded when the first number is dialled.
 *
 * What a number is, the library knows (Google's metadata). What is ours: a word in place of digits, and an extension, which
 * nobody can dial.
 */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * @param {string} text such as "(206) 555-0100 x12" or "+1 800 FLOWERS"
 * @param {string} [country] where it is without a country code, such as "US"
 * @returns {{ number: string, country?: string } | undefined} in E.164 form, with its country; undefined: it is no number
 */
export function read(text, country) {
  const digits = withoutWords(text.replace(EXTENSION, ""));
  const found = parsePhoneNumberFromString(
    digits,
    /** @type {any} */ (country?.toUpperCase()),
  );
  if (!found?.isPossible()) return undefined;
  return {
    number: found.number,
    ...(found.country && { country: found.country }),
  };
}

/** As on the keys of a phone (ITU-T E.161). @param {string} text */
function withoutWords(text) {
  return text.replace(/[a-z]/gi, (letter) =>
    String(
      "22233344455566677778889999"[letter.toLowerCase().charCodeAt(0) - 97],
    ),
  );
}

const EXTENSION = /[\s,;]*(?:ext(?:ension)?\.?|x|#)\s*\d+\s*$/i;
