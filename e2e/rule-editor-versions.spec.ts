import { chainEditor } from './chain-editor.ts'
import { expect, expectAccessible, signInByRequest, test } from './fixtures.ts'
import { accounts, type Platform } from './platform.ts'

const newChain = (platform: Platform, name: string) =>
  platform.importRuleChain({
    ruleChain: { name: `${name} ${Date.now()}` },
    metadata: {
      firstNodeIndex: 0,
      nodes: [
        {
          type: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
          name: 'First',
          configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
          additionalInfo: { layoutX: 100, layoutY: 200 },
        },
      ],
      connections: [],
    },
  })

test('versions are published, compared and brought back', async ({ tenantPage: page, platform }) => {
  const id = await newChain(platform, 'Versions')
  const editor = chainEditor(page)
  const versions = page.getByRole('list', { name: 'Versions' })
  await editor.open(id, 'First')

  await test.step('another version, with a word on what is new', async () => {
    await editor.choose('First')
    await editor.rename('First', 'Another name')
    await editor.publish('Named anew')
  })

  await test.step('compared with the one before', async () => {
    await page.getByRole('region', { name: 'About the chain' }).getByRole('button', { name: 'Versions' }).click()
    await expect(versions.getByRole('listitem')).toHaveCount(2)
    await expect(versions.getByRole('listitem').first()).toContainText('Named anew')
    await expect(versions.getByRole('listitem').first()).toContainText('Published')
    const panel = page.getByRole('region', { name: 'About the chain' })
    await expect(panel.getByText('First', { exact: true })).toBeVisible()
    await expect(panel.getByText('Another name', { exact: true }).first()).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('the one before comes back as a draft, and is published again', async () => {
    await versions.getByRole('button').last().click()
    await page.getByRole('button', { name: 'Restore as draft' }).click()
    await expect(editor.node('First')).toBeVisible()
    await expect.poll(() => platform.draftNodes(id)).toEqual(['First'])
    await editor.publish('As it was')
    await expect(versions.getByRole('listitem')).toHaveCount(3)
    expect(await platform.exportRuleChain(id)).toMatchObject({ metadata: { nodes: [{ name: 'First' }] } })
  })
  await platform.deleteRuleChain(id)
})

test('two who change the same are asked whose counts, and nobody loses an edit unseen', async ({
  tenantPage: anna,
  platform,
  browser,
  runtime,
}) => {
  test.setTimeout(120_000)
  const id = await newChain(platform, 'Contradiction')
  const context = await browser.newContext({ baseURL: runtime.httpUrl })
  const ben = await context.newPage()
  await signInByRequest(ben, accounts.tenant)
  for (const page of [anna, ben]) {
    await chainEditor(page).open(id, 'First')
    await chainEditor(page).choose('First')
  }
  await ben.route('**/api/ruleChain/*/draft', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await chainEditor(ben).rename('First', "Ben's")
  await chainEditor(anna).rename('First', "Anna's")
  await expect.poll(() => platform.draftNodes(id)).toEqual(["Anna's"])
  await ben.unroute('**/api/ruleChain/*/draft')

  const dialog = ben.getByRole('dialog')
  await expect(dialog).toContainText('changed the same', { timeout: 30_000 })
  await expect(dialog).toContainText("Anna's")
  await expect(dialog).toContainText("Ben's")
  await expectAccessible(ben)
  expect(await platform.draftNodes(id)).toEqual(["Anna's"])
  await dialog.getByRole('button', { name: 'Keep all mine' }).click()
  await expect.poll(() => platform.draftNodes(id)).toEqual(["Ben's"])
  await expect(chainEditor(anna).node("Ben's")).toBeVisible()
  await context.close()
  await platform.deleteRuleChain(id)
})
