import { type Alarm, alarmStatusOf, nullUuid } from '@thingwire/contracts'
import type { AlarmsPort, AlarmToRaise } from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'

/** Alarms that are there before a case; what it leaves out is as in `givenAlarm`. */
export type AlarmsGiven = { alarms?: readonly Partial<Alarm>[] }

/** What a case may expect; absent: nothing was raised or cleared. */
export type AlarmsExpected = {
  raised?: readonly Partial<AlarmToRaise>[]
  cleared?: readonly { alarmId: string; clearTs: number; details?: unknown }[]
}

/** The first alarm that a case makes has number 1. */
export const alarmId = (n: number): string => `88888888-8888-4888-8888-${String(n).padStart(12, '0')}`

/** An active alarm of the usual device, since 500 ms. */
export const givenAlarm = (change: Partial<Alarm> = {}): Alarm => {
  const { acknowledged = false, cleared = false, type = 'General Alarm' } = change
  return {
    id: { entityType: 'ALARM', id: alarmId(900) },
    createdTime: 500,
    tenantId: { entityType: 'TENANT', id: testIds.tenant },
    customerId: { entityType: 'CUSTOMER', id: nullUuid },
    type,
    name: type,
    originator: { entityType: 'DEVICE', id: testIds.device },
    severity: 'MAJOR',
    acknowledged,
    cleared,
    status: alarmStatusOf({ acknowledged, cleared }),
    assigneeId: null,
    startTs: 500,
    endTs: 500,
    ackTs: 0,
    clearTs: 0,
    assignTs: 0,
    details: {},
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    propagateRelationTypes: [],
    ...change,
  }
}

/** A store of alarms in memory at 1000 ms. An originator whose id ends with `dead` is not the tenant's. */
export const recordingAlarms = (given: AlarmsGiven) => {
  const calls = {
    raised: [] as AlarmToRaise[],
    cleared: [] as { alarmId: string; clearTs: number; details?: unknown }[],
  }
  const alarms = new Map((given.alarms ?? []).map(givenAlarm).map((alarm) => [alarm.id.id, alarm]))
  let made = 0

  const activeOf: (query: Pick<AlarmToRaise, 'originator' | 'type'>) => Alarm | null = ({ originator, type }) =>
    [...alarms.values()].find((one) => one.originator.id === originator.id && one.type === type && !one.cleared) ?? null

  const port: AlarmsPort = {
    read: async (ids) => ids.map((id) => alarms.get(id) ?? null),
    activeOf: async (originators, types) =>
      originators.map(({ id }) =>
        [...alarms.values()].filter((one) => one.originator.id === id && types.includes(one.type) && !one.cleared),
      ),
    active: async (queries) => queries.map(activeOf),
    raise: async (list) =>
      list.map((wanted) => {
        const { id, entityType } = wanted.originator
        if (id.endsWith('dead')) return { ok: false, error: `The tenant has no ${entityType} with id ${id}` }
        calls.raised.push(wanted)
        const existing = activeOf(wanted)
        const content = { ...wanted, name: wanted.type, propagateRelationTypes: [...wanted.propagateRelationTypes] }
        const alarm = existing
          ? { ...existing, ...content, startTs: existing.startTs, endTs: 1_000 }
          : givenAlarm({ ...content, id: { entityType: 'ALARM', id: alarmId(++made) }, createdTime: 1_000 })
        alarms.set(alarm.id.id, alarm)
        return { ok: true, value: { alarm, isNew: !existing, previousSeverity: existing?.severity ?? null } }
      }),
    clear: async (list) =>
      list.map((one) => {
        const existing = alarms.get(one.alarmId)
        if (!existing) return null
        if (existing.cleared) return { alarm: existing, isChanged: false }
        calls.cleared.push(one)
        const { details = existing.details, clearTs } = one
        const alarm: Alarm = {
          ...existing,
          cleared: true,
          clearTs,
          details,
          status: alarmStatusOf({ ...existing, cleared: true }),
        }
        alarms.set(one.alarmId, alarm)
        return { alarm, isChanged: true }
      }),
  }
  return { port, calls }
}
