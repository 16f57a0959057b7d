import type { BrowserContext, Page } from "@playwright/test";

/**
 * Makes the clock of the host's pages run slower than the real one, from their first script on: at a quarter of the speed, a
 * timer of one second takes four.
 *
 * The phone has deadlines, such as three seconds for the hidden frame before a window opens beside it. On a busy machine
 * they would pass while the network still answers as fast as it can, and the test would show another story than the one it
 * tells. `page.clock`, where a test installs it, builds on this one. Other parties' pages and the workers keep real time.
 */
export async function slowClock(context: BrowserContext, times: number) {
  if (times !== 1) await context.addInitScript(slowDown, times);
}

/** From now on the page's time runs so many times slower than the real one; timers that are set already keep their delay. */
export async function setSlowness(page: Page, times: number) {
  // By DevTools, because whatever Playwright evaluates counts as a user gesture.
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Runtime.evaluate", {
    expression: `setSlowness(${times})`,
  });
  await cdp.detach();
}

/** Runs in every page, before all its scripts. */
function slowDown(slowness: number) {
  // In ServiceNow's frame for phones this runs in the empty page whose window the first page takes over.
  const host =
    location.host || (window.name === "gsft_openframe" ? origin : "");
  if (!/^(http:\/\/)?(desk|acme\.service-now)\./.test(host)) return;
  const page = globalThis as any;
  let times = slowness;
  const clocks = [performance, Date].map((clock) => {
    const real = clock.now.bind(clock);
    let from = real();
    let at = from;
    const slow = () => at + (real() - from) / times;
    clock.now = slow;
    return () => ([at, from] = [slow(), real()]);
  });
  page.setSlowness = (next: number) => {
    for (const rebase of clocks) rebase();
    times = next;
  };
  const longest = 2 ** 31 - 1; // Browsers run a timer with a longer delay at once.
  for (const name of ["setTimeout", "setInterval"]) {
    const original = page[name];
    page[name] = (run: unknown, ms = 0, ...rest: unknown[]) =>
      original(run, Math.min(ms * times, longest), ...rest);
  }
}
