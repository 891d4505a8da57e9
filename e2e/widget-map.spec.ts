import { deleteBoard, deviceBoard, keysOf, saveBoard } from './boards.ts'
import { connectDevice, postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('a map follows a device over MQTT, tells of it, opens its state, shows its area and plays its way', async ({
  tenantPage: page,
  browser,
  device,
  runtime,
  platform,
}) => {
  test.slow()
  const now = Date.now()
  const way = [48.1, 48.12, 48.14, 48.16]
  for (const [index, latitude] of way.entries()) {
    const values = { latitude, longitude: 11.5 + index / 50, level: index }
    await postTelemetry(runtime.httpUrl, device.token, { ts: now - (way.length - index) * 60_000, values })
  }
  const area = JSON.stringify([
    [48.05, 11.45],
    [48.25, 11.45],
    [48.25, 11.75],
    [48.05, 11.75],
  ])
  await postTelemetry(runtime.httpUrl, device.token, { perimeter: area })
  const click = { type: 'openDashboardState', targetDashboardStateId: 'details', setEntityId: true }
  const id = await saveBoard(
    page,
    deviceBoard(`Map ${device.name}`, device.id, [
      {
        fqn: 'system.map',
        type: 'latest',
        title: 'Where it is',
        at: { row: 0, col: 0, sizeX: 12, sizeY: 10 },
        config: {
          datasources: [],
          settings: {
            mapType: 'geoMap',
            markers: [
              {
                dsType: 'entity',
                dsEntityAliasId: 'device',
                xKey: { name: 'latitude', type: 'timeseries', label: 'latitude', settings: {} },
                yKey: { name: 'longitude', type: 'timeseries', label: 'longitude', settings: {} },
                additionalDataKeys: [{ name: 'level', type: 'timeseries', label: 'level', settings: {} }],
                // biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so
                label: { show: true, type: 'pattern', pattern: '${entityName}' },
                tooltip: {
                  show: true,
                  trigger: 'click',
                  autoclose: false,
                  type: 'pattern',
                  // biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so
                  pattern: '<p>Level ${level:0}</p><link-act name="more">More of it</link-act>',
                  tagActions: [{ name: 'more', ...click }],
                },
                click: { type: 'doNothing' },
                edit: { enabledActions: ['move'], attributeScope: 'SERVER_SCOPE', snappable: false },
              },
            ],
            polygons: [
              {
                dsType: 'entity',
                dsEntityAliasId: 'device',
                polygonKey: { name: 'perimeter', type: 'timeseries', label: 'perimeter', settings: {} },
                label: { show: true, type: 'pattern', pattern: 'The yard' },
                tooltip: { show: true, trigger: 'click', type: 'pattern', pattern: 'An area' },
              },
            ],
          },
        },
      },
      {
        fqn: 'system.trip_map',
        type: 'timeseries',
        title: 'Where it went',
        at: { row: 0, col: 12, sizeX: 12, sizeY: 10 },
        config: {
          datasources: [],
          settings: {
            trips: [
              {
                dsType: 'entity',
                dsEntityAliasId: 'device',
                xKey: { name: 'latitude', type: 'timeseries', label: 'latitude', settings: {} },
                yKey: { name: 'longitude', type: 'timeseries', label: 'longitude', settings: {} },
              },
            ],
            tripTimeline: { timeStep: 1000, speedOptions: [1, 5, 60] },
          },
        },
      },
      {
        fqn: 'system.cards.value_card',
        type: 'latest',
        title: 'Level of it',
        state: 'details',
        at: { row: 0, col: 0, sizeX: 8, sizeY: 4 },
        config: { datasources: [keysOf('opened', ['level'])] },
      },
    ]),
  )
  const map = page.getByRole('region', { name: 'Where it is' })
  const client = await connectDevice(runtime.mqttUrl, device.token)
  await page.goto(`/dashboards/${id}`)

  await test.step('a place is chosen by name, and tells what the file wants told', async () => {
    await map.getByRole('button', { name: 'List of places' }).click()
    const list = map.getByRole('region', { name: /Where it is|List of places|Map/ }).last()
    await expect(list.getByRole('button', { name: 'The yard' })).toBeVisible()
    await list.getByRole('button', { name: device.name }).click()
    await expect(map.getByText('Level 3')).toBeVisible()
  })

  await test.step('its marker goes where the device says that it is, and the words with it', async () => {
    const told = map.getByRole('link', { name: 'More of it' })
    const before = await told.boundingBox()
    await client.publish({ latitude: 48.24, longitude: 11.74, level: 9 })
    await expect(map.getByText('Level 9')).toBeVisible()
    await expect
      .poll(async () => {
        const after = await told.boundingBox()
        return before && after ? Math.hypot(after.x - before.x, after.y - before.y) : 0
      })
      .toBeGreaterThan(20)
    await expectAccessible(page)
  })

  await test.step('it is moved by keys and put back again', async () => {
    const longitude = async () => (await platform.history(device.id, 'longitude')).at(-1)?.value
    await map.getByRole('button', { name: 'Move', exact: true }).click()
    const handle = map.getByRole('button', { name: 'Marker', exact: true })
    for (let step = 0; step < 4; step++) await handle.press('Shift+ArrowLeft')
    await map.getByRole('button', { name: 'Save' }).click()
    await expect(map.getByRole('status')).toContainText('was moved')
    await expect.poll(longitude).toBeLessThan(11.74)
    await map.getByRole('button', { name: 'Undo' }).click()
    await expect(map.getByText('was moved')).toHaveCount(0)
    await expect.poll(longitude).toBe(11.74)
  })

  await test.step('whoever comes by a public link sees it, and is offered no change', async () => {
    const { origin } = new URL(page.url())
    const share = async (path: string) => {
      const shared = await page.request.post(`/api/customer/public/${path}`, { headers: { origin } })
      expect(shared.ok(), await shared.text()).toBe(true)
      return shared.json()
    }
    await share(`device/${device.id}`)
    const { assignedCustomers } = await share(`dashboard/${id}`)
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(`/dashboards/${id}?publicId=${assignedCustomers[0].customerId.id}`)
    const seen = visitor.getByRole('region', { name: 'Where it is' })
    await seen.getByRole('button', { name: 'List of places' }).click()
    await seen.getByRole('button', { name: device.name }).click()
    await expect(seen.getByText('Level 9')).toBeVisible()
    await expect(seen.getByRole('button', { name: 'Move', exact: true })).toHaveCount(0)
    await visitor.context().close()
  })

  await test.step('a link of its words opens its state', async () => {
    await map.getByRole('link', { name: 'More of it' }).click()
    await expect(page).toHaveURL(/[?&]state=/)
    await expect(page.getByRole('region', { name: 'Level of it' })).toContainText('9')
    await page.goBack()
  })

  await test.step('its way is played back', async () => {
    const route = page.getByRole('region', { name: 'Where it went' })
    const time = route.getByRole('slider', { name: 'Time' })
    await time.focus()
    await page.keyboard.press('Home')
    await time.fill('0')
    const start = await time.getAttribute('aria-valuetext')
    await route.getByRole('combobox', { name: 'Speed' }).selectOption('60')
    await route.getByRole('button', { name: 'Play' }).click()
    await expect(time).not.toHaveAttribute('aria-valuetext', start ?? '')
    await route
      .getByRole('button', { name: 'Pause' })
      .or(route.getByRole('button', { name: 'Play' }))
      .click()
  })

  await client.close()
  await deleteBoard(page, id)
})
