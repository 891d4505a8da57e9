import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'
import type { Platform } from './platform.ts'

/** Each with a widget that has values as soon as the devices send. */
const boards = [
  { title: 'Fleet', widget: 'Vans', value: /-?\d+\.\d\s*°C/ },
  { title: 'Energy', widget: 'Power now', value: /\d+\.\d\s*kW/ },
  { title: 'Alarm centre', widget: 'Alarms', value: /Severity/ },
  { title: 'Rule engine', widget: 'Rule chains', value: /Root Rule Chain/ },
]

const open = async (page: Page, title: string) => {
  await page.goto('/dashboards')
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click()
  await expect(page).toHaveURL(/\/dashboards\/[0-9a-f-]{36}/)
}

/** The first page of a journey also loads the code of its widgets. */
const firstData = { timeout: 30_000 }

/** Brings all tiles into sight, one after the other: what is out of sight is not drawn. */
const walkThrough = async (page: Page) => {
  const tiles = page.getByRole('main').getByRole('region')
  await expect(tiles.first()).toBeVisible()
  for (const tile of await tiles.all()) {
    // A board that has just become that of a phone makes its tiles anew.
    await expect(() => tile.scrollIntoViewIfNeeded({ timeout: 5_000 })).toPass({ timeout: 30_000 })
    await expect(tile.locator('[aria-busy=true]')).toHaveCount(0)
  }
}

const expectWell = async (page: Page) => {
  await walkThrough(page)
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  await expectNoSidewaysScroll(page)
}

test.describe('the dashboards of the demo tenant', () => {
  for (const { title, widget, value } of boards) {
    test(`${title} opens whole, on a desk and on a phone`, async ({ tenantPage: page }) => {
      test.slow()
      await open(page, title)
      const tile = page.getByRole('region', { name: widget, exact: true })
      await expect(tile).toContainText(value, firstData)
      await expectWell(page)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await expectWell(page)
      await expect(tile).toContainText(value)
    })
  }

  test('move with what the devices send', async ({ tenantPage: page }) => {
    await open(page, 'Energy')
    const power = page.getByRole('region', { name: 'Power now' })
    await expect(power).toContainText('kW', firstData)
    const before = await power.innerText()
    await expect.poll(() => power.innerText(), { timeout: 60_000 }).not.toBe(before)
  })

  test('a row of the fleet leads to the device, whose slider and switch move it', async ({
    tenantPage: page,
    platform,
  }) => {
    test.slow()
    const pump = await idOf(platform, 'Pump 02')
    await open(page, 'Fleet')
    await page.getByRole('region', { name: 'Pump stations' }).getByText('Pump 02').click()
    await expect(page.getByRole('main')).toContainText('Speed of the pump')
    await expectWell(page)

    const slider = page.getByRole('region', { name: 'Speed of the pump' }).getByRole('slider')
    const wanted = Number(await slider.getAttribute('aria-valuenow')) === 60 ? 62 : 60
    await expect(async () => {
      const now = Number(await slider.getAttribute('aria-valuenow'))
      await slider.press(now < wanted ? 'ArrowRight' : 'ArrowLeft')
      expect(await slider.getAttribute('aria-valuenow')).toBe(String(wanted))
    }).toPass({ intervals: [50], timeout: 60_000 })
    await expect.poll(() => platform.clientAttribute(pump, 'speed'), { timeout: 20_000 }).toBe(wanted)

    const toggle = page.getByRole('region', { name: 'Pump', exact: true }).getByRole('switch')
    for (const isOn of [false, true]) {
      await toggle.click()
      await expect.poll(() => platform.clientAttribute(pump, 'pump'), { timeout: 20_000 }).toBe(isOn)
      await expect(toggle).toHaveAttribute('aria-checked', String(isOn))
    }
    await page.goBack()
    await expect(page.getByRole('region', { name: 'Pump stations' })).toBeVisible()
  })

  test('a user of the customer sees those that were shared, and only the own devices there', async ({
    customerPage: page,
  }) => {
    await page.goto('/dashboards')
    const list = page.getByRole('main')
    await expect(list.getByRole('link', { name: 'Fleet', exact: true })).toBeVisible()
    for (const title of ['Alarm centre', 'Rule engine'])
      await expect(list.getByRole('link', { name: title, exact: true })).toHaveCount(0)
    await list.getByRole('link', { name: 'Fleet', exact: true }).click()
    const rows = (name: string) => page.getByRole('region', { name, exact: true }).getByRole('row')
    await expect(rows('Vans').filter({ hasText: 'Van 01' })).toBeVisible(firstData)
    await expect(rows('Vans').filter({ hasText: /Van 0[23]/ })).toHaveCount(0)
    await expect(rows('Rooms').filter({ hasText: /Thermostat 0[12]/ })).toHaveCount(2)
    await expect(rows('Rooms').filter({ hasText: /Thermostat 0[345]/ })).toHaveCount(0)
    await expectWell(page)
  })
})

const idOf = async (platform: Platform, name: string): Promise<string> => {
  const { data } = await platform.findDevices(name)
  const id = data[0]?.id.id
  if (!id) throw new Error(`The demo tenant has no ${name}`)
  return id
}
