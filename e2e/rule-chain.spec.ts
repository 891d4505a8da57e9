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

/** A chain in the documented file format: two known nodes, and one that this installation cannot know. */
const chainFile = (name: string) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      {
        type: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode',
        name: 'Which kind',
        debugMode: false,
        configuration: { version: 0 },
        additionalInfo: { layoutX: 120, layoutY: 160 },
      },
      {
        type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
        name: 'Keep it',
        debugMode: false,
        configuration: { defaultTTL: 86400, skipLatestPersistence: false, useServerTs: false },
        additionalInfo: { layoutX: 480, layoutY: 80 },
      },
      {
        type: 'com.example.factory.PressControlNode',
        name: 'Press control',
        debugMode: false,
        configuration: { line: 4 },
        additionalInfo: { layoutX: 480, layoutY: 240 },
      },
    ],
    connections: [
      { fromIndex: 0, toIndex: 1, type: 'Post telemetry' },
      { fromIndex: 0, toIndex: 2, type: 'Post attributes' },
    ],
    ruleChainConnections: null,
  },
})

test('a rule chain file is imported, with remarks on what does not run here', async ({
  tenantPage: page,
  platform,
}) => {
  const name = `Imported ${Date.now()}`
  await page.goto('/rule-chains')
  await page.getByLabel('Rule chain file').setInputFiles({
    name: 'chain.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(chainFile(name))),
  })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(name)
  await expect(dialog).toContainText('Press control')
  await dialog.getByRole('button', { name: 'Open the chain' }).click()

  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  await expect(drawing.getByRole('group', { name: 'Keep it, save time series' })).toBeVisible()
  await drawing.getByRole('group', { name: 'Press control' }).click()
  const details = page.getByRole('complementary', { name: 'Details of Press control' })
  await expect(details).toContainText('not known here')
  await expect(details).toContainText('com.example.factory.PressControlNode')
  await expect(details.getByLabel('Configuration as JSON')).toHaveValue(/"line": 4/)

  await test.step('and exported as it came', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    const chunks: Buffer[] = []
    for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk))
    const exported: unknown = JSON.parse(Buffer.concat(chunks).toString())
    expect(exported).toMatchObject({
      ruleChain: { name, type: 'CORE', root: false },
      metadata: {
        firstNodeIndex: 0,
        nodes: [
          { type: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode', name: 'Which kind' },
          { type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', name: 'Keep it' },
          { type: 'com.example.factory.PressControlNode', name: 'Press control', configuration: { line: 4 } },
        ],
        connections: [
          { fromIndex: 0, toIndex: 1, type: 'Post telemetry' },
          { fromIndex: 0, toIndex: 2, type: 'Post attributes' },
        ],
      },
    })
  })

  await test.step('a file that is no rule chain is refused with a reason', async () => {
    await page.goto('/rule-chains')
    await page.getByLabel('Rule chain file').setInputFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('this is not JSON'),
    })
    await expect(page.getByText('The file was not imported')).toBeVisible()
  })
  const made = await platform.findRuleChains(name)
  expect(made.data).toHaveLength(1)
  for (const chain of made.data) await platform.deleteRuleChain(chain.id.id)
})
