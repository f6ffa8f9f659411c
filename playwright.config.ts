import { defineConfig } from "@playwright/test";

/** The test server's port and data directory, separate from a developer's. */
export const PORT = Number(process.env.QUICKSAND_E2E_PORT || 3917);
const DATA_DIR = ".cache/e2e-data";

export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Browser, server and sandboxes share two processors.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // See e2e/sample.ts.
  ...(process.env.QUICKSAND_TEST_ALL ? {} : { grepInvert: /@all/ }),
  use: {
    baseURL: `http://localhost:${PORT}`,
    // Without a film and the documents of every step: they take a processor that the server and its programs need. In CI, from which nobody
    // fetches it, without the rest of it too, which is a tenth of the time.
    trace: process.env.CI ? "off" : { mode: "retain-on-failure", screenshots: false, snapshots: false },
    // A test cannot intercept what a service worker asks for; e2e/phone.spec.ts lets it be.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      // Chromium's own sandbox does not work for root; the pages it opens here are ours.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  webServer: {
    // The Node that runs the tests runs the server.
    command: `"${process.execPath}" bin/start.mjs`,
    url: `http://localhost:${PORT}/api/health`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    env: {
      PORT: String(PORT),
      QUICKSAND_DATA_DIR: DATA_DIR,
      QUICKSAND_LOG_LEVEL: "warn",
      QUICKSAND_PLANS: JSON.stringify({
        guest: { runsPerDay: 10_000, runsPerMinute: 10_000, requestsPerMinute: 10_000, parallelRuns: 20 },
      }),
    },
  },
});
