import { deleteBoard, deviceBoard, keysOf, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'

const widgets = [
  {
    ...{ title: 'Course', fqn: 'system.time_series_chart', type: 'timeseries' },
    at: { row: 0, col: 0, sizeX: 12, sizeY: 8 },
    config: { datasources: [keysOf('device', ['a'])], settings: { legendConfig: { showLatest: true } } },
  },
  {
    ...{ title: 'Ranges', fqn: 'system.range_chart', type: 'timeseries' },
    at: { row: 8, col: 0, sizeX: 12, sizeY: 8 },
    config: { datasources: [keysOf('device', ['a'])], settings: { rangeColors: [] } },
  },
]

test('a chart gets axes, thresholds, states and ranges by its forms', async ({ tenantPage: page, device, runtime }) => {
  await postTelemetry(runtime.httpUrl, device.token, { a: 21.5 })
  const id = await saveBoard(page, deviceBoard(`Charts ${device.name}`, device.id, widgets))
  await page.goto(`/dashboards/${id}/edit`)
  const list = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const panel = page.getByRole('complementary', { name: 'Widget', exact: true })
  const chart = page.locator('[data-cell]', { has: page.getByRole('option', { name: 'Course', exact: true }) })
  const appearance = async (title: string) => {
    await list.getByRole('option', { name: title, exact: true }).click({ position: { x: 30, y: 12 } })
    await panel.getByRole('tab', { name: 'Appearance' }).click()
  }
  await appearance('Course')

  await test.step('a second axis, with a title and an end', async () => {
    await panel.getByRole('button', { name: 'Add an axis' }).click()
    const axes = panel.getByRole('group', { name: 'Value axes' })
    await axes.getByText('Axis 2').click()
    await axes.getByLabel('Title', { exact: true }).last().fill('Limit')
    await expect(axes.getByText('Limit').first()).toBeVisible()
  })

  await test.step('a threshold begins at what is shown, stands on it, and refuses what is no number', async () => {
    await expect(chart).toContainText('21.5')
    await panel.getByRole('button', { name: 'Add a threshold' }).click()
    const threshold = panel.getByRole('group', { name: 'Threshold 1' })
    const number = threshold.getByRole('textbox', { name: 'Number' })
    await expect(number).toHaveValue('21.5')
    await number.fill('ninety')
    await expect(number).toHaveAttribute('aria-invalid', 'true')
    await number.fill('90')
    await threshold.getByLabel('Axis').selectOption({ index: 1 })
  })

  await test.step('a state is seen in the place of the value', async () => {
    await expect(chart).toContainText('21.5')
    await panel.getByRole('button', { name: 'Add a state' }).click()
    const state = panel.getByRole('group', { name: 'State 1' })
    await state.getByLabel('Shown as').fill('Warm')
    await state.getByLabel('Which values').selectOption('range')
    await state.getByLabel('From', { exact: true }).fill('20')
    await state.getByLabel('Up to, without').fill('25')
    await expect(chart).toContainText('Warm')
  })

  await test.step('a range is seen in the legend', async () => {
    await panel.getByRole('button', { name: 'Close' }).click()
    await appearance('Ranges')
    await panel.getByText('Ranges', { exact: true }).first().click()
    const colors = panel.getByRole('group', { name: 'Ranges', exact: true })
    await colors.getByRole('button', { name: /^Add/ }).click()
    await colors.getByLabel('Up to, without').first().fill('33')
    const ranges = page.locator('[data-cell]', { has: page.getByRole('option', { name: 'Ranges', exact: true }) })
    await expect(ranges).toContainText('33')
    await expectAccessible(page, { part: 'aside[aria-label="Widget"]' })
  })

  await test.step('all of it is published as other programs read it', async () => {
    await panel.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByText('Draft saved')).toBeAttached()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const stored = await (await page.request.get(`/api/dashboard/${id}`)).json()
    const settings = Object.values<{ config: { title: string; settings: object } }>(stored.configuration.widgets).find(
      ({ config }) => config.title === 'Course',
    )?.config.settings
    expect(settings).toMatchObject({
      yAxes: { axis2: { label: 'Limit' } },
      thresholds: [{ value: 90, yAxisId: 'axis2' }],
      states: [{ label: 'Warm', sourceRangeFrom: 20, sourceRangeTo: 25 }],
    })
  })

  await test.step('on a phone the same forms fit', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Edit Course', exact: true }).click()
    await panel.getByRole('tab', { name: 'Appearance' }).click()
    await expect(panel.getByRole('group', { name: 'Threshold 1' })).toBeAttached()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page, { part: 'aside[aria-label="Widget"]' })
  })
  await deleteBoard(page, id)
})
