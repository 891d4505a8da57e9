import { z } from 'zod'
import type { TimeRange } from '../../widget.ts'
import { timeUnitOf, formatPattern } from '../../style/date-format.ts'
import { fontPx, type Font } from '../../style/font.ts'
import type { ChartAxis } from './arrange.ts'
import { type Frame, isShown } from './frame.ts'
import { axisNumber, withUnit } from './numbers.ts'
import { numbersOf } from './sources.ts'
import { stateName, statePlaces } from './states.ts'
import { statisticsOf } from './statistics.ts'
import { inkOf, lineOf } from './theme.ts'
import { limitsOn } from './threshold-places.ts'
import { timeTicks } from './time-ticks.ts'
import { formattedText } from './use-formats.ts'
import type { XAxis } from './axis-settings.ts'

/** Room that one label of the time axis needs. */
const timeLabelWidth = 76
const numberLabelHeight = 40
/** Charts of that size and below show their course and nothing else. */
export const tinyHeight = 72
const tinyWidth = 140

export const textStyle = (font: Font, color: string, frame: Pick<Frame, 'theme'>) => ({
  color,
  fontSize: Math.min(24, fontPx(font)),
  fontWeight: font.weight === 'normal' ? 400 : Number(font.weight) || font.weight,
  fontStyle: font.style,
  fontFamily: frame.theme.font,
})

const isTiny = (frame: Frame) => frame.size.height < tinyHeight || frame.size.width < tinyWidth

export const xAxisOption = (frame: Frame, settings: XAxis, range: TimeRange, index: number) => {
  const place = { locale: frame.locale, timeZone: frame.timeZone }
  const isSecond = index === 1
  const ticks = timeTicks(range, Math.max(1, Math.floor(frame.size.width / timeLabelWidth)), frame.timeZone)
  const show = settings.show && !isTiny(frame)
  return {
    // Known by their ids axes are moved on; without them each picture would make new ones.
    id: `x ${index}`,
    type: 'value',
    show,
    position: settings.position === 'top' ? 'top' : 'bottom',
    min: range.startTs,
    max: range.endTs,
    name: settings.label,
    nameLocation: 'middle',
    nameTextStyle: textStyle(settings.labelFont, inkOf(settings.labelColor, frame.theme), frame),
    axisLine: {
      show: settings.showLine,
      onZero: false,
      lineStyle: { color: lineOf(settings.lineColor, frame.theme, 'line') },
    },
    axisTick: {
      show: settings.showTicks,
      customValues: ticks,
      lineStyle: { color: lineOf(settings.ticksColor, frame.theme, 'line-strong') },
    },
    splitLine: {
      show: settings.showSplitLines && !isSecond,
      lineStyle: { color: lineOf(settings.splitLinesColor, frame.theme) },
    },
    axisLabel: {
      ...textStyle(
        settings.tickLabelFont,
        inkOf(settings.tickLabelColor, frame.theme, isSecond ? 'ink-3' : 'ink-3'),
        frame,
      ),
      show: settings.showTickLabels,
      customValues: ticks,
      hideOverlap: true,
      margin: 8,
      formatter: (ts: number) => {
        const unit = timeUnitOf(Math.round(ts), 0, frame.timeZone)
        const text = formatPattern(Math.round(ts), settings.ticksFormat[unit], place)
        return isDateBoundary(unit, range) ? `{boundary|${text}}` : text
      },
      rich: { boundary: { fontWeight: 600, color: frame.theme.tokens['ink-2'] } },
    },
  }
}

/** A new day among hours is worth seeing. */
const isDateBoundary = (unit: string, range: TimeRange): boolean =>
  (unit === 'day' || unit === 'month' || unit === 'year') && range.endTs - range.startTs < 4 * 86_400_000

const ticksSchema = z.array(z.looseObject({ value: z.number() })).max(200)

/** A course that never changes would get an axis from half to one and a half times its value. */
const flatEdge = (direction: -1 | 1) => (extent: { min: number; max: number }) => {
  if (extent.min !== extent.max) return null
  return extent.min + direction * Math.max(1, Math.abs(extent.min) * 0.01)
}

/** From the least to the most of what is seen on an axis, courses and thresholds. */
const extentOf = (frame: Frame, index: number): [number, number] => {
  const found = frame.list.flatMap((item) => {
    const course = item.axis === index && isShown(frame, item) ? frame.courses.get(item.series.id) : undefined
    const range = item.isComparison && frame.comparison ? frame.comparison : frame.range
    const statistics = course ? statisticsOf(course, range) : null
    return statistics ? [statistics.min, statistics.max] : []
  })
  found.push(...limitsOn(frame, index).map(({ value }) => value))
  return found.length === 0 ? [0, 1] : [Math.min(...found), Math.max(...found)]
}

/** Where labels stand: at the states, or where code of the file puts them; undefined: as ECharts finds nice. */
const placesOf = (frame: Frame, axis: ChartAxis, index: number): number[] | undefined => {
  if (axis.settings.ticksGenerator) {
    const extent = extentOf(frame, index)
    const step = (extent[1] - extent[0]) / 4 || 1
    const made = frame.formats.get(
      axis.settings.ticksGenerator,
      ['extent', 'interval', 'niceTickExtent', 'intervalPrecision'],
      [extent, step, extent, axis.decimals ?? 0],
    )
    const parsed = ticksSchema.safeParse(made)
    if (parsed.success) return parsed.data.map((tick) => tick.value)
  }
  const places = statePlaces(frame.settings.states)
  return places.length > 0 ? places : undefined
}

/** States at the very edge of the picture would be cut off. */
const stateRoom = 0.15

const limitsOf = (frame: Frame, axis: ChartAxis, index: number, places: readonly number[] | undefined) => {
  const { settings } = axis
  const min = numbersOf(settings.min, frame.besides)[0] ?? null
  const max = numbersOf(settings.max, frame.besides)[0] ?? null
  const low = places?.[0]
  const high = places?.at(-1)
  if (frame.settings.states.length > 0 && low !== undefined && high !== undefined) {
    const [least, most] = extentOf(frame, index)
    return { min: min ?? Math.min(low, least), max: max ?? Math.max(high, most) + stateRoom }
  }
  // Zoomed lines use the whole height; what begins at zero keeps it.
  if (beginsAtZero(frame, index)) return { min, max }
  return { min: min ?? flatEdge(-1), max: max ?? flatEdge(1) }
}

const beginsAtZero = (frame: Frame, index: number): boolean =>
  frame.list.some((item) => item.axis === index && (item.settings.type === 'bar' || frame.settings.stack))

/** Ticks that are no multiples of the least step only repeat the same label. */
const leastStep = (axis: ChartAxis) =>
  axis.decimals === null || axis.settings.interval !== null
    ? {}
    : { minInterval: 10 ** -Math.max(0, Math.min(15, axis.decimals)) }

export const noAxis = { id: 'none', type: 'value', show: false }

export const yAxisOption = (frame: Frame, index: number) => {
  const axis = frame.axes[index]
  if (!axis) return noAxis
  const { settings } = axis
  const places = placesOf(frame, axis, index)
  const before = frame.axes.slice(0, index).filter((one) => one.side === axis.side && one.settings.show).length
  const isInside = isTiny(frame)
  return {
    id: settings.id,
    type: settings.logScale ? 'log' : 'value',
    show: settings.show && !isInside,
    position: axis.side,
    offset: before * 52,
    // Bars, and what is stacked, are read by their length: they begin at zero.
    scale: !beginsAtZero(frame, index),
    ...limitsOf(frame, axis, index, places),
    ...leastStep(axis),
    ...(settings.interval === null ? {} : { interval: settings.interval }),
    splitNumber: settings.splitNumber ?? Math.max(2, Math.min(6, Math.floor(frame.size.height / numberLabelHeight))),
    name: settings.label,
    nameLocation: 'middle',
    nameRotate: axis.side === 'left' ? 90 : -90,
    nameTextStyle: textStyle(settings.labelFont, inkOf(settings.labelColor, frame.theme), frame),
    axisLine: {
      show: settings.showLine,
      onZero: false,
      lineStyle: { color: lineOf(settings.lineColor, frame.theme, 'line-strong') },
    },
    axisTick: {
      show: settings.showTicks,
      lineStyle: { color: lineOf(settings.ticksColor, frame.theme, 'line-strong') },
      ...(places ? { customValues: places } : {}),
    },
    splitLine: {
      show: settings.showSplitLines && axis.side === 'left',
      lineStyle: { color: lineOf(settings.splitLinesColor, frame.theme), width: 1 },
    },
    axisLabel: {
      ...textStyle(settings.tickLabelFont, inkOf(settings.tickLabelColor, frame.theme), frame),
      show: settings.showTickLabels,
      hideOverlap: true,
      formatter: (value: number) => tickText(frame, axis, value),
      ...(places ? { customValues: places } : {}),
    },
  }
}

const tickText = (frame: Frame, axis: ChartAxis, value: number): string => {
  const made = formattedText(frame.formats.get(axis.settings.ticksFormatter, ['value'], [value]))
  if (made !== undefined) return made
  const state = stateName(frame.settings.states, value)
  return state ?? withUnit(axisNumber(value, axis.decimals, frame.locale), axis.units)
}
