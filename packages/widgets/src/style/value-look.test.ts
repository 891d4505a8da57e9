import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { arrange } from '../engines/chart/arrange.ts'
import { ChartLegend } from '../engines/chart/legend.tsx'
import { chartKeySettings } from '../engines/chart/key-settings.ts'
import { chartSettingsSchema } from '../engines/chart/settings.ts'
import { widgetManifests } from '../manifests.ts'
import { idleHost, WidgetHostProvider, widgetViewLoaders } from '../views.ts'
import type { WidgetState, WidgetTexts } from '../widget.ts'
import { cellLook, rowLook, valueLook } from './value-look.ts'

const thingwire = {
  mappings: [
    { type: 'value', value: 3, text: 'Running', color: '#2e7d32', icon: 'play_arrow' },
    { type: 'special', match: 'missing', text: 'Never heard' },
  ],
  colorRules: [
    { when: { operation: 'greater', value: 80 }, color: '#d32f2f' },
    { when: { operation: 'greater', value: 90 }, color: '#123456', target: 'background' },
    { when: { operation: 'equal', value: 'off', column: 'state' }, color: '#888888', target: 'row' },
  ],
}
const dataKey = { name: 'level', units: 'bar', thingwire }

describe('the look of a value', () => {
  it('is what mappings and rules of its key say', () => {
    expect(valueLook(3, dataKey)).toMatchObject({ text: 'Running', color: '#2e7d32', icon: 'play_arrow' })
    expect(valueLook(95, dataKey)).toMatchObject({ text: null, color: '#d32f2f', background: '#123456', row: null })
    expect(valueLook(undefined, dataKey).text).toBe('Never heard')
    expect(valueLook(1, dataKey, () => 'off').row).toBe('#888888')
    expect(valueLook(3, { name: 'level' }).text).toBeNull()
  })

  it('tints cells and rows, and says nothing for colours that are none', () => {
    expect(cellLook(valueLook(95, dataKey), 'dark')).toEqual({
      color: expect.stringMatching(/^rgb/),
      backgroundColor: 'rgba(18, 52, 86, 0.24)',
    })
    expect(cellLook(valueLook(1, dataKey), 'light')).toBeUndefined()
    expect(rowLook([valueLook(1, dataKey), valueLook(1, dataKey, () => 'off')])).toEqual({
      backgroundColor: 'rgba(136, 136, 136, 0.16)',
    })
    const hostile = {
      thingwire: { colorRules: [{ when: { operation: 'isNotEmpty' }, color: 'url(//x)', target: 'row' }] },
    }
    expect(rowLook([valueLook(1, hostile)])).toBeUndefined()
  })
})

const texts = new Proxy({} as WidgetTexts, { get: (_, name) => (name === 'age' ? () => 'just now' : String(name)) })

const draw = async (type: string, value: unknown): Promise<string> => {
  const manifest = widgetManifests.find((one) => one.type === type)
  const view = await widgetViewLoaders[type]?.()
  if (!manifest || !view) throw new Error(`There is no widget ${type}`)
  const at = Date.UTC(2026, 0, 1)
  const state: WidgetState = {
    ...{ status: 'ready', staleSince: null },
    series: [
      caseSeries({
        ...{ key: 'level', dataKey },
        points: [
          [at - 30_000, 20],
          [at - 1_000, value],
        ],
      }),
    ],
  }
  const props = {
    ...{ settings: manifest.settings.parse({}), state, title: 'Level', interval: 0, timeZone: 'UTC' },
    ...{ size: { width: 600, height: 400 }, theme: 'light' as const, texts, locale: 'en' },
    config: { units: null, decimals: null, fqn: type },
    window: { startTs: at - 60_000, endTs: at },
  }
  return renderToStaticMarkup(
    createElement(WidgetHostProvider, { value: idleHost({}) }, createElement(view.default, props)),
  )
}

describe('mappings and colour rules of a key are drawn by', () => {
  it.each([
    'value-card',
    'label-value-card',
    'value-chart-card',
    'progress-bar',
    'battery-level',
    'arc-gauge',
    'radial-gauge',
    'thermometer-scale',
    'attributes-card',
    'latest-values-table',
    'time-series-table',
    'doughnut',
  ])(
    '%s',
    async (type) => {
      const mapped = await draw(type, 3)
      expect(mapped).toContain('Running')
      expect(mapped).not.toContain('3 bar')
      expect(await draw(type, 85)).toContain('rgb(211, 47, 47)')
      expect(await draw(type, 7)).not.toContain('Running')
    },
    30_000,
  )
})

it('mappings and colour rules of a key stand in the legend of a chart, but not for means', () => {
  const settings = chartSettingsSchema.parse({ legendConfig: { showAvg: true } })
  const { list } = arrange({
    ...{ series: [caseSeries({ key: 'level', dataKey })], settings, comparisonWord: '' },
    ...{ readKey: (one) => chartKeySettings().parse(one), theme: { series: [] } },
    defaults: { units: null, decimals: null },
  })
  const legendOf = (latest: number) =>
    renderToStaticMarkup(
      createElement(ChartLegend, {
        ...{ list, settings, hidden: new Set<string>(), scheme: 'light', locale: 'en', words: String },
        statistics: new Map([[list[0]?.series.id ?? '', { min: 1, max: 5, avg: 3, total: 9, latest }]]),
        onToggle: () => undefined,
        onSingle: () => undefined,
        isNarrow: false,
      }),
    )
  expect(legendOf(3).match(/Running/g)).toHaveLength(1)
  expect(legendOf(85)).toContain('rgb(211, 47, 47)')
})
