import type { WsCommand } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { EntityAccess } from '../../access/entity-access.ts'
import type { LiveQueries } from '../queries/live-queries.ts'
import type { Topics } from '../topics.ts'
import { alarmCount, alarmData, alarmStatus } from './alarm-commands.ts'
import { plainError, wsErrors } from './answers.ts'
import { entityCount } from './count-command.ts'
import { entityData } from './data-command.ts'
import { notificationCount, notifications } from './notification-commands.ts'
import { attributes, timeseries, timeseriesHistory } from './value-commands.ts'
import type { WsSession } from './ws-session.ts'

/** What commands stand on. */
export type CommandDeps = {
  topics: Pick<Topics, 'acquire'>
  access: EntityAccess
  database: Pick<Database, 'telemetry'>
  queries: LiveQueries
  /** Epoch ms. */
  now: () => number
}

/** Carries out one command of a client. Answers come later; what fails concerns that client alone. */
export const createCommands = (deps: CommandDeps) => (session: WsSession, command: WsCommand) => {
  if (command.cmdId < 0) {
    session.reply(command.cmdId, plainError(command.cmdId, wsErrors.badRequest, 'Cmd id is negative value!'))
    return
  }
  switch (command.type) {
    case 'ATTRIBUTES':
      return attributes(session, command, deps)
    case 'TIMESERIES':
      return timeseries(session, command, deps)
    case 'TIMESERIES_HISTORY':
      return timeseriesHistory(session, command, deps)
    case 'ENTITY_DATA':
      return entityData(session, command, deps)
    case 'ENTITY_COUNT':
      return entityCount(session, command, deps)
    case 'ALARM_DATA':
      return alarmData(session, command, deps)
    case 'ALARM_COUNT':
      return alarmCount(session, command, deps)
    case 'ALARM_STATUS':
      return alarmStatus(session, command, deps)
    case 'NOTIFICATIONS':
      return notifications(session, command)
    case 'NOTIFICATIONS_COUNT':
      return notificationCount(session, command)
    // Nobody has a notification, so there is none to mark.
    case 'MARK_NOTIFICATIONS_AS_READ':
    case 'MARK_ALL_NOTIFICATIONS_AS_READ':
      return
    case 'NOTIFICATIONS_UNSUBSCRIBE':
      return session.remove('notifications', command.cmdId)
    case 'ENTITY_DATA_UNSUBSCRIBE':
    case 'ENTITY_COUNT_UNSUBSCRIBE':
    case 'ALARM_DATA_UNSUBSCRIBE':
    case 'ALARM_COUNT_UNSUBSCRIBE':
    case 'ALARM_STATUS_UNSUBSCRIBE':
      return session.remove('query', command.cmdId)
  }
}
