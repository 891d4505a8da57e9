import type { Alarm } from '@thingwire/contracts'
import type { Deed } from '../actions/entity-actions.ts'

export const alarmDeed = (action: Deed['action'], alarm: Alarm): Deed => ({
  action,
  entityId: alarm.id,
  entityName: alarm.type,
  customerId: alarm.customerId.id,
  entity: alarm,
  // Messages about an alarm come from what raised it.
  originators: [alarm.originator],
})
