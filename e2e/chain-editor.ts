import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures.ts'

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The page of an open chain, as journeys use it. */
export const chainEditor = (page: Page) => {
  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  const node = (name: string) => drawing.getByRole('group', { name: new RegExp(`^${escaped(name)}, `) })
  const panel = (name: string) => page.getByRole('complementary', { name: `Node ${name}` })
  return {
    drawing,
    /** A drawn node, by its own name. */
    node,
    nodes: drawing.getByRole('group', { name: /wires? out$/ }),
    panel,
    /** Where wires begin, on the right of a node. */
    outOf: (name: string) => node(name).locator('.react-flow__handle.source'),
    /** The list in which the next node is searched for. */
    add: page.getByRole('dialog', { name: /^(Add|Insert) a node/ }),
    /** Chooses from a list with a search field. */
    pick: async (list: Locator, words: string) => {
      await list.getByRole('combobox').first().fill(words)
      await list.getByRole('option').first().click()
    },
    palette: page.getByRole('complementary', { name: 'Nodes' }),
    /** Brings everything into view, and chooses a node. */
    choose: async (name: string) => {
      await page.getByRole('button', { name: 'Zoom to everything' }).click()
      await node(name).click()
      await expect(panel(name)).toBeVisible()
    },
    /** Opens a chain, up to the point where one of its nodes is drawn: the canvas comes after the page. */
    open: async (id: string, first: string) => {
      await page.goto(`/rule-chains/${id}`)
      await expect(node(first)).toBeVisible({ timeout: 20_000 })
    },
    /** Brings the draft to the engine. */
    publish: async (note: string) => {
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('What is new').fill(note)
      await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
      await expect(dialog).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled()
    },
    /** Gives the chosen node another name. */
    rename: async (from: string, to: string) => {
      await panel(from).getByLabel('Name', { exact: true }).fill(to)
      await expect(node(to)).toBeVisible()
    },
  }
}

/** Drags from the middle of one thing to the middle of another, in steps as a hand does. */
export const drag = async (page: Page, from: Locator, to: Locator, offset = { x: 0, y: 0 }) => {
  await atRest(from)
  const [start, end] = [await middleOf(from), await middleOf(to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 })
  await page.mouse.move(end.x + offset.x, end.y + offset.y, { steps: 5 })
  await page.mouse.up()
}

/** A node that was just made comes into view beside its panel a moment later. */
const atRest = async (thing: Locator): Promise<void> => {
  let last = ''
  const isWhereItWas = async () => {
    const place = JSON.stringify(await thing.boundingBox())
    const isSame = place === last
    last = place
    return isSame
  }
  await expect.poll(isWhereItWas, { intervals: [250] }).toBe(true)
}

const middleOf = async (thing: Locator): Promise<{ x: number; y: number }> => {
  const box = await thing.boundingBox()
  if (!box) throw new Error(`${thing.toString()} is not drawn`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
