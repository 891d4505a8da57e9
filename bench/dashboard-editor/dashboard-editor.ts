import type { Page } from '@playwright/test'
import { provisionDevices } from '../../scripts/simulate/platform.ts'
import { apiOf, boardOf, deviceNamed, idSchema, sendValues } from '../dashboard/boards.ts'
import { openBoard } from '../dashboard/open-board.ts'
import { draftSaved } from '../editor/draft-saved.ts'
import { cpuFramesWhile, dragFrom, type Frames } from '../editor/frames.ts'
import { type Bench, type BenchResult, type Figure, wholeNumber } from '../harness/bench.ts'
import { withConsolePage } from '../harness/console-page.ts'
import { signIn } from '../harness/sign-in.ts'
import { measureChanges, type Seen } from './changes.ts'
import { notePainting } from './shown-after.ts'

const goals = { frameMs: 20, saveMs: 500, shownMs: 100 }
const perRow = 10
/** In the middle of the second row. */
const middle = Math.floor(perRow * 1.5)

export const dashboardEditor: Bench = {
  name: 'dashboard-editor',
  about:
    'a dashboard of live widgets while it is edited, in Chromium: processor time of each frame of a drag, saving, and how soon a changed setting is seen',
  options: {
    widgets: { default: '60', about: 'live widgets, of one device each that sends once a second' },
    url: { about: 'an installation with the demo tenant that runs already; without it one is started' },
  },
  run: async ({ options, say, signal }) => {
    const widgets = wholeNumber(options, 'widgets', [2 * perRow, 500])
    return withConsolePage(
      { url: options.url, viewport: { width: 1920, height: 1080 }, say },
      async (url, openPage) => {
        const api = apiOf(url, await signIn(url))
        const names = Array.from({ length: widgets }, (_, n) => `Bench board ${n + 1}`)
        const devices = await provisionDevices(
          { url, user: 'tenant@thingwire.local', password: 'tenant' },
          names,
          'default',
        )
        const ids = await Promise.all(devices.map(async ({ name }) => (await deviceNamed(api, name)).id.id))
        const save = async (title: string) => {
          const board = withLargeChart(boardOf(ids, { title, widgets, perRow, rows: 4 }))
          return idSchema.parse(await api('POST', '/api/dashboard', board)).id.id
        }
        // Two: what is changed on the one has moved its widgets.
        const [changed, dragged] = [await save('Bench: changed'), await save('Bench: dragged')]
        signal.throwIfAborted()
        const sending = sendValues(url, devices)
        try {
          const changes = await changesOn(await openPage(), changed, widgets, say)
          signal.throwIfAborted()
          return resultOf(widgets, { ...(await measure(await openPage(), dragged, widgets, say)), changes })
        } finally {
          await sending.stop()
          for (const id of [changed, dragged]) await api('DELETE', `/api/dashboard/${id}`)
        }
      },
    )
  },
}

/** The chart that is changed is wider than others, its neighbours narrower: a small one has no legend. */
const withLargeChart = (board: ReturnType<typeof boardOf>): ReturnType<typeof boardOf> => {
  const places = board.configuration.states.default.layouts.main.widgets
  const row = { 1: { col: 24, sizeX: 6 }, 2: { col: 30, sizeX: 4 }, 3: { col: 34, sizeX: 3 }, 4: { col: 37, sizeX: 3 } }
  for (const [at, place] of Object.entries(row)) Object.assign(places[`w${middle + Number(at)}`] ?? {}, place)
  return board
}

type Moves = { openMs: number; saveMs: number; still: Frames; one: Frames; group: Frames; size: Frames }
type Measured = Moves & { changes: readonly Seen[] }

/** On a page of its own: looking at what is painted takes time, too. */
const changesOn = async (page: Page, id: string, widgets: number, say: (text: string) => void): Promise<Seen[]> => {
  await notePainting(page)
  await openBoard(page, `/dashboards/${id}/edit`, widgets)
  await page.waitForTimeout(3_000)
  const changes = await measureChanges(page, { card: middle, chart: middle + 1 }, say)
  await page.close()
  return changes
}

const measure = async (page: Page, id: string, widgets: number, say: (text: string) => void): Promise<Moves> => {
  const openMs = await openBoard(page, `/dashboards/${id}/edit`, widgets)
  say(`opened with ${widgets} widgets: ${openMs} ms`)
  await page.waitForTimeout(3_000)
  const option = page.getByRole('option').nth(middle)
  const middleOf = async () => {
    const box = await option.boundingBox()
    if (!box) throw new Error('The widget is not on the board')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, box }
  }
  const still = await cpuFramesWhile(page, () => page.waitForTimeout(5_000))
  const begin = await middleOf()
  const saving = draftSaved(page)
  const one = await cpuFramesWhile(page, () => dragFrom(page, begin))
  const saveMs = await saving
  say(`one widget dragged, the draft saved in ${saveMs} ms`)
  const { box } = await middleOf()
  const size = await cpuFramesWhile(page, () => dragFrom(page, { x: box.x + box.width - 1, y: box.y + box.height - 1 }))
  await page.keyboard.press('Control+a')
  const group = await cpuFramesWhile(page, async () => dragFrom(page, await middleOf()))
  return { openMs, saveMs, still, one, group, size }
}

const resultOf = (widgets: number, measured: Measured): BenchResult => {
  const { openMs, saveMs, still, one, group, size, changes } = measured
  const frameFigure = (what: string, { p50, p95, longest, frames }: Frames): Figure => ({
    what,
    value: `p95 ${p95} ms (p50 ${p50}, longest ${longest}, of ${frames} frames)`,
    goal: `p95 < ${goals.frameMs} ms`,
    met: p95 < goals.frameMs,
  })
  return {
    correct: true,
    figures: [
      { what: 'opened', value: `${openMs} ms` },
      { what: 'draft saved', value: `${saveMs} ms`, goal: `< ${goals.saveMs} ms`, met: saveMs < goals.saveMs },
      frameFigure(`frames of ${widgets} live widgets, main thread`, still),
      frameFigure('one is dragged, others make room', one),
      frameFigure('one is resized', size),
      frameFigure('all are dragged', group),
      ...changes.map(
        (seen): Figure => ({
          what: `${seen.what}, until it is seen`,
          value:
            'problem' in seen
              ? `never: ${seen.problem}`
              : `p95 ${seen.p95} ms (median ${seen.median}, longest ${seen.longest}, of ${seen.count})`,
          ...(!seen.what.endsWith('there') && {
            goal: `p95 < ${goals.shownMs} ms`,
            met: !('problem' in seen) && seen.p95 < goals.shownMs,
          }),
        }),
      ),
    ],
    data: { widgets, ...measured },
  }
}
