import type { Locator, Page } from '@playwright/test'
import { type Sign, shownAfter } from './shown-after.ts'

export type Delays = { what: string; median: number; p95: number; longest: number; count: number }

type Change = {
  what: string
  /** Which tab of the panel it is made in. */
  tab: string
  /** Of a widget that is drawn as text, or of a chart. */
  on: 'card' | 'chart'
  prepare?: (panel: Locator) => Promise<unknown>
  /** The nth time it is made: what is done, and how it shows. */
  make: (panel: Locator, n: number) => { act: () => Promise<unknown>; sign: Sign }
}

const openKey = async (panel: Locator) => {
  const key = panel.getByRole('button', { name: /^Settings of load/ })
  await key.click()
}
const colorNumber = (base: number, n: number) => `#${(base + n * 257).toString(16)}`

const changes: readonly Change[] = [
  {
    what: 'a letter of the title',
    tab: 'General',
    on: 'card',
    prepare: (panel) => panel.getByRole('textbox', { name: 'Title', exact: true }).fill('T'),
    make: (panel, n) => ({
      act: () => panel.getByRole('textbox', { name: 'Title', exact: true }).press('x'),
      sign: { kind: 'text', text: `T${'x'.repeat(n + 1)}` },
    }),
  },
  {
    what: 'unit',
    tab: 'Values',
    on: 'card',
    make: (panel, n) => ({
      act: () => panel.getByRole('combobox', { name: 'Unit', exact: true }).fill(`u${n}z`),
      sign: { kind: 'text', text: `u${n}z` },
    }),
  },
  {
    what: 'decimals',
    tab: 'Data',
    on: 'card',
    prepare: openKey,
    make: (panel, n) => ({
      act: () => panel.getByRole('textbox', { name: 'Decimals', exact: true }).fill(String(2 + (n % 3))),
      sign: { kind: 'pattern', pattern: `\\d\\.\\d{${2 + (n % 3)}}(?!\\d)` },
    }),
  },
  {
    what: 'words for a value',
    tab: 'Values',
    on: 'card',
    prepare: async (panel) => {
      await panel.getByRole('button', { name: 'Add a mapping' }).click()
      await panel.getByRole('combobox', { name: 'What it fits' }).selectOption('range')
    },
    make: (panel, n) => ({
      act: () => panel.getByRole('textbox', { name: 'Shown as' }).fill(`word ${n}`),
      sign: { kind: 'text', text: `word ${n}` },
    }),
  },
  {
    what: 'colour of a series',
    tab: 'Data',
    on: 'chart',
    prepare: openKey,
    make: (panel, n) => ({
      act: () => panel.getByRole('textbox', { name: 'Colour', exact: true }).fill(colorNumber(0xa01010, n)),
      sign: { kind: 'painted', color: colorNumber(0xa01010, n) },
    }),
  },
  {
    what: 'legend on and off',
    tab: 'Appearance',
    on: 'chart',
    prepare: (panel) =>
      panel
        .locator('summary')
        .filter({ hasText: /^Legend$/ })
        .click(),
    make: (panel, n) => ({
      act: () => panel.getByRole('switch', { name: 'Show legend', exact: true }).click(),
      sign: { kind: n % 2 === 0 ? 'gone' : 'there', selector: 'button[aria-pressed]' },
    }),
  },
  {
    what: 'width',
    tab: 'Layout',
    on: 'card',
    make: (panel, n) => ({
      act: () => panel.getByRole('textbox', { name: 'Width', exact: true }).fill(n % 2 === 0 ? '7' : '4'),
      sign: { kind: 'width', isLarger: n % 2 === 0 },
    }),
  },
]

const foldings = ['MIN', 'MAX', 'AVG', 'SUM']

const delaysOf = (what: string, times: readonly number[]): Delays => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { what, median: at(0.5), p95: at(0.95), longest: at(1), count: sorted.length }
}

const times = 20

/** How long a change of each kind takes from the key or the press until the board shows it. */
export const measureChanges = async (
  page: Page,
  widgets: { card: number; chart: number },
  say: (text: string) => void,
): Promise<Delays[]> => {
  const found: Delays[] = []
  const panel = page.getByRole('complementary', { name: 'Widget', exact: true })
  const choose = async (at: number, tab: string) => {
    await page.getByRole('option').nth(at).click()
    await panel.getByRole('tab', { name: tab, exact: true }).click()
  }
  for (const { what, tab, on, prepare, make } of changes) {
    const at = widgets[on]
    await choose(at, tab)
    await prepare?.(panel)
    const taken: number[] = []
    for (let n = 0; n < times; n++) {
      // What the change before has begun is over: somebody looks at it first.
      await page.waitForTimeout(250)
      const { act, sign } = make(panel, n)
      taken.push(await shownAfter(page, `w${at}`, sign, act))
    }
    found.push(delaysOf(what, taken))
    say(`${what}: ${JSON.stringify(found.at(-1))}`)
  }
  await choose(widgets.card, 'Data')
  await openKey(panel)
  const [begun, answered]: [number[], number[]] = [[], []]
  for (let n = 0; n < times; n++) {
    await page.waitForTimeout(250)
    const select = panel.getByRole('combobox', { name: 'Value', exact: true })
    const folding = foldings[n % foldings.length] ?? ''
    const renewing = '[data-renewing]'
    begun.push(
      await shownAfter(page, `w${widgets.card}`, { kind: 'there', selector: renewing }, async () => {
        await select.selectOption(folding)
      }),
    )
    const before = performance.now()
    await page.locator(`section[data-css-scope="w${widgets.card}"] ${renewing}`).waitFor({ state: 'detached' })
    answered.push((begun.at(-1) ?? 0) + performance.now() - before)
  }
  return [
    ...found,
    delaysOf('folding of a key, until the card says that it reads', begun),
    delaysOf('folding of a key, until the new value is there', answered),
  ]
}
