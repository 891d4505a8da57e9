import type { Locator, Page } from '@playwright/test'
import { startStack } from '../../e2e/stack.ts'
import { type Frames, framesWhile } from '../editor/frames.ts'
import type { Bench, BenchResult, Figure } from '../harness/bench.ts'

const goals = { frameMs: 33, openMs: 2_000 }

/** As the cases of the widget name them. */
const cases = { each: '10,000 markers, each for itself', gathered: '10,000 markers, gathered' } as const
type Case = keyof typeof cases
type Measured = { openMs: number; still: Frames; pan: Frames; zoom: Frames }

export const maps: Bench = {
  name: 'maps',
  about: 'frames of a map with 10,000 markers while it is dragged and zoomed, in Chromium',
  options: { url: { about: 'an installation with the demo tenant that runs already; without it one is started' } },
  run: async ({ options, say, signal }) => {
    say(options.url ? `using ${options.url}` : 'starting an installation; the console is built when it has changed')
    const stack = options.url ? null : await startStack()
    const url = options.url ?? stack?.runtime.httpUrl ?? ''
    // Only here: the other benchmarks need no browser.
    const [{ chromium }, { default: config }] = await Promise.all([
      import('@playwright/test'),
      import('../../playwright.config.ts'),
    ])
    const browser = await chromium.launch(config.use?.launchOptions ?? {})
    try {
      const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } })
      await page.request.post('/api/session', {
        data: { username: 'tenant@thingwire.local', password: 'tenant' },
        headers: { origin: new URL(url).origin },
      })
      const graphics = await graphicsOf(page)
      say(`graphics: ${graphics}`)
      const measured: Partial<Record<Case, Measured>> = {}
      for (const name of ['each', 'gathered'] as const) {
        signal.throwIfAborted()
        measured[name] = await measure(page, cases[name])
        say(`${cases[name]}: dragged at ${measured[name].pan.p95} ms (p95)`)
      }
      return resultOf(graphics, measured)
    } finally {
      await browser.close()
      await stack?.stop()
    }
  },
}

/** What draws: on a machine without a graphics card a program does, which is much of what is measured. */
const graphicsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2')
    const info = context?.getExtension('WEBGL_debug_renderer_info')
    return String((info && context?.getParameter(info.UNMASKED_RENDERER_WEBGL)) ?? 'none')
  })

const measure = async (page: Page, name: string): Promise<Measured> => {
  await page.goto('/gallery?q=map&family=maps')
  const tile = page.locator(`[data-widget="map"] [data-case="${name}"]`)
  await tile.waitFor()
  const began = performance.now()
  await tile.scrollIntoViewIfNeeded()
  await tile.locator('canvas').waitFor()
  await tile.getByRole('button', { name: 'Zoom in' }).waitFor()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const openMs = Math.round(performance.now() - began)
  // The markers are cut up by a worker and drawn for the first time.
  await page.waitForTimeout(5_000)
  const middle = await middleOf(tile)
  const still = await framesWhile(page, () => page.waitForTimeout(3_000))
  const pan = await framesWhile(page, () => drag(page, middle))
  const zoom = await framesWhile(page, () => wheel(page, middle))
  return { openMs, still, pan, zoom }
}

const middleOf = async (tile: Locator) => {
  const box = await tile.boundingBox()
  if (!box) throw new Error('The map is not there')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

type Point = { x: number; y: number }

const drag = async (page: Page, { x, y }: Point) => {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (const way of [1, -1])
    for (let step = 0; step <= 60; step += 1) {
      const far = way > 0 ? step : 60 - step
      await page.mouse.move(x - far * 2, y - far)
      await page.waitForTimeout(14)
    }
  await page.mouse.up()
}

const wheel = async (page: Page, { x, y }: Point) => {
  await page.mouse.move(x, y)
  for (const way of [-1, 1])
    for (let step = 0; step < 30; step += 1) {
      await page.mouse.wheel(0, way * 40)
      await page.waitForTimeout(30)
    }
}

const resultOf = (graphics: string, measured: Partial<Record<Case, Measured>>): BenchResult => {
  const frames = (what: string, { p50, p95, longest }: Frames): Figure => ({
    ...{ what, value: `p95 ${p95} ms (p50 ${p50}, longest ${longest})` },
    ...{ goal: `p95 < ${goals.frameMs} ms`, met: p95 < goals.frameMs },
  })
  return {
    correct: true,
    figures: [
      { what: 'graphics', value: graphics },
      ...Object.entries(measured).flatMap(([name, { openMs, still, pan, zoom }]) => [
        { what: `${name}: opened`, value: `${openMs} ms`, goal: `< ${goals.openMs} ms`, met: openMs < goals.openMs },
        frames(`${name}: at rest`, still),
        frames(`${name}: dragged`, pan),
        frames(`${name}: zoomed`, zoom),
      ]),
    ],
    data: { graphics, ...measured },
  }
}
