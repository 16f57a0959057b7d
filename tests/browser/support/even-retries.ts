import type { BrowserContext } from "@playwright/test";

/**
 * Makes the phone's retries come neither at once nor late: the first one about four seconds of the page's time after a failure,
 * where a phone in the field waits for a random time between a quarter of a second and eight. Otherwise, now and then, a
 * failure would be over before a test has looked at it.
 */
export async function evenRetries(context: BrowserContext) {
  await context.addInitScript(() => {
    const random = Math.random;
    // The module asks once for each phone, for the seed of its retries (driver.rs, jitter.rs). Whoever else asks gets any number.
    Math.random = () =>
      /\/softphone\/index\.js/.test(String(new Error().stack))
        ? 0.6489
        : random();
  });
}
