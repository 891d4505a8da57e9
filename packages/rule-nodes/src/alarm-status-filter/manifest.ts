import { alarmStatuses } from '@thingwire/contracts'
import { defineNode } from '@thingwire/rules'
import { z } from 'zod'

export const alarmStatusFilter = defineNode({
  type: 'alarm-status-filter',
  className: 'org.thingsboard.rule.engine.filter.TbCheckAlarmStatusNode',
  name: 'alarm status filter',
  description: 'Tells alarms apart by the status that they have now.',
  category: 'filter',
  icon: 'bell-ring',
  configVersion: 0,
  config: z.object({
    alarmStatusList: z
      .array(z.enum(alarmStatuses))
      .nullish()
      .transform((list) => list ?? [])
      .meta({
        title: 'Statuses',
        description: 'Alarms with one of these pass along True.',
        words: {
          ACTIVE_UNACK: 'Active, unacknowledged',
          ACTIVE_ACK: 'Active, acknowledged',
          CLEARED_UNACK: 'Cleared, unacknowledged',
          CLEARED_ACK: 'Cleared, acknowledged',
        },
      }),
  }),
  defaults: { alarmStatusList: ['ACTIVE_ACK', 'ACTIVE_UNACK'] },
  connections: ['True', 'False'],
  upgrades: {},
})
