import type { KeySummaries } from '@thingwire/contracts'
import { readDashboard } from '@thingwire/dashboards'
import { suggestWidgets, widgetJson } from '@thingwire/dashboards/edit'
import { findWidget, widgetManifests } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { offerOf, offerOfSuggestion } from './drawn-from.ts'

const data = { aliasId: 'all', name: 'Pumps', filter: { type: 'deviceType', deviceTypes: ['pump'] } }
const series = (key: string, kind: 'number' | 'boolean', value: unknown) => ({
  ...{ key, kind, entities: 2, last: { ts: 1, value }, points: 9, perMinute: 1, distinct: 4 },
  ...{ min: 0, max: 50 },
})
const summary: KeySummaries = {
  entities: 2,
  timeseries: [
    series('lat', 'number', 48),
    series('lon', 'number', 11),
    series('rpm', 'number', 3),
    series('on', 'boolean', true),
  ],
  attributes: [],
}
const suggestions = suggestWidgets({ ...data, keys: summary, hasAlarms: true }, (fqn) => findWidget(fqn) !== undefined)
const manifest = (type: string) => {
  const found = findWidget(type)
  if (!found) throw new Error(`There is no ${type}`)
  return found
}
const configOf = (type: string, keys = summary) =>
  offerOf(manifest(type), { data, summary: keys, suggestions: [] }).widget.config

describe('widgets drawn from data', () => {
  it('take the keys that they can show', () => {
    const keysOf = (type: string) => JSON.stringify(configOf(type)).match(/"name":"(lat|rpm|on)"/g) ?? []
    expect(keysOf('line-chart')).toContain('"name":"rpm"')
    expect(keysOf('line-chart')).not.toContain('"name":"on"')
    expect(keysOf('state-chart')).toEqual(['"name":"on"'])
    expect(configOf('single-switch')).toEqual({ targetDevice: { type: 'entity', entityAliasId: 'all' } })
    expect(configOf('alarms-table')).toMatchObject({ alarmSource: { entityAliasId: 'all' } })
    expect(configOf('alarm-count')).toMatchObject({ datasources: [{ type: 'alarmCount' }] })
    expect(JSON.stringify(configOf('map'))).toContain('"name":"lat"')
  })

  it('stay as they are when nothing is for them', () => {
    const none = { entities: 1, timeseries: [], attributes: [] }
    for (const type of ['map', 'line-chart', 'value-card']) expect(configOf(type, none)).toBeUndefined()
    const still = widgetManifests.filter((one) => one.data === 'none')
    expect(still.length).toBeGreaterThan(0)
    for (const one of still) expect(offerOf(one, { data, summary, suggestions }).data).toBeNull()
    expect(offerOf(manifest('value-card'), null).data).toBeNull()
  })

  it('are what the suggestion of their kind is', () => {
    const table = offerOf(manifest('entities-table'), { data, summary, suggestions })
    expect(table.widget.config).toBe(
      suggestions.find(({ typeFullFqn }) => typeFullFqn.endsWith('entities_table'))?.config,
    )
  })

  it.each(widgetManifests.map(({ type }) => type))('%s is read without a remark', (type) => {
    const { widget } = offerOf(manifest(type), { data, summary, suggestions })
    const { document } = readDashboard({ widgets: { [widget.id]: widgetJson(widget) } })
    const read = document.widgets.get(widget.id)
    expect(read).toBeDefined()
    expect(
      manifest(type).settings.safeParse(manifest(type).upgrade?.({ ...read?.settings }, '') ?? read?.settings).success,
    ).toBe(true)
  })

  it('suggestions are offers of widgets that there are', () => {
    expect(suggestions.length).toBeGreaterThan(3)
    for (const one of suggestions) expect(offerOfSuggestion(one, data)?.widget.config).toBe(one.config)
  })
})
