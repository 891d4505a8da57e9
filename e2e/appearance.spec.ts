import type { Page } from '@playwright/test'
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  expectNoSidewaysScroll,
  signInByRequest,
  test,
} from './fixtures.ts'
import { accounts } from './platform.ts'

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

const openThermostatProfile = async (page: Page, tab: string) => {
  await page.goto('/device-profiles')
  await page.getByRole('main').getByRole('link', { name: 'thermostat' }).click()
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
  alarms: async (page) => {
    await page.goto('/alarms?state=any')
    await expect(page.getByRole('main')).toContainText(/No alarms|Originator/)
  },
  'alarm rules': async (page) => {
    await page.goto('/alarm-rules')
    await expect(page.getByRole('main')).toContainText(/No alarm rules yet|Severities/)
  },
  'new alarm rule': async (page) => {
    await page.goto('/alarm-rules/new')
    await page.getByText('Script', { exact: true }).click()
    await page.getByRole('switch', { name: 'Clear it by a condition' }).click()
    await expect(page.getByRole('main').getByLabel('When it counts')).toHaveCount(2)
  },
  'device overview': async (page) => {
    await openThermostat(page, 'Overview')
    await expect(page.getByRole('tabpanel')).toContainText('temperature')
  },
  'device alarms': async (page) => {
    await openThermostat(page, 'Alarms')
    await expect(page.getByRole('tabpanel')).toContainText(/No active alarms|Originator/)
  },
  'device alarm rules': async (page) => {
    await openThermostat(page, 'Alarm rules')
    await expect(page.getByRole('tabpanel')).toContainText('Add rule')
  },
  'device connect': async (page) => {
    await openThermostat(page, 'Connect')
    await expect(page.getByRole('tabpanel')).toContainText('THERMOSTAT_01_TOKEN')
  },
  'device settings': async (page) => {
    await openThermostat(page, 'Settings')
    await expect(page.getByLabel('Inactive after')).toBeVisible()
  },
  'device profiles': async (page) => {
    await page.goto('/device-profiles')
    await expect(page.getByRole('table')).toContainText('thermostat')
  },
  'new device profile': async (page) => {
    await page.goto('/device-profiles?add=true')
    await expect(page.getByRole('dialog')).toContainText('Transport')
  },
  'device profile': async (page) => {
    await openThermostatProfile(page, 'General')
    await expect(page.getByLabel('Rule chain')).toBeVisible()
  },
  'device profile transport': async (page) => {
    await openThermostatProfile(page, 'Transport')
    await page.getByLabel('Transport type').selectOption('MQTT')
    await page.getByLabel('Telemetry topic filter').fill('a/#/b')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('tabpanel').getByRole('alert')).toBeVisible()
  },
  'device profile alarm rules': async (page) => {
    await openThermostatProfile(page, 'Alarm rules (older)')
    await page.getByRole('button', { name: 'Add rule' }).click()
    await page.getByRole('switch', { name: 'Clear it by a condition' }).click()
    await page.getByLabel('When it counts').first().selectOption({ label: 'By a timetable' })
    await expect(page.getByRole('dialog')).toContainText('Wednesday')
  },
  'device profile provisioning': async (page) => {
    await openThermostatProfile(page, 'Provisioning')
    await page.getByLabel('Strategy').selectOption('ALLOW_CREATE_NEW_DEVICES')
    await expect(page.getByLabel('Provision key', { exact: true })).toHaveValue(/.{20}/)
  },
  'device profile certificates': async (page) => {
    await openThermostatProfile(page, 'Provisioning')
    await page.getByLabel('Strategy').selectOption('X509_CERTIFICATE_CHAIN')
    await expect(page.getByLabel('Certificate (PEM)')).toBeVisible()
  },
  'device profile topic space': async (page) => {
    await openThermostatProfile(page, 'Topic space')
    await page.getByRole('switch', { name: 'Open the topic space' }).click()
    await expect(page.getByLabel('May publish')).toBeVisible()
  },
  'OTA packages': async (page) => {
    await page.goto('/ota-packages')
    await expect(page.getByRole('main')).toContainText(/No packages yet|Checksum/)
  },
  'new OTA package': async (page) => {
    await page.goto('/ota-packages?add=true')
    await expect(page.getByRole('dialog')).toContainText('Checksum')
  },
  dashboard: openDashboard,
  'rule chain': openRootChain,
  'rule node': async (page) => {
    await openRootChain(page)
    await page.getByRole('group', { name: /^Save Timeseries, / }).click()
    await expect(page.getByRole('complementary').getByLabel('Processing')).toBeVisible()
  },
  ledger: async (page) => {
    await page.goto('/ledger')
    await expect(page.getByRole('main')).toContainText('Accepted')
  },
}

for (const [name, open] of Object.entries(pages)) {
  test(`${name}: accessible in light and dark, and not wider than a phone`, async ({ tenantPage: page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await open(page)
    await expectAccessibleInBoth(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
  })
}

test('on a phone each page opens, and the menu leads to others', async ({ tenantPage: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await pages.dashboard?.(page)
  await expectNoSidewaysScroll(page)
  await page.goto('/')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Dashboards' }).click()
  await expect(page).toHaveURL(/\/dashboards$/)
})

test('the page of a gateway and the list of a customer are accessible, and fit a phone', async ({ page, platform }) => {
  const gateway = await platform.createDevice(`Journey gateway ${Date.now()}`, { gateway: true })
  try {
    await signInByRequest(page, accounts.tenant)
    await page.goto(`/devices/${gateway.id}?tab=children`)
    await expect(page.getByRole('tabpanel')).toContainText('No device came by this gateway yet')
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
    await signInByRequest(page, accounts.customer)
    await page.goto('/devices?claim=true')
    await expect(page.getByRole('dialog')).toContainText('Secret key')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  } finally {
    await platform.deleteDevice(gateway.id)
  }
})

test('the sign-in page is accessible and shows the demo accounts', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByText('tenant@thingwire.local')).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
})
