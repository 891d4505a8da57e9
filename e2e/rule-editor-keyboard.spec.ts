import type { Locator, Page } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { expect, test } from './fixtures.ts'

const mostStops = 60

/** Goes on with Tab until it has the focus, as somebody without a mouse does. */
const tabTo = async (page: Page, thing: Locator) => {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await thing.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${thing.toString()} cannot be reached with Tab`)
}

test('the same chain is built with the keyboard alone', async ({ tenantPage: page, platform }) => {
  test.setTimeout(120_000)
  const editor = chainEditor(page)
  const keys = page.keyboard
  const name = `Built by keys ${Date.now()}`

  await test.step('from the list of chains', async () => {
    await page.goto('/rule-chains')
    const add = page.getByRole('button', { name: 'New chain' }).first()
    await expect(add).toBeVisible()
    await tabTo(page, add)
    await keys.press('Enter')
    await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
    await keys.type(name)
    await keys.press('Enter')
    await expect(page.getByText('An empty chain')).toBeVisible({ timeout: 20_000 })
  })

  await test.step('each node is searched for, and wired to the one before', async () => {
    for (const type of ['script', 'create alarm', 'rest api call']) {
      await keys.press('a')
      await expect(editor.add.getByRole('combobox').first()).toBeFocused()
      await keys.type(type)
      await keys.press('Enter')
      await expect(editor.panel(type)).toBeVisible()
    }
    await expect(editor.nodes).toHaveCount(3)
    await expect(editor.drawing.getByText('True', { exact: true })).toBeVisible()
    await expect(editor.drawing.getByText('Created', { exact: true })).toBeVisible()
  })

  await test.step('walking back along the wires, each gets its name', async () => {
    for (const [type, given] of [
      ['rest api call', 'Tell the plant'],
      ['create alarm', 'Raise it'],
      ['script', 'Too hot?'],
    ] as const) {
      const field = editor.panel(type).getByLabel('Name', { exact: true })
      await keys.press('Enter')
      await expect(field).toBeFocused()
      await keys.press('Control+a')
      await keys.type(given)
      await expect(editor.node(given)).toBeVisible()
      await keys.press('Escape')
      await keys.press('Alt+ArrowLeft')
    }
  })

  await test.step('wires are stops, too: their messages are opened, and they are deleted', async () => {
    const wire = (name: string) => editor.drawing.getByRole('group', { name, exact: true })
    await expect(editor.node('Too hot?')).toBeFocused()
    for (const stop of [wire('True to Raise it, from Too hot?'), editor.node('Raise it')]) {
      await keys.press('Tab')
      await expect(stop).toBeFocused()
    }
    await keys.press('Tab')
    const last = wire('Created to Tell the plant, from Raise it')
    await expect(last).toBeFocused()
    await keys.press('Enter')
    await expect(page.getByRole('region', { name: 'Last messages' })).toBeFocused()
    await keys.press('Escape')
    await expect(last).toBeFocused()
    await keys.press('Alt+ArrowRight')
    await expect(editor.node('Tell the plant')).toBeFocused()
    await keys.press('Shift+Tab')
    await expect(last).toBeFocused()
    await keys.press('Delete')
    await expect(last).toHaveCount(0)
    await expect(editor.node('Raise it')).toBeFocused()
    await keys.press('Control+z')
    await expect(last).toHaveCount(1)
  })

  await test.step('and published', async () => {
    const dialog = page.getByRole('dialog')
    await keys.press('Control+s')
    await expect(dialog).toContainText('Tell the plant')
    await tabTo(page, dialog.getByRole('button', { name: 'Publish', exact: true }))
    await keys.press('Enter')
    await expect(dialog).toHaveCount(0)
    const [chain] = (await platform.findRuleChains(name)).data
    expect(await platform.exportRuleChain(chain?.id.id ?? '')).toMatchObject({
      metadata: {
        firstNodeIndex: 0,
        nodes: [{ name: 'Too hot?' }, { name: 'Raise it' }, { name: 'Tell the plant' }],
        connections: [
          { fromIndex: 0, toIndex: 1, type: 'True' },
          { fromIndex: 1, toIndex: 2, type: 'Created' },
        ],
      },
    })
  })

  for (const { id } of (await platform.findRuleChains(name)).data) await platform.deleteRuleChain(id.id)
})
