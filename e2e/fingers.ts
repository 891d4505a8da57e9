import type { Locator, Page } from '@playwright/test'

type Point = { x: number; y: number }

/** Fingers, as the browser hears of them; each step is where all of them are. */
export const fingers = async (page: Page) => {
  const browser = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  return {
    down: (...at: Point[]) => send('touchStart', at),
    up: () => send('touchEnd', []),
    /** In steps, as a hand does. */
    move: async (from: Point[], to: Point[]) => {
      for (let step = 1; step <= 10; step++)
        await send(
          'touchMove',
          from.map((one, index) => ({
            x: one.x + (((to[index]?.x ?? one.x) - one.x) * step) / 10,
            y: one.y + (((to[index]?.y ?? one.y) - one.y) * step) / 10,
          })),
        )
    },
  }
}

export const middleOf = async (thing: Locator): Promise<Point & { width: number }> => {
  const box = await thing.boundingBox()
  if (!box) throw new Error(`${thing.toString()} is not drawn`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width }
}
