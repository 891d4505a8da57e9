import { isInstalled, postTelemetry, runInShell, connectDevice } from './device.ts'
import { expect, signInByForm, test } from './fixtures.ts'
import { accounts } from './platform.ts'

test('a newcomer signs in, copies a command, and sees the value arrive', async ({ page, device, runtime }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await signInByForm(page, accounts.tenant)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Devices' }).click()
  await page.getByRole('searchbox').fill(device.name)
  await expect(page).toHaveURL(/[?&]q=/)
  await page.getByRole('link', { name: device.name }).click()
  await page.getByRole('tab', { name: 'Connect' }).click()
  const main = page.getByRole('main')
  const shown = (key: string) => main.getByRole('listitem').filter({ hasText: key })

  await test.step('by curl, exactly as the page shows it', async () => {
    const command = await main.locator('pre').filter({ hasText: 'curl' }).first().innerText()
    expect(command).toContain(device.token)
    const sent = /temperature"?\s*:\s*([\d.]+)/.exec(command)?.[1]
    expect(sent, 'the command sends a temperature').toBeDefined()
    await runInShell(command)
    await expect(shown('temperature').getByText(sent ?? '', { exact: true })).toBeVisible()
  })

  await test.step('by MQTT 3.1.1', async () => {
    const command = await main.locator('pre').filter({ hasText: 'mosquitto_pub' }).first().innerText()
    expect(command).toContain(device.token)
    if (isInstalled('mosquitto_pub')) {
      // The value differs from that of curl, so that its arrival can be told.
      await runInShell(
        command.replace(/(temperature"?\s*:\s*)[\d.]+/, '$131.5').replace('mosquitto_pub', 'mosquitto_pub -V 311'),
      )
    } else {
      const client = await connectDevice(runtime.mqttUrl, device.token)
      await client.publish({ temperature: 31.5 })
      await client.close()
    }
    await expect(shown('temperature').getByText('31.5', { exact: true })).toBeVisible()
  })

  await test.step('and everything the device ever sends shows up by itself', async () => {
    await postTelemetry(runtime.httpUrl, device.token, { door: 'open', load: 3 })
    await expect(shown('door').getByText('open')).toBeVisible()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await expect(main.getByRole('row', { name: /temperature/ }).getByText('31.5', { exact: true })).toBeVisible()
    await postTelemetry(runtime.httpUrl, device.token, { temperature: 12.25 })
    await expect(main.getByRole('row', { name: /temperature/ }).getByText('12.25', { exact: true })).toBeVisible()
  })
})
