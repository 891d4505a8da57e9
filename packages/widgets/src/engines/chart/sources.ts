import type { ValueSource } from '../../style/color-settings.ts'
import { seriesOfSource } from '../../style/value-sources.ts'
import type { WidgetSeries } from '../../widget.ts'
import { newest } from '../../format.ts'
import { toNumber } from './course.ts'

/** One value, or several in a list: an attribute may hold `[10, 20]`. */
const numbersIn = (value: unknown): number[] => {
  if (Array.isArray(value)) return value.flatMap(numbersIn)
  if (typeof value === 'string' && value.trim().startsWith('[')) {
    try {
      return numbersIn(JSON.parse(value))
    } catch {
      return []
    }
  }
  const number = toNumber(value)
  return Number.isNaN(number) ? [] : [number]
}

/** The numbers behind a source: of the file, or the newest of a key that stands beside the series. */
export const numbersOf = (source: ValueSource, besides: readonly WidgetSeries[]): number[] => {
  if (source.type === 'constant') return source.value === null ? [] : [source.value]
  return seriesOfSource(source, besides).flatMap((series) => numbersIn(newest(series.points)?.[1]))
}
