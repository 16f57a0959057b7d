import type { BrowserContext, Page } from "@playwright/test";

/**
 * How the wasm ends:
 * - `trap`: the machine stops, here because the allocator is asked for more than there can be
 * - `panic`: Rust code panics, here because a value that it reads says that it is borrowed already
 * - `foreign`: a web API throws where browsers do not
 */
export type Ending = "trap" | "panic" | "foreign";

/**
 * Where:
 * - `now`: the next time that Rust calls JavaScript, whatever for
 * - `timer`: the same, but inside a timer of the page
 */
export type Occasion = "now" | "timer";

interface Traps {
  instances: number;
  armed?: { ending: Ending; occasion: Occasion };
}

declare global {
  var traps: Traps;
}

/**
 * Puts trapdoors under the wasm that the page loads, which is the one that is shipped: when they are armed, the next
 * function that Rust imports does not return, because the instance traps in it, for real, by its own exports.
 */
export async function watchTraps(context: BrowserContext) {
  await context.addInitScript(watch);
}

/** Arms the trapdoors, once. */
export async function arm(page: Page, ending: Ending, occasion: Occasion) {
  await page.evaluate(
    (armed) => {
      globalThis.traps.armed = armed;
    },
    { ending, occasion },
  );
}

/** How many instances the page has made. */
export function instances(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.traps.instances);
}

/** Runs in the page, before all its scripts. */
function watch() {
  if (window !== window.top || !location.host.startsWith("desk.")) return;
  const traps: Traps = { instances: 0 };
  Object.assign(globalThis, { traps });

  let inTimer = false;
  for (const set of ["setTimeout", "setInterval"] as const) {
    const begin = globalThis[set] as (...args: unknown[]) => number;
    (globalThis as any)[set] = (run: unknown, ...rest: unknown[]) =>
      begin(
        typeof run !== "function"
          ? run
          : (...args: unknown[]) => {
              inTimer = true;
              try {
                return run(...args);
              } finally {
                inTimer = false;
              }
            },
        ...rest,
      );
  }

  const endings: Record<Ending, (exports: any) => void> = {
    trap: (exports) => exports.__wbindgen_malloc(-1, 1),
    // A phone whose every word is -1: to a `RefCell`, that is a borrow that has not ended.
    panic(exports) {
      const bytes = 1 << 14;
      const driver = exports.__wbindgen_malloc(bytes, 8);
      const handle = exports.__wbindgen_malloc(64, 8);
      const words = new Int32Array(exports.memory.buffer);
      words.fill(-1, driver / 4, (driver + bytes) / 4);
      words.set([1, 1, 0, driver], handle / 4);
      exports.softphone_agent(handle + 8);
    },
    foreign() {
      throw new TypeError("something private");
    },
  };

  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (async (module: any, imports: any) => {
    let exports: any;
    const trapdoor =
      (enter: (...args: unknown[]) => unknown) =>
      (...args: unknown[]) => {
        const { armed } = traps;
        if (exports && armed && (armed.occasion === "now" || inTimer)) {
          traps.armed = undefined;
          endings[armed.ending](exports);
        }
        return enter(...args);
      };
    const doors = Object.entries(imports).map(([from, functions]) => [
      from,
      Object.fromEntries(
        Object.entries(functions as object).map(([name, it]) => [
          name,
          // The way that a panic itself takes out.
          typeof it === "function" && !/panicked/.test(name)
            ? trapdoor(it)
            : it,
        ]),
      ),
    ]);
    const instance = (await instantiate(
      module,
      Object.fromEntries(doors),
    )) as unknown as WebAssembly.Instance;
    ({ exports } = instance);
    traps.instances += 1;
    return instance;
  }) as typeof WebAssembly.instantiate;
}
