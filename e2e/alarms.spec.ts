import { connectDevice } from './device.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, signInByRequest, test } from './fixtures.ts'
import { accounts, signInToPlatform } from './platform.ts'

test('an alarm is seen as it is raised, talked about, acknowledged and cleared', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  test.slow()
  const type = `Too hot ${Date.now()}`
  const rows = page.getByRole('table', { name: 'Alarms' }).getByRole('row')
  const row = rows.filter({ hasText: type })
  const sheet = page.getByRole('dialog', { name: type })

  await test.step('it appears in an open page by itself', async () => {
    await page.goto(`/alarms?q=${encodeURIComponent(type)}`)
    await expect(page.getByText('No alarm fits')).toBeVisible()
    await platform.raiseAlarm(device, type, { severity: 'MINOR', details: { temperature: 81 } })
    await expect(row).toContainText(device.name)
    await expect(row).toContainText('Minor')
    await expect(row).toContainText('Active, unacknowledged')
  })

  await test.step('what changes of it shows at once', async () => {
    await platform.raiseAlarm(device, type, { severity: 'CRITICAL', details: { temperature: 95 } })
    await expect(row).toContainText('Critical')
  })

  await test.step('its drawer has an address of its own, and shows everything', async () => {
    await row.getByRole('button', { name: type, exact: true }).click()
    await expect(sheet).toContainText('95')
    await expect(sheet).toContainText('changed the severity from MINOR to CRITICAL')
    await expectAccessible(page)
    await page.reload()
    await expect(sheet.getByRole('link', { name: device.name })).toBeVisible()
  })

  await test.step('people write about it, and change what they wrote', async () => {
    await sheet.getByLabel('Add a comment').fill('The fan is blocked')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Leave' }).getByRole('button', { name: 'Stay' }).click()
    await sheet.getByRole('button', { name: 'Comment', exact: true }).click()
    await sheet.getByRole('button', { name: 'Actions for this comment' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await sheet.getByLabel('Edit the comment').fill('The fan is blocked by dust')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await expect(sheet.getByText('The fan is blocked by dust')).toBeVisible()
    await expect(sheet.getByText('edited', { exact: true })).toBeVisible()
    await sheet.getByRole('button', { name: 'Actions for this comment' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(sheet.getByText('removed a comment')).toBeVisible()
  })

  await test.step('it is given to a person, acknowledged and cleared', async () => {
    await sheet.getByRole('button', { name: 'Assignee: Unassigned' }).click()
    await page.getByRole('dialog', { name: 'Assign to' }).getByRole('button', { name: '(you)' }).click()
    await expect(sheet.getByRole('button', { name: /^Assignee: (?!Unassigned)/ })).toBeVisible()
    await sheet.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(sheet).toContainText('Active, acknowledged')
    await expect(sheet).toContainText('acknowledged the alarm')
    await sheet.getByRole('button', { name: 'Clear' }).click()
    await expect(sheet).toContainText('Cleared, acknowledged')
    expect(await platform.alarmsOf(device.id)).toMatchObject([{ type, status: 'CLEARED_ACK' }])
  })

  await test.step('the list of what is active has it no more, that of all has it', async () => {
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(page.getByText('No alarm fits')).toBeVisible()
    await page.getByText('All', { exact: true }).click()
    await expect(page).toHaveURL(/state=any/)
    await expect(row).toContainText('Cleared, acknowledged')
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
    await expect(row).toContainText(device.name)
  })
})

test('rows stay in their places under the mouse, and many are worked on at once', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  const type = `Storm ${Date.now()}`
  const table = page.getByRole('table', { name: 'Alarms' })
  for (const number of [1, 2]) await platform.raiseAlarm(device, `${type} ${number}`)
  await page.goto(`/alarms?q=${encodeURIComponent(type)}`)
  await expect(table).toContainText(`${type} 2`)

  await table.getByRole('button', { name: `${type} 2`, exact: true }).hover()
  await platform.raiseAlarm(device, `${type} 3`)
  await expect(page.getByRole('button', { name: 'Show 1 change' })).toBeVisible()
  await expect(table).not.toContainText(`${type} 3`)
  await page.getByRole('button', { name: 'Show 1 change' }).click()
  await expect(table.getByRole('row').nth(1)).toContainText(`${type} 3`)

  await page.mouse.move(0, 0)
  const touch = () =>
    table.getByText(`${type} 2`, { exact: true }).dispatchEvent('pointerdown', { pointerType: 'touch' })
  await touch()
  await platform.deleteAlarm(device.id, `${type} 1`)
  await expect(async () => {
    await touch()
    await expect(page.getByRole('button', { name: 'Show 1 change' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(table).toContainText(`${type} 1`)
  await expect(table).not.toContainText(`${type} 1`)
  await platform.raiseAlarm(device, `${type} 1`)
  await expect(table).toContainText(`${type} 1`)

  await page.getByLabel('Select all rows shown').click()
  await page.getByRole('button', { name: 'Acknowledge', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge all 3' }).click()
  await expect(page.getByText('3 alarms are acknowledged')).toBeVisible()
  const states = async () => (await platform.alarmsOf(device.id)).map(({ status }) => status)
  expect(await states()).toEqual(['ACTIVE_ACK', 'ACTIVE_ACK', 'ACTIVE_ACK'])
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all 3' }).click()
  await expect(page.getByText('No alarm fits')).toBeVisible()
  expect(await states()).toEqual([])
})

test('filters stand in the address and limit the list', async ({ tenantPage: page, platform, device }) => {
  const type = `Filter ${Date.now()}`
  await platform.raiseAlarm(device, `${type} major`, { severity: 'MAJOR' })
  await platform.raiseAlarm(device, `${type} warning`, { severity: 'WARNING' })
  const table = page.getByRole('table', { name: 'Alarms' })
  await page.goto(`/alarms?q=${encodeURIComponent(type)}`)
  await expect(table.getByRole('row')).toHaveCount(3)
  await page.getByRole('button', { name: 'Severity: any' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Warning' }).click()
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page).toHaveURL(/severity=WARNING/)
  await page.reload()
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.goBack()
  await page.getByRole('button', { name: 'Assigned to me' }).click()
  await expect(page.getByText('No alarm fits')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).not.toHaveURL(/mine/)
})

test('the page of a device has its alarms, and counts the active ones as they come', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  await platform.raiseAlarm(device, 'First')
  await page.goto(`/devices/${device.id}`)
  await page.getByRole('tab', { name: 'Alarms 1 active' }).click()
  const rows = page.getByRole('tabpanel').getByRole('row')
  await expect(rows).toHaveCount(2)
  await platform.raiseAlarm(device, 'Second')
  await expect(page.getByRole('tab', { name: 'Alarms 2 active' })).toBeVisible()
  await expect(rows).toHaveCount(3)
  await rows.nth(1).getByRole('button', { name: 'Second', exact: true }).click()
  await page.getByRole('dialog', { name: 'Second' }).getByRole('button', { name: 'Clear' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Alarms 1 active' })).toBeVisible()
})

test("a customer's user handles the alarms of the own devices and sees no others", async ({
  page,
  runtime,
  platform,
  device,
}) => {
  const type = `Own ${Date.now()}`
  const { data } = await (await signInToPlatform(runtime.httpUrl, accounts.customer)).customerDevices()
  const own = data[0]
  expect(own, 'a demo device of the customer').toBeDefined()
  if (!own) return
  await platform.raiseAlarm({ id: own.id.id }, `${type} shown`)
  await platform.raiseAlarm(device, `${type} hidden`)
  try {
    await signInByRequest(page, accounts.customer)
    await page.goto('/')
    await page.getByRole('link', { name: 'Alarms' }).click()
    await page.getByLabel('Search alarms').fill(type)
    const row = page.getByRole('row').filter({ hasText: type })
    await expect(row).toHaveCount(1)
    await row.getByRole('button', { name: `${type} shown`, exact: true }).click()
    const sheet = page.getByRole('dialog', { name: `${type} shown` })
    await sheet.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(sheet).toContainText('Active, acknowledged')
    await sheet.getByRole('button', { name: 'Clear' }).click()
    await expect(sheet).toContainText('Cleared, acknowledged')
    await expectAccessible(page)
  } finally {
    for (const { id } of await platform.alarmsOf(own.id.id, type)) await platform.remove(`/api/alarm/${id.id}`)
  }
})

const layout = (layoutX: number, layoutY: number) => ({ additionalInfo: { layoutX, layoutY } })

/** What is hotter than 80 raises an alarm that goes up to what contains the device; what is not clears it. */
const overheating = (name: string, alarmType: string) => ({
  ruleChain: { name, type: 'CORE', root: false, debugMode: false },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      {
        ...layout(200, 200),
        type: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
        name: 'Telemetry?',
        configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
      },
      {
        ...layout(350, 200),
        type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
        name: 'Too hot?',
        configuration: { scriptLang: 'JS', jsScript: 'return msg.temperature > 80;' },
      },
      {
        ...layout(500, 100),
        type: 'org.thingsboard.rule.engine.action.TbCreateAlarmNode',
        name: 'Raise',
        configuration: {
          alarmType,
          scriptLang: 'JS',
          alarmDetailsBuildJs: 'return { temperature: msg.temperature };',
          severity: 'CRITICAL',
          propagate: true,
          relationTypes: ['Contains'],
        },
      },
      {
        ...layout(500, 300),
        type: 'org.thingsboard.rule.engine.action.TbClearAlarmNode',
        name: 'Clear',
        configuration: { alarmType, scriptLang: 'JS', alarmDetailsBuildJs: 'return { clearedAt: msg.temperature };' },
      },
    ],
    connections: [
      { fromIndex: 0, toIndex: 1, type: 'True' },
      { fromIndex: 1, toIndex: 2, type: 'True' },
      { fromIndex: 1, toIndex: 3, type: 'False' },
    ],
  },
})

test('what a device sends raises an alarm by its rule chain, up to the asset above, before the eyes of people', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  test.slow()
  const stamp = Date.now()
  const type = `Overheating ${stamp}`
  const chainId = await platform.importRuleChain(overheating(`Overheating ${stamp}`, type))
  const profileId = await platform.createDeviceProfile(`Ovens ${stamp}`, {}, chainId)
  const oven = await platform.createDevice(`Oven ${stamp}`, {}, `Ovens ${stamp}`)
  const hallId = await platform.createAssetAbove(`Hall ${stamp}`, oven.id)
  const device = await connectDevice(runtime.mqttUrl, oven.token)
  try {
    await page.goto(`/alarms?state=any&q=${encodeURIComponent(type)}`)
    await expect(page.getByText('No alarm fits')).toBeVisible()
    await device.publish({ temperature: 95 })
    const row = page.getByRole('row').filter({ hasText: oven.name })
    await expect(row).toContainText('Critical')
    expect(await platform.alarmsOfAsset(hallId)).toMatchObject([{ type, status: 'ACTIVE_UNACK' }])

    await row.getByRole('button', { name: type, exact: true }).click()
    const sheet = page.getByRole('dialog', { name: type })
    await expect(sheet).toContainText('entities related by Contains')
    await sheet.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(sheet).toContainText('Active, acknowledged')
    await device.publish({ temperature: 60 })
    await expect(sheet).toContainText('Cleared, acknowledged')
    expect(await platform.alarmsOfAsset(hallId)).toMatchObject([{ type, status: 'CLEARED_ACK' }])
  } finally {
    await device.close()
    await platform.deleteDevice(oven.id)
    await platform.remove(`/api/asset/${hallId}`)
    await platform.remove(`/api/deviceProfile/${profileId}`)
    await platform.deleteRuleChain(chainId)
  }
})
