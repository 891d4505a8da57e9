import { type Aggregation, aggregations } from '@thingwire/contracts'
import { type QuickInterval, quickIntervals } from '@thingwire/dashboards'

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
  return {
    isHidden: mode.hideInterval === true,
    hidesLast: mode.hideLastInterval === true,
    hidesQuick: mode.hideQuickInterval === true,
    hidesFixed: mode.hideFixedInterval === true,
    hidesAll: mode.hideForAllTimeInterval === true,
    lasts: chosenOf(mode.allowedLastIntervals, (one) => (typeof one === 'number' && one > 0 ? one : undefined)),
    quicks: chosenOf(mode.allowedQuickIntervals, (one) => quickIntervals.find((known) => known === one)),
  }
}

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
