import type { Page } from '@playwright/test'
import { z } from 'zod'
import { provisionDevices } from '../../scripts/simulate/platform.ts'
import { type Floor, floorOf } from '../editor/floor.ts'
import { framesWhile, type Frames } from '../editor/frames.ts'
import { type Bench, type BenchResult, type Figure, wholeNumber } from '../harness/bench.ts'
import { withConsolePage } from '../harness/console-page.ts'
import { signIn } from '../harness/sign-in.ts'
import { apiOf, type Boards, deviceNamed, makeBoards, sendValues, storeWave } from './boards.ts'
import { openBoard } from './open-board.ts'

const goals = { cpuShare: 0.25, firstPaintMs: 1_200, frameMs: 20 }

export const dashboard: Bench = {
  name: 'dashboard',
  about:
    'a dashboard of live widgets, in Chromium: processor time, frames, the first paint; a chart of very many points',
  options: {
    widgets: { default: '50', about: 'live widgets, of one device each that sends once a second' },
    first: { default: '30', about: 'widgets of the dashboard whose first paint is measured' },
    points: { default: '100000', about: 'raw points of the long chart' },
    seconds: { default: '20', about: 'how long live widgets are watched' },
    url: { about: 'an installation with the demo tenant that runs already; without it one is started' },
  },
  run: async ({ options, say, signal }) => {
    const size = {
      widgets: wholeNumber(options, 'widgets', [1, 500]),
      firstWidgets: wholeNumber(options, 'first', [1, 500]),
      points: wholeNumber(options, 'points', [1_000, 1_000_000]),
      seconds: wholeNumber(options, 'seconds', [2, 600]),
    }
    return withConsolePage(
      { url: options.url, viewport: { width: 1920, height: 1080 }, say },
      async (url, openPage) => {
        const api = apiOf(url, await signIn(url))
        const names = Array.from({ length: size.widgets }, (_, n) => `Bench board ${n + 1}`)
        const devices = await provisionDevices(
          { url, user: 'tenant@thingwire.local', password: 'tenant' },
          names,
          'default',
        )
        say(`storing a series of ${size.points} points`)
        const spanMs = await storeWave(api, (await deviceNamed(api, names[0] ?? '')).id.id, size.points)
        const boards = await makeBoards(api, devices, { ...size, spanMs })
        signal.throwIfAborted()
        const sending = sendValues(url, devices)
        try {
          const empty = await openPage()
          const floor = await floorOf(empty)
          await empty.close()
          return resultOf(size, await measure(await openPage(), boards, size, say), floor)
        } finally {
          await sending.stop()
          await boards.remove()
        }
      },
    )
  },
}

type Size = { widgets: number; firstWidgets: number; points: number; seconds: number }
type Measured = {
  coldMs: number
  firstPaintMs: number
  cpuShare: number
  scriptShare: number
  live: Frames
  longMs: number
  longReadMs: number
  zoom: Frames
}

const processesSchema = z.object({ processInfo: z.array(z.object({ type: z.string(), cpuTime: z.number() })) })
const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) })

/** Shares of one core: of the page's process, and of its main thread alone. */
const shareWhile = async (
  page: Page,
  run: () => Promise<unknown>,
): Promise<{ cpuShare: number; scriptShare: number }> => {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser')
  const [system, own] = [await browser.newBrowserCDPSession(), await page.context().newCDPSession(page)]
  // Time on the processor: on a busy machine the clock counts the waiting, too.
  await own.send('Performance.enable', { timeDomain: 'threadTicks' })
  const read = async () => {
    const { processInfo } = processesSchema.parse(await system.send('SystemInfo.getProcessInfo'))
    const { metrics } = metricsSchema.parse(await own.send('Performance.getMetrics'))
    return {
      at: performance.now() / 1_000,
      cpu: processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0),
      main: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0,
    }
  }
  const before = await read()
  await run()
  const after = await read()
  const share = (spent: number) => Math.round((spent / (after.at - before.at)) * 1_000) / 1_000
  return { cpuShare: share(after.cpu - before.cpu), scriptShare: share(after.main - before.main) }
}

/** Into the picture and out of it with the wheel, as fast as a hand turns it. */
const zoom = async (page: Page) => {
  const box = await page.locator('section[data-css-scope] canvas').first().boundingBox()
  if (!box) throw new Error('The long chart is not drawn')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  // The wheel alone scrolls the page.
  await page.keyboard.down('Control')
  for (const step of [-120, 120])
    for (let turn = 0; turn < 12; turn++) {
      await page.mouse.wheel(0, step)
      await page.waitForTimeout(60)
    }
  await page.keyboard.up('Control')
}

const measure = async (page: Page, boards: Boards, size: Size, say: (text: string) => void): Promise<Measured> => {
  const coldMs = await openBoard(page, `/dashboards/${boards.first}`, size.firstWidgets)
  const firstPaintMs = Math.min(
    await openBoard(page, `/dashboards/${boards.first}`, size.firstWidgets),
    await openBoard(page, `/dashboards/${boards.first}`, size.firstWidgets),
  )
  say(`opened: ${coldMs} ms, and again ${firstPaintMs} ms`)
  await openBoard(page, `/dashboards/${boards.live}`, size.widgets)
  await page.waitForTimeout(3_000)
  const watch = () => page.waitForTimeout(size.seconds * 1_000)
  const shares = await shareWhile(page, watch)
  const live = await framesWhile(page, () => page.waitForTimeout(5_000))
  say(`${size.widgets} live widgets: ${shares.cpuShare} of a core`)
  const longMs = await openBoard(page, `/dashboards/${boards.long}`, 1)
  const longReadMs = await page.evaluate(() => {
    const reads = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/api/telemetry/series'))
    return Math.round(Math.max(...reads.map(({ duration }) => duration)))
  })
  const zoomed = await framesWhile(page, () => zoom(page))
  return { coldMs, firstPaintMs, ...shares, live, longMs, longReadMs, zoom: zoomed }
}

const resultOf = (size: Size, measured: Measured, floor: Floor): BenchResult => {
  const { coldMs, firstPaintMs, cpuShare, scriptShare, live, longMs, longReadMs, zoom: zoomed } = measured
  const inWords = ({ p50, p95, longest }: Frames): string => `p95 ${p95} ms (p50 ${p50}, longest ${longest})`
  const frameFigure = (what: string, frames: Frames): Figure => ({
    what,
    value: inWords(frames),
    goal: `p95 < ${goals.frameMs} ms`,
    met: frames.p95 < goals.frameMs,
  })
  return {
    correct: true,
    figures: [
      { what: "the browser's own frames: an empty page", value: inWords(floor.still) },
      { what: "the browser's own frames: one square that is moved", value: inWords(floor.moving) },
      { what: `${size.firstWidgets} widgets, opened for the first time`, value: `${coldMs} ms` },
      {
        what: `${size.firstWidgets} widgets, first paint`,
        value: `${firstPaintMs} ms`,
        goal: `< ${goals.firstPaintMs} ms`,
        met: firstPaintMs < goals.firstPaintMs,
      },
      {
        what: `${size.widgets} live widgets at 1 update/s`,
        value: `${Math.round(cpuShare * 100)} % of a core (main thread ${Math.round(scriptShare * 100)} %)`,
        goal: `< ${goals.cpuShare * 100} %`,
        met: cpuShare < goals.cpuShare,
      },
      frameFigure('frames while they are live', live),
      { what: `chart of ${size.points} raw points, opened`, value: `${longMs} ms, of which reading ${longReadMs} ms` },
      frameFigure('frames while it is zoomed', zoomed),
    ],
    data: { size, floor, ...measured },
  }
}
