import { type Alarm, alarmStatusOf, type ChainTest, type EntityId, nullUuid } from '@thingwire/contracts'
import { newMessageId } from '../../message.ts'
import type { AlarmsPort, AlarmToRaise } from '../../ports.ts'
import type { Effect } from '../dry-ports.ts'

/**
 * Alarms of a dry run: those that it raises or clears become effects and are as they would be for the next message. What
 * is not known from the run itself is read.
 */
export const dryAlarms = (context: {
  nowMs: number
  tenantId: string
  given: ChainTest['given'] & { originator: EntityId }
  effect: (one: Effect) => void
  /** Alarms as they are; absent: there are none. */
  reads?: Pick<AlarmsPort, 'read' | 'active' | 'activeOf'> | undefined
}): AlarmsPort => {
  const { nowMs, tenantId, given, effect, reads } = context
  /** By id: those that are given, and others as the run left them. */
  const changed = new Map<string, Alarm>()
  for (const { id, originator = given.originator, details = {}, ...one } of given.alarms ?? []) {
    const alarm = made({ ...noPropagation, ...one, originator, details, startTs: nowMs, endTs: nowMs }, nowMs, tenantId)
    const { acknowledged, cleared } = one
    const known = { ...alarm, acknowledged, cleared, status: alarmStatusOf(one) }
    changed.set(id ?? alarm.id.id, { ...known, ...(id && { id: { entityType: 'ALARM', id } }) })
  }

  const read: AlarmsPort['read'] = async (alarmIds) => {
    const stored = reads ? await reads.read(alarmIds) : []
    return alarmIds.map((id, index) => changed.get(id) ?? stored[index] ?? null)
  }
  const active: AlarmsPort['active'] = async (queries) => {
    const stored = reads ? await reads.active(queries) : []
    return queries.map(({ originator, type }, index) => {
      const own = [...changed.values()].find((one) => isOf(one, originator, type) && !one.cleared)
      if (own) return own
      const found = stored[index]
      return found && !changed.has(found.id.id) ? found : null
    })
  }

  return {
    read,
    active,
    activeOf: async (originators, types) => {
      const stored = reads ? await reads.activeOf(originators, types) : []
      return originators.map((originator, index) => [
        ...[...changed.values()].filter((one) => types.some((type) => isOf(one, originator, type)) && !one.cleared),
        ...(stored[index] ?? []).filter(({ id }) => !changed.has(id.id)),
      ])
    },
    raise: async (alarms) => {
      const answers = []
      for (const wanted of alarms) {
        const [existing = null] = await active([wanted])
        const alarm = existing ? { ...existing, ...contentOf(wanted), endTs: nowMs } : made(wanted, nowMs, tenantId)
        changed.set(alarm.id.id, alarm)
        effect({ kind: 'alarm', change: existing ? 'updated' : 'created', ...shown(alarm) })
        answers.push({
          ok: true as const,
          value: { alarm, isNew: !existing, previousSeverity: existing?.severity ?? null },
        })
      }
      return answers
    },
    clear: async (alarms) => {
      const answers = []
      for (const { alarmId, clearTs, details } of alarms) {
        const [existing = null] = await read([alarmId])
        if (!existing || existing.cleared) {
          answers.push(existing && { alarm: existing, isChanged: false })
          continue
        }
        const status = existing.acknowledged ? ('CLEARED_ACK' as const) : ('CLEARED_UNACK' as const)
        const alarm = { ...existing, cleared: true, clearTs, status, ...(details !== undefined && { details }) }
        changed.set(alarmId, alarm)
        effect({ kind: 'alarm', change: 'cleared', ...shown(alarm) })
        answers.push({ alarm, isChanged: true })
      }
      return answers
    },
  }
}

const noPropagation = {
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
} as const

const isOf = (alarm: Alarm, originator: EntityId, type: string): boolean =>
  alarm.originator.id === originator.id && alarm.type === type

const contentOf = (wanted: AlarmToRaise) => ({
  severity: wanted.severity,
  details: wanted.details ?? null,
  propagate: wanted.propagate,
  propagateToOwner: wanted.propagateToOwner,
  propagateToTenant: wanted.propagateToTenant,
  propagateRelationTypes: [...wanted.propagateRelationTypes],
})

const made = (wanted: AlarmToRaise, nowMs: number, tenantId: string): Alarm => ({
  id: { entityType: 'ALARM', id: newMessageId() },
  createdTime: nowMs,
  tenantId: { entityType: 'TENANT', id: tenantId },
  customerId: { entityType: 'CUSTOMER', id: nullUuid },
  type: wanted.type,
  name: wanted.type,
  originator: wanted.originator,
  acknowledged: false,
  cleared: false,
  status: 'ACTIVE_UNACK',
  assigneeId: null,
  startTs: wanted.startTs,
  endTs: Math.max(wanted.startTs, wanted.endTs),
  ackTs: 0,
  clearTs: 0,
  assignTs: 0,
  ...contentOf(wanted),
})

/** What a test can name: ids and times of the platform are left out. */
const shown = ({ originator, type, severity, status, details, ...alarm }: Alarm) => ({
  ...{ originator, type, severity, status, details },
  propagate: alarm.propagate,
  propagateToOwner: alarm.propagateToOwner,
  propagateToTenant: alarm.propagateToTenant,
  propagateRelationTypes: alarm.propagateRelationTypes,
})
