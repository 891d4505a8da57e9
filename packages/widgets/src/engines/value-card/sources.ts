import { newest } from '../../format.ts'
import type { AttributeValue } from '../../host/host.ts'
import { numberOf, type SourceLookup, type ValueSource } from '../../style/color-settings.ts'
import type { WidgetSeries } from '../../widget.ts'

const seriesOf = (source: ValueSource, series: readonly WidgetSeries[]): WidgetSeries | undefined =>
  series.find((one) =>
    source.type === 'latestKey'
      ? one.dataKey.name === source.latestKey
      : one.dataKey.name === source.entityKey && one.datasourceName === source.entityAlias,
  )

/** Whether the source is an attribute of the widget's own entity that the widget is not given with its values. */
export const asksAttribute = (source: ValueSource, series: readonly WidgetSeries[]): boolean =>
  source.type === 'latestKey' &&
  source.latestKeyType === 'attribute' &&
  source.latestKey !== '' &&
  seriesOf(source, series) === undefined

/**
 * Numbers that settings take from keys, as far as they are known: of a key beside the value or an attribute of the same
 * entity (`latestKey`), or of the datasource with that alias (`entity`).
 */
export const sourcesIn =
  (series: readonly WidgetSeries[], attributes?: readonly AttributeValue[]): SourceLookup =>
  (source) => {
    if (source.type === 'constant') return source.value
    const found = seriesOf(source, series)
    if (found) return numberOf(newest(found.points)?.[1])
    const attribute = asksAttribute(source, series)
      ? attributes?.find((one) => one.key === source.latestKey)
      : undefined
    return attribute ? numberOf(attribute.value) : null
  }
