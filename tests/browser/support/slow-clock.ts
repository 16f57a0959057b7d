import type { BrowserContext } from "@playwright/test";

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

/** Runs in every page, before all its scripts. */
function slowDown(times: number) {
  if (!location.host.startsWith("desk.")) return;
  const page = globalThis as any;
  for (const [clock, now] of [
    [performance, performance.now.bind(performance)],
    [Date, Date.now.bind(Date)],
  ] as const) {
    const start = now();
    clock.now = () => start + (now() - start) / times;
  }
  for (const name of ["setTimeout", "setInterval"]) {
    const original = page[name];
    page[name] = (run: unknown, ms = 0, ...rest: unknown[]) =>
      original(run, ms * times, ...rest);
  }
}
