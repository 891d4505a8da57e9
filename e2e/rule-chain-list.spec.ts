import type { Download } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const contentOf = async (download: Download): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  return JSON.parse(Buffer.concat(chunks).toString())
}

test('chains are named, copied, found, exported and deleted from their list', async ({
  tenantPage: page,
  platform,
}) => {
  const stamp = `${Date.now()}`
  const [called, calling] = [`Called ${stamp}`, `Calling ${stamp}`]
  const script = `return msg.level > ${stamp};`
  const node = (type: string, name: string, configuration: object) => ({
    type: `org.thingsboard.rule.engine.${type}`,
    name,
    configuration,
    additionalInfo: { layoutX: 100, layoutY: 100 },
  })
  const id = await platform.importRuleChain({
    ruleChain: { name: called },
    metadata: {
      firstNodeIndex: 0,
      nodes: [node('filter.TbJsFilterNode', 'Too full?', { scriptLang: 'JS', jsScript: script })],
      connections: [],
    },
  })
  await platform.importRuleChain({
    ruleChain: { name: calling },
    metadata: {
      firstNodeIndex: 0,
      nodes: [node('flow.TbRuleChainInputNode', 'On to the other', { ruleChainId: id })],
      connections: [],
    },
  })
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  const act = async (name: string, deed: string) => {
    await row(name).hover()
    await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
    await page.getByRole('menuitem', { name: deed }).click()
  }

  await test.step('with its nodes and uses', async () => {
    await page.goto(`/rule-chains?q=${stamp}`)
    await expect(row(called).getByRole('cell').nth(3)).toHaveText('1')
    await expect(row(called).getByRole('cell').nth(4)).toHaveText('1')
    await expectAccessible(page)
  })

  await test.step('another description', async () => {
    await act(calling, 'Name and description…')
    await page.getByRole('dialog').getByLabel('Description').fill('Sends everything on')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(row(calling)).toContainText('Sends everything on')
  })

  await test.step('a copy', async () => {
    await act(calling, 'Duplicate')
    await expect(row(`${calling} copy`)).toContainText('Sends everything on')
    await expect(row(called).getByRole('cell').nth(4)).toHaveText('2')
  })

  await test.step('what stands in a script is found in all chains, and leads to its node', async () => {
    await page.getByText('In all chains').click()
    await page.getByLabel('Search nodes, settings and scripts').fill(`LEVEL > ${stamp}`)
    await expect(row('Too full?')).toContainText(called)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Too full?' }).click()
    await expect(chainEditor(page).panel('Too full?')).toBeVisible({ timeout: 20_000 })
  })

  await test.step('several in one file, which holds the links between them', async () => {
    await page.goto(`/rule-chains?q=${stamp}`)
    await page.getByRole('checkbox', { name: `Select ${called}`, exact: true }).click()
    await page.getByRole('checkbox', { name: `Select ${calling}`, exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    expect(await contentOf(await download)).toMatchObject({
      ruleChains: [{ name: called, id: { id } }, { name: calling }],
      metadata: [
        { ruleChainId: { id }, nodes: [{ name: 'Too full?' }] },
        { nodes: [{ configuration: { ruleChainId: id } }] },
      ],
    })
  })

  await test.step('deleted after it was told what would miss it', async () => {
    await page.goto(`/rule-chains?q=${stamp}`)
    await act(called, 'Delete…')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('2 places use this chain')
    await expect(dialog.getByRole('list', { name: 'Used by' })).toContainText(`Node of ${calling} copy`)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Delete chain' }).click()
    // Behind an open dialog there are no rows either.
    await expect(dialog).toBeHidden()
    await expect(row(called)).toHaveCount(0)
  })
  for (const chain of (await platform.findRuleChains(stamp)).data) await platform.deleteRuleChain(chain.id.id)
})
