import { readFile } from 'node:fs/promises'
import { boardOf, deleteBoard, saveBoard, shareBoard } from './boards.ts'
import { connectDevice, postTelemetry } from './device.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, signInByRequest, test } from './fixtures.ts'
import { accounts } from './platform.ts'

test('states, aliases and actions: everything that is looked at is in the address', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  const prefix = `Board ${Date.now()}`
  const [first, second] = [await platform.createDevice(`${prefix} a`), await platform.createDevice(`${prefix} b`)]
  await postTelemetry(runtime.httpUrl, first.token, { level: 11 })
  await postTelemetry(runtime.httpUrl, second.token, { level: 22 })
  const id = await saveBoard(page, boardOf(prefix, prefix))
  const one = page.getByRole('region', { name: 'One of them' })
  const opened = page.getByRole('region', { name: 'The opened one' })

  await test.step('an alias of one shows the newest, and another that is picked', async () => {
    await page.goto(`/dashboards/${id}`)
    await expect(one).toContainText('22')
    await page.getByRole('combobox', { name: 'Entity of One' }).selectOption(first.name)
    await expect(one).toContainText('11')
    await expect(page).toHaveURL(/[?&]pick=/)
    await page.reload()
    await expect(one).toContainText('11')
  })

  await test.step('an action opens a state for the entity; back leads back', async () => {
    await one.getByRole('button', { name: 'Show details' }).click()
    await expect(opened).toContainText('11')
    await expect(page).toHaveURL(/[?&]state=/)
    await expect(page.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText(first.name)
    await page.reload()
    await expect(opened).toContainText('11')
    await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: prefix }).click()
    await expect(one).toContainText('11')
    await page.goBack()
    await expect(opened).toContainText('11')
    await page.goBack()
    await expect(one).toContainText('11')
  })

  await test.step('or a dialog, which leaves the address as it is', async () => {
    const address = page.url()
    await one.getByRole('button', { name: 'Details in a dialog' }).click()
    const dialog = page.getByRole('dialog', { name: `Details of ${first.name}` })
    await expect(dialog.getByRole('region', { name: 'The opened one' })).toContainText('11')
    expect(page.url()).toBe(address)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('code in an address is not opened', async () => {
    await one.getByRole('button', { name: 'Look elsewhere' }).click()
    await expect(page.getByText('This address is not opened')).toBeVisible()
  })

  await test.step('a state that is none is the first one', async () => {
    await page.goto(`/dashboards/${id}?state=%7Bnonsense`)
    await expect(one).toContainText('22')
  })

  await deleteBoard(page, id)
  await platform.deleteDevice(first.id)
  await platform.deleteDevice(second.id)
})

test('values come over MQTT as they are sent, and what was missed comes after a lost connection', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  const client = await connectDevice(runtime.mqttUrl, device.token)
  await client.publish({ level: 1 })
  const id = await saveBoard(page, boardOf(`Live ${device.name}`, device.name))
  const one = page.getByRole('region', { name: 'One of them' })
  // Only so that it can be moved on below.
  await page.clock.install()
  await page.goto(`/dashboards/${id}`)
  await expect(one).toContainText('1')
  await client.publish({ level: 4711 })
  await expect(one).toContainText(/4.?711/)

  await test.step('while the connection is lost, values are said to be old', async () => {
    await page.context().setOffline(true)
    // A connection that dies without a word is missed when its next sign of life is overdue.
    await page.clock.fastForward('01:00')
    await page.clock.fastForward('01:00')
    await expect(one.getByRole('img', { name: /connection is lost/ })).toBeVisible({ timeout: 60_000 })
    await client.publish({ level: 815 })
  })

  await test.step('and then they are new again', async () => {
    await page.context().setOffline(false)
    await expect(one).toContainText('815', { timeout: 30_000 })
    await expect(one.getByRole('img', { name: /connection is lost/ })).toBeHidden()
  })

  await client.close()
  await deleteBoard(page, id)
})

test('a phone shows the widgets one below the other, and the time window from below', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  await postTelemetry(runtime.httpUrl, device.token, { level: 5 })
  const id = await saveBoard(page, boardOf(`Phone ${device.name}`, device.name))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/dashboards/${id}`)
  await expect(page.getByRole('region', { name: 'One of them' })).toContainText('5')
  // The file hides it on phones.
  await expect(page.getByText('tenant.of_somebody_else')).toBeHidden()
  await page.getByRole('button', { name: /^Time window/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '5 minutes', exact: true }).click()
  await expect(page).toHaveURL(/[?&]w=5m/)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await deleteBoard(page, id)
})

test('a file is looked at before it is imported, its foreign widgets are kept, and it goes out as it came', async ({
  tenantPage: page,
}) => {
  const title = `Imported ${Date.now()}`
  const board = boardOf(title, 'nobody')
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  })
  await page.goto('/dashboards')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Dashboard files')
    .setInputFiles([
      file('board.json', JSON.stringify(board)),
      file('broken.json', '{"title": "x",\n oops}'),
      file('chain.json', '{"ruleChain": {}, "metadata": {}}'),
    ])

  await test.step('what is wrong is told, with its place', async () => {
    await expect(dialog).toContainText('1 widget is kept as a placeholder')
    await expect(dialog).toContainText(/not JSON, in line 2/)
    await expect(dialog).toContainText('It is a rule chain')
  })

  await test.step('the good one is imported, its foreign widget is a placeholder', async () => {
    await dialog.getByRole('button', { name: 'Import 1 dashboard' }).click()
    await dialog.getByRole('link', { name: title }).click()
    await expect(page.getByText('There is no widget “tenant.of_somebody_else” here')).toBeVisible()
    await page.getByRole('button', { name: 'Show its settings' }).click()
    await expect(page.getByRole('dialog')).toContainText('"kept"')
    await page.keyboard.press('Escape')
  })

  await test.step('and exported it is what was imported', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'More of this dashboard' }).click()
    await page.getByRole('menuitem', { name: 'Export as a file' }).click()
    const path = await (await download).path()
    const exported: unknown = JSON.parse(await readFile(path, 'utf8'))
    expect(exported).toMatchObject({ title, configuration: board.configuration })
  })

  await deleteBoard(page, /dashboards\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '')
})

test('a customer sees the dashboards and the devices that are assigned, and no others', async ({
  customerPage: page,
  browser,
  device,
  runtime,
}) => {
  await postTelemetry(runtime.httpUrl, device.token, { level: 99 })
  const tenant = await browser.newContext({ baseURL: runtime.httpUrl })
  const tenantPage = await tenant.newPage()
  await signInByRequest(tenantPage, accounts.tenant)
  const hidden = await saveBoard(tenantPage, boardOf(`Hidden ${device.name}`, device.name))
  const shared = await saveBoard(tenantPage, boardOf(`Shared ${device.name}`, device.name))
  await shareBoard(tenantPage, shared, 'Demo Customer')

  await page.goto('/dashboards')
  await expect(page.getByRole('main').getByRole('link', { name: `Shared ${device.name}` })).toBeVisible()
  await expect(page.getByText(`Hidden ${device.name}`)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Import' })).toBeHidden()

  await page.goto(`/dashboards/${shared}`)
  const one = page.getByRole('region', { name: 'One of them' })
  await expect(one).toContainText('No entity matches')
  await expect(one).not.toContainText('99')

  await page.goto(`/dashboards/${hidden}`)
  await expect(page.getByRole('main')).toContainText(/not allowed|not found|does not exist|No access/i)

  await deleteBoard(tenantPage, hidden)
  await deleteBoard(tenantPage, shared)
  await tenant.close()
})

test('a device is visualised at once, and the dashboard can be kept', async ({ tenantPage: page, device, runtime }) => {
  await postTelemetry(runtime.httpUrl, device.token, { temperature: 21.5, mode: 'auto' })
  await page.goto(`/devices/${device.id}`)
  await page.getByRole('link', { name: 'Visualise' }).click()
  await expect(page.getByRole('main')).toContainText('21.5')
  await expect(page.getByRole('main')).toContainText('auto')
  await page.getByRole('button', { name: 'Keep as a dashboard' }).click()
  await expect(page).toHaveURL(/\/dashboards\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1, name: device.name })).toBeAttached()
  await deleteBoard(page, page.url().split('/').at(-1) ?? '')
})
