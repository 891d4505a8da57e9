import { type Aggregation, aggregations } from '@thingwire/contracts'
import {
  allowedIntervals,
  type GroupInterval,
  type QuickInterval,
  quickIntervals,
  readGroupInterval,
  type TimeWindowModel,
} from '@thingwire/dashboards'

type Mode = 'realtime' | 'history'

/** What viewers may choose in one mode; null where the file limits nothing. */
type ModeLimits = {
  isHidden: boolean
  hidesLast: boolean
  hidesQuick: boolean
  hidesFixed: boolean
  hidesAll: boolean
  lasts: readonly number[] | null
  quicks: readonly QuickInterval[] | null
  /** Of a window, by its length in ms or its name: into what its points may be grouped, and how they are at first. */
  groups: ReadonlyMap<string, { allowed: readonly GroupInterval[] | null; usual: GroupInterval | null }>
}

/** What the author of a dashboard lets viewers choose of its time window. */
export type WindowLimits = Record<Mode, ModeLimits> & {
  hidesAggregation: boolean
  hidesInterval: boolean
  hidesTimeZone: boolean
  aggregations: readonly Aggregation[] | null
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** Null for an absent or empty list, which limits nothing. */
const chosenOf = <T>(value: unknown, known: (one: unknown) => T | undefined): readonly T[] | null => {
  const chosen = Array.isArray(value) ? value.flatMap((one) => known(one) ?? []) : []
  return chosen.length > 0 ? chosen : null
}

const modeLimits = (file: unknown): ModeLimits => {
  const mode = recordOf(file)
  const lists = { ...mode, ...recordOf(mode.advancedParams) }
  const groups = Object.entries({
    ...recordOf(lists.lastAggIntervalsConfig),
    ...recordOf(lists.quickAggIntervalsConfig),
  })
  return {
    isHidden: mode.hideInterval === true,
    hidesLast: mode.hideLastInterval === true,
    hidesQuick: mode.hideQuickInterval === true,
    hidesFixed: mode.hideFixedInterval === true,
    hidesAll: mode.hideForAllTimeInterval === true,
    lasts: chosenOf(lists.allowedLastIntervals, (one) => (typeof one === 'number' && one > 0 ? one : undefined)),
    quicks: chosenOf(lists.allowedQuickIntervals, (one) => quickIntervals.find((known) => known === one)),
    groups: new Map(
      groups.map(([window, of]) => [
        window,
        {
          allowed: chosenOf(recordOf(of).aggIntervals, (one) => readGroupInterval(one) ?? undefined),
          usual: readGroupInterval(recordOf(of).defaultAggInterval),
        },
      ]),
    ),
  }
}

/** What a window is called where its grouping intervals are kept; null: it has none of its own. */
export const windowName = (span: TimeWindowModel['span']): string | null =>
  span.kind === 'last' ? String(span.durationMs) : span.kind === 'quick' ? span.interval : null

/** Into what the points of this window may be grouped. */
export const groupsAllowed = (
  limits: WindowLimits,
  { mode, span }: Pick<TimeWindowModel, 'mode' | 'span'>,
  rangeMs: number,
): readonly GroupInterval[] => {
  const fitting = allowedIntervals(rangeMs)
  const allowed = limits[mode].groups.get(windowName(span) ?? '')?.allowed
  // What the author allows and no chart could carry is none.
  const both = allowed?.filter((one) => fitting.includes(one)) ?? []
  return both.length > 0 ? both : fitting
}

/** How the points of a window that was just chosen are grouped; null: by its length. */
export const usualGroup = (
  limits: WindowLimits,
  window: Pick<TimeWindowModel, 'mode' | 'span'>,
): GroupInterval | null => limits[window.mode].groups.get(windowName(window.span) ?? '')?.usual ?? null

/** Of the time window of a dashboard file. */
export const readWindowLimits = (file: unknown): WindowLimits => {
  const window = recordOf(file)
  return {
    realtime: modeLimits(window.realtime),
    history: modeLimits(window.history),
    hidesAggregation: window.hideAggregation === true,
    hidesInterval: window.hideAggInterval === true,
    hidesTimeZone: window.hideTimezone === true,
    aggregations: chosenOf(window.allowedAggTypes, (one) => aggregations.find((known) => known === one)),
  }
}
