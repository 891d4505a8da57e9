import type { Alarm, EntityId } from '@thingwire/contracts'
import type {
  AlarmChange,
  AlarmClearing,
  AlarmContent,
  AlarmRaising,
  ClearedAlarm,
  Database,
  EntityHead,
  RaisedAlarm,
} from '@thingwire/db'
import type { LiveBus } from '../live-bus/live-bus.ts'

/**
 * Alarms as they are made and changed, whoever does it: a user by REST or a node of a rule chain. Each call is one
 * statement, and whoever watches is told. Rights, audit log and messages are the caller's.
 */
export type AlarmCore = {
  /** Creates the alarm, or updates the active one of originator and type. */
  raise(
    tenantId: string,
    alarm: AlarmContent & { originator: EntityId; customerId: string | null; type: string },
  ): Promise<RaisedAlarm>
  /** Null here and below: the tenant has no such alarm. */
  update(tenantId: string, alarmId: string, content: AlarmContent): Promise<RaisedAlarm | null>
  /** @param atMs Epoch ms; absent: now */
  acknowledge(tenantId: string, alarmId: string, atMs?: number): Promise<AlarmChange | null>
  /** @param details Replaces those of the alarm; undefined: they stay */
  clear(tenantId: string, alarmId: string, atMs?: number, details?: unknown): Promise<AlarmChange | null>
  assign(tenantId: string, alarmId: string, assigneeId: string | null): Promise<AlarmChange | null>
  delete(tenantId: string, alarm: Pick<Alarm, 'id' | 'originator'>): Promise<boolean>
  /** As `raise`, many by one statement; see the repository for what they must keep to. */
  raiseMany(tenantId: string, alarms: readonly AlarmRaising[]): Promise<RaisedAlarm[]>
  /** Each alarm once. */
  clearMany(tenantId: string, alarms: readonly AlarmClearing[]): Promise<(ClearedAlarm | null)[]>
}

export const createAlarmCore = (deps: {
  database: Pick<Database, 'alarms'>
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  now: () => number
}): AlarmCore => {
  const { alarms } = deps.database

  const tell = (tenantId: string, alarm: Pick<Alarm, 'id' | 'originator'>, entityIds: string[], isDeleted: boolean) => {
    if (!deps.liveBus.isEntityWatched(tenantId, 'alarms')) return
    deps.liveBus.publish(tenantId, {
      kind: 'alarm',
      tenantId,
      alarmId: alarm.id.id,
      originatorId: alarm.originator.id,
      entityIds,
      isDeleted,
    })
  }

  const told = <T extends RaisedAlarm | ClearedAlarm | AlarmChange | null>(tenantId: string, done: T): T => {
    if (done && (!('isChanged' in done) || done.isChanged)) tell(tenantId, done.alarm, done.entityIds, false)
    return done
  }

  return {
    raise: async (tenantId, alarm) => told(tenantId, await alarms.raise(tenantId, alarm, deps.now())),
    update: async (tenantId, alarmId, content) =>
      told(tenantId, await alarms.update(tenantId, alarmId, content, deps.now())),
    acknowledge: async (tenantId, alarmId, atMs = deps.now()) =>
      told(tenantId, await alarms.acknowledge(tenantId, alarmId, atMs)),
    clear: async (tenantId, alarmId, atMs = deps.now(), details) =>
      told(tenantId, await alarms.clear(tenantId, alarmId, atMs, details)),
    assign: async (tenantId, alarmId, assigneeId) =>
      told(tenantId, await alarms.assign(tenantId, alarmId, assigneeId, deps.now())),

    delete: async (tenantId, alarm) => {
      const entityIds = await alarms.delete(tenantId, alarm.id.id)
      if (entityIds) tell(tenantId, alarm, entityIds, true)
      return entityIds !== null
    },

    raiseMany: async (tenantId, list) =>
      (await alarms.raiseMany(tenantId, list, deps.now())).map((one) => told(tenantId, one)),
    clearMany: async (tenantId, list) => (await alarms.clearMany(tenantId, list)).map((one) => told(tenantId, one)),
  }
}

/** Whose alarm it is: that of the customer the originator belongs to. */
export const customerOfOriginator = ({ customerIds }: Pick<EntityHead, 'customerIds'>): string | null =>
  customerIds.length === 1 ? (customerIds[0] ?? null) : null
