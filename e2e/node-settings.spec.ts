import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expect, expectAccessible, test } from './fixtures.ts'

const node = (type: string, name: string, place: number, configuration: object) => ({
  type: `org.thingsboard.rule.engine.${type}`,
  name,
  debugMode: false,
  configuration,
  additionalInfo: { layoutX: 100, layoutY: 100 + 120 * place },
})

const chainFile = (name: string) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      node('filter.TbCheckMessageNode', 'Has its fields', 0, {
        messageNames: ['humidity'],
        metadataNames: [],
        checkAllKeys: false,
        madeElsewhere: 7,
      }),
      node('deduplication.TbMsgDeduplicationNode', 'Once a minute', 1, {
        interval: 60,
        strategy: 'FIRST',
        outMsgType: null,
        maxPendingMsgs: 100,
        maxRetries: 3,
      }),
      node('filter.TbJsFilterNode', 'Too hot', 2, {
        scriptLang: 'JS',
        jsScript: 'return msg.temperature > 20;',
        tbelScript: 'return msg.temperature > 20;',
      }),
    ],
    connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
    ruleChainConnections: null,
  },
})

const draftSchema = z.object({
  draft: z
    .object({
      document: z.object({
        metadata: z.object({ nodes: z.array(z.object({ name: z.string(), configuration: z.unknown() })) }),
      }),
    })
    .nullable(),
})

/** Opens the panel of a node. */
const openNode = async (page: Page, name: string) => {
  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  await drawing.getByRole('group', { name: new RegExp(`^${name}, `) }).click()
  const panel = page.getByRole('complementary', { name: `Node ${name}` })
  await expect(panel).toBeVisible()
  return panel
}

/** What the server keeps of a node that is edited; undefined: no draft holds it. */
const drafted = async (page: Page, chainId: string, name: string): Promise<unknown> => {
  const { draft } = draftSchema.parse(await (await page.request.get(`/api/ruleChain/${chainId}/draft`)).json())
  return draft?.document.metadata.nodes.find((one) => one.name === name)?.configuration
}

const expectDrafted = (page: Page, chainId: string, name: string, configuration: Record<string, unknown>) =>
  expect.poll(() => drafted(page, chainId, name)).toMatchObject(configuration)

test('a node is set up in the browser, and its draft keeps what was set', async ({ tenantPage: page, platform }) => {
  const id = await platform.importRuleChain(chainFile(`Settings ${Date.now()}`))
  await page.goto(`/rule-chains/${id}`)

  await test.step('keys of a filter', async () => {
    const panel = await openNode(page, 'Has its fields')
    await panel.getByLabel('Data keys', { exact: true }).fill('temperature')
    await panel.getByLabel('Data keys', { exact: true }).press('Enter')
    await panel.getByRole('button', { name: 'Remove humidity' }).click()
    await panel.getByRole('switch', { name: 'All of them' }).click()
    await expectDrafted(page, id, 'Has its fields', { messageNames: ['temperature'], checkAllKeys: true })
    await page.reload()
    const again = await openNode(page, 'Has its fields')
    await expect(again.getByRole('listitem').filter({ hasText: 'temperature' })).toBeVisible()
    await expect(again.getByRole('listitem').filter({ hasText: 'humidity' })).toHaveCount(0)
    await expect(again.getByRole('switch', { name: 'All of them' })).toBeChecked()
    await expectAccessible(page)
  })

  await test.step('the same as JSON, with what no setting shows and what is wrong at its place', async () => {
    const panel = page.getByRole('complementary', { name: 'Node Has its fields' })
    await panel.getByText('JSON', { exact: true }).click()
    const json = panel.getByRole('textbox', { name: 'Configuration as JSON' })
    await expect(json).toContainText('"madeElsewhere": 7')
    await json.fill('{"messageNames": [{}]}')
    await expect(panel.getByRole('alert')).toContainText('messageNames/0')
    await expectDrafted(page, id, 'Has its fields', { messageNames: [{}] })
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect(panel.getByRole('alert')).toHaveCount(0)
    await expectDrafted(page, id, 'Has its fields', { messageNames: ['temperature'], madeElsewhere: 7 })
    await panel.getByText('Form', { exact: true }).click()
  })

  await test.step('a script', async () => {
    const panel = await openNode(page, 'Too hot')
    await panel.getByRole('textbox', { name: 'Script, JavaScript' }).fill('return msg.temperature > 35;')
    await panel.getByLabel('Name', { exact: true }).fill('Far too hot')
    await expectDrafted(page, id, 'Far too hot', { jsScript: 'return msg.temperature > 35;' })
  })

  await platform.deleteRuleChain(id)
})

test('a wrong setting says so, is taken back in its field, and has help beside it', async ({
  tenantPage: page,
  platform,
}) => {
  const id = await platform.importRuleChain(chainFile(`Wrong ${Date.now()}`))
  await page.goto(`/rule-chains/${id}`)

  await test.step('a wrong number is kept, and says what is wrong', async () => {
    const panel = await openNode(page, 'Once a minute')
    await panel.getByLabel('Most messages').fill('0')
    await expect(panel.getByText('One setting is wrong')).toBeVisible()
    await expect(panel.getByRole('alert')).toContainText('>=1')
    await expect(panel.getByLabel('Most messages')).toHaveAttribute('aria-invalid', 'true')
    await expectDrafted(page, id, 'Once a minute', { maxPendingMsgs: 0 })
  })

  await test.step('and is taken back in its field, all that was typed there at once', async () => {
    const most = page.getByLabel('Most messages')
    await most.fill('7')
    await most.press('ControlOrMeta+z')
    await expect(most).toHaveValue('100')
    await most.press('ControlOrMeta+Shift+z')
    await expect(most).toHaveValue('7')
    await expectDrafted(page, id, 'Once a minute', { maxPendingMsgs: 7 })
  })

  await test.step('settings that mean nothing are not shown', async () => {
    const panel = page.getByRole('complementary', { name: 'Node Once a minute' })
    await expect(panel.getByLabel('Message type')).toHaveCount(0)
    await panel.getByLabel('Strategy').selectOption('ALL')
    await expect(panel.getByLabel('Message type')).toBeVisible()
  })

  await test.step('and help is beside them', async () => {
    const panel = page.getByRole('complementary', { name: 'Node Once a minute' })
    await panel.getByRole('tab', { name: 'Help' }).click()
    await expect(panel.getByRole('tabpanel')).toContainText('Recipe')
    await expectAccessible(page)
  })
  await platform.deleteRuleChain(id)
})

test('a fence is drawn on a map, and typed', async ({ tenantPage: page, platform }) => {
  const fence = node('geo.TbGpsGeofencingFilterNode', 'In the yard', 0, {
    latitudeKeyName: 'latitude',
    longitudeKeyName: 'longitude',
    perimeterType: 'POLYGON',
    fetchPerimeterInfoFromMessageMetadata: false,
    polygonsDefinition: '[[52.5, 13.4], [52.6, 13.4], [52.6, 13.5]]',
  })
  const file = chainFile(`Fence ${Date.now()}`)
  const id = await platform.importRuleChain({
    ...file,
    metadata: { ...file.metadata, nodes: [fence], connections: [] },
  })
  await page.goto(`/rule-chains/${id}`)
  const panel = await openNode(page, 'In the yard')
  await expect(panel.getByLabel('Latitude of corner 3')).toHaveValue('52.6')
  await panel.getByLabel('Latitude of corner 3').fill('52.55')
  await expectDrafted(page, id, 'In the yard', { polygonsDefinition: '[[52.5, 13.4], [52.6, 13.4], [52.55, 13.5]]' })

  const map = panel.getByRole('region', { name: 'Map of the polygon' })
  await map.click({ position: { x: 60, y: 200 } })
  await expect(panel.getByLabel('Latitude of corner 4')).toBeVisible()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(panel.getByLabel('Latitude of corner 4')).toHaveCount(0)

  await panel.getByText('Text', { exact: true }).click()
  await panel.getByLabel('Corners as text').fill('[[1, 2]]')
  await expect(panel.getByRole('alert')).toContainText('two corners')
  await expectAccessible(page)
  await platform.deleteRuleChain(id)
})
