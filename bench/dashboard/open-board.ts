import type { Page } from '@playwright/test'
import { z } from 'zod'

/** From the address to a board on which no widget waits for its data any more; ms as the page counts them. */
export const openBoard = async (page: Page, path: string, widgets: number): Promise<number> => {
  await page.goto(path, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(
    (count) => {
      const tiles = [...document.querySelectorAll('section[data-css-scope]')]
      const isDrawn = (tile: Element) =>
        tile.querySelector('[aria-busy]') === null &&
        (tile.querySelector('canvas') !== null || /\d/.test(tile.lastElementChild?.textContent ?? ''))
      return tiles.length === count && tiles.every(isDrawn) ? performance.now() : false
    },
    widgets,
    { polling: 'raf', timeout: 60_000 },
  )
  return Math.round(z.number().parse(await handle.jsonValue()))
}
