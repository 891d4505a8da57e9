import { existsSync, readFileSync } from 'node:fs'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { findWidget, widgetManifests } from './manifests.ts'
import { widgetViewLoaders } from './views.ts'
import type { WidgetCase } from './widget.ts'

const texts = {
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
  timedOut: 'No answer',
}
const folder = (type: string) => new URL(`./${type}/`, import.meta.url)

describe('the widget registry', () => {
  it('has widgets, with unique names and a view for each', () => {
    const names = widgetManifests.flatMap((manifest) => [manifest.type, ...manifest.fqns])
    expect(widgetManifests.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(widgetViewLoaders).sort()).toEqual(widgetManifests.map((manifest) => manifest.type).sort())
  })

  it('finds a widget by the names of dashboard files and not by others', () => {
    expect(findWidget('system.cards.value_card')?.type).toBe('value-card')
    expect(findWidget('time-series-chart')?.type).toBe('time-series-chart')
    expect(findWidget('system.map')).toBeUndefined()
  })
})

describe.each(widgetManifests)('widget $type', (manifest) => {
  it('lives in the folder of its name, with help', () => {
    expect(existsSync(new URL('manifest.ts', folder(manifest.type)))).toBe(true)
    expect(readFileSync(new URL('help.md', folder(manifest.type)), 'utf8')).toContain(`# ${manifest.name}`)
  })

  it('fills in every setting and survives settings of another make', () => {
    const defaults = manifest.settings.parse({})
    expect(defaults).toBeTypeOf('object')
    const odd = Object.fromEntries(Object.keys(Object(defaults)).map((name) => [name, { odd: [1] }]))
    expect(manifest.settings.parse({ ...odd, unknown: 1 })).toEqual(defaults)
  })

  it('draws every case, among them loading, empty, failed and ready', async () => {
    const { cases }: { cases: WidgetCase[] } = await import(new URL('cases.ts', folder(manifest.type)).href)
    const view = (await widgetViewLoaders[manifest.type]?.())?.default
    expect(new Set(cases.map((one) => one.state.status))).toEqual(new Set(['loading', 'empty', 'failed', 'ready']))
    for (const one of cases) {
      const markup = renderToStaticMarkup(
        createElement(view ?? 'div', {
          settings: manifest.settings.parse(one.settings),
          state: one.state,
          title: one.name,
          window: { startTs: 0, endTs: 1 },
          interval: 0,
          size: { width: 320, height: 200 },
          theme: 'light' as const,
          texts,
          locale: 'en',
          ...(one.control ? { control: one.control } : {}),
        }),
      )
      expect(markup, one.name).not.toBe('')
      if ('reason' in one.state) expect(markup, one.name).toContain(one.state.reason)
    }
  })
})
