import type { Page } from "@playwright/test";

/** Makes the phone's record on the page's origin older: everything it notes happened so many milliseconds earlier. */
export async function ageRecord(page: Page, ms: number) {
  await page.evaluate((ms) => {
    for (const [key, record] of Object.entries(localStorage))
      if (key.startsWith("connect-softphone:"))
        localStorage.setItem(
          key,
          record.replace(
            /=(\d+)/g,
            (_: string, at: string) => `=${Number(at) - ms}`,
          ),
        );
  }, ms);
}
