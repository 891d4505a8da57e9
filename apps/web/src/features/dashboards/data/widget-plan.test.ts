import { findWidget } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { lastHour, manifestOf, ofAll, planOf, readyPlan } from './fake-widget.ts'

const device = '784f394c-42b6-435a-983c-b7beff2784f9'

describe('what a widget asks for', () => {
  it('is nothing, with the reason, where its sources name nobody', () => {
    expect(planOf({ datasources: [] }).plan).toEqual({ status: 'empty', why: { reason: 'noDatasource' } })
    expect(planOf({ datasources: [{ type: 'entity', dataKeys: [] }] }).plan).toMatchObject({
      why: { reason: 'noSource' },
    })
    const missing = { type: 'entity', entityAliasId: 'b0000000-0000-4000-8000-000000000002', dataKeys: [] }
    expect(planOf({ datasources: [missing] }).plan).toMatchObject({ why: { reason: 'missingAlias' } })
    expect(readyPlan({ datasources: [missing, ofAll([{ name: 'a' }])] }).sources).toHaveLength(1)
  })

  it('is nothing where its data come another way, or need no source', () => {
    for (const data of ['none', 'page', 'alarms', 'control'] as const)
      expect(readyPlan({ datasources: [] }, { manifest: manifestOf({ data }) }).sources).toEqual([])
    const optional = manifestOf({ limits: { datasourcesOptional: true } })
    expect(readyPlan({ datasources: [] }, { manifest: optional }).sources).toEqual([])
  })

  it('is of one device, of as many entities as it shows, and no more keys than it takes', () => {
    const one = readyPlan({ datasources: [{ type: 'device', deviceId: device, dataKeys: [] }] }).sources[0]
    expect(one).toMatchObject({ question: { entityFilter: { singleEntity: { id: device } }, pageSize: 1 } })
    const keys = ofAll([{ name: 'a' }, { name: 'b' }])
    const sizes = [{}, { pageSize: 7 }, { pageSize: 1_000_000 }].map((config) => {
      const source = readyPlan({ datasources: [keys], ...config }).sources[0]
      return source?.kind === 'entities' && source.question.pageSize
    })
    expect(sizes).toEqual([1_024, 7, 10_000])
    const manifest = manifestOf({ limits: { entities: 1, keys: 1, datasources: 1 } })
    const { sources } = readyPlan({ datasources: [keys, keys] }, { manifest })
    expect(sources).toMatchObject([{ question: { pageSize: 1 }, keys: [{ dataKey: { name: 'a' } }] }])
    expect(sources[0]?.keys).toHaveLength(1)
  })

  it('completes keys by the units and decimals of the widget, unless they have their own', () => {
    const datasources = [ofAll([{ name: 'a' }, { name: 'b', units: 'V', decimals: 3 }])]
    const units = { from: '°C', IMPERIAL: '°F' }
    const { sources } = readyPlan({ datasources, units, decimals: 1 }, { system: 'IMPERIAL' })
    expect(sources[0]?.keys).toMatchObject([
      { dataKey: { units: '°F', decimals: 1 }, conversion: { from: '°C', to: '°F' } },
      { dataKey: { units: 'V', decimals: 3 }, conversion: null },
    ])
  })

  it('is a series, newest values beside it, and comparisons for the keys that want them', () => {
    const datasources = [
      ofAll([{ name: 'a' }, { name: 'b', settings: { comparisonSettings: { showValuesForComparison: false } } }], {
        latestDataKeys: [{ name: 'c', type: 'attribute', label: '', settings: {} }],
      }),
    ]
    const settings = {
      comparisonEnabled: true,
      timeForComparison: 'customInterval',
      comparisonCustomIntervalValue: 7_200_000,
    }
    const plan = readyPlan({ datasources, settings }, { manifest: manifestOf({ data: 'series' }) })
    expect(plan.sources[0]?.keys).toMatchObject([
      { dataKey: { name: 'a' }, from: 'series', role: 'main' },
      { dataKey: { name: 'b' }, from: 'series', role: 'main' },
      { dataKey: { name: 'a' }, from: 'comparison', role: 'comparison' },
      { dataKey: { name: 'c' }, from: 'latest', role: 'beside' },
    ])
    expect(plan.comparison?.shift).toEqual({ by: 'customInterval', customMs: 7_200_000 })
  })

  it('is thinned for who draws it, unless averages or totals stand in the legend', () => {
    const thinToOf = (points: { thinned: boolean }, settings: object) => {
      const manifest = manifestOf({ data: 'series', points })
      return readyPlan({ datasources: [ofAll([{ name: 'a' }])], settings }, { manifest, thinTo: 800 }).series.thinTo
    }
    expect(thinToOf({ thinned: true }, { legendConfig: { showMax: true } })).toBe(800)
    expect(thinToOf({ thinned: false }, {})).toBeNull()
    expect(thinToOf({ thinned: true }, { legendConfig: { showTotal: true } })).toBeNull()
    expect(thinToOf({ thinned: true }, { showLegend: false, legendConfig: { showTotal: true } })).toBe(800)
  })

  it('is a count of entities, or of all alarms', () => {
    const datasources = [ofAll([], { type: 'entityCount' }), { type: 'alarmCount', name: 'Alarms', dataKeys: [] }]
    expect(readyPlan({ datasources }).sources).toMatchObject([
      {
        kind: 'count',
        question: { kind: 'entity-count', query: { entityFilter: { type: 'entityType' } } },
        keys: [{}],
      },
      { kind: 'count', place: { name: 'Alarms' }, question: { kind: 'alarm-count', query: null } },
    ])
  })

  it('has buckets of the whole day while the day goes on', () => {
    const span = { kind: 'quick' as const, interval: 'CURRENT_DAY_SO_FAR' as const }
    const groups = [1, 12, 23].map((hour) => {
      const input = {
        now: Date.UTC(2026, 5, 1, hour),
        window: { ...lastHour, span },
        manifest: manifestOf({ data: 'series' }),
      }
      return readyPlan({ datasources: [ofAll([{ name: 'a' }])] }, input).series.group
    })
    expect(new Set(groups).size).toBe(1)
  })

  it('has, beside its own, the keys that settings refer to, each once', () => {
    const limit = { type: 'entity', entityAlias: 'All', entityKey: 'most', entityKeyType: 'attribute' }
    const thresholds = [
      ...[limit, limit, { ...limit, entityAlias: 'Nobody' }],
      { type: 'latestKey', latestKey: 'least', latestKeyType: 'attribute' },
      { type: 'latestKey', latestKey: 'beside', latestKeyType: 'attribute' },
    ]
    const datasources = [
      ofAll([{ name: 'a' }], { latestDataKeys: [{ name: 'beside', type: 'attribute', label: '', settings: {} }] }),
    ]
    const manifest = findWidget('time_series_chart')
    if (!manifest) throw new Error('There is no chart')
    const plan = readyPlan({ datasources, settings: { thresholds } }, { manifest })
    expect(plan.sources).toHaveLength(1)
    expect(plan.asides).toMatchObject([
      {
        place: { index: 0 },
        keys: [{ role: 'beside', from: 'latest', dataKey: { name: 'least', type: 'attribute' } }],
      },
      {
        place: { index: -1, name: 'All' },
        question: { pageSize: 16 },
        keys: [{ role: 'beside', from: 'latest', dataKey: { name: 'most', type: 'attribute' } }],
      },
    ])
    expect(plan.asides[1]?.keys).toHaveLength(1)
  })

  it('has the thresholds that keys of older charts bring, and ranges of cards', () => {
    const old = {
      showLines: true,
      thresholds: [
        { thresholdValueSource: 'entityAttribute', thresholdEntityAlias: 'All', thresholdAttribute: 'most' },
      ],
    }
    const chart = findWidget('charts.basic_timeseries')
    const card = findWidget('cards.value_card')
    if (!chart || !card) throw new Error('There are no such widgets')
    const ofChart = readyPlan({ datasources: [ofAll([{ name: 'a', settings: old }])] }, { manifest: chart })
    expect(ofChart.asides).toMatchObject([{ keys: [{ dataKey: { name: 'most' } }] }])
    const end = { type: 'latestKey', latestKey: 'high', latestKeyType: 'timeseries' }
    const rangeList = { advancedMode: true, rangeAdvanced: [{ from: end, to: {}, color: 'red' }] }
    const settings = { valueColor: { type: 'range', rangeList } }
    const ofCard = readyPlan({ datasources: [ofAll([{ name: 'a' }])], settings }, { manifest: card })
    expect(ofCard.asides).toMatchObject([{ keys: [{ dataKey: { name: 'high', type: 'timeseries' } }] }])
  })
})
