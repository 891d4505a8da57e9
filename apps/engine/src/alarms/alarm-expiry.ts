import type { Database } from '@thingwire/db'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { AlarmCore } from './alarm-core.ts'
import { alarmDeed } from './alarm-deed.ts'

/** Held in memory at a time. */
const batch = 500

/**
 * Removes the alarms that are past their time (`alarmsTtlDays` of the tenant profile). Whoever watches alarms and the rule
 * engine are told of each, as if a user had deleted it.
 */
export const createAlarmExpiry =
  (deps: {
    database: Pick<Database, 'alarms'>
    core: Pick<AlarmCore, 'delete'>
    actions: Pick<EntityActions, 'record'>
    now: () => number
  }) =>
  /** @returns How many there were */
  async (): Promise<number> => {
    let removed = 0
    for (;;) {
      const expired = await deps.database.alarms.findExpired(deps.now(), batch)
      for (const alarm of expired) {
        const tenantId = alarm.tenantId.id
        // Somebody else may have deleted it meanwhile.
        if (!(await deps.core.delete(tenantId, alarm))) continue
        await deps.actions.record({ tenantId, user: null }, alarmDeed('ALARM_DELETE', alarm))
        removed++
      }
      if (expired.length < batch) return removed
    }
  }
