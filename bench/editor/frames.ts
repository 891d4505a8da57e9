import type { Page } from '@playwright/test'
import { z } from 'zod'

export type Frames = { frames: number; p50: number; p95: number; longest: number }

const timesSchema = z.array(z.number())

/** How long each frame took while something went on in a page. */
export const framesWhile = async (page: Page, run: () => Promise<unknown>): Promise<Frames> => {
  const times = await page.evaluateHandle(() => {
    const seen: { times: number[]; isOver: boolean } = { times: [], isOver: false }
    let last = performance.now()
    const frame = () => {
      const now = performance.now()
      seen.times.push(now - last)
      last = now
      if (!seen.isOver) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    return seen
  })
  await run()
  const measured = timesSchema
    .parse(
      await times.evaluate((seen) => {
        seen.isOver = true
        return seen.times
      }),
    )
    .sort((a, b) => a - b)
  const at = (share: number) => Math.round((measured[Math.floor(measured.length * share)] ?? 0) * 10) / 10
  return { frames: measured.length, p50: at(0.5), p95: at(0.95), longest: at(1 - 1 / Math.max(1, measured.length)) }
}

type Point = { x: number; y: number }

/** As a hand does: a little way about every frame. */
const moveAlong = async (page: Page, from: Point, by: Point, steps: number) => {
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(from.x + by.x * step, from.y + by.y * step)
    await page.waitForTimeout(14)
  }
}

/** The view goes one way and back, with the middle button. */
export const pan = async (page: Page, from: Point): Promise<void> => {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down({ button: 'middle' })
  await moveAlong(page, from, { x: -4, y: -2 }, 60)
  await moveAlong(page, { x: from.x - 240, y: from.y - 120 }, { x: 4, y: 2 }, 60)
  await page.mouse.up({ button: 'middle' })
}

/** One node goes down and to the side. */
export const dragFrom = async (page: Page, from: Point): Promise<void> => {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await moveAlong(page, from, { x: 2, y: 1 }, 90)
  await page.mouse.up()
}
