import type { Locator, Page } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { fingers, middleOf } from './fingers.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'
import { readRuntime } from './stack.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

const engine = 'org.thingsboard.rule.engine'
const node = (name: string, layoutY: number) => ({
  type: `${engine}.transform.TbDeleteKeysNode`,
  name,
  configurationVersion: 2,
  configuration: { deleteFrom: 'DATA', keys: ['x'] },
  additionalInfo: { layoutX: 0, layoutY },
})
/** The nodes stand below each other, so that a phone shows them. */
const chainFile = (name: string, ...nodes: string[]) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: { firstNodeIndex: 0, nodes: nodes.map((one, index) => node(one, 140 * index)), connections: [] },
})

test('a chain is changed with fingers on a phone', async ({ tenantPage: page, platform }) => {
  const editor = chainEditor(page)
  const id = await platform.importRuleChain(chainFile(`Touched ${Date.now()}`, 'First'))
  const hand = await fingers(page)
  await editor.open(id, 'First')

  await test.step('a finger that rests opens the menu of the node, and of the canvas, which stays when it is lifted', async () => {
    for (const [at, menu, item] of [
      [await middleOf(editor.node('First')), 'What to do with the node', 'Open settings'],
      [{ x: 300, y: 200 }, 'What to do on the canvas', 'Select all'],
    ] as const) {
      await hand.down(at)
      await expect(page.getByRole('menu', { name: menu })).toBeVisible()
      await hand.up()
      await page.getByRole('menu', { name: menu }).getByRole('menuitem', { name: item }).tap()
      await expect(page.getByRole('menu')).toHaveCount(0)
      await expect(editor.panel('First')).toBeVisible()
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

/** Somebody else renames a node of the draft, while the page cannot save. */
const renameElsewhere = async (page: Page, id: string, from: string, to: string) => {
  const path = `/api/ruleChain/${id}/draft`
  type Draft = {
    revision: number
    baseVersion: number
    document: { metadata: { nodes: { name: string }[] } }
  }
  const { draft } = (await (await page.request.get(path)).json()) as { draft: Draft }
  const { revision, baseVersion, document } = draft
  for (const one of document.metadata.nodes) if (one.name === from) one.name = to
  const headers = { origin: new URL(readRuntime().httpUrl).origin }
  const saved = await page.request.put(path, { data: { revision, baseVersion, document }, headers })
  expect(saved.ok(), await saved.text()).toBe(true)
}

test('wires are drawn with a finger, and what two people changed is settled on a phone', async ({
  tenantPage: page,
  platform,
}) => {
  const editor = chainEditor(page)
  const id = await platform.importRuleChain(chainFile(`Wired ${Date.now()}`, 'First', 'Second'))
  const hand = await fingers(page)
  await editor.open(id, 'First')
  /** From beside a port, as a finger takes hold of it. */
  const draw = async (name: string, to: { x: number; y: number }) => {
    const port = await middleOf(editor.outOf(name))
    const from = { x: port.x + 14, y: port.y + 8 }
    await hand.down(from)
    await hand.move([from], [to])
    await hand.up()
  }

  /** A tap in the very moment in which the finger was lifted is none for the browser. */
  const takeFrom = (list: Locator, name: string) =>
    expect(async () => {
      await list.getByRole('option', { name, exact: true }).first().tap({ timeout: 5_000 })
      await expect(list).toHaveCount(0, { timeout: 2_000 })
    }).toPass()

  await test.step('from a port to a node, with a label', async () => {
    await draw('First', await middleOf(editor.node('Second')))
    const labels = page.getByRole('dialog', { name: 'Labels of the wire' })
    await takeFrom(labels, 'Success')
    await expect(editor.drawing.getByRole('group', { name: /^First, .*1 wire out$/ })).toBeVisible()
  })

  await test.step('from a port to empty space, where the next node is added', async () => {
    const { x, y } = await middleOf(editor.node('Second'))
    await draw('Second', { x, y: y + 160 })
    await expect(editor.add).toBeVisible()
    await expectNoSidewaysScroll(page)
    await takeFrom(editor.add, 'script')
    await expect(editor.panel('Script')).toBeVisible()
    await expect(editor.nodes).toHaveCount(3)
    await expect.poll(() => platform.draftNodes(id)).toEqual(['First', 'Second', 'Script'])
  })

  await test.step('who changed the same is asked whose counts, in a sheet with its buttons in sight', async () => {
    const draftPath = '**/api/ruleChain/*/draft'
    await page.route(draftPath, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
    const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'PUT')
    await editor.panel('Script').getByLabel('Name').fill('Mine')
    await failed
    await renameElsewhere(page, id, 'Script', 'Theirs')
    await page.unroute(draftPath)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    const dialog = page.getByRole('dialog', { name: /changed the same/ })
    await expect(dialog).toBeVisible()
    for (const name of ['Take all theirs', 'Keep all mine', 'Merge as chosen'])
      await expect(dialog.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
    await expectNoSidewaysScroll(page)
    await expectAccessible(page, { part: '[role=dialog]' })
    await dialog.getByText('Theirs', { exact: true }).first().tap()
    await dialog.getByRole('button', { name: 'Merge as chosen' }).tap()
    await expect(dialog).toHaveCount(0)
    await expect(editor.node('Theirs')).toBeVisible()
    await expect.poll(() => platform.draftNodes(id)).toEqual(['First', 'Second', 'Theirs'])
  })
  await platform.deleteRuleChain(id)
})
