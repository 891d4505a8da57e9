import type { Locator } from '@playwright/test'
import { connectDevice, publishNumbers } from './device.ts'
import { expect, test } from './fixtures.ts'

/** How many messages a drawn node has had, as it says when it is pointed at; 0 before the first. */
const processedOn = async (node: Locator): Promise<number> => {
  const figures = node.getByTitle(/messages in all/)
  if ((await figures.count()) === 0) return 0
  const text = /^([\d,]+) messages in all/.exec((await figures.first().getAttribute('title')) ?? '')
  return Number((text?.[1] ?? '0').replaceAll(',', ''))
}

test('the root rule chain is drawn, and its nodes count messages as they flow', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  await page.goto('/rule-chains')
  await page.getByRole('main').getByRole('link', { name: 'Root Rule Chain' }).click()
  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  const node = (name: string) => drawing.getByRole('group', { name: new RegExp(`^${name}, `) })
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
  await expect.poll(() => processedOn(node('Save Timeseries'))).toBeGreaterThan(0)
  const before = await processedOn(node('Save Timeseries'))
  await expect.poll(() => processedOn(node('Save Timeseries')), { timeout: 20_000 }).toBeGreaterThan(before + 100)
  await expect.poll(() => processedOn(node('Message Type Switch'))).toBeGreaterThanOrEqual(100)
  await node('Save Timeseries').click()
  await expect(page.getByRole('complementary', { name: 'Node Save Timeseries' })).toContainText('TbMsgTimeseriesNode')
  await numbers.stop()
  await client.close()
})
