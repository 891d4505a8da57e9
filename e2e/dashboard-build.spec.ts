import { deleteBoard, saveBoard } from './boards.ts'
import { connectMqtt } from './protocol-device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

/** What a person may need for it. */
const mostActions = 60

test('from an empty dashboard to a chart, a gauge, a map, alarms and a switch with real data in few actions', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  const client = await connectMqtt(runtime.mqttUrl, device.token)
  let isOn = false
  client.on('message', (topic, payload) => {
    const { method, params } = JSON.parse(payload.toString()) as { method: string; params: unknown }
    if (method === 'setState') isOn = params === true
    void client.publishAsync(topic.replace('request', 'response'), JSON.stringify(isOn), { qos: 1 })
  })
  await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 })
  const send = (values: object) => client.publishAsync('v1/devices/me/telemetry', JSON.stringify(values), { qos: 1 })
  const now = Date.now()
  const place = { latitude: 55.67, longitude: 12.57 }
  for (let n = 6; n >= 0; n--) await send({ ts: now - n * 60_000, values: { temperature: 20 + n / 4, ...place } })
  const alarm = { type: 'Too warm', severity: 'MAJOR', originator: { entityType: 'DEVICE', id: device.id } }
  await page.request.post('/api/alarm', { data: alarm, headers: { origin: new URL(runtime.httpUrl).origin } })
  const id = await saveBoard(page, { title: `New ${device.name}`, configuration: {} })
  await page.goto(`/dashboards/${id}`)

  let actions = 0
  /** One press, one key, or one field that is filled: what a person does. */
  const act = async (deed: Promise<unknown>) => {
    actions++
    await deed
  }
  const library = page.getByRole('complementary', { name: 'Add widget' })
  const suggested = library.getByRole('region', { name: 'Suggested for these data' })
  const grid = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const widgets = grid.getByRole('option')
  const suggest = async (why: RegExp, count: number) => {
    await act(suggested.getByRole('button', { name: why }).first().click())
    await expect(widgets).toHaveCount(count)
  }

  await test.step('widgets that suit the data are suggested, drawn from them, and come with the alias', async () => {
    await act(page.getByRole('link', { name: 'Edit', exact: true }).click())
    await act(page.getByRole('button', { name: 'Add widget' }).click())
    await act(library.getByRole('button', { name: /^Device: / }).click())
    await act(page.getByRole('searchbox', { name: 'Search devices' }).fill(device.name))
    await act(page.getByRole('button', { name: new RegExp(`^${device.name}`) }).click())
    await expect(suggested.locator('canvas').first()).toBeVisible()
    await expectAccessible(page)
    await suggest(/How temperature went over time/, 1)
    await suggest(/What the name temperature tells/, 2)
    await suggest(/Where they are/, 3)
    await suggest(/There are alarms/, 4)
  })

  await test.step('what is not suggested is found, and dragged to where it shall stand', async () => {
    await act(library.getByRole('searchbox', { name: 'Search widgets' }).fill('single-switch'))
    const from = await library
      .getByRole('button', { name: /^Switch/ })
      .first()
      .boundingBox()
    const ground = await grid.boundingBox()
    if (!from || !ground) throw new Error('Nothing to drag')
    await act(
      (async () => {
        await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
        await page.mouse.down()
        // The board stands where it shows the alarms.
        await page.mouse.move(Math.max(200, ground.x) + 400, Math.max(100, ground.y) + 200, { steps: 8 })
        await expect(page.locator('[data-ghost]')).toContainText('Switch')
        await page.mouse.up()
      })(),
    )
    await expect(widgets).toHaveCount(5)
    await act(library.getByRole('button', { name: 'Close' }).click())
  })

  await test.step('all of it lives from the one alias', async () => {
    await act(page.getByRole('button', { name: 'Publish' }).click())
    await act(page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click())
    await expect(page.getByText(/is published as version/)).toBeVisible()
    await act(page.getByRole('link', { name: 'Done' }).click())
    await expect(page.getByRole('region', { name: 'Alarms' }).or(page.getByText('Too warm')).first()).toBeVisible()
    await send({ temperature: 33 })
    await expect(page.getByRole('meter', { name: 'temperature' })).toHaveAttribute('aria-valuenow', '33')
    // The chart shows the mean of each minute, so what it says last depends on the time of the journey.
    await expect(page.getByRole('img', { name: /^temperature: temperature \d/ })).toBeVisible()
    await expect(page.locator('.maplibregl-canvas')).toBeVisible()
    const control = page.getByRole('switch')
    await expect(control).not.toBeChecked()
    await act(control.click())
    await expect(control).toBeChecked()
    // The switch shows what was asked for before the device has heard of it.
    await expect.poll(() => isOn).toBe(true)
    const answer = await page.request.get(`/api/dashboard/${id}`)
    const { configuration } = (await answer.json()) as { configuration: { entityAliases: object } }
    expect(Object.keys(configuration.entityAliases)).toHaveLength(1)
  })

  expect(actions).toBeLessThan(mostActions)
  await client.endAsync()
  await deleteBoard(page, id)
})

type Place = { x: number; y: number; width: number; height: number }

test('widgets are chosen, aligned, distributed, moved, locked, layered and deleted as a group, and each is taken back', async ({
  tenantPage: page,
  device,
}) => {
  // Places are compared as soon as they are taken, not while widgets glide there.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const id = await saveBoard(page, threeCards(`Group ${device.name}`))
  await page.goto(`/dashboards/${id}/edit`)
  const grid = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const cards = grid.getByRole('option')
  const bar = page.getByRole('toolbar')
  const places = async (): Promise<Place[]> =>
    Promise.all(
      ['One', 'Two', 'Three'].map(async (name) => {
        const box = await grid.getByRole('option', { name, exact: true }).boundingBox()
        if (!box) throw new Error(`${name} is not on the board`)
        return {
          x: Math.round(box.x),
          y: Math.round(box.y),
          width: Math.round(box.width),
          height: Math.round(box.height),
        }
      }),
    )
  await expect(cards).toHaveCount(3)
  const start = await places()
  const undone = async () => {
    await page.keyboard.press('Control+z')
    await expect.poll(places).toEqual(start)
  }
  const arrange = async (what: string) => {
    await page.getByRole('button', { name: 'Align and distribute' }).click()
    await page.getByRole('menuitem', { name: what }).click()
  }
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.mouse.up()
  }
  const [one, two, three] = start as [Place, Place, Place]
  const end = { x: three.x + three.width + 12, y: three.y + three.height + 12 }

  await test.step('a frame on the ground chooses what it touches', async () => {
    await drag(end, { x: one.x + 20, y: one.y + 20 })
    await expect(bar).toContainText('3 selected')
  })
  await test.step('align', async () => {
    await arrange('Upper edges')
    await expect.poll(async () => new Set((await places()).map(({ y }) => y)).size).toBe(1)
    await undone()
  })
  await test.step('distribute', async () => {
    await arrange('Even gaps across')
    await expect
      .poll(async () => {
        const [a, b, c] = (await places()) as [Place, Place, Place]
        return Math.abs(b.x - a.x - (c.x - b.x))
      })
      .toBeLessThan(60)
    expect(await places()).not.toEqual(start)
    await undone()
  })
  await test.step('move by the mouse', async () => {
    await drag({ x: two.x + 30, y: two.y + 30 }, { x: two.x + 30, y: two.y + 230 })
    await expect
      .poll(async () => (await places()).map(({ y }, at) => y - (start[at]?.y ?? 0) > 100))
      .toEqual([true, true, true])
    const moved = await places()
    const by = moved.map(({ y }, at) => y - (start[at]?.y ?? 0))
    // All by the same cells; their places are rounded to pixels.
    expect(Math.max(...by) - Math.min(...by)).toBeLessThanOrEqual(1)
    await undone()
  })
  await test.step('lock', async () => {
    await bar.getByRole('button', { name: 'Lock', exact: true }).click()
    await drag({ x: one.x + 30, y: one.y + 30 }, { x: one.x + 30, y: one.y + 230 })
    expect(await places()).toEqual(start)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+a')
    await expect(bar.getByRole('button', { name: 'Lock', exact: true })).toBeVisible()
  })
  await test.step('order of layers', async () => {
    await page.getByText('Overlap', { exact: true }).click()
    const layer = () =>
      grid
        .getByRole('option', { name: 'One', exact: true })
        .evaluate((cover) => getComputedStyle(cover.parentElement ?? cover).zIndex)
    await page.mouse.click(one.x + 30, one.y + 30)
    const before = await layer()
    await bar.getByRole('button', { name: /front/i }).click()
    await expect.poll(layer).not.toBe(before)
    await page.getByRole('application', { name: 'Widgets of the dashboard' }).focus()
    await page.keyboard.press('Control+z')
    await expect.poll(layer).toBe(before)
  })
  await test.step('delete', async () => {
    await page.keyboard.press('Control+a')
    await expect(bar).toContainText('3 selected')
    await page.keyboard.press('Delete')
    await expect(cards).toHaveCount(0)
    await undone()
  })
  await deleteBoard(page, id)
})

const threeCards = (title: string) => {
  const card = (name: string) => ({
    ...{ typeFullFqn: 'system.cards.markdown_card', type: 'latest' },
    config: { title: name, showTitle: true, datasources: [], settings: { markdownTextPattern: name } },
  })
  return {
    title,
    configuration: {
      widgets: { one: card('One'), two: card('Two'), three: card('Three') },
      states: {
        default: {
          ...{ name: title, root: true },
          layouts: {
            main: {
              gridSettings: { columns: 24, margin: 10, outerMargin: true },
              widgets: {
                one: { col: 0, row: 0, sizeX: 4, sizeY: 3 },
                two: { col: 5, row: 1, sizeX: 4, sizeY: 3 },
                three: { col: 14, row: 3, sizeX: 4, sizeY: 3 },
              },
            },
          },
        },
      },
      ...{ entityAliases: {}, filters: {}, settings: {} },
      timewindow: { realtime: { timewindowMs: 3_600_000 } },
    },
  }
}
