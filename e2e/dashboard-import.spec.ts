import { deleteBoard, deviceBoard, keysOf } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const idIn = (url: string) => /dashboards\/([0-9a-f-]{36})/.exec(url)?.[1] ?? ''

test('aliases of a file from elsewhere are given devices and profiles of here before it is imported', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  await postTelemetry(runtime.httpUrl, device.token, { level: 47 })
  const title = `From elsewhere ${device.name}`
  const file = deviceBoard(title, crypto.randomUUID(), [
    {
      ...{ fqn: 'system.cards.value_card', type: 'latest', title: 'Boiler' },
      at: { row: 0, col: 0, sizeX: 8, sizeY: 4 },
      config: { datasources: [keysOf('device', ['level'])] },
    },
    {
      ...{ fqn: 'system.cards.entities_table', type: 'latest', title: 'All of them' },
      at: { row: 0, col: 8, sizeX: 12, sizeY: 6 },
      config: { datasources: [keysOf('many', ['temperature'])] },
    },
  ])
  const many = { type: 'deviceType', deviceTypes: ['boiler'], deviceNameFilter: '', resolveMultiple: true }
  Object.assign(file.configuration.entityAliases as object, { many: { id: 'many', alias: 'Boilers', filter: many } })
  await page.goto('/dashboards')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Dashboard files')
    .setInputFiles([{ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) }])
  const alias = (name: string) =>
    dialog
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) })
      .last()

  await test.step('each says what it finds here', async () => {
    await dialog.getByRole('button', { name: /^What \d aliases find here/ }).click()
    await expect(alias('Boilers')).toContainText('Finds nothing here')
    await expectAccessible(page)
  })

  await test.step('a device and a profile are chosen instead', async () => {
    await alias('Device').getByRole('button', { name: 'A device' }).click()
    await page.getByRole('searchbox', { name: 'Search devices' }).fill(device.name)
    await page.getByRole('button', { name: device.name }).click()
    await expect(alias('Device')).toContainText(`Finds ${device.name}`)
    await alias('Boilers').getByRole('combobox', { name: 'Profile for Boilers' }).selectOption('thermostat')
    await expect(alias('Boilers')).toContainText('Thermostat 01')
    await expect(alias('Boilers')).toContainText('Chosen here')
    await expectAccessible(page)
  })

  await test.step('the imported dashboard shows them', async () => {
    await dialog.getByRole('button', { name: 'Import 1 dashboard' }).click()
    await dialog.getByRole('link', { name: title }).click()
    await expect(page.getByRole('region', { name: 'Boiler' })).toContainText('47')
    await expect(page.getByRole('region', { name: 'All of them' })).toContainText('Thermostat 05')
  })

  await deleteBoard(page, idIn(page.url()))
})

test('a dashboard begins with what devices send', async ({ tenantPage: page, device, runtime }) => {
  await postTelemetry(runtime.httpUrl, device.token, { temperature: 21.5, mode: 'auto' })
  const dialog = page.getByRole('dialog', { name: 'New dashboard' })
  const widgets = page.getByRole('listbox', { name: 'Widgets of the dashboard' }).getByRole('option')
  const begin = async (template: string) => {
    await page.goto('/dashboards')
    await page.getByRole('button', { name: 'New dashboard' }).click()
    const choice = page.getByRole('radio', { name: new RegExp(`^${template}`) })
    // The card is what is seen and pressed, once the dialog has opened.
    await dialog.locator('label').filter({ has: choice }).click()
    await expect(dialog.locator('label').filter({ has: choice }).getByRole('radio')).toBeChecked()
  }
  const create = async () => {
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(/\/dashboards\/[0-9a-f-]{36}\/edit/)
    await expect(widgets.first()).toBeVisible()
    return idIn(page.url())
  }
  const made: string[] = []

  await test.step('of one device, which has to be chosen', async () => {
    await begin('One device')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Choose a device first')
    await dialog.getByRole('button', { name: /^Device: / }).click()
    await page.getByRole('searchbox', { name: 'Search devices' }).fill(device.name)
    await page.getByRole('button', { name: new RegExp(`^${device.name}`) }).click()
    await expectAccessible(page)
    made.push(await create())
    await expect(page.getByRole('main')).toContainText('21.5')
  })

  await test.step('of all devices of a profile', async () => {
    await begin('Fleet overview')
    await dialog.getByRole('combobox', { name: 'Devices' }).selectOption('thermostat')
    await dialog.getByRole('textbox', { name: 'Title' }).fill(`Fleet of ${device.name}`)
    made.push(await create())
    await page.goto(`/dashboards/${made.at(-1)}`)
    await expect(page.getByRole('heading', { level: 1, name: `Fleet of ${device.name}` })).toBeAttached()
    await expect(page.getByRole('main')).toContainText('Thermostat 01')
  })

  await test.step('of alarms', async () => {
    await begin('Alarm centre')
    made.push(await create())
    await page.goto(`/dashboards/${made.at(-1)}`)
    await expect(page.getByRole('region', { name: 'Alarms' }).first()).toBeVisible()
  })

  for (const id of made) await deleteBoard(page, id)
})
