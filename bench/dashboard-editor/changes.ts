import type { Locator, Page } from '@playwright/test'
import { type Sign, shownAfter } from './shown-after.ts'

type Delays = { what: string; median: number; p95: number; longest: number; count: number }
/** What was not seen within a long time, or could not be made. */
type Unseen = { what: string; problem: string }
export type Seen = Delays | Unseen

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
    // Dark, since lighter colours are drawn darker, so that they can be told from the ground.
    what: 'colour of a threshold',
    tab: 'Appearance',
    on: 'chart',
    prepare: async (panel) => {
      await panel.getByRole('button', { name: 'Add a threshold' }).click()
      // Amid the values that are sent, where the chart has room for it.
      await panel
        .getByRole('group', { name: 'Threshold 1' })
        .getByRole('textbox', { name: 'Number', exact: true })
        .fill('50')
    },
    make: (panel, n) => ({
      act: () =>
        panel
          .getByRole('group', { name: 'Threshold 1' })
          .getByRole('textbox', { name: 'Colour', exact: true })
          .fill(colorNumber(0x105010, n)),
      sign: { kind: 'painted', color: colorNumber(0x105010, n) },
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
      sign: { kind: n % 2 === 0 ? 'gone' : 'there', selector: '[aria-label="Series"]' },
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
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
  return { what, median: at(0.5), p95: at(0.95), longest: at(1), count: sorted.length }
}

const times = 20

/** How long a change of each kind takes from the key or the press until the board shows it. */
export const measureChanges = async (
  page: Page,
  widgets: { card: number; chart: number },
  say: (text: string) => void,
): Promise<Seen[]> => {
  const panel = page.getByRole('complementary', { name: 'Widget', exact: true })
  const choose = async (at: number, tab: string) => {
    await page.getByRole('option').nth(at).click()
    await panel.getByRole('tab', { name: tab, exact: true }).click()
  }
  const measureOne = async ({ what, tab, on, prepare, make }: Change): Promise<Delays[]> => {
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
    return [delaysOf(what, taken)]
  }
  const found: Seen[] = []
  const note = async (what: string, measure: () => Promise<Delays[]>) => {
    const seen = await measure().catch((error: unknown): Unseen[] => [{ what, problem: String(error).slice(0, 200) }])
    found.push(...seen)
    say(`${what}: ${JSON.stringify(seen)}`)
  }
  for (const change of changes) await note(change.what, () => measureOne(change))
  await note('folding of a key', async () => {
    await choose(widgets.card, 'Data')
    await openKey(panel)
    return measureFolding(page, panel, widgets.card)
  })
  return found
}

/** What is read anew is shown as such at once, and its value later. */
const measureFolding = async (page: Page, panel: Locator, at: number): Promise<Delays[]> => {
  const [begun, answered]: [number[], number[]] = [[], []]
  for (let n = 0; n < times; n++) {
    await page.waitForTimeout(250)
    const select = panel.getByRole('combobox', { name: 'Value', exact: true })
    const folding = foldings[n % foldings.length] ?? ''
    const renewing = '[data-renewing]'
    const beganMs = await shownAfter(page, `w${at}`, { kind: 'there', selector: renewing }, async () => {
      await select.selectOption(folding)
    })
    const before = performance.now()
    await page.locator(`section[data-css-scope="w${at}"] ${renewing}`).waitFor({ state: 'detached' })
    begun.push(beganMs)
    answered.push(beganMs + performance.now() - before)
  }
  return [
    delaysOf('folding of a key, until the card says that it reads', begun),
    delaysOf('folding of a key, until the new value is there', answered),
  ]
}
