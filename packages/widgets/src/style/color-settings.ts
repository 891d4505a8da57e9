import { z } from 'zod'
import { code } from '../settings/code.ts'
import { color, flag, list, oneOf, optionalNumber, part, shared, text } from '../settings/schema.ts'
import { mix, parseColor, toCss } from './rgb.ts'

/** A number of the file, or of a key: of the widget's own entity (`latestKey`) or of an alias (`entity`). */
export const valueSource = (about?: { title?: string }) =>
  shared(['valueSource', about], () =>
    part(
      {
        type: oneOf(['constant', 'latestKey', 'entity'], 'constant'),
        value: optionalNumber(),
        latestKeyType: oneOf(['attribute', 'timeseries'], 'attribute'),
        latestKey: text(''),
        entityAlias: text(''),
        entityKeyType: oneOf(['attribute', 'timeseries'], 'attribute'),
        entityKey: text(''),
      },
      { editor: 'value-source', ...about },
    ),
  )
export const valueSourceSchema = valueSource()
export type ValueSource = z.output<typeof valueSourceSchema>

type ColorRange = { from: number | null; to: number | null; color: string }

type ColorDefaults =
  | string
  | { color: string; ranges: readonly ColorRange[] }
  | { color: string; gradient: readonly string[]; min: number; max: number }

/** Older files have the list itself where newer ones have an object around it. */
const listInside = (value: unknown) => (Array.isArray(value) ? { range: value } : value)

const range = z.object({ from: optionalNumber(), to: optionalNumber(), color: z.string() })

const rangeList = (fallback: readonly ColorRange[]) => shared(['rangeList', fallback], () => rangeListPart(fallback))

const rangeListPart = (fallback: readonly ColorRange[]) => {
  const ranges = list(range)
  return z
    .preprocess(
      listInside,
      part({
        advancedMode: flag(false),
        range: z
          .unknown()
          .prefault(null)
          .transform((value) => (Array.isArray(value) ? ranges.parse(value) : [...fallback])),
        rangeAdvanced: list(z.object({ from: valueSource(), to: valueSource(), color: z.string() })),
      }),
    )
    .prefault({})
}

const usualStops = ['rgba(0, 255, 0, 1)', 'rgba(255, 0, 0, 1)']

const gradient = (fallback: { stops: readonly string[]; min: number; max: number }) =>
  shared(['gradient', fallback], () => {
    const { stops, min, max } = fallback
    return part({
      advancedMode: flag(false),
      gradient: z
        .array(z.string())
        .catch([...stops])
        .default([...stops]),
      gradientAdvanced: list(z.object({ source: valueSource(), color: z.string() })),
      minValue: z.number().catch(min).default(min),
      maxValue: z.number().catch(max).default(max),
    })
  })

/** A colour of a value: always the same, by ranges, along a gradient, or by a function of the file. */
export const colorSettings = (fallback: ColorDefaults, about?: { title?: string; hint?: string }) =>
  shared(['colorSettings', fallback, about], () => colorPart(fallback, about))

const colorPart = (fallback: ColorDefaults, about?: { title?: string; hint?: string }) => {
  const given = typeof fallback === 'string' ? { color: fallback } : fallback
  return z
    .preprocess(
      // A plain colour stands for a constant one in older files.
      (value) => (typeof value === 'string' ? { type: 'constant', color: value } : value),
      part(
        {
          type: oneOf(
            ['constant', 'gradient', 'range', 'function'],
            'ranges' in given ? 'range' : 'gradient' in given ? 'gradient' : 'constant',
          ),
          color: color(given.color),
          rangeList: rangeList('ranges' in given ? given.ranges : []),
          gradient: gradient(
            'gradient' in given
              ? { stops: given.gradient, min: given.min, max: given.max }
              : { stops: usualStops, min: 0, max: 100 },
          ),
          colorFunction: code(),
        },
        { editor: 'value-color', ...about },
      ),
    )
    .prefault({})
}
export type ColorSettings = z.output<ReturnType<typeof colorSettings>>

/** The number behind a source; null where it is not known. */
export type SourceLookup = (source: ValueSource) => number | null

export const constantsOnly: SourceLookup = (source) => (source.type === 'constant' ? source.value : null)

/** Numbers, and texts that are numbers; everything else is none. */
export const numberOf = (value: unknown): number | null => {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null
  const made = Number(value)
  return Number.isFinite(made) ? made : null
}

/** A range of one value holds exactly that value; others hold their lower end and not their upper. */
const holds = (value: number, from: number | null, to: number | null) =>
  from !== null && from === to ? value === from : (from === null || value >= from) && (to === null || value < to)

const byRange = (settings: ColorSettings, value: number, lookup: SourceLookup): string | undefined => {
  const { advancedMode, range: plain, rangeAdvanced } = settings.rangeList
  const ranges = advancedMode
    ? rangeAdvanced.map((one) => ({ from: lookup(one.from), to: lookup(one.to), color: one.color }))
    : plain
  return ranges.find((one) => holds(value, one.from, one.to))?.color
}

const stopsOf = (settings: ColorSettings, lookup: SourceLookup): { at: number; color: string }[] => {
  const { advancedMode, gradient, gradientAdvanced, minValue, maxValue } = settings.gradient
  if (!advancedMode) {
    const step = gradient.length > 1 ? (maxValue - minValue) / (gradient.length - 1) : 0
    return gradient.map((one, index) => ({ at: minValue + step * index, color: one }))
  }
  return gradientAdvanced
    .flatMap((one) => {
      const at = lookup(one.source)
      return at === null ? [] : [{ at, color: one.color }]
    })
    .sort((one, other) => one.at - other.at)
}

const byGradient = (settings: ColorSettings, value: number, lookup: SourceLookup): string | undefined => {
  const stops = stopsOf(settings, lookup)
  const above = stops.findIndex((one) => value <= one.at)
  if (above <= 0) return (above === 0 ? stops[0] : stops.at(-1))?.color
  const [low, high] = [stops[above - 1], stops[above]]
  const [from, to] = [parseColor(low?.color ?? ''), parseColor(high?.color ?? '')]
  if (!low || !high || !from || !to) return high?.color
  return toCss(mix(from, to, (value - low.at) / (high.at - low.at)))
}

/** The colour for a value, but for a function, which only the sandbox can ask. */
export const colorOf = (settings: ColorSettings, value: unknown, lookup: SourceLookup = constantsOnly): string => {
  const number = numberOf(value)
  if (number === null) return settings.color
  if (settings.type === 'range') return byRange(settings, number, lookup) ?? settings.color
  if (settings.type === 'gradient') return byGradient(settings, number, lookup) ?? settings.color
  return settings.color
}
