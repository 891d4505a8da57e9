import { existsSync, readFileSync } from 'node:fs'
import { type ComponentType, createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { idleHost, WidgetHostProvider } from './views.ts'
import type { WidgetCase, WidgetManifest, WidgetViewProps } from './widget.ts'

export const conformanceTexts = {
  noData: 'No data',
  entity: 'Entity',
  age: () => 'just now',
  yes: 'yes',
  no: 'no',
  on: 'On',
  off: 'Off',
  unknown: 'Unknown',
  reading: 'Asking',
  sending: 'Sending',
  readAgain: 'Ask again',
  retry: 'Try again',
  timedOut: 'No answer',
}
/** What holds for every widget; called in a `describe` of its own. */
export const widgetConformance = (
  manifest: WidgetManifest,
  p: { folder: URL; loadView: () => Promise<ComponentType<WidgetViewProps<unknown>>> },
) => {
  const { folder, loadView } = p
  it('lives in the folder of its name, with help', () => {
    expect(existsSync(new URL('manifest.ts', folder))).toBe(true)
    expect(readFileSync(new URL('help.md', folder), 'utf8')).toContain(`# ${manifest.name}`)
  })

  it('fills in every setting and survives settings of another make', () => {
    const defaults = manifest.settings.parse({})
    expect(defaults).toBeTypeOf('object')
    const odd = Object.fromEntries(Object.keys(Object(defaults)).map((name) => [name, { odd: [1] }]))
    expect(manifest.settings.parse({ ...odd, unknown: 1 })).toEqual(defaults)
  })

  it('brings settings up to date that are so already, and changes nothing', async () => {
    const { cases }: { cases: WidgetCase[] } = await import(new URL('cases.ts', folder).href)
    const { upgrade } = manifest
    for (const fqn of upgrade ? manifest.fqns : []) {
      for (const { settings } of cases) {
        // An editor writes them in today's form, under the widget's older name.
        const once = upgrade?.({ ...settings }, fqn) ?? {}
        const twice = upgrade?.({ ...once }, fqn)
        expect(manifest.settings.parse(twice)).toEqual(manifest.settings.parse(once))
      }
    }
  })

  it('draws every case, among them loading, empty, failed and ready', async () => {
    const { cases }: { cases: WidgetCase[] } = await import(new URL('cases.ts', folder).href)
    const view = await loadView()
    // A widget that asks for nothing is always ready; one that turns pages gets the other states from its port.
    const statuses = manifest.data === 'none' ? ['ready'] : ['loading', 'empty', 'failed', 'ready']
    expect(new Set(cases.map((one) => one.state.status))).toEqual(new Set(statuses))
    for (const one of cases) {
      const markup = renderToStaticMarkup(
        createElement(
          WidgetHostProvider,
          { value: idleHost(one.host ?? {}) },
          createElement(view, {
            settings: manifest.settings.parse(one.settings),
            state: one.state,
            title: one.name,
            config: {
              units: null,
              decimals: null,
              fqn: manifest.fqns[0] ?? manifest.type,
              ...(one.columns ? { columns: one.columns } : {}),
            },
            window: one.window ?? { startTs: 0, endTs: 1 },
            ...(one.comparison ? { comparison: one.comparison } : {}),
            interval: one.interval ?? 0,
            timeZone: 'UTC',
            size: { width: 320, height: 200 },
            theme: 'light' as const,
            texts: conformanceTexts,
            locale: 'en',
            ...(one.control ? { control: one.control } : {}),
          }),
        ),
      )
      expect(markup, one.name).not.toBe('')
      if ('reason' in one.state) expect(markup, one.name).toContain(one.state.reason)
    }
    // The first one of a library loads it.
  }, 30_000)
}
