import { defineConfig } from "@playwright/test";

// tests/browser/support/browsers.ts starts the browsers: each worker process has its own, and each test a context in one of them.
export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
});
