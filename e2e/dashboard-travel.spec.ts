import { deleteBoard, saveBoard } from './boards.ts'
import { connectDevice } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const minute = 60_000

test('a dashboard is shown as it was at any moment of its window, can be shared so, played, and brought back to now', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  const client = await connectDevice(runtime.mqttUrl, device.token)
  const now = Date.now()
  for (const [ago, level] of [
    [40, 11],
    [20, 22],
    [1, 33],
  ] as const)
    await client.publish({ ts: now - ago * minute, values: { level } })
  const alarm = { type: 'Leak', severity: 'MAJOR', originator: { entityType: 'DEVICE', id: device.id } }
  const made = await page.request.post('/api/alarm', {
    data: alarm,
    headers: { origin: new URL(runtime.httpUrl).origin },
  })
  expect(made.ok(), await made.text()).toBe(true)
  const id = await saveBoard(page, boardOf(`Past of ${device.name}`, device.id))
  const card = page.getByRole('region', { name: 'Level' })
  const alarms = page.getByRole('region', { name: 'Alarms' })
  const slider = page.getByRole('slider', { name: 'Moment' })
  /** To a share of the window of an hour. */
  const goTo = async (share: number) => {
    const box = await slider.boundingBox()
    if (!box) throw new Error('There is no handle.')
    await page.mouse.click(box.x + box.width * share, box.y + box.height / 2)
  }

  await test.step('values and alarms are those of the moment', async () => {
    await page.goto(`/dashboards/${id}`)
    await expect(card).toContainText('33')
    await expect(alarms).toContainText('Leak')
    await page.getByRole('button', { name: 'More of this dashboard' }).click()
    await page.getByRole('menuitem', { name: 'Time travel' }).click()
    await goTo(0.5)
    await expect(card).toContainText('11')
    await expect(alarms).not.toContainText('Leak')
    await expect(page.getByText(/^Viewing/)).toBeVisible()
    await goTo(0.8)
    await expect(card).toContainText('22')
    await expectAccessible(page)
  })

  await test.step('nothing is commanded from the past, and attributes say that they are of now', async () => {
    await expect(page.getByRole('region', { name: 'Switch' }).locator('[inert]')).toHaveCount(1)
    await expect(page.getByRole('img', { name: /Attributes have no history/ })).toBeVisible()
  })

  await test.step('the address leads to the same moment', async () => {
    await expect(page).toHaveURL(/[?&]at=\d+~\d+~\d+/)
    await page.reload()
    await expect(card).toContainText('22')
    await slider.focus()
    await page.keyboard.press('Home')
    await expect(card).not.toContainText('22')
    await page.keyboard.press('End')
    await expect(card).toContainText('33')
  })

  await test.step('it is played through to the end', async () => {
    await goTo(0.5)
    await expect(card).toContainText('11')
    await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '300×' })
    await page.getByRole('button', { name: 'Play' }).click()
    await expect(card).toContainText('22')
    await expect(card).toContainText('33')
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  })

  await test.step('what comes in meanwhile is shown once the board is live again', async () => {
    await client.publish({ level: 44 })
    await expect(card).toContainText('33')
    await page.getByRole('button', { name: 'Back to live' }).click()
    await expect(card).toContainText('44')
    await expect(slider).toHaveCount(0)
    await expect(page).not.toHaveURL(/at=/)
  })

  await client.close()
  await deleteBoard(page, id)
})

const source = (dataKeys: readonly object[]) => ({ type: 'entity', name: '', entityAliasId: 'one', dataKeys })
const key = (name: string, type = 'timeseries') => ({ name, type, label: name, settings: {}, decimals: 0 })

const boardOf = (title: string, deviceId: string) => ({
  title,
  configuration: {
    widgets: {
      card: {
        ...{ typeFullFqn: 'system.cards.value_card', type: 'latest' },
        config: { title: 'Level', showTitle: true, datasources: [source([key('level')])], settings: {} },
      },
      alarms: {
        ...{ typeFullFqn: 'system.alarm_widgets.alarms_table', type: 'alarm' },
        config: {
          ...{ title: 'Alarms', showTitle: true, useDashboardTimewindow: true, settings: {} },
          alarmSource: source([key('type', 'alarm'), key('status', 'alarm')]),
        },
      },
      control: {
        ...{ typeFullFqn: 'system.single_switch', type: 'rpc' },
        config: {
          ...{ title: 'Switch', showTitle: true, settings: {} },
          targetDevice: { type: 'entity', entityAliasId: 'one' },
        },
      },
      table: {
        ...{ typeFullFqn: 'system.cards.entities_table', type: 'latest' },
        config: {
          ...{ title: 'Table', showTitle: true, settings: {} },
          datasources: [source([key('level'), key('active', 'attribute')])],
        },
      },
    },
    states: {
      default: {
        ...{ name: title, root: true },
        layouts: {
          main: {
            gridSettings: { columns: 24, margin: 10, outerMargin: true },
            widgets: {
              card: { col: 0, row: 0, sizeX: 8, sizeY: 4 },
              alarms: { col: 8, row: 0, sizeX: 16, sizeY: 6 },
              control: { col: 0, row: 4, sizeX: 8, sizeY: 3 },
              table: { col: 0, row: 7, sizeX: 12, sizeY: 4 },
            },
          },
        },
      },
    },
    entityAliases: {
      one: {
        ...{ id: 'one', alias: 'One' },
        filter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: deviceId }, resolveMultiple: false },
      },
    },
    ...{ filters: {}, settings: {} },
    timewindow: { realtime: { timewindowMs: 60 * minute } },
  },
})
