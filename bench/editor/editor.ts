import type { Page } from '@playwright/test'
import { type Bench, type BenchResult, type Figure, wholeNumber } from '../harness/bench.ts'
import { withConsolePage } from '../harness/console-page.ts'
import { signIn } from '../harness/sign-in.ts'
import { draftSaved } from './draft-saved.ts'
import { type Floor, floorOf } from './floor.ts'
import { dragFrom, type Frames, framesWhile, pan } from './frames.ts'
import { type LargeChain, makeLargeChain } from './large-chain.ts'

/** Again, after the first time. */
const timesOpened = 5
const goals = { frameMs: 20, openMs: 1_000, saveMs: 500, publishMs: 500 }

export const editor: Bench = {
  name: 'editor',
  about: 'frames of a large rule chain with live counters, in Chromium; how long it takes to open, save and publish',
  options: {
    nodes: { default: '500', about: 'nodes of the chain' },
    wires: { default: '700', about: 'wires of the chain' },
    url: { about: 'an installation with the demo tenant that runs already; without it one is started' },
  },
  run: async ({ options, say, signal }) => {
    const size = {
      nodes: wholeNumber(options, 'nodes', [50, 5_000]),
      wires: wholeNumber(options, 'wires', [50, 20_000]),
    }
    return withConsolePage({ url: options.url, viewport: { width: 1440, height: 900 }, say }, async (url, openPage) => {
      const token = await signIn(url)
      const chain = await makeLargeChain(url, token, size)
      say(`a chain of ${chain.nodes} nodes and ${chain.wires} wires, through which messages go`)
      signal.throwIfAborted()
      const empty = await openPage()
      const floor = await floorOf(empty)
      await empty.close()
      const measured = await measure(await openPage(), chain, say)
      await removeChain(url, token, chain.id)
      return resultOf(chain, measured, floor)
    })
  },
}

type Measured = {
  firstOpenMs: number
  openMs: number
  saveMs: number
  publishMs: number
  frames: Record<'stillFar' | 'panFar' | 'dragFar' | 'stillNear' | 'panNear' | 'dragNear', Frames>
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** From the address to the drawing; the second time its parts are in the browser already. */
const open = async (page: Page, chain: LargeChain): Promise<number> => {
  const began = performance.now()
  await page.goto(`/rule-chains/${chain.id}`, { waitUntil: 'commit' })
  await page.locator('.react-flow__edge').first().waitFor()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return Math.round(performance.now() - began)
}

/** At least so large everything is when one is near. */
const nearZoom = 0.85
const zoomOf = (page: Page): Promise<number> =>
  page
    .locator('.react-flow__viewport')
    .evaluate((viewport) => new DOMMatrixReadOnly(getComputedStyle(viewport).transform).a)

const measure = async (page: Page, chain: LargeChain, say: (text: string) => void): Promise<Measured> => {
  const firstOpenMs = await open(page, chain)
  const again: number[] = []
  for (let time = 0; time < timesOpened; time++) again.push(await open(page, chain))
  const openMs = median(again)
  // Counters have to be coming in: they are what is drawn anew each second.
  await page.waitForTimeout(3_000)
  const drawing = page.getByRole('application', { name: 'Drawing of the rule chain' })
  const box = await drawing.boundingBox()
  if (!box) throw new Error('The drawing of the chain is not there')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  /** As a hand finds one: it moves until it is on a node. From afar a node is part of a picture until then. */
  const node = async () => {
    for (let y = box.y + 150; y < middle.y; y += 6)
      for (let x = box.x + 200; x < middle.x; x += 60) {
        await page.mouse.move(x, y)
        await page.waitForTimeout(30)
        if ((await drawing.locator('.react-flow__node-rule:hover').count()) > 0) return { x, y }
      }
    throw new Error('No node is in the middle of the view')
  }
  const look = async (name: string) => {
    const still = await framesWhile(page, () => page.waitForTimeout(5_000))
    const panned = await framesWhile(page, () => pan(page, middle))
    const from = await node()
    const dragged = await framesWhile(page, () => dragFrom(page, from))
    say(`${name}: ${await drawing.locator('.react-flow__node').count()} nodes of their own`)
    return { still, panned, dragged }
  }
  // So far away that most of the chain is in view.
  await page.keyboard.press('1')
  const [far, saveMs] = await Promise.all([look('from afar'), draftSaved(page)])
  while ((await zoomOf(page)) < nearZoom) {
    await page.keyboard.press('+')
    await page.waitForTimeout(250)
  }
  const near = await look('near')
  const publishMs = await published(page)
  return {
    ...{ firstOpenMs, openMs, saveMs, publishMs },
    frames: {
      ...{ stillFar: far.still, panFar: far.panned, dragFar: far.dragged },
      ...{ stillNear: near.still, panNear: near.panned, dragNear: near.dragged },
    },
  }
}

/** How long it takes until what was dragged is published, once that has been confirmed. */
const published = async (page: Page): Promise<number> => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Publish', exact: true })
  await confirm.waitFor()
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/publish'),
    { timeout: 120_000 },
  )
  await confirm.click()
  const answer = await answered
  await answer.finished()
  if (!answer.ok()) throw new Error(`Publishing was answered ${answer.status()}: ${await answer.text()}`)
  return Math.round(answer.request().timing().responseEnd)
}

const removeChain = async (url: string, token: string, id: string) => {
  await fetch(new URL(`/api/ruleChain/${id}`, url), {
    method: 'DELETE',
    headers: { 'x-authorization': `Bearer ${token}` },
  })
}

const resultOf = (chain: LargeChain, measured: Measured, floor: Floor): BenchResult => {
  const { frames, openMs, firstOpenMs, saveMs, publishMs } = measured
  const inWords = ({ p50, p95, longest }: Frames) => `p95 ${p95} ms (p50 ${p50}, longest ${longest})`
  const frameFigure = (what: string, measuredFrames: Frames): Figure => ({
    what,
    value: inWords(measuredFrames),
    goal: `p95 < ${goals.frameMs} ms`,
    met: measuredFrames.p95 < goals.frameMs,
  })
  return {
    correct: true,
    figures: [
      { what: 'chain', value: `${chain.nodes} nodes, ${chain.wires} wires` },
      { what: 'opened for the first time', value: `${firstOpenMs} ms` },
      {
        what: `opened again, the middle one of ${timesOpened}`,
        value: `${openMs} ms`,
        goal: `< ${goals.openMs} ms`,
        met: openMs < goals.openMs,
      },
      { what: 'draft saved', value: `${saveMs} ms`, goal: `< ${goals.saveMs} ms`, met: saveMs < goals.saveMs },
      {
        what: 'draft published',
        value: `${publishMs} ms`,
        goal: `< ${goals.publishMs} ms`,
        met: publishMs < goals.publishMs,
      },
      { what: "the browser's own frames: an empty page", value: inWords(floor.still) },
      { what: "the browser's own frames: one square that is moved", value: inWords(floor.moving) },
      frameFigure('counters only, from afar', frames.stillFar),
      frameFigure('pan, from afar', frames.panFar),
      frameFigure('drag, from afar', frames.dragFar),
      frameFigure('counters only, near', frames.stillNear),
      frameFigure('pan, near', frames.panNear),
      frameFigure('drag, near', frames.dragNear),
    ],
    data: { chain, floor, ...measured },
  }
}
