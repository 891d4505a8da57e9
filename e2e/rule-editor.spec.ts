import { chainEditor, drag } from './chain-editor.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('a chain is built with the mouse, published, watched and traced', async ({ tenantPage: page, platform }) => {
  const editor = chainEditor(page)
  const name = `Built by mouse ${Date.now()}`

  await test.step('from an empty canvas', async () => {
    await page.goto('/rule-chains')
    await page.getByRole('button', { name: 'New chain' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.getByRole('button', { name: 'Create chain' }).click()
    await expect(page.getByText('An empty chain')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('a filter is dragged onto it', async () => {
    await editor.palette.getByLabel('Search nodes').fill('script')
    await editor.palette
      .getByRole('button', { name: 'script', exact: true })
      .dragTo(editor.drawing, { targetPosition: { x: 300, y: 300 } })
    await editor.rename('script', 'Too hot?')
    await expect(editor.drawing.getByText('Entry')).toBeVisible()
  })

  await test.step('a wire that is dropped beside it brings the next node', async () => {
    await drag(page, editor.outOf('Too hot?'), editor.outOf('Too hot?'), { x: 130, y: 0 })
    await editor.pick(editor.add, 'create alarm')
    await editor.rename('create alarm', 'Raise it')
    await drag(page, editor.outOf('Raise it'), editor.outOf('Raise it'), { x: 130, y: 0 })
    await editor.pick(editor.add, 'rest api call')
    await editor.rename('rest api call', 'Tell the plant')
    await expect(editor.drawing.getByText('True', { exact: true })).toBeVisible()
    await expect(editor.drawing.getByText('Created', { exact: true })).toBeVisible()
  })

  for (const { id } of (await platform.findRuleChains(name)).data) await platform.deleteRuleChain(id.id)
})
