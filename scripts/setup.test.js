import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { differences } from "./packages.js";
import { plain } from "./run.js";
import { pin } from "./rust.js";
import { Missing } from "./install-step.js";

describe("the npm packages are there", () => {
  const linux = { os: "linux", cpu: "x64" };
  const lock = {
    "": { version: "0.1.0" },
    "node_modules/ws": { version: "8.23.0", integrity: "sha512-a" },
    "node_modules/@esbuild/linux-x64": native("linux"),
    "node_modules/@esbuild/darwin-x64": native("darwin"),
  };
  const installed = {
    "node_modules/ws": { version: "8.23.0", integrity: "sha512-a" },
    "node_modules/@esbuild/linux-x64": native("linux"),
  };

  test("when every package that fits this machine is", () => {
    assert.deepEqual(differences(lock, installed, linux), []);
  });

  test("not when one is missing, of another version, or too many", () => {
    const { "node_modules/ws": _, ...missing } = installed;
    const other = { "node_modules/ws": { version: "8.22.0" } };
    const more = { "node_modules/left": { version: "1.0.0" } };
    for (const [found, name] of /** @type {const} */ ([
      [missing, "node_modules/ws"],
      [{ ...installed, ...other }, "node_modules/ws"],
      [{ ...installed, ...more }, "node_modules/left"],
    ]))
      assert.deepEqual(differences(lock, found, linux), [name]);
  });

  test("not when they were installed on another kind of machine", () => {
    const mac = { os: "darwin", cpu: "x64" };
    const name = "node_modules/@esbuild/darwin-x64";
    assert.deepEqual(differences(lock, installed, mac), [name]);
  });
});

describe("a pinned version", () => {
  test("is found in both ways of writing it", () => {
    const manifest = `
wasm-bindgen-test = "0.3"
wasm-bindgen = "=0.2.130"
wasm-bindgen-cli = { default-features = false, version = "=0.2.129" }
`;
    assert.equal(pin(manifest, "wasm-bindgen"), "0.2.130");
    assert.equal(pin(manifest, "wasm-bindgen-cli"), "0.2.129");
  });

  test("must be exact", () => {
    assert.throws(() => pin('wasm-bindgen = "0.2"', "wasm-bindgen"), Missing);
  });
});

test("output is read without its colours", () => {
  assert.equal(
    plain("\u001b[1;32m  3 passed\u001b[39m (1s)"),
    "  3 passed (1s)",
  );
});

/** @param {string} os */
function native(os) {
  return { version: "0.28.2", optional: true, os: [os], cpu: ["x64"] };
}
