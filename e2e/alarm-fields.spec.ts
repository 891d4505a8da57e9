import { readFileSync } from 'node:fs'
import { connectDevice } from './device.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'

test('an alarm rule is made for a device, raises and clears its alarm, and survives two people at once', async ({
  tenantPage: page,
  platform,
  device,
  runtime,
}) => {
  test.slow()
  const main = page.getByRole('main')
  const argument = (name: string) => main.getByRole('group', { name, exact: true })
  const save = page.getByRole('button', { name: 'Save', exact: true })
  const client = await connectDevice(runtime.mqttUrl, device.token)
  let path = ''
  try {
    await test.step('from the page of the device, which it is then for', async () => {
      await page.goto(`/devices/${device.id}?tab=alarmRules`)
      await expect(page.getByRole('tabpanel')).toContainText('No alarm rules yet')
      await page.getByRole('tabpanel').getByRole('link', { name: 'Add rule' }).first().click()
      await expect(main.getByLabel('Device', { exact: true })).toHaveValue(device.name)
    })

    await test.step('what is missing is said where it is missing', async () => {
      await page.getByRole('button', { name: 'Create rule' }).click()
      await expect(main.getByRole('status')).toContainText('5 things are missing')
      await expect(main.getByLabel('Alarm type')).toHaveAccessibleDescription('This must not be empty')
      await expectAccessible(page)
    })

    await test.step('an argument takes its name from the key, and the open condition takes the argument', async () => {
      await main.getByLabel('Alarm type').fill('Overheating')
      await expect(main.getByLabel('Alarm type')).not.toHaveAccessibleDescription('This must not be empty')
      await argument('Argument').getByLabel('Key').fill('temperature')
      await argument('Argument').getByLabel('Name').click()
      await expect(argument('temperature').getByLabel('Name')).toHaveValue('temperature')
      await expect(main.getByLabel('Argument', { exact: true })).toHaveValue('temperature')
      await main.getByLabel('Value', { exact: true }).fill('80')
      await expect(main.getByRole('status')).toBeHidden()
    })

    await test.step('an attribute of the owner as the limit of a higher severity', async () => {
      await main.getByRole('button', { name: 'Add argument' }).click()
      await argument('Argument').getByLabel('Kind of value').selectOption({ label: 'Server attribute' })
      await argument('Argument').getByLabel('Of', { exact: true }).selectOption({ label: 'Its owner' })
      await argument('Argument').getByLabel('While there is no value').fill('90')
      await argument('Argument').getByLabel('Key').fill('limit')
      await argument('Argument').getByLabel('Name').click()
      await argument('limit').getByLabel('Name').fill('highest')
      await main.getByRole('button', { name: 'Add severity' }).click()
      await page.getByRole('menuitem', { name: 'Critical' }).click()
      await main.getByLabel('Value: where it comes from').first().selectOption('highest')
    })

    await test.step('a condition to clear it, as a script that is tried before', async () => {
      await main.getByRole('switch', { name: 'Clear it by a condition' }).click()
      await main.getByText('Script', { exact: true }).last().click()
      const script = main.getByRole('textbox', { name: 'Script' })
      await script.fill('return temperature < nonsense;')
      await expect(main).toContainText('nonsense')
      await script.fill('return temperature < 50;')
      await main.getByRole('button', { name: 'Try it' }).click()
      await main.getByLabel('temperature', { exact: true }).fill('40')
      await main.getByRole('button', { name: 'Run' }).click()
      await expect(main.getByText('holds', { exact: true })).toBeVisible()
      await expectAccessible(page)
    })

    await test.step('it is made, and evaluated for what the device sends', async () => {
      await page.getByRole('button', { name: 'Create rule' }).click()
      await expect(page).toHaveURL(/\/alarm-rules\/[0-9a-f-]{36}$/)
      path = new URL(page.url()).pathname
      await expect(save).toBeDisabled()
      const [rule] = await platform.alarmRulesOf(device.id)
      expect(rule).toMatchObject({
        name: 'Overheating',
        configuration: {
          arguments: {
            temperature: { refEntityKey: { key: 'temperature', type: 'TS_LATEST' } },
            highest: {
              refEntityKey: { key: 'limit', type: 'ATTRIBUTE', scope: 'SERVER_SCOPE' },
              refDynamicSourceConfiguration: { type: 'CURRENT_OWNER' },
              defaultValue: '90',
            },
          },
        },
      })
      await page.goto(`/devices/${device.id}?tab=alarms&state=any`)
      const row = page.getByRole('tabpanel').getByRole('row').filter({ hasText: 'Overheating' })
      await client.publish({ temperature: 85 })
      await expect(row).toContainText('Major')
      await expect(row).toContainText('Active, unacknowledged')
      await client.publish({ temperature: 95 })
      await expect(row).toContainText('Critical')
      await client.publish({ temperature: 49 })
      await expect(row).toContainText('Cleared, unacknowledged')
    })

    await test.step('what it saw and what came of it is kept when somebody asks for it', async () => {
      await page.goto(`${path}?tab=debug`)
      await main.getByLabel('Keep all evaluations').selectOption({ label: 'For 5 minutes from now' })
      await save.click()
      await expect(page.getByText('Overheating is saved')).toBeVisible()
      await client.publish({ temperature: 82 })
      const seen = main.getByRole('list', { name: 'Evaluations' }).getByRole('listitem')
      await expect(seen.filter({ hasText: 'temperature = 82, highest = 90' })).toContainText('raised')
      await expectAccessible(page)
    })

    await test.step('edits are guarded, and those of two people are put together', async () => {
      await page.goto(path)
      await argument('temperature').getByLabel('While there is no value').fill('20')
      await page.getByRole('navigation').getByRole('link', { name: 'Devices', exact: true }).click()
      await page.getByRole('dialog', { name: 'Leave' }).getByRole('button', { name: 'Stay' }).click()
      await platform.changeAlarmRule(path.split('/').at(-1) ?? '', { name: 'Too hot' })
      await save.click()
      const dialog = page.getByRole('dialog', { name: 'Somebody else saved' })
      await expect(dialog).toContainText('Too hot')
      await expectAccessible(page)
      await dialog.getByRole('button', { name: 'Keep mine' }).click()
      await expect(page.getByText('Too hot is saved')).toBeVisible()
      const [rule] = await platform.alarmRulesOf(device.id)
      expect(rule).toMatchObject({
        name: 'Too hot',
        configuration: { arguments: { temperature: { defaultValue: '20' }, highest: { defaultValue: '90' } } },
      })
    })
  } finally {
    await client.close()
  }
})

test('alarm rules are found, copied by a file, and deleted together', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  const condition = (operation: string, staticValue: number) => ({
    condition: {
      type: 'SIMPLE',
      expression: {
        type: 'SIMPLE',
        filters: [
          { argument: 't', valueType: 'NUMERIC', predicates: [{ type: 'NUMERIC', operation, value: { staticValue } }] },
        ],
      },
    },
  })
  const type = `Cold ${Date.now()}`
  await platform.saveAlarmRule({
    name: type,
    entityId: { entityType: 'DEVICE', id: device.id },
    configuration: {
      arguments: { t: { refEntityKey: { key: 't', type: 'TS_LATEST' } } },
      createRules: { WARNING: condition('LESS', 0) },
      clearRule: condition('GREATER', 2),
    },
  })
  const row = page.getByRole('main').getByRole('row').filter({ hasText: type })

  await test.step('the list shows and finds it', async () => {
    await page.goto('/alarm-rules')
    await page.getByRole('searchbox').fill(type)
    await expect(row).toContainText('Warning')
    await expect(row).toContainText(device.name)
    await expectAccessible(page)
    await page.getByLabel('Kind').selectOption({ label: 'Asset profile' })
    await expect(page.getByRole('main')).toContainText('No rule fits')
    await page.goBack()
    await expect(row).toBeVisible()
  })

  await test.step('a file of it makes another one', async () => {
    await row.hover()
    await row.getByRole('button', { name: 'Actions' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export' }).click(),
    ])
    const file: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'))
    expect(file).not.toHaveProperty('id')
    await page
      .getByLabel('Alarm rule file')
      .setInputFiles({ name: 'rule.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) })
    await expect(page.getByLabel('Device', { exact: true })).toHaveValue(device.name)
    await page.getByRole('button', { name: 'Create rule' }).click()
    await expect(page.getByLabel('Alarm type')).toHaveAccessibleDescription(/already exists/)
    await page.getByLabel('Alarm type').fill(`${type} again`)
    await page.getByRole('button', { name: 'Create rule' }).click()
    await expect(page).toHaveURL(/\/alarm-rules\/[0-9a-f-]{36}$/)
  })

  await test.step('both go at once', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`/alarm-rules?q=${encodeURIComponent(type)}`)
    await expect(row).toHaveCount(2)
    await page.getByRole('checkbox', { name: 'Select all' }).click()
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete all 2' }).click()
    await expect(page.getByRole('main')).toContainText('No rule fits')
  })
})
