import type { Page } from '@playwright/test'
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

const openNode = async (page: Page, name: string) => {
  await page.getByRole('application', { name: 'Drawing of the rule chain' }).getByRole('group', { name }).click()
  const details = page.getByRole('complementary', { name: `Details of ${name}` })
  await expect(details).toBeVisible()
  return details
}

test('a node is set up in the browser, and keeps what was set', async ({ tenantPage: page, platform }) => {
  const id = await platform.importRuleChain(chainFile(`Settings ${Date.now()}`))
  await page.goto(`/rule-chains/${id}`)
  const saved = (name: string) => expect(page.getByText(`${name} is saved`)).toBeVisible()

  await test.step('keys of a filter', async () => {
    const details = await openNode(page, 'Has its fields')
    await details.getByLabel('Data keys', { exact: true }).fill('temperature')
    await details.getByLabel('Data keys', { exact: true }).press('Enter')
    await details.getByRole('button', { name: 'Remove humidity' }).click()
    await details.getByRole('switch', { name: 'All of them' }).click()
    await details.getByRole('button', { name: 'Save', exact: true }).click()
    await saved('Has its fields')
    await page.reload()
    await expect(details.getByRole('listitem').filter({ hasText: 'temperature' })).toBeVisible()
    await expect(details.getByRole('listitem').filter({ hasText: 'humidity' })).toHaveCount(0)
    await expect(details.getByRole('switch', { name: 'All of them' })).toBeChecked()
    await expectAccessible(page)
  })

  await test.step('the same as JSON, with what no setting shows', async () => {
    const details = page.getByRole('complementary', { name: 'Details of Has its fields' })
    await details.getByText('JSON', { exact: true }).click()
    const json = details.getByLabel('Configuration as JSON')
    await expect(json).toHaveValue(/"madeElsewhere": 7/)
    await json.fill('{"messageNames": [1]}')
    await expect(details.getByRole('alert')).toContainText('messageNames/0')
    await details.getByRole('button', { name: 'Revert' }).click()
    await expect(details.getByRole('alert')).toHaveCount(0)
  })

  await test.step('the threshold in a script', async () => {
    const details = await openNode(page, 'Too hot')
    await details.getByLabel('JavaScript', { exact: true }).fill('return msg.temperature > 35;')
    await details.getByLabel('Name', { exact: true }).fill('Far too hot')
    await details.getByRole('button', { name: 'Save', exact: true }).click()
    await saved('Far too hot')
    await page.reload()
    await expect(page.getByLabel('JavaScript', { exact: true })).toHaveValue('return msg.temperature > 35;')
  })

  await test.step('a wrong number is refused with its reason', async () => {
    const details = await openNode(page, 'Once a minute')
    await details.getByLabel('Most messages').fill('0')
    await details.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(details.getByRole('alert')).toContainText('>=1')
    await expect(details.getByLabel('Most messages')).toBeFocused()
    await expectAccessible(page)
  })

  await test.step('and is not lost unasked', async () => {
    const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
    await drawing.getByRole('group', { name: 'Far too hot' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
    await expect(page.getByLabel('Most messages')).toHaveValue('0')
  })
  await platform.deleteRuleChain(id)
})

test('two people who set up the same node both get a say', async ({ tenantPage: page, context, platform }) => {
  const id = await platform.importRuleChain(chainFile(`Two ${Date.now()}`))
  const other = await context.newPage()
  for (const one of [page, other]) {
    await one.goto(`/rule-chains/${id}`)
    await openNode(one, 'Once a minute')
  }
  await other.getByLabel('Interval').fill('30')
  await other.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(other.getByText('Once a minute is saved')).toBeVisible()

  await page.getByLabel('Interval').fill('90')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Somebody else saved this meanwhile')
  await expect(dialog).toContainText('"interval": 30')
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(page.getByLabel('Interval')).toHaveValue('30')
  await platform.deleteRuleChain(id)
})
