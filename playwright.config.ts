import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import type { Options } from "./tests/browser/support/fixtures.js";

const FIREFOX = /firefox\.spec\.ts$/;
const LONG = /(streams-way|tabs)\.spec\.ts$/;

// tests/browser/support/browsers.ts starts the browsers: each worker process has its own, and each test a context in one of them.
export default defineConfig<Options>({
  testDir: "tests/browser",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // More than there are cores: a test waits for half of its time.
  workers: 2 * availableParallelism(),
  // Generous, for a machine that does other work as well: only a test that fails takes so long.
  timeout: 120_000,
  expect: { timeout: 40_000 },
  reporter: [["list"]],
  // What waits for long comes first: at the end, nothing would run beside it.
  projects: [
    { name: "long", testMatch: LONG },
    { name: "firefox", testMatch: FIREFOX, use: { engine: "firefox" } },
    { name: "other", testIgnore: [LONG, FIREFOX] },
  ],
});
