import type { Locator } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { fingers, middleOf } from './fingers.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

const engine = 'org.thingsboard.rule.engine'
const chainFile = (name: string) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      {
        type: `${engine}.transform.TbDeleteKeysNode`,
        name: 'First',
        configurationVersion: 2,
        configuration: { deleteFrom: 'DATA', keys: ['x'] },
        additionalInfo: { layoutX: 0, layoutY: 0 },
      },
    ],
    connections: [],
  },
})

test('a chain is changed with fingers on a phone', async ({ tenantPage: page, platform }) => {
  const editor = chainEditor(page)
  const id = await platform.importRuleChain(chainFile(`Touched ${Date.now()}`))
  const hand = await fingers(page)
  await editor.open(id, 'First')

  await test.step('a finger that rests opens the menu of the node, and of the canvas', async () => {
    for (const [at, menu] of [
      [await middleOf(editor.node('First')), 'What to do with the node'],
      [{ x: 300, y: 200 }, 'What to do on the canvas'],
    ] as const) {
      await hand.down(at)
      await expect(page.getByRole('menu', { name: menu })).toBeVisible()
      await hand.up()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
      // What the menu was about is chosen, and its panel takes room of the canvas.
      await expect(async () => {
        await page.keyboard.press('Escape')
        await expect(page.getByRole('complementary', { name: /^Node / })).toHaveCount(0, { timeout: 1_000 })
      }).toPass()
    }
  })

  await test.step('a pinch that begins on a node zooms, and leaves the node where it was', async () => {
    const from = await middleOf(editor.node('First'))
    const other = { x: from.x + 60, y: from.y + 120 }
    await hand.down(from)
    await hand.move([from], [{ x: from.x + 30, y: from.y }])
    await hand.down({ x: from.x + 30, y: from.y }, other)
    await hand.move(
      [{ x: from.x + 30, y: from.y }, other],
      [
        { x: from.x, y: from.y - 40 },
        { x: other.x + 20, y: other.y + 60 },
      ],
    )
    await hand.up()
    await expect.poll(async () => (await middleOf(editor.node('First'))).width).toBeGreaterThan(from.width * 1.2)
    await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled()
    await page.getByRole('button', { name: 'Zoom to everything' }).tap()
    await expect.poll(async () => (await middleOf(editor.node('First'))).width).toBeLessThan(from.width * 1.1)
  })

  await test.step('the panel is a sheet below the node, pulled up and closed', async () => {
    await editor.node('First').tap()
    const panel = editor.panel('First')
    await expect(panel).toBeVisible()
    const top = async (thing: Locator) => (await thing.boundingBox())?.y ?? 0
    await expect.poll(async () => (await top(editor.node('First'))) + 40).toBeLessThan(await top(panel))
    const half = await top(panel)
    await page.getByRole('button', { name: 'Make the panel higher' }).tap()
    await expect.poll(() => top(panel)).toBeLessThan(half - 100)
    await page.getByRole('button', { name: 'Make the panel lower' }).tap()
    await expect.poll(() => top(panel)).toBe(half)
    const grip = await middleOf(page.getByRole('button', { name: 'Make the panel higher' }))
    await hand.down(grip)
    await hand.move([grip], [{ x: grip.x, y: grip.y + 120 }])
    await hand.up()
    await expect(panel).toHaveCount(0)
  })

  await test.step('a type is carried out of the palette onto the canvas', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show the nodes' }).tap()
    const row = editor.palette.getByRole('button', { name: 'script', exact: true }).first()
    const from = await middleOf(row)
    const to = { x: 250, y: 600 }
    const first = await middleOf(editor.node('First'))
    await hand.down(from)
    await hand.move([from], [{ x: from.x + 60, y: from.y }])
    await hand.move([{ x: from.x + 60, y: from.y }], [to])
    await hand.up()
    await expect(editor.nodes).toHaveCount(2)
    // It lies where it was let go, seen from the other; both have gone up together, to be above the panel.
    await expect(editor.panel('Script')).toBeVisible()
    await expect
      .poll(async () => {
        const [now, dropped] = [await middleOf(editor.node('First')), await middleOf(editor.node('Script'))]
        return Math.hypot(dropped.x - now.x - (to.x - first.x), dropped.y - now.y - (to.y - first.y))
      })
      .toBeLessThan(40)
  })

  await test.step('two fingers zoom', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Hide the nodes' }).tap()
    const { width } = await middleOf(editor.node('First'))
    const [a, b] = [
      { x: 150, y: 200 },
      { x: 240, y: 260 },
    ]
    await hand.down(a, b)
    await hand.move(
      [a, b],
      [
        { x: 90, y: 160 },
        { x: 300, y: 300 },
      ],
    )
    await hand.up()
    await expect.poll(async () => (await middleOf(editor.node('First'))).width).toBeGreaterThan(width * 1.3)
  })
  await platform.deleteRuleChain(id)
})
