import type { AlarmInfo } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'

/** The alarm, when the caller may do this with it; 404 and 403 as for every entity. */
export const requireAlarm = async (
  { database, access }: { database: Pick<Database, 'alarms'>; access: EntityAccess },
  caller: Caller,
  alarmId: string,
  operation: Operation,
): Promise<AlarmInfo> => {
  const { scope } = await access.require(caller, { entityType: 'ALARM', id: alarmId }, operation, {
    missingText: 'byId',
  })
  const alarm = await database.alarms.find(scope, alarmId)
  if (!alarm) throw missing('ALARM', alarmId)
  return alarm
}
