// @ts-check
import evaluate from "connect-softphone/glue";
import * as error from "connect-softphone/error";
import { crashed } from "./errors.js";
import { compile } from "connect-softphone/module/compile";

/**
 * An instance of the wasm, and the one guard around it: whatever enters it goes through `#entering`, whatever leaves it
 * through `#leaving`.
 *
 * A trap leaves Rust's state as it was in the middle of its work, and so does an exception of a web API or of the host that
 * passes through it: wasm built with panic=abort catches nothing. So either ends the instance. From then on nothing enters it
 * any more, late timers, events and callbacks included, and what it still has on the stack is unwound. The next softphone gets
 * an instance of its own, with its own copy of the JavaScript around it: closures of the dead one never meet its memory.
 *
 * wasm-bindgen has an abort handler and a re-initialisation for this (`--force-enable-abort-handler`, `schedule_reinit`). They
 * need exception handling with exnref in the browser, cost 1.5 kB, throw "Module terminated" out of every late event, and
 * keep one copy of the JavaScript for all instances.
 */
export class Instance {
  /** What ended it. @type {error.SoftphoneError | undefined} */
  crash;
  /** Where, in words that hold nothing private. */
  place = "";
  /** Called when it ends, perhaps from deep inside it. @type {Set<() => void>} */
  watchers = new Set();
  #glue;

  constructor() {
    this.#glue = evaluate(
      {
        // wasm-bindgen asks whether it got an instance alone.
        Instance: WebAssembly.Instance,
        instantiate: async (
          /** @type {WebAssembly.Module} */ module,
          /** @type {Record<string, any>} */ imports,
        ) => {
          const guarded = Object.entries(imports).map(([name, functions]) => [
            name,
            each(functions, (it) => this.#leaving(it)),
          ]);
          const instance = await WebAssembly.instantiate(
            module,
            Object.fromEntries(guarded),
          );
          const exports = each(instance.exports, (it) => this.#entering(it));
          return { instance: { exports }, module };
        },
      },
      () => error,
    );
  }

  /** @param {WebAssembly.Module} module */
  async start(module) {
    await this.#glue.load({ module_or_path: module });
    if (this.crash) throw this.crash;
    return this;
  }

  /**
   * What `open` of src/api.rs returns; rejected when the instance ends meanwhile.
   *
   * @param {unknown} container
   * @param {unknown} config
   * @param {boolean} wasThere
   * @returns {Promise<any>}
   */
  open(container, config, wasThere) {
    wreck?.giveAllBack();
    let crash = () => {};
    return new Promise((resolve, reject) => {
      this.watchers.add((crash = () => reject(this.crash)));
      this.#glue.open(container, config, wasThere).then(resolve, reject);
    }).finally(() => this.watchers.delete(crash));
  }

  /**
   * Gives back what it holds of the browser.
   *
   * @param {string} [sentence] for the agent, where the phone was
   * @returns {boolean} whether it still held anything
   */
  giveAllBack(sentence) {
    const held = wreck === this;
    if (sentence === undefined && held) wreck = undefined;
    this.#glue.giveAllBack(sentence);
    return held;
  }

  /** @param {(...args: unknown[]) => unknown} enter */
  #entering(enter) {
    return (/** @type {unknown[]} */ ...args) => {
      if (this.crash) return;
      try {
        return enter(...args);
      } catch (cause) {
        this.#end(cause);
      }
    };
  }

  /** @param {(...args: unknown[]) => unknown} leave */
  #leaving(leave) {
    return (/** @type {unknown[]} */ ...args) => {
      const result = leave(...args);
      if (this.crash) throw this.crash; // Deeper in the stack, before it could come back.
      return result;
    };
  }

  /** @param {unknown} cause */
  #end(cause) {
    if (this.crash) return;
    const crash = (this.crash = crashed(cause));
    this.place = placeOf(cause, this.#glue.Panic);
    wreck = this;
    running = undefined;
    this.giveAllBack(crash.message);
    for (const tell of this.watchers) tell();
  }
}

/**
 * The instance that runs, loaded if need be.
 *
 * @returns {Promise<Instance>}
 */
export function run() {
  running ??= start().catch((error) => {
    running = compiled = undefined; // The next call tries again.
    throw error;
  });
  return running;
}

/** @type {Promise<Instance> | undefined} */
let running;
/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;
/** The instance that ended last, while the agent is still told so. @type {Instance | undefined} */
let wreck;

async function start() {
  const module = (compiled ??= compile());
  const instance = new Instance(); // While the wasm is on its way.
  return instance.start(await module);
}

/**
 * @param {Record<string, any>} object
 * @param {(it: (...args: unknown[]) => unknown) => unknown} wrap for its functions
 */
function each(object, wrap) {
  return Object.fromEntries(
    Object.entries(object).map(([name, it]) => [
      name,
      typeof it === "function" ? wrap(it) : it,
    ]),
  );
}

/**
 * A panic knows its place in the source, and an engine says what trapped. What others threw may say anything, so only its
 * name is told.
 *
 * @param {any} cause
 * @param {new (message: string) => Error} Panic
 */
function placeOf(cause, Panic) {
  try {
    if (cause instanceof Panic) return String(cause.message);
    const { name, message } = cause;
    if (
      cause instanceof WebAssembly.RuntimeError ||
      cause instanceof RangeError
    )
      return `${name}: ${message}`;
    return /^\w{1,40}$/.test(name)
      ? `${name}, thrown into the module`
      : FOREIGN;
  } catch {
    return FOREIGN;
  }
}

const FOREIGN = "something else was thrown into the module";
