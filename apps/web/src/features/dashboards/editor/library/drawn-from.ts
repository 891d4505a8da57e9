import type { KeySummaries } from '@thingwire/contracts'
import { keyJson, mapSettings, type Suggestion, sortKeys, truthStates } from '@thingwire/dashboards/edit'
import type { NewWidget } from '@thingwire/dashboards/edit'
import { findWidget, type WidgetManifest } from '@thingwire/widgets/manifests'
import type { LibraryData } from './library-data.ts'
import { newWidget } from './new-widget.ts'

type Json = Readonly<Record<string, unknown>>
type Key = { name: string; type: 'timeseries' | 'attribute'; kind: string; value: unknown; points: number }

// biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so; lines of several entities are told apart by it
const nameOfEntity = '${entityName}'
const mostKeys = 4
const mostColumns = 8

const keysOf = ({ timeseries, attributes }: KeySummaries): Key[] => {
  const series = timeseries.map(
    ({ key, kind, last, points }): Key => ({ name: key, type: 'timeseries', kind, value: last.value, points }),
  )
  const names = new Set(series.map(({ name }) => name))
  const others = attributes
    .filter(({ key }) => !names.has(key))
    .map(({ key, kind, last }): Key => ({ name: key, type: 'attribute', kind, value: last.value, points: 0 }))
  return [...series, ...others]
}

/** Those that a widget of that kind can draw, best first. */
const fitting = (manifest: WidgetManifest, keys: readonly Key[]): readonly Key[] => {
  if (manifest.data === 'page') return keys.slice(0, mostColumns)
  const drawn = manifest.data === 'series' ? keys.filter(({ type }) => type === 'timeseries') : keys
  const numbers = drawn.filter(({ kind }) => kind === 'number')
  const states = drawn.filter(({ kind }) => kind === 'boolean')
  const isOfStates = manifest.type === 'state-chart' || manifest.type === 'led-indicator'
  const chosen = isOfStates ? states : numbers.length > 0 ? numbers : drawn
  return chosen.slice(0, Math.min(mostKeys, manifest.limits?.keys ?? mostKeys))
}

/** Members of `config` by which a widget shows some data; null: nothing of these data is for it. */
const configOf = (manifest: WidgetManifest, { aliasId, name }: LibraryData, summary: KeySummaries): Json | null => {
  const source = { type: 'entity', name: '', entityAliasId: aliasId }
  const count = (type: string) => ({
    datasources: [{ ...source, type, dataKeys: [{ name: 'count', type: 'count', label: name, settings: {} }] }],
  })
  if (manifest.type === 'alarm-count') return count('alarmCount')
  if (manifest.type === 'entity-count') return count('entityCount')
  if (manifest.data === 'control') return { targetDevice: { type: 'entity', entityAliasId: aliasId } }
  if (manifest.data === 'alarms') {
    const columns = ['createdTime', 'originator', 'type', 'severity', 'status']
    const dataKeys = columns.map((one) => ({ name: one, type: 'alarm', label: one, settings: {} }))
    return { alarmSource: { ...source, dataKeys } }
  }
  if (manifest.data === 'none') return null
  const keys = keysOf(summary)
  if (manifest.type === 'map') {
    const { place } = sortKeys(keys)
    const type = keys.find((key) => key.name === place?.latitude)?.type
    return place ? { settings: mapSettings(aliasId, place, type) } : null
  }
  const shown = fitting(manifest, keys)
  if (shown.length === 0) return null
  const isMany = summary.entities > 1
  const dataKeys = shown.map(({ name: key, type }, at) =>
    keyJson(key, at, { type, ...(isMany && shown.length === 1 && { label: nameOfEntity }) }),
  )
  return {
    datasources: [{ ...source, dataKeys }],
    ...(manifest.type === 'state-chart' && { settings: { states: truthStates } }),
  }
}

/** What the library offers: a widget, and whether it shows the chosen data. */
export type Offer = { widget: NewWidget; manifest: WidgetManifest; data: LibraryData | null }

export const offerOfSuggestion = (suggestion: Suggestion, data: LibraryData): Offer | null => {
  const manifest = findWidget(suggestion.typeFullFqn)
  if (!manifest) return null
  const { typeFullFqn, type, title, sizeX, sizeY, config } = suggestion
  return { manifest, data, widget: { id: suggestion.id, typeFullFqn, type, title, sizeX, sizeY, config } }
}

/** A widget of the library, drawn from the chosen data where it can be; as the suggestion of its kind draws them. */
export const offerOf = (
  manifest: WidgetManifest,
  chosen: { data: LibraryData; summary: KeySummaries; suggestions: readonly Suggestion[] } | null,
): Offer => {
  const plain = newWidget(manifest, manifest.type)
  if (!chosen) return { manifest, widget: plain, data: null }
  const { data, summary, suggestions } = chosen
  const suggested = suggestions.find(({ typeFullFqn }) => findWidget(typeFullFqn)?.type === manifest.type)
  const config = suggested?.config ?? configOf(manifest, data, summary)
  return config
    ? { manifest, data, widget: { ...plain, title: suggested?.title || plain.title, config } }
    : { manifest, widget: plain, data: null }
}
