import { aggregations } from '@thingwire/contracts'
import { type GroupInterval, quickIntervals, type TimeWindowModel, type WindowSpan } from './model.ts'
import { calendarIntervals, isTimeZone, latestTs, longestMs, mostPoints } from './read.ts'

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

const formatDuration = (ms: number): string => {
  const [unit, size] = units.find((one) => ms % one[1] === 0) ?? (['ms', 1] as const)
  return `${Math.round(ms / size)}${unit}`
}

const parseDuration = (text: string): number | null => {
  const parts = /^(\d{1,13})(ms|[smhd])$/.exec(text)
  const size = units.find(([unit]) => unit === parts?.[2])?.[1]
  const ms = size === undefined ? 0 : Number(parts?.[1]) * size
  return ms >= 1 && ms <= longestMs ? ms : null
}

const toName = (constant: string): string => constant.toLowerCase().replaceAll('_', '-')

const formatSpan = (span: WindowSpan): string => {
  switch (span.kind) {
    case 'last':
      return formatDuration(span.durationMs)
    case 'quick':
      return toName(span.interval)
    case 'fixed':
      return `${span.startTs}~${span.endTs}`
    case 'all':
      return 'all'
  }
}

const parseSpan = (text: string): WindowSpan | null => {
  if (text === 'all') return { kind: 'all' }
  const interval = quickIntervals.find((one) => toName(one) === text)
  if (interval) return { kind: 'quick', interval }
  const durationMs = parseDuration(text)
  if (durationMs !== null) return { kind: 'last', durationMs }
  const fixed = /^(\d{1,16})~(\d{1,16})$/.exec(text)
  const [startTs, endTs] = [Number(fixed?.[1]), Number(fixed?.[2])]
  return fixed && endTs > startTs && endTs <= latestTs ? { kind: 'fixed', startTs, endTs } : null
}

/** A span that moves on by itself unless it is said otherwise. */
const isLive = (span: WindowSpan): boolean =>
  span.kind === 'last' || (span.kind === 'quick' && span.interval.startsWith('CURRENT_'))

const sameSpan = (a: WindowSpan, b: WindowSpan): boolean => formatSpan(a) === formatSpan(b)

/** A width that was chosen for another span is not carried over to this one. */
const inherited = (span: WindowSpan, base: TimeWindowModel): GroupInterval | null =>
  sameSpan(span, base.span) ? base.interval : null

/**
 * The window as one short URL parameter: the span, then with dots what differs from `base` (the file's own window), in
 * any order: `15m`, `current-day.history.max.1h.Europe/Berlin`, `1700000000000~1700003600000.none.p5000`.
 */
export const formatWindowParam = (model: TimeWindowModel, base: TimeWindowModel): string => {
  const parts = [formatSpan(model.span)]
  const mode = isLive(model.span) ? 'realtime' : 'history'
  if (model.mode !== mode) parts.push(model.mode === 'realtime' ? 'live' : 'history')
  if (model.aggregation !== base.aggregation) parts.push(toName(model.aggregation))
  const { interval } = model
  if (interval !== inherited(model.span, base)) {
    parts.push(interval === null ? 'auto' : typeof interval === 'number' ? formatDuration(interval) : toName(interval))
  }
  if (model.limit !== base.limit) parts.push(`p${model.limit}`)
  if (model.timeZone !== base.timeZone) parts.push(model.timeZone ?? 'local')
  return parts.join('.')
}

/** One part after the span; null when it is none that is known. */
const readPart = (part: string): Partial<TimeWindowModel> | null => {
  if (part === 'live') return { mode: 'realtime' }
  if (part === 'history') return { mode: 'history' }
  if (part === 'auto') return { interval: null }
  if (part === 'local') return { timeZone: null }
  const aggregation = aggregations.find((one) => toName(one) === part)
  if (aggregation) return { aggregation }
  const interval = calendarIntervals.find((one) => toName(one) === part) ?? parseDuration(part)
  if (interval !== null) return { interval }
  const limit = /^p(\d{1,6})$/.exec(part)?.[1]
  if (limit !== undefined) return { limit: Math.min(mostPoints, Math.max(1, Number(limit))) }
  return isTimeZone(part) ? { timeZone: part } : null
}

/** The window that a URL parameter names over the file's; null for what is no window. */
export const parseWindowParam = (text: string | null, base: TimeWindowModel): TimeWindowModel | null => {
  if (text === null || text.length > 200) return null
  const [first = '', ...rest] = text.split('.')
  const span = parseSpan(first)
  if (!span) return null
  const model: TimeWindowModel = {
    ...base,
    mode: isLive(span) ? 'realtime' : 'history',
    span,
    interval: inherited(span, base),
  }
  for (const part of rest) {
    const members = readPart(part)
    if (!members) return null
    Object.assign(model, members)
  }
  return span.kind === 'fixed' || span.kind === 'all' ? { ...model, mode: 'history' } : model
}
