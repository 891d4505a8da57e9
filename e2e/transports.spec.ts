import { createHash, randomBytes } from 'node:crypto'
import { expect, expectAccessible, test } from './fixtures.ts'
import { type Command, connectGateway, connectObedient, connectUpdater, offerToClaim } from './protocol-device.ts'

test("a customer's user claims a device that offers itself", async ({ customerPage: page, device, runtime }) => {
  await page.goto('/devices')
  await expect(page.getByRole('table', { name: 'Devices' })).toContainText('Thermostat')
  await expect(page.getByRole('table', { name: 'Devices' })).not.toContainText(device.name)
  await offerToClaim(runtime.mqttUrl, device.token, 'label-4711')

  await page.getByRole('button', { name: 'Claim device' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Device name').fill(device.name)
  await dialog.getByLabel('Secret key').fill('wrong')
  await dialog.getByRole('button', { name: 'Claim device' }).click()
  await expect(dialog.getByRole('alert')).toContainText('No device of this name')

  await dialog.getByLabel('Secret key').fill('label-4711')
  // The offer is a message: it may come in after the first attempt.
  await expect(async () => {
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Claim device' }).click()
    await expect(page.getByText(`${device.name} is yours now`)).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('table', { name: 'Devices' }).getByRole('link', { name: device.name })).toBeVisible()
})

const switchBoard = (deviceId: string) => {
  const command = (method: string) => ({ method, requestTimeout: 5_000 })
  const update = (isOn: boolean) => ({
    action: 'EXECUTE_RPC',
    executeRpc: command('setState'),
    valueToData: { type: 'CONSTANT', constantValue: isOn },
  })
  return {
    widgets: {
      switch: {
        typeFullFqn: 'system.single_switch',
        type: 'rpc',
        config: {
          title: 'Pump switch',
          targetDevice: { type: 'device', deviceId },
          settings: {
            label: 'Pump',
            initialState: { action: 'EXECUTE_RPC', executeRpc: command('getState') },
            onUpdateState: update(true),
            offUpdateState: update(false),
          },
        },
      },
      valve: {
        typeFullFqn: 'system.control_widgets.switch_control',
        type: 'rpc',
        config: {
          title: 'Valve switch',
          targetDevice: { type: 'device', deviceId },
          settings: {
            title: 'Valve',
            retrieveValueMethod: 'none',
            setValueMethod: 'setValve',
            requestPersistent: true,
            persistentPollingInterval: 1_000,
          },
        },
      },
      card: {
        typeFullFqn: 'system.cards.value_card',
        type: 'latest',
        config: {
          title: 'Pump state',
          datasources: [
            {
              type: 'device',
              deviceId,
              dataKeys: [{ name: 'state', type: 'timeseries', label: 'State', settings: {} }],
            },
          ],
          settings: {},
        },
      },
    },
    states: {
      default: {
        name: 'Pump',
        root: true,
        layouts: {
          main: {
            widgets: {
              switch: { col: 0, row: 0, sizeX: 8, sizeY: 3 },
              card: { col: 8, row: 0, sizeX: 8, sizeY: 3 },
              valve: { col: 16, row: 0, sizeX: 8, sizeY: 3 },
            },
          },
        },
      },
    },
    entityAliases: {},
  }
}

test('a switch on a dashboard moves a device, and tells when it does not', async ({
  tenantPage: page,
  platform,
  device,
  runtime,
}) => {
  test.slow()
  let isOn = false
  let mood: 'willing' | 'jammed' | 'silent' = 'willing'
  const obey = ({ method, params }: Command): unknown => {
    if (mood === 'silent') return undefined
    if (mood === 'jammed') return { error: 'The pump is jammed' }
    if (method === 'setState') {
      isOn = params === true
      void pump.tell({ state: isOn ? 'running' : 'standing' })
    }
    return isOn
  }
  const pump = await connectObedient(runtime.mqttUrl, device.token, obey)
  const dashboardId = await platform.createDashboard(`Journey board ${Date.now()}`, switchBoard(device.id))
  const toggle = page.getByRole('switch', { name: 'Pump' })
  const tile = page.getByRole('region', { name: 'Pump switch' })
  const shown = page.getByRole('region', { name: 'Pump state' })
  try {
    await test.step('it shows what the device says', async () => {
      await page.goto(`/dashboards/${dashboardId}`)
      await expect(tile.getByRole('status')).toHaveText('Off')
      await expect(toggle).toHaveAttribute('aria-checked', 'false')
      expect(pump.commands[0]).toMatchObject({ method: 'getState' })
      await expectAccessible(page)
    })

    await test.step('a click turns the device on, and the keyboard off', async () => {
      await toggle.click()
      await expect(tile.getByRole('status')).toHaveText('On')
      await expect.poll(() => isOn).toBe(true)
      expect(pump.commands.at(-1)).toEqual({ method: 'setState', params: true })
      await expect(shown).toContainText('running')
      await toggle.focus()
      await page.keyboard.press('Space')
      await expect(tile.getByRole('status')).toHaveText('Off')
      await expect.poll(() => isOn).toBe(false)
      await expect(shown).toContainText('standing')
    })

    await test.step('a switch of an older file leaves its command for the device, and follows it', async () => {
      await page.getByRole('switch', { name: 'Valve' }).click()
      await expect(page.getByRole('region', { name: 'Valve switch' }).getByRole('status')).toHaveText('On')
      await expect.poll(() => pump.commands.at(-1)).toEqual({ method: 'setValve', params: true })
    })

    await test.step('coming back shows what is, not what was', async () => {
      await toggle.click()
      await expect(tile.getByRole('status')).toHaveText('On')
      await page.getByRole('link', { name: 'Home' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home')
      await page.goBack()
      await expect(tile.getByRole('status')).toHaveText('On')
      await toggle.click()
      await expect(tile.getByRole('status')).toHaveText('Off')
    })

    await test.step('a refusal of the device puts it back and says why', async () => {
      mood = 'jammed'
      await toggle.click()
      await expect(tile.getByRole('status')).toHaveText('The pump is jammed')
      await expect(toggle).toHaveAttribute('aria-checked', 'false')
    })

    await test.step('a device that does not answer is told of; asked again it is well', async () => {
      mood = 'silent'
      await toggle.click()
      await expect(tile.getByRole('status')).toHaveText('Sending…')
      await expect(tile.getByRole('status')).toHaveText('The device did not answer in time', { timeout: 20_000 })
      await expect(toggle).toHaveAttribute('aria-checked', 'false')
      mood = 'willing'
      await tile.getByRole('button', { name: 'Ask again' }).click()
      await expect(tile.getByRole('status')).toHaveText('Off')
    })
  } finally {
    await pump.close()
    await platform.remove(`/api/dashboard/${dashboardId}`)
  }
})

test('the switch of the demo dashboard turns the heater of a simulated thermostat', async ({
  tenantPage: page,
  platform,
}) => {
  test.slow()
  const { data } = await platform.findDevices('Thermostat 01')
  const thermostat = data[0]?.id.id ?? ''
  await page.goto('/dashboards')
  await page.getByRole('main').getByRole('link', { name: 'Thermostats' }).click()
  const tile = page.getByRole('region', { name: 'Thermostat 01: power' })
  const toggle = tile.getByRole('switch', { name: 'Heater' })
  const turn = (isOn: boolean) =>
    // Simulated devices drop out now and then, for up to a minute and a half, as real ones do.
    expect(async () => {
      if ((await toggle.getAttribute('aria-checked')) !== String(isOn)) await toggle.click()
      await expect(tile.getByRole('status')).toHaveText(isOn ? 'On' : 'Off', { timeout: 8_000 })
      expect(await platform.clientAttribute(thermostat, 'power')).toBe(isOn)
    }).toPass({ timeout: 120_000 })
  await turn(true)
  await turn(false)
  await page.reload()
  await expect(tile.getByRole('status')).toHaveText('Off')
  await turn(true)
})

test('firmware uploaded in the console reaches a device whole', async ({ tenantPage: page, platform, runtime }) => {
  const stamp = Date.now()
  const title = `Journey firmware ${stamp}`
  const image = randomBytes(150_001)
  const checksum = createHash('sha256').update(image).digest('hex')
  const device = await platform.createDevice(`Updated ${stamp}`)
  const updater = await connectUpdater(runtime.mqttUrl, device.token)
  let packageId = ''
  try {
    await test.step('it is uploaded; a wrong checksum is refused beside its field', async () => {
      await page.goto('/ota-packages')
      await page.getByRole('button', { name: 'Add package' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Title').fill(title)
      await dialog.getByLabel('Version').fill('1.4.0')
      await dialog.getByRole('button', { name: 'Add package' }).click()
      await expect(dialog.getByRole('alert').filter({ hasText: 'Choose a file' })).toBeVisible()
      await dialog.getByLabel('Device profile').selectOption({ label: 'default' })
      await dialog
        .getByLabel('File', { exact: true })
        .setInputFiles({ name: 'fw.bin', mimeType: 'application/octet-stream', buffer: image })
      await dialog.getByLabel('Checksum').fill('00'.repeat(32))
      await dialog.getByRole('button', { name: 'Add package' }).click()
      await expect(dialog.getByRole('alert')).toContainText('Wrong otaPackage file')
      await dialog.getByLabel('Checksum').fill(checksum)
      await dialog.getByRole('button', { name: 'Add package' }).click()
      await expect(dialog).toBeHidden()
    })

    const row = page.getByRole('row').filter({ hasText: title })
    await test.step('the console shows its size and checksum', async () => {
      await expect(row).toContainText('150 kB')
      await row.getByRole('button', { name: title, exact: true }).click()
      await expect(page.getByRole('dialog')).toContainText(checksum)
      packageId = new URL(page.url()).searchParams.get('open') ?? ''
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    })

    await test.step('it is given to one device', async () => {
      await row.hover()
      await row.getByRole('button', { name: /^Actions for/ }).click()
      await page.getByRole('menuitem', { name: 'Assign…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('One device').click()
      await dialog.getByRole('searchbox').fill(device.name)
      await dialog.getByLabel('Device', { exact: true }).selectOption({ label: device.name })
      await dialog.getByRole('button', { name: 'Assign' }).click()
      await expect(page.getByText('is assigned')).toBeVisible()
    })

    await test.step('the device fetches it in pieces, and it is whole', async () => {
      const update = await updater.update(32_768)
      expect(update).toMatchObject({ title, version: '1.4.0', chunks: 5, isWhole: true })
      expect(update.image.equals(image)).toBe(true)
    })

    await test.step('its page tells of it and takes it away; only then can it be deleted', async () => {
      const remove = async () => {
        await page.goto(`/ota-packages?q=${encodeURIComponent(title)}`)
        await row.hover()
        await row.getByRole('button', { name: /^Actions for/ }).click()
        await page.getByRole('menuitem', { name: 'Delete…' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Delete package' }).click()
      }
      await remove()
      await expect(page.getByText('The package was not deleted')).toBeVisible()
      await page.goto(`/devices/${device.id}`)
      const firmware = page.getByLabel('Firmware')
      await expect(firmware.locator('option:checked')).toHaveText(`${title} 1.4.0`)
      await firmware.selectOption({ label: 'As its profile says' })
      await expect(page.getByText('The device is told of it')).toBeVisible()
      await remove()
      await expect(page.getByText(`${title} 1.4.0 is deleted`)).toBeVisible()
      packageId = ''
    })
  } finally {
    await updater.close()
    await platform.deleteDevice(device.id)
    if (packageId) await platform.remove(`/api/otaPackage/${packageId}`)
  }
})

test('a package that lies at a URL is added with nothing to upload', async ({ tenantPage: page }) => {
  const title = `Journey package ${Date.now()}`
  await page.goto('/ota-packages?add=true')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Version').fill('2')
  await dialog.getByLabel('Device profile').selectOption({ label: 'default' })
  await dialog.getByText('At a URL').click()
  await dialog.getByLabel('URL', { exact: true }).fill('somewhere')
  await dialog.getByRole('button', { name: 'Add package' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Enter a whole address')
  await dialog.getByLabel('URL', { exact: true }).fill('https://example.org/package.bin')
  await dialog.getByRole('button', { name: 'Add package' }).click()
  const row = page.getByRole('row').filter({ hasText: title })
  await expect(row).toContainText('At a URL')
  await row.hover()
  await row.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete package' }).click()
  await expect(page.getByText(`${title} 2 is deleted`)).toBeVisible()
})

test('a gateway made in the console brings three devices with their telemetry', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  const stamp = Date.now()
  const name = `Gateway ${stamp}`
  const children = ['north', 'south', 'yard'].map((place) => `Child ${place} ${stamp}`)
  try {
    await page.goto('/devices?add=true')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByRole('switch', { name: 'Is a gateway' }).click()
    await expect(dialog.getByRole('switch', { name: 'Is a gateway' })).toBeChecked()
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(page).toHaveURL(/\/devices\/[0-9a-f-]{36}\?tab=connect/)
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.getByRole('tab', { name: 'Devices behind it' }).click()
    await expect(page.getByRole('tabpanel')).toContainText('No device came by this gateway yet')

    const gateway = await connectGateway(runtime.mqttUrl, await platform.accessToken(id))
    for (const child of children) await gateway.bring(child)
    await gateway.tell(Object.fromEntries(children.map((child, index) => [child, { level: 40 + index }])))

    const table = page.getByRole('table', { name: 'Devices behind the gateway' })
    for (const child of children) {
      const row = table.getByRole('row').filter({ hasText: child })
      await expect(row).toContainText('Active', { timeout: 20_000 })
    }
    await expectAccessible(page)
    await table.getByRole('link', { name: children[1] ?? '' }).click()
    const values = page.getByRole('tabpanel')
    await expect(values).toContainText('level')
    await expect(values).toContainText('41')
    await gateway.close()
  } finally {
    const found = await Promise.all([name, ...children].map((one) => platform.findDevices(one)))
    for (const { id } of found.flatMap(({ data }) => data)) await platform.deleteDevice(id.id)
  }
})
