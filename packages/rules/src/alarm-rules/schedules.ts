import { type AlarmSchedule, customTimeSchema, durationUnits, specificTimeSchema } from '@thingwire/contracts'
import { type Facts, resolved, textOf } from './facts.ts'

const dayMs = durationUnits.DAYS
/** Offsets of time zones change at full quarters of an hour only. */
const quarterMs = 15 * durationUnits.MINUTES

type Zone = { format: Intl.DateTimeFormat; quarter: number; offsetMs: number }
const zones = new Map<string, Zone>()

/** What the clocks of the zone show beyond UTC, ms. The zone must exist. */
const offsetOf = (name: string, ts: number): number => {
  const zone = zones.get(name) ?? {
    format: new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    }),
    quarter: Number.NaN,
    offsetMs: 0,
  }
  zones.set(name, zone)
  const quarter = Math.floor(ts / quarterMs)
  if (zone.quarter !== quarter) {
    const start = quarter * quarterMs
    const parts = Object.fromEntries(zone.format.formatToParts(start).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    zone.offsetMs = Date.UTC(year, month - 1, day, hour, minute, second) - start
    zone.quarter = quarter
  }
  return zone.offsetMs
}

/** Day of the week (1: Monday) and time of day, ms, that the clocks of the zone show. */
const clockOf = (timezone: string, ts: number): { day: number; time: number } => {
  const local = ts + offsetOf(timezone, ts)
  const days = Math.floor(local / dayMs)
  // The first of January 1970 was a Thursday.
  return { day: ((((days + 3) % 7) + 7) % 7) + 1, time: local - days * dayMs }
}

const isWithin = (time: number, { startsOn, endsOn }: { startsOn: number; endsOn: number }): boolean => {
  const end = endsOn === 0 ? dayMs : endsOn
  return startsOn <= end ? startsOn <= time && time < end : startsOn <= time || time < end
}

/** Whether a schedule holds at a moment, epoch ms. */
export const holdsAt = (schedule: AlarmSchedule, ts: number): boolean => {
  if (schedule.type === 'ANY_TIME') return true
  const { day, time } = clockOf(schedule.timezone, ts)
  if (schedule.type === 'CUSTOM') {
    const item = schedule.items?.find(({ dayOfWeek }) => dayOfWeek === day)
    return item?.enabled === true && isWithin(time, item)
  }
  const { daysOfWeek } = schedule
  return (!daysOfWeek || daysOfWeek.includes(day)) && isWithin(time, schedule)
}

/** Whether a rule counts at a moment (epoch ms), by the clocks of its schedule's zone. */
export const scheduleOf = (schedule: AlarmSchedule | null | undefined): ((facts: Facts, ts: number) => boolean) => {
  if (!schedule || schedule.type === 'ANY_TIME') return () => true
  const { dynamicValue } = schedule
  if (!dynamicValue) return (_, ts) => holdsAt(schedule, ts)
  const schema = schedule.type === 'CUSTOM' ? customTimeSchema : specificTimeSchema
  let last: { text: string; schedule: AlarmSchedule } | null = null
  return (facts, ts) => {
    const found = resolved(dynamicValue, facts)
    if (!found) return holdsAt(schedule, ts)
    const text = textOf(found)
    if (last?.text !== text) last = { text, schedule: parsed(text, schema) ?? schedule }
    return holdsAt(last.schedule, ts)
  }
}

/** Null for what is no schedule of this kind: then the one of the rule counts. */
const parsed = (text: string, schema: typeof customTimeSchema | typeof specificTimeSchema): AlarmSchedule | null => {
  try {
    const value: unknown = JSON.parse(text)
    const type = schema === customTimeSchema ? 'CUSTOM' : 'SPECIFIC_TIME'
    const result = schema.safeParse({ type, ...Object(value) })
    return result.success ? result.data : null
  } catch {
    return null
  }
}
