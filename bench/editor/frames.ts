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
  return framesOf(
    timesSchema.parse(
      await times.evaluate((seen) => {
        seen.isOver = true
        return seen.times
      }),
    ),
  )
}

/** Of times of frames, ms. */
const framesOf = (times: readonly number[]): Frames => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return { frames: sorted.length, p50: at(0.5), p95: at(0.95), longest: at(1 - 1 / Math.max(1, sorted.length)) }
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

const traceSchema = z.array(
  z.looseObject({ name: z.string(), pid: z.number(), tid: z.number(), ts: z.number(), tdur: z.number().optional() }),
)

/**
 * How much time of the processor the page's main thread took for each frame: unlike the clock's, it is the same on a busy
 * machine.
 */
export const cpuFramesWhile = async (page: Page, run: () => Promise<unknown>): Promise<Frames> => {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser')
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] })
  // Somebody has to ask for every frame, or quiet ones are not told of.
  await framesWhile(page, run)
  const trace = z.object({ traceEvents: z.array(z.unknown()) }).parse(JSON.parse(String(await browser.stopTracing())))
  const events = trace.traceEvents.filter(
    (one) => typeof one === 'object' && one !== null && 'tid' in one && 'ts' in one,
  )
  const all = traceSchema.parse(events)
  const begun = all.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts)
  const [first] = begun
  if (!first) throw new Error('The browser told of no frames')
  const tasks = all.filter(({ name, pid, tid }) => name === 'RunTask' && pid === first.pid && tid === first.tid)
  if (!tasks.some(({ tdur }) => tdur !== undefined)) throw new Error('The browser did not tell how long its tasks took')
  const spent = begun.map(({ ts }, at) => {
    const end = begun[at + 1]?.ts ?? Number.POSITIVE_INFINITY
    return tasks.reduce((sum, task) => (task.ts >= ts && task.ts < end ? sum + (task.tdur ?? 0) : sum), 0) / 1_000
  })
  return framesOf(spent)
}
