import { fillTokens, type TokenContext, withoutTranslations } from '@thingwire/dashboards'
import { newest } from '../../format.ts'
import type { WidgetSeries } from '../../widget.ts'

/** One entity with its newest values by label, in the form in which functions of files get their `data`: what has no value is ''. */
export type DataRecord = Readonly<Record<string, unknown>>

const keyOf = (series: WidgetSeries) => `${series.entity.id.entityType} ${series.entity.id.id} ${series.entity.name}`

const recordOf = (group: readonly WidgetSeries[], index: number): DataRecord => {
  const [first] = group
  if (!first) return {}
  const { entity, datasourceName } = first
  const record: Record<string, unknown> = {
    entityName: entity.name,
    deviceName: entity.name,
    entityId: entity.id.id,
    entityType: entity.id.entityType,
    entityLabel: entity.label || entity.name,
    aliasName: datasourceName,
    dsName: datasourceName,
    dsIndex: index,
    deviceType: entity.type,
  }
  for (const { dataKey, points } of group) {
    const point = newest(points)
    const label = dataKey.label || dataKey.name
    // Of two keys with one label the one that says something counts.
    if (!point) record[label] ??= ''
    if (!point || (point[1] === '' && label in record)) continue
    record[label] = point[1]
    record[`${label}|ts`] = point[0]
  }
  return record
}

/** The newest values, one record an entity. */
export const recordsOf = (all: readonly WidgetSeries[]): DataRecord[] => {
  const groups = Map.groupBy(
    all.filter((series) => series.role !== 'comparison'),
    keyOf,
  )
  return [...groups.values()].map(recordOf)
}

/** What tokens of a pattern stand for: the first entity, and the values of all, of which the first of a label counts. */
const contextOf = (all: readonly WidgetSeries[]): TokenContext => {
  const [first] = all
  const values = new Map<string, unknown>()
  for (const { dataKey, points } of all) {
    const label = dataKey.label || dataKey.name
    const value = newest(points)?.[1]
    if (value !== undefined && (values.get(label) ?? '') === '') values.set(label, value)
    else if (!values.has(label)) values.set(label, '')
  }
  return { entity: first?.entity ?? null, alias: first?.datasourceName ?? null, values }
}

/**
 * The pattern with names and newest values filled in. Numbers without a wish get up to two decimals, as they do where such
 * patterns come from. What a value brings of markup is put in as it is: all of it is made harmless before it is shown.
 * @param encode for what is put in, where that is not so
 */
export const fillPattern = (
  pattern: string,
  series: readonly WidgetSeries[],
  encode: (text: string) => string = (text) => text,
): string =>
  fillTokens(withoutTranslations(pattern), contextOf(series), (value, decimals) => encode(tokenText(value, decimals)))

/** For markup that is shown as it is, in the sandbox: there a value must not become part of its script. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)

const tokenText = (value: unknown, decimals: number | null): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && Number.isFinite(value)) {
    return decimals === null ? String(Math.round(value * 100) / 100) : value.toFixed(decimals)
  }
  if (decimals !== null && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return Number(value).toFixed(decimals)
  }
  return typeof value === 'object' ? JSON.stringify(value) : withoutTranslations(String(value))
}
