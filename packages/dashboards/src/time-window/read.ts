import { aggregations } from '@thingwire/contracts'
import { isRecord, type JsonRecord, numberOf, recordOf, textOf, within } from '../read.ts'
import { type GroupInterval, quickIntervals, type TimeWindowModel, type WindowSpan } from './model.ts'

const hour = 3_600_000
/** Two hundred years. */
export const longestMs = 200 * 366 * 24 * hour
/** The last day that dates reach. */
export const latestTs = 8.64e15
export const mostPoints = 50_000
const defaultLimit = 25_000

/** What is looked at where a file says nothing. */
export const defaultTimeWindow: TimeWindowModel = {
  mode: 'realtime',
  span: { kind: 'last', durationMs: hour },
  aggregation: 'AVG',
  limit: defaultLimit,
  interval: null,
  timeZone: null,
}

export const calendarIntervals = ['WEEK', 'WEEK_ISO', 'MONTH', 'QUARTER'] as const

/** A number of ms, a calendar name, or null for what is neither (0 stands for "by itself"). */
export const readGroupInterval = (value: unknown): GroupInterval | null => {
  const name = calendarIntervals.find((one) => one === value)
  if (name) return name
  const ms = numberOf(value)
  return ms !== null && ms >= 1 ? Math.min(longestMs, Math.round(ms)) : null
}

const timeZones = new Map<string, boolean>()

/** Whether dates can be counted in that zone. */
export const isTimeZone = (name: string): boolean => {
  const known = timeZones.get(name)
  if (known !== undefined) return known
  let isKnown = name.length <= 64
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    isKnown = false
  }
  if (timeZones.size < 1_000) timeZones.set(name, isKnown)
  return isKnown
}

const readLast = (section: JsonRecord): WindowSpan | null => {
  const ms = numberOf(section.timewindowMs)
  return ms !== null && ms >= 1 ? { kind: 'last', durationMs: Math.min(longestMs, Math.round(ms)) } : null
}

const readQuick = (section: JsonRecord): WindowSpan | null => {
  const interval = quickIntervals.find((one) => one === section.quickInterval)
  return interval ? { kind: 'quick', interval } : null
}

const readFixed = (section: JsonRecord): WindowSpan | null => {
  const fixed = recordOf(section.fixedTimewindow)
  const [a, b] = [numberOf(fixed.startTimeMs), numberOf(fixed.endTimeMs)]
  if (a === null || b === null || a === b) return null
  const startTs = within(Math.round(Math.min(a, b)), 0, latestTs)
  const endTs = within(Math.round(Math.max(a, b)), 0, latestTs)
  return startTs < endTs ? { kind: 'fixed', startTs, endTs } : null
}

const typeNames = {
  realtime: ['LAST_INTERVAL', 'INTERVAL'],
  history: ['LAST_INTERVAL', 'FIXED', 'INTERVAL', 'FOR_ALL_TIME'],
} as const

/** Files write the kind as a number; some tools as its name. */
const typeOf = (mode: keyof typeof typeNames, value: unknown) => {
  const at = numberOf(value)
  return at === null ? typeNames[mode].find((name) => name === value) : typeNames[mode][at]
}

/** The span that the section names, else the first that it can mean. */
const readSpan = (mode: 'realtime' | 'history', section: JsonRecord): WindowSpan | null => {
  const [last, quick] = [readLast(section), readQuick(section)]
  const fixed = mode === 'history' ? readFixed(section) : null
  switch (typeOf(mode, mode === 'realtime' ? section.realtimeType : section.historyType)) {
    case 'LAST_INTERVAL':
      return last ?? quick ?? fixed
    case 'INTERVAL':
      return quick ?? last ?? fixed
    case 'FIXED':
      return fixed ?? last ?? quick
    case 'FOR_ALL_TIME':
      return { kind: 'all' }
    default:
      // Before the kind was written, a quick interval alone made a realtime window quick.
      return mode === 'realtime' ? (quick ?? last) : (last ?? quick ?? fixed)
  }
}

const readMode = (file: JsonRecord): TimeWindowModel['mode'] => {
  const tab = numberOf(file.selectedTab)
  if (tab !== null) return tab === 1 ? 'history' : 'realtime'
  if (file.selectedTab === 'HISTORY') return 'history'
  if (file.selectedTab === 'REALTIME' || isRecord(file.realtime)) return 'realtime'
  return isRecord(file.history) ? 'history' : 'realtime'
}

/** The time window of a dashboard or widget file in any of its forms; the default one where it says nothing. */
export const readTimeWindow = (file: unknown): TimeWindowModel => {
  if (!isRecord(file)) return defaultTimeWindow
  const mode = readMode(file)
  const section = recordOf(file[mode])
  const folded = recordOf(file.aggregation)
  const limit = numberOf(folded.limit)
  const zone = textOf(file.timezone)
  return {
    mode,
    span: readSpan(mode, section) ?? defaultTimeWindow.span,
    aggregation: aggregations.find((one) => one === folded.type) ?? defaultTimeWindow.aggregation,
    limit: limit !== null && limit >= 1 ? Math.min(mostPoints, Math.floor(limit)) : defaultLimit,
    interval: readGroupInterval(section.interval) ?? readGroupInterval(folded.interval),
    timeZone: zone !== null && isTimeZone(zone) ? zone : null,
  }
}

const spanMembers = (mode: TimeWindowModel['mode'], span: WindowSpan): JsonRecord => {
  switch (span.kind) {
    case 'last':
      return { [`${mode}Type`]: 0, timewindowMs: span.durationMs }
    case 'quick':
      return { [`${mode}Type`]: mode === 'realtime' ? 1 : 2, quickInterval: span.interval }
    case 'fixed':
      return { historyType: 1, fixedTimewindow: { startTimeMs: span.startTs, endTimeMs: span.endTs } }
    case 'all':
      return { historyType: 3 }
  }
}

/** The window as files write it, over what stands in `into`: members that the model does not know are kept. */
export const writeTimeWindow = (model: TimeWindowModel, into: unknown): JsonRecord => {
  const old = recordOf(into)
  const { interval: _old, ...section } = recordOf(old[model.mode])
  // The former forms of the kind and of the interval would be read before ours.
  const { interval: _former, ...folded } = recordOf(old.aggregation)
  const { timezone: _zone, ...rest } = old
  return {
    ...rest,
    selectedTab: model.mode === 'realtime' ? 0 : 1,
    [model.mode]: {
      ...section,
      ...spanMembers(model.mode, model.span),
      ...(model.interval === null ? {} : { interval: model.interval }),
    },
    aggregation: { ...folded, type: model.aggregation, limit: model.limit },
    ...(model.timeZone === null ? {} : { timezone: model.timeZone }),
  }
}
