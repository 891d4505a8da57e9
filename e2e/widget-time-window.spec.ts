import { deleteBoard, deviceBoard, keysOf, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('the time window is live or past, a calendar period or between two moments, and a part of a chart', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  test.slow()
  const now = Date.now()
  for (const minutes of [50, 40, 30, 20, 10, 2]) {
    await postTelemetry(runtime.httpUrl, device.token, { ts: now - minutes * 60_000, values: { level: 100 + minutes } })
  }
  const id = await saveBoard(
    page,
    deviceBoard(`Window ${device.name}`, device.id, [
      {
        fqn: 'system.time_series_chart',
        type: 'timeseries',
        title: 'Level over time',
        at: { row: 0, col: 0, sizeX: 24, sizeY: 10 },
        config: { datasources: [keysOf('device', ['level'])] },
      },
    ]),
  )
  await page.goto(`/dashboards/${id}`)
  const chart = page.getByRole('region', { name: 'Level over time' })
  const drawing = chart.getByRole('img').first()
  const picker = page.getByRole('button', { name: /^Time window/ })
  const panel = page.getByRole('dialog', { name: 'Time window' })
  await expect(drawing).toHaveAttribute('aria-label', /102/)

  await test.step('of what is past, not only of what comes', async () => {
    await picker.click()
    await panel.getByText('Past', { exact: true }).click()
    await panel.getByRole('button', { name: '30 minutes', exact: true }).click()
    await expect(page).toHaveURL(/[?&]w=/)
    const past = page.url()
    await postTelemetry(runtime.httpUrl, device.token, { level: 555 })
    await page.reload()
    expect(page.url()).toBe(past)
    await expect(drawing).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('a period of the calendar', async () => {
    await picker.click()
    await panel.getByRole('combobox', { name: 'Calendar' }).selectOption('CURRENT_DAY')
    await expect(picker).toHaveAccessibleName(/Today/)
    await page.keyboard.press('Escape')
  })

  await test.step('between two moments, of which the first is the earlier', async () => {
    await picker.click()
    const [from, to] = [panel.getByLabel('From'), panel.getByLabel('To')]
    const [start, end] = await page.evaluate((ts) => {
      const local = (ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
      return [local(ts - 45 * 60_000), local(ts - 15 * 60_000)]
    }, now)
    await from.fill(end ?? '')
    await to.fill(start ?? '')
    await expect(panel.getByText('The end must be after the start')).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Apply' })).toBeDisabled()
    await from.fill(start ?? '')
    await to.fill(end ?? '')
    await panel.getByRole('button', { name: 'Apply' }).click()
    await expect(drawing).toHaveAttribute('aria-label', /120/)
    await page.keyboard.press('Escape')
  })

  await test.step('a part of the chart is looked at by dragging over it, and back again', async () => {
    const box = await drawing.boundingBox()
    if (!box) throw new Error('The chart is not there.')
    const y = box.y + box.height / 2
    const before = page.url()
    await page.mouse.move(box.x + box.width * 0.35, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.7, y, { steps: 12 })
    await page.mouse.up()
    const back = page.getByRole('button', { name: /Back to the whole time window|Zoomed in/ }).first()
    await expect(back).toBeVisible()
    await back.click()
    await expect(back).toBeHidden()
    expect(page.url()).toBe(before)
  })

  await test.step('as the dashboard has it', async () => {
    await picker.click()
    await panel.getByRole('button', { name: 'As the dashboard has it' }).click()
    await expect(page).not.toHaveURL(/[?&]w=/)
  })

  await deleteBoard(page, id)
})
