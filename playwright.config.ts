import { defineConfig, devices } from '@playwright/test'

const use = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } }
const lookers = [
  '**/appearance.spec.ts',
  '**/dashboard-states.spec.ts',
  '**/demo-dashboards.spec.ts',
  '**/gallery.spec.ts',
  '**/launcher.spec.ts',
]

/**
 * Journeys run against the composed stack: `e2e/stack.ts` starts the product's own launcher on free ports and an empty
 * data folder before the first test and stops it after the last.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/stack.ts',
  outputDir: 'test-results',
  // One for each project; they share one stack, and take turns where a journey needs it for itself.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    // Without pictures of each action, which cost more than all else; the pages themselves are kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use, workers: 1, testIgnore: lookers },
    // Journeys that only look, or have a stack of their own, beside those that change things.
    { name: 'beside', use, workers: 1, testMatch: lookers },
  ],
})
