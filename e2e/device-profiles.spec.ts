import { readFile } from 'node:fs/promises'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { provision } from './protocol-device.ts'

test('a profile made in the console lets a device provision itself', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  test.slow()
  const stamp = Date.now()
  const profile = `Journey profile ${stamp}`
  const device = { name: `Provisioned ${stamp}`, key: '', secret: '' }

  await test.step('the profile is made, and its strategy brings a key and a secret', async () => {
    await page.goto('/device-profiles')
    await page.getByRole('button', { name: 'Add profile' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add profile' }).click()
    await expect(dialog.getByRole('alert')).toContainText('name')
    await dialog.getByLabel('Name').fill(profile)
    await dialog.getByRole('button', { name: 'Add profile' }).click()
    await expect(page.getByRole('heading', { name: profile, level: 1 })).toBeAttached()
    await page.getByRole('tab', { name: 'Provisioning' }).click()
    await page.getByLabel('Strategy').selectOption({ label: 'Make new devices' })
    await page.getByRole('tab', { name: 'General' }).click()
    await page.getByLabel('Rule chain').selectOption({ label: 'Root Rule Chain' })
    await page.getByRole('tab', { name: 'Provisioning' }).click()
    device.key = await page.getByLabel('Provision key', { exact: true }).inputValue()
    device.secret = await page.getByLabel('Provision secret', { exact: true }).inputValue()
    expect([device.key.length, device.secret.length]).toEqual([20, 20])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText(`${profile} is saved`)).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Provision key', { exact: true })).toHaveValue(device.key)
    await expectAccessible(page)
    await page.getByRole('tab', { name: 'General' }).click()
    await expect(page.getByLabel('Rule chain').locator('option:checked')).toHaveText('Root Rule Chain')
  })

  await test.step('a device with them gets its token, and sends', async () => {
    const token = await provision(runtime.mqttUrl, device)
    await postTelemetry(runtime.httpUrl, token, { level: 7 })
  })

  await test.step('it stands in the list with its profile, and is active', async () => {
    await page.goto(`/devices?q=${encodeURIComponent(device.name)}`)
    const row = page.getByRole('table').getByRole('row').filter({ hasText: device.name })
    await expect(row).toContainText(profile)
    await expect(row).toContainText('Active')
  })

  await test.step('the profile stays as long as a device has it, and goes then', async () => {
    const remove = async () => {
      await page.goto(`/device-profiles?q=${encodeURIComponent(profile)}`)
      await page.getByRole('row').filter({ hasText: profile }).hover()
      await page.getByRole('button', { name: `Actions for ${profile}` }).click()
      await page.getByRole('menuitem', { name: 'Delete…' }).click()
    }
    await remove()
    await expect(page.getByRole('dialog')).toContainText('1 device has this profile')
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Delete profile' })).toBeDisabled()
    const { data } = await platform.findDevices(device.name)
    for (const { id } of data) await platform.deleteDevice(id.id)
    await remove()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete profile' }).click()
    await expect(page.getByText(`${profile} is deleted`)).toBeVisible()
  })
})

test('what is wrong with a profile stands beside its field, and edits of two people meet', async ({
  tenantPage: page,
  platform,
}) => {
  const profile = `Journey profile ${Date.now()}`
  await page.goto('/device-profiles?add=true')
  await page.getByRole('dialog').getByLabel('Name').fill(profile)
  await page.getByRole('dialog').getByLabel('Transport').selectOption('MQTT')
  await page.getByRole('dialog').getByRole('button', { name: 'Add profile' }).click()
  await expect(page).toHaveURL(/\/device-profiles\/[0-9a-f-]{36}/)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  try {
    await page.getByRole('tab', { name: 'Transport' }).click()
    await page.getByLabel('Telemetry topic filter').fill('plant/#/state')
    await page.getByRole('switch', { name: 'Acknowledge messages' }).click()
    await expect(page.getByRole('switch', { name: 'Acknowledge messages' })).toBeChecked()
    await page.getByRole('tab', { name: 'Topic space' }).click()
    await page.getByRole('switch', { name: 'Open the topic space' }).click()
    await expect(page.getByRole('switch', { name: 'Open the topic space' })).toBeChecked()
    await page.getByLabel('May publish').fill('plant/#\nplant/a+b')
    await page.getByRole('link', { name: 'Dashboards' }).click()
    const question = page.getByRole('dialog', { name: 'Leave without saving your changes?' })
    await question.getByRole('button', { name: 'Stay here' }).click()
    await expect(question).toBeHidden()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: '(2)' })).toBeVisible()
    await page.getByRole('tab', { name: 'Transport' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'no MQTT topic filter' })).toBeVisible()
    await page.getByLabel('Telemetry topic filter').fill('plant/+/state')
    await page.getByRole('tab', { name: 'Topic space' }).click()
    await page.getByLabel('May publish').fill('plant/#')

    const other = await page.context().newPage()
    await other.goto(`/device-profiles/${id}`)
    await other.getByLabel('Description').fill('theirs')
    await other.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(other.getByText(`${profile} is saved`)).toBeVisible()
    await other.close()

    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('row').filter({ hasText: 'Description' })).toContainText('theirs')
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(page.getByText(`${profile} is saved`)).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('May publish')).toHaveValue('plant/#')
  } finally {
    await platform.remove(`/api/deviceProfile/${id}`)
  }
})

test('a profile goes into a file, and comes back from it as another one', async ({ tenantPage: page, platform }) => {
  const profile = `Journey profile ${Date.now()}`
  const strange = '13814000-1dd2-11b2-8080-808080808080'
  await page.goto('/device-profiles?add=true')
  await page.getByRole('dialog').getByLabel('Name').fill(profile)
  await page.getByRole('dialog').getByLabel('Transport').selectOption('MQTT')
  await page.getByRole('dialog').getByRole('button', { name: 'Add profile' }).click()
  await expect(page).toHaveURL(/\/device-profiles\/[0-9a-f-]{36}/)
  const ids = [new URL(page.url()).pathname.split('/').at(-1) ?? '']
  try {
    await page.getByRole('button', { name: `Actions for ${profile}` }).click()
    const saving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export' }).click()
    const download = await saving
    expect(download.suggestedFilename()).toMatch(/^journey_profile_\d+\.json$/)
    const file: Record<string, unknown> = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(file).toMatchObject({ name: profile, transportType: 'MQTT', default: false })
    expect(file).not.toHaveProperty('id')

    await page.goto('/device-profiles')
    const take = (content: string) =>
      page
        .getByLabel('Device profile file')
        .setInputFiles({ name: 'profile.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    await take('{')
    await expect(page.getByText('The file is not JSON')).toBeVisible()
    await take(JSON.stringify(file))
    await expect(page.getByText('Device profile with such name already exists!')).toBeVisible()

    await take(
      JSON.stringify({
        ...file,
        name: `${profile} again`,
        defaultRuleChainId: { entityType: 'RULE_CHAIN', id: strange },
      }),
    )
    await expect(page.getByText(`${profile} again is imported`)).toBeVisible()
    await expect(page.getByText('is not in this installation')).toBeVisible()
    await expect(page).toHaveURL(/\/device-profiles\/[0-9a-f-]{36}/)
    ids.push(new URL(page.url()).pathname.split('/').at(-1) ?? '')
    await page.getByRole('tab', { name: 'Transport' }).click()
    await expect(page.getByLabel('Transport type')).toHaveValue('MQTT')
  } finally {
    for (const id of ids) await platform.remove(`/api/deviceProfile/${id}`)
  }
})
