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
  const session = await page.context().newCDPSession(page)
  const events: unknown[] = []
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...value))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  })
  await run()
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done))
  await session.send('Tracing.end')
  await complete
  await session.detach()
  const all = traceSchema.parse(events.filter((one) => typeof one === 'object' && one !== null && 'tid' in one))
  const begun = all.filter(({ name }) => name === 'BeginMainThreadFrame').sort((a, b) => a.ts - b.ts)
  const [first] = begun
  if (!first) return { frames: 0, p50: 0, p95: 0, longest: 0 }
  const tasks = all.filter(({ name, pid, tid }) => name === 'RunTask' && pid === first.pid && tid === first.tid)
  const spent = begun.map(({ ts }, at) => {
    const end = begun[at + 1]?.ts ?? Number.POSITIVE_INFINITY
    return tasks.reduce((sum, task) => (task.ts >= ts && task.ts < end ? sum + (task.tdur ?? 0) : sum), 0) / 1_000
  })
  return framesOf(spent)
}
