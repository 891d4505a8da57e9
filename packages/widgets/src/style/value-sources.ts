import { newest } from '../format.ts'
import type { WidgetSeries, WidgetState } from '../widget.ts'
import { numberOf, type SourceLookup, type ValueSource, valueSourceSchema } from './color-settings.ts'

const deepest = 12
/** Of one widget; more limits than this are no picture. */
const mostSources = 200

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/**
 * The sources of numbers in settings that a schema has filled in, wherever they stand: limits, ticks, ranges, thresholds.
 * Constants are left out; they are known.
 */
export const valueSourcesIn = (settings: unknown): ValueSource[] => {
  const found: ValueSource[] = []
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > deepest || found.length >= mostSources) return
    if ('entityKeyType' in value && 'latestKeyType' in value) {
      const source = valueSourceSchema.parse(value)
      if (source.type === 'latestKey' && source.latestKey !== '') found.push(source)
      if (source.type === 'entity' && source.entityAlias !== '' && source.entityKey !== '') found.push(source)
      return
    }
    for (const part of isList(value) ? value : Object.values(value)) visit(part, depth + 1)
  }
  visit(settings, 0)
  return found
}

const isNamed = (series: WidgetSeries, source: ValueSource): boolean =>
  source.type === 'latestKey'
    ? series.datasource >= 0 && (series.dataKey.name === source.latestKey || series.dataKey.label === source.latestKey)
    : series.datasourceName === source.entityAlias && series.dataKey.name === source.entityKey

/** Those that hold the value of a source; of two keys with that name, the one of the kind that it names. */
export const seriesOfSource = (source: ValueSource, list: readonly WidgetSeries[]): readonly WidgetSeries[] => {
  if (source.type === 'constant') return []
  const named = list.filter((series) => isNamed(series, source))
  const kind = source.type === 'latestKey' ? source.latestKeyType : source.entityKeyType
  const exact = named.filter(({ dataKey }) => dataKey.type === kind)
  return exact.length > 0 ? exact : named
}

/** Numbers that settings take from keys, as far as they are known. */
export const sourcesIn =
  (state: WidgetState): SourceLookup =>
  (source) => {
    if (source.type === 'constant') return source.value
    if (state.status !== 'ready') return null
    const [found] = seriesOfSource(source, [...state.series, ...(state.sources ?? [])])
    return found ? numberOf(newest(found.points)?.[1]) : null
  }
