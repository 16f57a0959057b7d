import { defineConfig } from "@playwright/test";

// The browser is started by tests/browser/support/fixtures.ts: each test has a profile, and so a browser, of its own.
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
