import type { Locator } from '@playwright/test'
import { connectDevice, publishNumbers } from './device.ts'
import { expect, test } from './fixtures.ts'

/** The number before "msg" on a drawn node; 0 while it shows none. */
const processedOn = async (node: Locator): Promise<number> => {
  const text = /([\d.,]+)([KM]?) msg/.exec(await node.innerText())
  const factor = { K: 1_000, M: 1_000_000 }[text?.[2] ?? ''] ?? 1
  return Number((text?.[1] ?? '0').replaceAll(',', '')) * factor
}

test('the root rule chain is drawn, and its nodes count messages as they flow', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  await page.goto('/rule-chains')
  await page.getByRole('main').getByRole('link', { name: 'Root Rule Chain' }).click()
  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  const node = (name: string) => drawing.getByRole('group', { name })
  for (const name of [
    'Message Type Switch',
    'Save Timeseries',
    'Save Client Attributes',
    'Log RPC from Device',
    'Log Other',
  ])
    await expect(node(name)).toBeVisible()
  await expect(drawing.getByText('Post telemetry')).toBeVisible()

  const client = await connectDevice(runtime.mqttUrl, device.token)
  const numbers = publishNumbers(client, 50)
  await node('Save Timeseries').click()
  const details = page.getByRole('complementary', { name: 'Details of Save Timeseries' })
  const processed = async () => {
    const text = await details.getByRole('definition').first().innerText()
    return Number(text.replaceAll(/\D/g, ''))
  }
  await expect.poll(processed).toBeGreaterThan(0)
  const before = await processed()
  await expect.poll(processed, { timeout: 20_000 }).toBeGreaterThan(before + 100)
  await expect.poll(() => processedOn(node('Message Type Switch'))).toBeGreaterThanOrEqual(100)
  await expect(details).toContainText('TbMsgTimeseriesNode')
  await numbers.stop()
  await client.close()
})
