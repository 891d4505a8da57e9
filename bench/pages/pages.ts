import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { Bench, BenchResult, Figure } from '../harness/bench.ts'
import { wholeNumber } from '../harness/bench.ts'
import { withConsolePage } from '../harness/console-page.ts'

const goals = { firstLoadMs: 1_500, routeMs: 200 }

/** A person looks at what has been loaded; meanwhile the console fetches the pages of its menu. */
const readMs = 6_000

type Times = { path: string; ms: number[] }
type Measured = { loads: Times[]; hasty: Times[]; first: Times[]; again: Times[] }

export const pages: Bench = {
  name: 'pages',
  about: 'the console in Chromium: loading each of its places with an empty cache, and going from one to the next',
  options: {
    rounds: { default: '5', about: 'how often each place is loaded and gone to' },
    url: { about: 'an installation with the demo tenant that runs already; without it one is started' },
  },
  run: async ({ options, say, signal }) => {
    const rounds = wholeNumber(options, 'rounds', [1, 100])
    return withConsolePage({ url: options.url, viewport: { width: 1440, height: 900 }, say }, async (_, openPage) => {
      const measured: Measured = { loads: [], hasty: [], first: [], again: [] }
      const places = await placesOf(openPage)
      for (let round = 0; round < rounds; round++) {
        say(`round ${round + 1} of ${rounds}`)
        for (const path of places) {
          signal.throwIfAborted()
          // A page of its own has a cache of its own.
          const page = await openPage()
          note(measured.loads, path, await loaded(page, path))
          await page.context().close()
        }
        for (const [kind, restMs] of [
          ['hasty', 0],
          ['first', readMs],
        ] as const) {
          const page = await openPage()
          await loaded(page, places[0] ?? '/')
          await page.waitForTimeout(restMs)
          for (const list of [measured[kind], measured.again])
            for (const path of [...places.slice(1), ...places.slice(0, 1)]) note(list, path, await goneTo(page, path))
          await page.context().close()
        }
      }
      return resultOf(measured)
    })
  },
}

const note = (list: Times[], path: string, ms: number): void => {
  const known = list.find((times) => times.path === path)
  if (known) known.ms.push(ms)
  else list.push({ path, ms: [ms] })
}

/** What the menu leads to. */
const placesOf = async (openPage: () => Promise<Page>): Promise<string[]> => {
  const page = await openPage()
  await loaded(page, '/')
  const paths = await page
    .locator('nav a[href^="/"]')
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
  await page.context().close()
  return paths
}

/** Waits for a place that has its heading and its data; `performance.now` of the page then. */
const settledAt = async (page: Page, path: string, before: string): Promise<number> => {
  const handle = await page.waitForFunction(
    ({ path, before }) => {
      const heading = document.querySelector('h1')?.textContent ?? ''
      const main = document.querySelector('main')
      const isThere = location.pathname === path && heading !== '' && heading !== before && main !== null
      return isThere && !main.querySelector('[aria-busy]:not([aria-busy=false])') ? performance.now() : false
    },
    { path, before },
    { polling: 'raf', timeout: 30_000 },
  )
  return z.number().parse(await handle.jsonValue())
}

/** From the address to what was asked for, ms. */
const loaded = async (page: Page, path: string): Promise<number> => {
  await page.goto(path, { waitUntil: 'commit' })
  return settledAt(page, path, '')
}

/** From the click on its entry of the menu to what was asked for, ms. */
const goneTo = async (page: Page, path: string): Promise<number> => {
  const before = (await page.locator('h1').first().textContent()) ?? ''
  // The pointer comes from elsewhere: resting on an entry might have loaded its place.
  await page.evaluate(() => addEventListener('click', () => performance.mark('pressed'), { capture: true, once: true }))
  await page.locator(`nav a[href="${path}"]`).first().click()
  const at = await settledAt(page, path, before)
  const pressed = await page.evaluate(() => {
    const marks = performance.getEntriesByName('pressed')
    return marks[marks.length - 1]?.startTime ?? Number.NaN
  })
  return at - pressed
}

const middle = (list: readonly number[]): number =>
  Math.round([...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN)

const resultOf = (measured: Measured): BenchResult => {
  const inWords = (list: readonly Times[]) => {
    const middles = list.map(({ path, ms }) => ({ path, ms: middle(ms) }))
    const slowest = middles.toSorted((a, b) => b.ms - a.ms)[0]
    const value = `${middle(middles.map(({ ms }) => ms))} ms, the slowest ${slowest?.ms} ms (${slowest?.path})`
    return { value, slowestMs: slowest?.ms ?? Number.NaN }
  }
  const figure = (what: string, list: readonly Times[], goalMs: number): Figure => {
    const { value, slowestMs } = inWords(list)
    return { what, value, goal: `each < ${goalMs} ms (P10)`, met: slowestMs < goalMs }
  }
  return {
    correct: true,
    figures: [
      figure('a place, loaded with an empty cache', measured.loads, goals.firstLoadMs),
      figure(
        `from the menu to a place, the first time, ${readMs / 1_000} s after the console was loaded`,
        measured.first,
        goals.routeMs,
      ),
      figure('from the menu to a place, again', measured.again, goals.routeMs),
      { what: 'one place after the other the moment the console is there', value: inWords(measured.hasty).value },
    ],
    data: measured,
  }
}
