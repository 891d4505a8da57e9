import { expect, test } from './fixtures.ts'

test('the demo dashboard moves by itself, and its time window is in the address', async ({ tenantPage: page }) => {
  await page.goto('/dashboards')
  await page.getByRole('main').getByRole('link', { name: 'Thermostats', exact: true }).click()
  await expect(page).toHaveURL(/\/dashboards\/[0-9a-f-]{36}/)
  const address = new URL(page.url()).pathname
  const chart = page.getByRole('region', { name: 'Temperature', exact: true }).getByRole('img')
  const card = page.getByRole('region', { name: 'Thermostat 01: temperature' })

  await test.step('chart, cards and table show the thermostats', async () => {
    await expect(chart).toHaveAttribute('aria-label', /Thermostat 01 -?\d+\.\d °C.*Thermostat 05 -?\d+\.\d °C/)
    await expect(card).toContainText(/-?\d+\.\d\s*°C/)
    await expect(page.getByRole('region', { name: 'Thermostat 01: humidity' })).toContainText(/\d+\s*%/)
    const table = page.getByRole('table')
    for (const n of [1, 2, 3, 4, 5])
      await expect(table.getByRole('row', { name: new RegExp(`Thermostat 0${n} `) })).toBeVisible()
  })

  await test.step('values move without a reload', async () => {
    const [cardBefore, chartBefore] = [await card.innerText(), await chart.getAttribute('aria-label')]
    const before = await chart.screenshot()
    await expect.poll(() => card.innerText(), { timeout: 30_000 }).not.toBe(cardBefore)
    await expect.poll(() => chart.getAttribute('aria-label'), { timeout: 30_000 }).not.toBe(chartBefore)
    await expect.poll(async () => before.equals(await chart.screenshot()), { timeout: 30_000 }).toBe(false)
  })

  await test.step('another time window is another address, which reload and back keep', async () => {
    await page.getByRole('button', { name: /^Time window/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '5 minutes', exact: true }).click()
    await expect(page).toHaveURL(/[?&]w=5m/)
    await expect(page.getByRole('button', { name: /^Time window.*5 minutes/ })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: /^Time window.*5 minutes/ })).toBeVisible()
    await expect(chart).toBeVisible()
    await page.goBack()
    await expect(page).toHaveURL(new RegExp(`${address}$`))
    await expect(page.getByRole('button', { name: /^Time window.*1 hour/ })).toBeVisible()
  })

  await test.step('a row leads to its device', async () => {
    await page.getByRole('table').getByRole('button', { name: 'Thermostat 02' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Thermostat 02' })).toBeAttached()
  })
})
