import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { conformanceTexts } from './widget-conformance.ts'
import { widgetManifests } from './manifests.ts'
import { idleHost, WidgetHostProvider, widgetViewLoaders } from './views.ts'
import { type ValueSetting, valueSettings, valueSettingsOf, type WidgetCase, type WidgetManifest } from './widget.ts'

type Key = NonNullable<WidgetCase['columns']>[number][number]
type Point = readonly [ts: number, value: unknown]
type Change = { key: (key: Key) => object; config?: object; point?: (point: Point) => Point }

const rule = (target: string) => ({
  ...{ color: '#123456', icon: null, target },
  when: { column: '', operation: 'notEqual', value: 'no such value', to: null },
})
const mappings = [{ type: 'regex', pattern: '.', text: 'Mapped', color: '#123456', icon: null }]
const colorRules = ['text', 'background', 'row'].map(rule)

const changes: Readonly<Record<ValueSetting, Change>> = {
  units: { key: (key) => ({ ...key, units: 'zq' }), config: { units: 'gal' } },
  decimals: { key: (key) => ({ ...key, decimals: 7 }), config: { decimals: 7 } },
  looks: { key: (key) => ({ ...key, thingwire: { mappings, colorRules } }) },
}
/** As if devices had reported something else. */
const otherValues: Change = {
  key: (key) => key,
  point: ([ts, value]) => [ts, typeof value === 'number' ? value * 1.37 + 3 : `${value}x`],
}

/** What a case of a widget looks like at first, before anything is drawn that only browsers can. */
const markupOf = async (manifest: WidgetManifest, one: WidgetCase, { key, config, point }: Change) => {
  const loaded = await widgetViewLoaders[manifest.type]?.()
  if (!loaded) throw new Error(`${manifest.type} has no view`)
  const state =
    one.state.status === 'ready'
      ? {
          ...one.state,
          series: one.state.series.map((series) => ({
            ...series,
            dataKey: key(series.dataKey),
            points: point ? series.points.map(point) : series.points,
          })),
        }
      : one.state
  const view = createElement(
    loaded.default as Parameters<typeof createElement>[0],
    {
      settings: manifest.settings.parse(one.settings),
      state,
      title: one.name,
      config: {
        ...{ units: null, decimals: null, fqn: manifest.fqns[0] ?? manifest.type },
        ...config,
        ...(one.columns ? { columns: one.columns.map((column) => column.map(key)) } : {}),
      },
      window: one.window ?? { startTs: 0, endTs: 1 },
      ...(one.comparison ? { comparison: one.comparison } : {}),
      interval: one.interval ?? 0,
      timeZone: 'UTC',
      size: { width: 320, height: 200 },
      theme: 'light',
      texts: conformanceTexts,
      locale: 'en',
      ...(one.control ? { control: one.control } : {}),
    } as object,
  )
  return renderToStaticMarkup(createElement(WidgetHostProvider, { value: idleHost(one.host ?? {}) }, view))
}

const same: Change = { key: (key) => key }

const heeds = async (manifest: WidgetManifest, change: Change): Promise<boolean> => {
  const { cases }: { cases: WidgetCase[] } = await import(new URL(`./${manifest.type}/cases.ts`, import.meta.url).href)
  // One engine has cases by the hundred; what holds for a widget shows in the first ones.
  for (const one of cases.slice(0, 24))
    if ((await markupOf(manifest, one, same)) !== (await markupOf(manifest, one, change))) return true
  return false
}

/** What shows its values only in a browser: at first they make no difference. */
const drawnLater = new Set([
  ...['time-series-chart', 'line-chart', 'bar-chart', 'point-chart', 'area-chart', 'combined-chart', 'state-chart'],
  ...['range-chart', 'bar-chart-with-labels', 'markdown-card', 'html-value-card'],
])

/** What writes values by patterns of its own: a unit shows in them by converting the values, which the host does. */
const ownTexts = new Set(['map', 'image-map', 'trip-map', 'route-map', 'label-over-image', 'qr-code'])

describe.each(widgetManifests)('the values of $type', (manifest) => {
  it('show what can be set about them, and nothing else can be set', async () => {
    const said = valueSettingsOf(manifest)
    if (drawnLater.has(manifest.type)) {
      expect(said).toContain('units')
      return expect(await heeds(manifest, otherValues)).toBe(false)
    }
    const heeded: ValueSetting[] = ownTexts.has(manifest.type) ? ['units'] : []
    for (const setting of valueSettings) if (await heeds(manifest, changes[setting])) heeded.push(setting)
    expect(heeded).toEqual(said)
  }, 30_000)
})
