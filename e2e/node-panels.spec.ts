import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { expect, signInByRequest, test } from './fixtures.ts'
import { accounts, type Platform } from './platform.ts'

type NodeType = Awaited<ReturnType<Platform['nodeTypes']>>[number]

/** One of each, as it is when it has just been added. */
const chainOf = (types: readonly NodeType[], type: 'CORE' | 'EDGE') => ({
  ruleChain: { name: `Every ${type} panel ${Date.now()}`, type },
  metadata: {
    firstNodeIndex: 0,
    nodes: types.map(({ name, className, defaults }, place) => ({
      ...{ type: className, name, configuration: defaults },
      additionalInfo: { layoutX: 260 * (place % 10), layoutY: 90 * Math.floor(place / 10) },
    })),
    connections: [],
  },
})

/** What axe finds in the panel of a node. */
const violations = async (page: Page, name: string): Promise<string[]> => {
  await chainEditor(page).node(name).dispatchEvent('click')
  const panel = chainEditor(page).panel(name)
  await expect(panel.getByLabel('Name', { exact: true }).first()).toHaveValue(name)
  await expect(panel.locator('[aria-busy=true]')).toHaveCount(0)
  // Without a page of its own for each report, of which there are many.
  const found = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('[data-side-panel]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return found.violations.map(
    ({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )
}

/** The names of half of them for each of two pages, which work side by side. */
const halves = (names: readonly string[]) => [
  names.filter((_, at) => at % 2 === 0),
  names.filter((_, at) => at % 2 === 1),
]

test('the panel of every node type is accessible, in the light and, with the editors of their own, in the dark on a phone', async ({
  platform,
  browser,
  runtime,
}) => {
  test.setTimeout(400_000)
  const types = await platform.nodeTypes('CORE')
  const edgeTypes = (await platform.nodeTypes('EDGE')).filter(({ name }) => !types.some((one) => one.name === name))
  expect(types.length + edgeTypes.length).toBeGreaterThanOrEqual(77)
  const [core, edge] = [
    await platform.importRuleChain(chainOf(types, 'CORE')),
    await platform.importRuleChain(chainOf(edgeTypes, 'EDGE')),
  ]
  const walk = async (options: object, chain: string, names: readonly string[]) => {
    const context = await browser.newContext({ baseURL: runtime.httpUrl, reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    await signInByRequest(page, accounts.tenant)
    await chainEditor(page).open(chain, names[0] ?? '')
    const found: string[] = []
    for (const name of names) found.push(...(await violations(page, name)))
    await context.close()
    return found
  }
  const light = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }
  const dark = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }
  const ownEditors = [
    ...['gps geofencing filter', 'gps geofencing events', 'script', 'transformation script', 'create alarm'],
    ...['related entity data', 'change originator', 'message type filter', 'rest api call', 'mqtt', 'rule chain'],
    ...['save time series', 'math function', 'to email', 'check relation presence', 'generator'],
  ]

  await test.step('in the light, on a wide screen', async () => {
    const found = await Promise.all([
      ...halves(types.map(({ name }) => name)).map((names) => walk(light, core, names)),
      walk(
        light,
        edge,
        edgeTypes.map(({ name }) => name),
      ),
    ])
    expect.soft(found.flat()).toEqual([])
  })
  await test.step('in the dark, on a phone', async () => {
    const found = await Promise.all(halves(ownEditors).map((names) => walk(dark, core, names)))
    expect.soft(found.flat()).toEqual([])
  })
  await platform.deleteRuleChain(core)
  await platform.deleteRuleChain(edge)
})
