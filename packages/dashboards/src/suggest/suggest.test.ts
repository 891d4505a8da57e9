import type { KeySummaries, SeriesSummary } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { addWidget } from '../edit/commands/widgets.ts'
import { aDashboard, mainGrid } from '../edit/testing.ts'
import { problemsOf } from '../edit/problems.ts'
import { readDashboard } from '../document/read.ts'
import { scaleFor } from './units.ts'
import { suggestWidgets } from './suggest.ts'

const key = (
  name: string,
  kind: SeriesSummary['kind'],
  value: unknown,
  more: Partial<SeriesSummary> = {},
): SeriesSummary => ({
  ...{ key: name, kind, entities: 1, last: { ts: 1_000, value }, points: 100, perMinute: 1, distinct: 20 },
  ...{ min: typeof value === 'number' ? value : null, max: typeof value === 'number' ? value : null },
  ...more,
})
const summary = (entities: number, timeseries: SeriesSummary[]): KeySummaries => ({
  entities,
  timeseries,
  attributes: [],
})
const suggest = (keys: KeySummaries, more: { hasAlarms?: boolean; isKnown?: (fqn: string) => boolean } = {}) =>
  suggestWidgets(
    { aliasId: 'all', name: 'Pumps', keys, hasAlarms: more.hasAlarms ?? false },
    more.isKnown ?? (() => true),
  )
const short = (keys: KeySummaries, more?: Parameters<typeof suggest>[1]) =>
  suggest(keys, more).map(({ typeFullFqn, keys: names }) =>
    [typeFullFqn.replace(/^system\.(\w+\.)?/, ''), ...names].join(' '),
  )

const temperature = key('temperature', 'number', 21.53)
const rpm = key('rpm', 'number', 1_450)
const running = key('running', 'boolean', true, { distinct: 2 })
const mode = key('mode', 'text', 'auto', { distinct: 3 })
const place = [key('lat', 'number', 48.1), key('lon', 'number', 11.5)]

describe('suggested widgets', () => {
  it.each<[string, KeySummaries, Parameters<typeof suggest>[1], string[]]>([
    ['nothing of nothing', summary(1, []), {}, []],
    [
      'no scale and no line for a moment',
      summary(1, [key('sentAt', 'number', 1_795_362_382_100)]),
      {},
      ['entities_table sentAt', 'timeseries_table sentAt'],
    ],
    [
      'of one device: its line over time, states, the newest value, what its name tells',
      summary(1, [temperature, running]),
      {},
      [
        'time_series_chart temperature',
        'state_chart running',
        'temperature_radial_gauge_canvas_gauges temperature',
        'value_card temperature',
        'gauge_justgage temperature',
        'entities_table running temperature',
        'timeseries_table running temperature',
      ],
    ],
    [
      'of several: where they are, all of them, each line, side by side',
      summary(3, [temperature, ...place]),
      {},
      [
        'map lat lon',
        'entities_table temperature',
        'time_series_chart temperature',
        'bars temperature',
        'entity_count',
        'timeseries_table temperature',
      ],
    ],
    ['alarms where there are some', summary(1, []), { hasAlarms: true }, ['alarms_table', 'alarm_count']],
    [
      'only widgets that there are',
      summary(3, [temperature]),
      { isKnown: (fqn) => fqn === 'system.bars' },
      ['bars temperature'],
    ],
    [
      'shares of what can be added',
      summary(4, [key('energy', 'number', 12)]),
      { isKnown: (fqn) => /doughnut/.test(fqn) },
      ['doughnut energy'],
    ],
    ['no comparison of very many', summary(500, [temperature]), { isKnown: (fqn) => /bars|doughnut/.test(fqn) }, []],
    [
      'no chart of what has no history',
      summary(1, [{ ...temperature, points: 1 }]),
      { isKnown: (fqn) => /chart|timeseries/.test(fqn) },
      [],
    ],
    [
      'lines of one size on one axis',
      summary(1, [temperature, key('inside', 'number', 24), rpm]),
      { isKnown: (fqn) => /time_series_chart/.test(fqn) },
      ['time_series_chart inside temperature', 'time_series_chart rpm'],
    ],
    [
      'texts of few values as states, others as a card',
      summary(1, [mode, key('serial', 'text', 'A-1', { distinct: 20 })]),
      { isKnown: (fqn) => /state_chart|attributes_card/.test(fqn) },
      ['state_chart mode', 'attributes_card mode serial'],
    ],
    ['not what the platform keeps for itself', summary(1, [key('lastActivityTime', 'number', 1)]), {}, []],
  ])('%s', (_name, keys, more, expected) => expect(short(keys, more)).toEqual(expected))

  it('are the same for the same data, with ids of their own, best first', () => {
    const all = suggest(summary(1, [temperature, rpm, running, mode, ...place]), { hasAlarms: true })
    expect(suggest(summary(1, [temperature, rpm, running, mode, ...place]), { hasAlarms: true })).toEqual(all)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a))
  })

  it('can be added as they are', () => {
    const all = suggest(summary(3, [temperature, rpm, running, mode, ...place]), { hasAlarms: true })
    const { configuration } = all.reduce(
      (document, { id, typeFullFqn, type, title, sizeX, sizeY, config }) =>
        addWidget({ id, typeFullFqn, type, title, sizeX, sizeY, config }, mainGrid).apply(document),
      aDashboard(),
    )
    expect(readDashboard(configuration).report.remarks).toEqual([])
    expect(problemsOf(configuration, { needOf: () => 'nothing' })).toEqual([])
  })

  it('have a unit and decimals by name and value', () => {
    const [card] = suggest(summary(1, [temperature]), { isKnown: (fqn) => /value_card/.test(fqn) })
    expect(card?.config.datasources).toMatchObject([{ dataKeys: [{ name: 'temperature', units: '°C', decimals: 2 }] }])
  })
})

describe('scales', () => {
  it.each([
    ['battery', 0, 96, { units: '%', min: 0, max: 100, widget: 'system.battery_level' }],
    ['batteryVoltage', 0, 4_200, { units: null, min: 0, max: 10_000, widget: null }],
    ['rpm', 0, 1_450, { units: null, min: 0, max: 2_000, widget: null }],
    ['power', -300, 20, { units: 'W', min: -500, max: 50, widget: null }],
    ['temperature', 800, 950, { units: '°C', min: 0, max: 2_000, widget: null }],
    ['still', 0, 0, { units: null, min: 0, max: 0, widget: null }],
  ])('of %s from %d to %d', (name, min, max, expected) =>
    expect(scaleFor(name, { min, max, last: max })).toEqual(expected),
  )
})
