import { deleteBoard, deviceBoard, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, test } from './fixtures.ts'

const key = (name: string) => ({ name, type: 'timeseries', label: name, settings: {} })
const layer = (alias: string) => ({
  dsType: 'entity',
  dsEntityAliasId: alias,
  xKey: key('latitude'),
  yKey: key('longitude'),
  additionalDataKeys: [key('level')],
  label: { show: false },
  tooltip: {
    show: true,
    trigger: 'click',
    autoclose: true,
    type: 'pattern',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so
    pattern: '<p>${entityName} has level ${level:0}</p>',
  },
})

test('markers of one spot are spread by a click, and a way is played from stop to stop', async ({
  tenantPage: page,
  device,
  runtime,
  platform,
}) => {
  const others = await Promise.all(['east', 'west'].map((name) => platform.createDevice(`${device.name} ${name}`)))
  const here = [device, ...others]
  const now = Date.now()
  const spot = { latitude: 48.14, longitude: 11.58 }
  for (const { token } of here) await postTelemetry(runtime.httpUrl, token, { ts: now, values: { ...spot, level: 9 } })
  for (const [level, minutes] of [40, 30, 20, 10].entries()) {
    const values = { latitude: 48.1 + level / 100, longitude: 11.5, level }
    await postTelemetry(runtime.httpUrl, device.token, { ts: now - minutes * 60_000, values })
  }
  const singleEntity = { entityType: 'DEVICE', id: device.id }
  const entityList = here.map(({ id }) => id)
  const id = await saveBoard(
    page,
    deviceBoard(
      `Spots ${device.name}`,
      device.id,
      [
        {
          fqn: 'system.map',
          type: 'latest',
          title: 'One spot',
          at: { row: 0, col: 0, sizeX: 12, sizeY: 10 },
          config: {
            datasources: [],
            settings: {
              mapType: 'geoMap',
              markers: [{ ...layer('all'), markerClustering: { enable: true, spiderfyOnMaxZoom: true } }],
            },
          },
        },
        {
          fqn: 'system.trip_map',
          type: 'timeseries',
          title: 'Its stops',
          at: { row: 0, col: 12, sizeX: 12, sizeY: 10 },
          config: {
            datasources: [],
            settings: {
              trips: [layer('device')],
              tripTimeline: {
                showTimelineControl: true,
                snapToRealLocation: true,
                locationSnapFilter: 'return Number(data.level) % 3 === 0',
                timeStep: 1000,
              },
            },
          },
        },
      ],
      {
        entityAliases: {
          device: {
            id: 'device',
            alias: 'Device',
            filter: { type: 'singleEntity', resolveMultiple: false, singleEntity },
          },
          all: {
            id: 'all',
            alias: 'All',
            filter: { type: 'entityList', resolveMultiple: true, entityType: 'DEVICE', entityList },
          },
        },
      },
    ),
  )
  await page.goto(`/dashboards/${id}`)

  await test.step('three that stand at one spot stand around it, and each can be chosen', async () => {
    const map = page.getByRole('region', { name: 'One spot' })
    await map.getByRole('button', { name: 'List of places' }).click()
    for (const { name } of here) await expect(map.getByRole('button', { name, exact: true })).toBeVisible()
    await map.getByRole('region', { name: 'List of places' }).getByRole('button', { name: 'Close' }).click()
    const canvas = map.locator('canvas').first()
    /** Where something is that many px from the middle; the canvas is larger than what is seen of it. */
    const pointAt = async (right: number, down: number): Promise<[number, number]> => {
      const box = await canvas.boundingBox()
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2 + right, (box?.y ?? 0) + (box?.height ?? 0) / 2 + down]
    }
    const isSomethingAt = async (x: number, y: number): Promise<boolean> => {
      await page.mouse.move(x, y + 1)
      await page.mouse.move(x, y)
      return canvas.evaluate((one) => one.style.cursor === 'pointer')
    }
    const told = map.getByText('has level 9').first()
    const names = new Set<string>()
    // On a circle of 54 px, the first above the spot; a marker stands with its tip there.
    for (const angle of [-90, 30, 150]) {
      const [right, down] = [Math.cos((angle * Math.PI) / 180) * 54, Math.sin((angle * Math.PI) / 180) * 54]
      await expect(async () => {
        const marker = await pointAt(right, down - 16)
        if (!(await isSomethingAt(...marker))) {
          const middle = await pointAt(0, 0)
          if (await isSomethingAt(...middle)) await page.mouse.click(...middle)
          await expect.poll(() => isSomethingAt(...marker), { timeout: 3_000 }).toBe(true)
        }
        await page.mouse.click(...marker)
        await expect.poll(async () => names.has((await told.textContent()) ?? ''), { timeout: 3_000 }).toBe(false)
        names.add((await told.textContent()) ?? '')
      }).toPass()
    }
    expect([...names].map((text) => text.replace(/ has level.*/, '')).sort()).toEqual(
      here.map(({ name }) => name).sort(),
    )
  })

  await test.step('between two stops its marker stays at the first', async () => {
    const route = page.getByRole('region', { name: 'Its stops' })
    await route.getByRole('button', { name: 'List of places' }).click()
    await route.getByRole('button', { name: device.name, exact: true }).click()
    const time = route.getByRole('slider', { name: 'Time' })
    await time.fill('500')
    await expect(route.getByText(`${device.name} has level 0`).first()).toBeVisible()
    await time.fill('1000')
    await expect(route.getByText(`${device.name} has level 9`).first()).toBeVisible()
  })

  await deleteBoard(page, id)
  for (const other of others) await platform.deleteDevice(other.id)
})
