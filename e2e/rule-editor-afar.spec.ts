import { chainEditor } from './chain-editor.ts'
import { expect, test } from './fixtures.ts'

const engine = 'org.thingsboard.rule.engine'
const rows = 12
/** More nodes than are drawn at once: as many in a column as fit on a screen that shows all of them. */
const count = 168
const nameOf = (index: number) => `Step ${index}`
const chainFile = (name: string) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: {
    firstNodeIndex: 0,
    nodes: Array.from({ length: count }, (_, index) => ({
      type: `${engine}.transform.TbDeleteKeysNode`,
      name: nameOf(index),
      configurationVersion: 2,
      configuration: { deleteFrom: 'DATA', keys: ['x'] },
      additionalInfo: { layoutX: 240 * Math.floor(index / rows), layoutY: 100 * (index % rows) },
    })),
    connections: Array.from({ length: count - rows }, (_, index) => ({
      ...{ fromIndex: index, toIndex: index + rows, type: 'Success' },
    })),
  },
})

test('a large chain is worked on from afar, where it is one picture', async ({ tenantPage: page, platform }) => {
  const editor = chainEditor(page)
  const id = await platform.importRuleChain(chainFile(`From afar ${Date.now()}`))
  await editor.open(id, nameOf(0))
  await page.getByRole('button', { name: 'Zoom to everything' }).click()
  await expect(editor.nodes).toHaveCount(0)

  /** Where a node of the picture is, seen from the first, which has the focus and therefore is there. */
  const placeOf = async (index: number) => {
    const box = await editor.nodes.first().boundingBox()
    if (!box) throw new Error('No node is there')
    const zoom = box.width / 216
    return {
      x: box.x + box.width / 2 + 240 * 1.32 * Math.floor(index / rows) * zoom,
      y: box.y + box.height / 2 + 100 * 1.28 * (index % rows) * zoom,
    }
  }

  await test.step('keys lead to the first node and on along its wire', async () => {
    await editor.drawing.focus()
    await page.keyboard.press('Enter')
    await expect(editor.node(nameOf(0))).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(editor.drawing.getByRole('group', { name: /^Success/ })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(editor.node(nameOf(0))).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await expect(editor.node(nameOf(0))).toBeFocused()
  })

  await test.step('a mouse finds the name of a node, chooses it, moves it, and takes that back', async () => {
    const at = await placeOf(14)
    await page.mouse.move(at.x, at.y)
    await expect(editor.drawing.getByText(nameOf(14), { exact: true }).last()).toBeVisible()
    await page.mouse.down()
    await page.mouse.up()
    await expect(editor.panel(nameOf(14))).toBeVisible()
    const node = editor.node(nameOf(14))
    const before = await node.boundingBox()
    if (!before) throw new Error('The node is not there')
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2)
    await page.mouse.down()
    await page.mouse.move(before.x + 30, before.y + 60, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await node.boundingBox())?.y).toBeGreaterThan(before.y + 30)
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(async () => (await node.boundingBox())?.y).toBeCloseTo(before.y, 0)
  })

  await test.step('a frame chooses many, a wire is clicked and has its menu', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Zoom to everything' }).click()
    await editor.drawing.focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await expect(editor.node(nameOf(0))).toBeFocused()
    const [first, last] = [await placeOf(0), await placeOf(rows * 3 - 1)]
    await page.mouse.move(first.x - 30, first.y - 12)
    await page.mouse.down()
    await page.mouse.move(last.x + 26, last.y + 8, { steps: 8 })
    await page.mouse.up()
    await expect(page.getByRole('complementary').getByText(`${rows * 3} nodes`)).toBeVisible()
    await editor.drawing.focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await expect(editor.node(nameOf(0))).toBeFocused()
    const [from, to] = [await placeOf(rows), await placeOf(rows * 2)]
    const middle = { x: (from.x + to.x) / 2, y: from.y }
    await page.mouse.click(middle.x, middle.y)
    await expect(
      page.getByRole('complementary', { name: `Wire from ${nameOf(rows)} to ${nameOf(rows * 2)}` }),
    ).toBeVisible()
    await page.mouse.click(middle.x, middle.y, { button: 'right' })
    await expect(page.getByRole('menu', { name: 'What to do with the wire' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('what is not drawn is found by its name; a double click goes near', async () => {
    await editor.drawing.focus()
    await page.keyboard.press('Control+f')
    await page.getByRole('textbox', { name: 'Find in the chain' }).fill(nameOf(150))
    await page.keyboard.press('Enter')
    await expect(editor.node(nameOf(150))).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Zoom to everything' }).click()
    await expect.poll(() => editor.nodes.count()).toBeLessThan(10)
    const box = await editor.drawing.boundingBox()
    if (!box) throw new Error('The drawing is not there')
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2)
    await expect.poll(() => editor.nodes.count()).toBeGreaterThan(10)
    await expect(editor.drawing.getByText(/^Step \d+$/).first()).toBeVisible()
  })
  await platform.deleteRuleChain(id)
})
