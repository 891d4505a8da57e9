import { connectDevice } from './device.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'

test('an alarm rule is made in the console, and what the console does not know of rules survives', async ({
  tenantPage: page,
  platform,
}) => {
  test.slow()
  const name = `Journey rules ${Date.now()}`
  const foreign = {
    id: 'foreign',
    alarmType: 'From elsewhere',
    madeBy: 'another product',
    createRules: {
      MINOR: {
        condition: {
          condition: [
            {
              key: { type: 'TIME_SERIES', key: 'pressure' },
              valueType: 'NUMERIC',
              predicate: { type: 'NUMERIC', operation: 'LESS', value: { defaultValue: 1, userValue: null } },
            },
          ],
          spec: { type: 'SIMPLE' },
        },
      },
    },
  }
  const profileId = await platform.createDeviceProfile(name, { alarms: [foreign] })
  const rules = page.getByRole('tabpanel')
  const sheet = page.getByRole('dialog', { name: 'New alarm rule' })
  try {
    await test.step('the tab says where rules are evaluated, and tells the rule that is there', async () => {
      await page.goto(`/device-profiles/${profileId}?tab=alarmRules`)
      await expect(rules).toContainText('“device profile” node')
      await expect(rules.getByRole('listitem')).toContainText('pressure < 1')
    })

    await test.step('what is missing is said before a rule is taken over', async () => {
      await rules.getByRole('button', { name: 'Add rule' }).click()
      await sheet.getByRole('button', { name: 'Add rule' }).click()
      await expect(sheet).toContainText('This must not be empty')
      await expect(sheet).toContainText('Name the key of each value')
      await sheet.getByLabel('Alarm type').fill('From elsewhere')
      await expect(sheet).toContainText('Another rule has this type')
      await expectAccessible(page)
    })

    await test.step('a condition with a duration, a limit of the device, and hours', async () => {
      await sheet.getByLabel('Alarm type').fill('High temperature')
      await sheet.getByLabel('Key', { exact: true }).fill('temperature')
      await sheet.getByLabel('Value: where it comes from').selectOption({ label: 'Device attribute' })
      await sheet.getByLabel('Value: attribute').fill('limit')
      await sheet.getByLabel('Value: without the attribute').fill('80')
      await sheet.getByText('For some time').click()
      await sheet.getByLabel('Duration', { exact: true }).fill('10')
      await sheet.getByLabel('When it counts').selectOption({ label: 'At certain hours' })
      await sheet.getByLabel('Time zone').selectOption('Europe/Berlin')
      await sheet.getByRole('button', { name: 'Fri' }).click()
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the rule's own
      await sheet.getByLabel('Details of the alarm').fill('Temperature is ${temperature}')
      await sheet.getByRole('switch', { name: 'To the owner' }).click()
    })

    await test.step('edits are guarded, and kept when somebody stays', async () => {
      await page.keyboard.press('Escape')
      await page.getByRole('dialog', { name: 'Leave' }).getByRole('button', { name: 'Stay' }).click()
      await sheet.getByRole('button', { name: 'Add rule' }).click()
      await expect(sheet).toBeHidden()
      await expect(rules).toContainText('temperature > limit of the device for 10 minutes')
      await page.setViewportSize({ width: 390, height: 844 })
      await expectNoSidewaysScroll(page)
      await page.setViewportSize({ width: 1440, height: 900 })
    })

    await test.step('it is saved with the profile, beside the one from elsewhere', async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText(`${name} is saved`)).toBeVisible()
      const { profileData } = await platform.deviceProfileOf(profileId)
      expect(profileData).toMatchObject({
        alarms: [
          foreign,
          {
            alarmType: 'High temperature',
            createRules: {
              MAJOR: {
                condition: {
                  condition: [
                    {
                      key: { type: 'TIME_SERIES', key: 'temperature' },
                      valueType: 'NUMERIC',
                      predicate: {
                        type: 'NUMERIC',
                        operation: 'GREATER',
                        value: {
                          defaultValue: 80,
                          dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'limit', inherit: false },
                        },
                      },
                    },
                  ],
                  spec: { type: 'DURATION', unit: 'MINUTES', predicate: { defaultValue: 10 } },
                },
                schedule: { type: 'SPECIFIC_TIME', timezone: 'Europe/Berlin', daysOfWeek: [1, 2, 3, 4] },
                // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the rule's own
                alarmDetails: 'Temperature is ${temperature}',
              },
            },
            clearRule: null,
            propagateToOwner: true,
          },
        ],
      })
    })

    await test.step('the one from elsewhere is edited, and keeps its own members', async () => {
      await rules.getByRole('button', { name: 'From elsewhere', exact: true }).click()
      const known = page.getByRole('dialog', { name: 'Alarm rule' })
      await known.getByLabel('Value', { exact: true }).fill('2')
      await known.getByRole('button', { name: 'Apply' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      // The button cannot be pressed while it saves, either.
      const stored = async () => (await platform.deviceProfileOf(profileId)).profileData
      await expect.poll(stored).toMatchObject({
        alarms: [
          {
            madeBy: 'another product',
            createRules: {
              MINOR: { condition: { condition: [{ predicate: { value: { defaultValue: 2, userValue: null } } }] } },
            },
          },
          { alarmType: 'High temperature' },
        ],
      })
    })
  } finally {
    await platform.remove(`/api/deviceProfile/${profileId}`)
  }
})

/** Every message passes the node that evaluates the rules of the profile. */
const evaluating = (name: string) => ({
  ruleChain: { name, type: 'CORE', root: false, debugMode: false },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      {
        additionalInfo: { layoutX: 200, layoutY: 200 },
        type: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode',
        name: 'Rules',
        configuration: {},
      },
    ],
    connections: [],
  },
})

test('a rule made in the console raises and clears the alarm of a device that sends', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  test.slow()
  const stamp = Date.now()
  const name = `Journey ovens ${stamp}`
  const chainId = await platform.importRuleChain(evaluating(`Rules ${stamp}`))
  const profileId = await platform.createDeviceProfile(name, {}, chainId)
  const oven = await platform.createDevice(`Oven ${stamp}`, {}, name)
  const device = await connectDevice(runtime.mqttUrl, oven.token)
  try {
    await test.step('the rule is made', async () => {
      await page.goto(`/device-profiles/${profileId}?tab=alarmRules`)
      await expect(page.getByRole('tabpanel')).toContainText(`of the rule chain Rules ${stamp}`)
      await page.getByRole('button', { name: 'Add rule' }).click()
      const sheet = page.getByRole('dialog', { name: 'New alarm rule' })
      await sheet.getByLabel('Alarm type').fill('Overheating')
      await sheet.getByLabel('Key', { exact: true }).fill('temperature')
      await sheet.getByLabel('Value', { exact: true }).fill('80')
      await sheet.getByRole('switch', { name: 'Clear it by a condition' }).click()
      await sheet.getByLabel('Key', { exact: true }).nth(1).fill('temperature')
      await sheet.getByLabel('Comparison').nth(1).selectOption({ label: 'is less than' })
      await sheet.getByLabel('Value', { exact: true }).nth(1).fill('70')
      await sheet.getByRole('button', { name: 'Add rule' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText(`${name} is saved`)).toBeVisible()
    })

    await test.step('the alarm comes and goes with the values', async () => {
      await page.goto(`/devices/${oven.id}?tab=alarms&state=any`)
      await expect(page.getByText('No alarms', { exact: true })).toBeVisible()
      await device.publish({ temperature: 91 })
      const row = page.getByRole('tabpanel').getByRole('row').filter({ hasText: 'Overheating' })
      await expect(row).toContainText('Active, unacknowledged')
      await device.publish({ temperature: 75 })
      await device.publish({ temperature: 60 })
      await expect(row).toContainText('Cleared, unacknowledged')
    })
  } finally {
    await device.close()
    await platform.deleteDevice(oven.id)
    await platform.remove(`/api/deviceProfile/${profileId}`)
    await platform.deleteRuleChain(chainId)
  }
})

/** What holds where the temperature is beyond a limit. */
const temperature = (operation: 'GREATER' | 'LESS', limit: number, spec: object) => ({
  condition: {
    condition: [
      {
        key: { type: 'TIME_SERIES', key: 'temperature' },
        valueType: 'NUMERIC',
        predicate: { type: 'NUMERIC', operation, value: { defaultValue: limit } },
      },
    ],
    spec,
  },
})

test('a rule that waits raises its alarm, up to the asset above; it is acknowledged in the browser and cleared by its clear rule', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  test.slow()
  const stamp = Date.now()
  const name = `Journey kilns ${stamp}`
  const alarmType = `Too hot for too long ${stamp}`
  const lasting = { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 2 } }
  const rule = {
    ...{ id: 'hot', alarmType, propagate: true, propagateRelationTypes: ['Contains'] },
    createRules: { CRITICAL: temperature('GREATER', 80, lasting) },
    clearRule: temperature('LESS', 70, { type: 'SIMPLE' }),
  }
  const chainId = await platform.importRuleChain(evaluating(`Rules that wait ${stamp}`))
  const profileId = await platform.createDeviceProfile(name, { alarms: [rule] }, chainId)
  const kiln = await platform.createDevice(`Kiln ${stamp}`, {}, name)
  const hallId = await platform.createAssetAbove(`Kiln hall ${stamp}`, kiln.id)
  const device = await connectDevice(runtime.mqttUrl, kiln.token)
  try {
    await page.goto(`/alarms?state=any&q=${encodeURIComponent(alarmType)}`)
    await expect(page.getByText('No alarm fits')).toBeVisible()
    const hotAt = Date.now()
    // As a device does that reports now and then; the rule counts from the first report.
    const row = page.getByRole('row').filter({ hasText: kiln.name })
    await expect(async () => {
      await device.publish({ temperature: 91 })
      await expect(row).toContainText('Critical', { timeout: 1_000 })
    }).toPass({ timeout: 60_000 })
    expect(Date.now() - hotAt).toBeGreaterThanOrEqual(2_000)
    expect(await platform.alarmsOfAsset(hallId)).toMatchObject([{ type: alarmType, status: 'ACTIVE_UNACK' }])

    await row.getByRole('button', { name: alarmType, exact: true }).click()
    const sheet = page.getByRole('dialog', { name: alarmType })
    await sheet.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(sheet).toContainText('Active, acknowledged')
    await device.publish({ temperature: 60 })
    await expect(sheet).toContainText('Cleared, acknowledged')
    expect(await platform.alarmsOfAsset(hallId)).toMatchObject([{ type: alarmType, status: 'CLEARED_ACK' }])
  } finally {
    await device.close()
    await platform.deleteDevice(kiln.id)
    await platform.remove(`/api/asset/${hallId}`)
    await platform.remove(`/api/deviceProfile/${profileId}`)
    await platform.deleteRuleChain(chainId)
  }
})
