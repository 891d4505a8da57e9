import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'

/** Opens the demo dashboard and waits until it shows values. */
const openDashboard = async (page: Page) => {
  await page.goto('/dashboards')
  await page.getByRole('main').getByRole('link', { name: 'Thermostats' }).click()
  await expect(page.getByRole('region', { name: 'Thermostat 01: temperature' })).toContainText('°C')
}

const openRootChain = async (page: Page) => {
  await page.goto('/rule-chains')
  await page.getByRole('main').getByRole('link', { name: 'Root Rule Chain' }).click()
  await expect(page.getByText('Save Timeseries')).toBeVisible()
}

const openThermostat = async (page: Page, tab: string) => {
  await page.goto('/devices?q=Thermostat%2001')
  await page.getByRole('main').getByRole('link', { name: 'Thermostat 01' }).click()
  await page.getByRole('tab', { name: tab }).click()
  await expect(page.getByRole('tabpanel')).toBeVisible()
}

const pages: Record<string, (page: Page) => Promise<void>> = {
  home: async (page) => {
    await page.goto('/')
    await expect(page.getByRole('main')).toContainText('Thermostat')
  },
  'device list': async (page) => {
    await page.goto('/devices')
    await expect(page.getByRole('table')).toContainText('Thermostat 01')
  },
  'device overview': async (page) => {
    await openThermostat(page, 'Overview')
    await expect(page.getByRole('tabpanel')).toContainText('temperature')
  },
  'device connect': async (page) => {
    await openThermostat(page, 'Connect')
    await expect(page.getByRole('tabpanel')).toContainText('THERMOSTAT_01_TOKEN')
  },
  dashboard: openDashboard,
  'rule chain': openRootChain,
  ledger: async (page) => {
    await page.goto('/ledger')
    await expect(page.getByRole('main')).toContainText('Accepted')
  },
}

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible in the ${theme} theme`, async ({ tenantPage: page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.addInitScript((value) => localStorage.setItem('theme', value), theme)
    for (const [name, open] of Object.entries(pages)) {
      await test.step(name, async () => {
        await open(page)
        const scheme = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
        expect(scheme).toContain(theme)
        await expectAccessible(page)
      })
    }
  })
}

test('on a phone nothing is wider than the screen, and the menu opens', async ({ tenantPage: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, open] of Object.entries(pages)) {
    await test.step(name, async () => {
      await open(page)
      await expectNoSidewaysScroll(page)
    })
  }
  await page.goto('/')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Dashboards' }).click()
  await expect(page).toHaveURL(/\/dashboards$/)
})

test('the sign-in page is accessible and shows the demo accounts', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByText('tenant@thingwire.local')).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
})
