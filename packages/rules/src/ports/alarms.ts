import type { Alarm, AlarmSeverity, EntityId } from '@thingwire/contracts'
import type { Settled } from './entities.ts'

export type AlarmToRaise = {
  originator: EntityId
  type: string
  severity: AlarmSeverity
  /** Of a new alarm, epoch ms; one that is there keeps its start, and ends now. */
  startTs: number
  endTs: number
  details: unknown
  propagate: boolean
  propagateToOwner: boolean
  propagateToTenant: boolean
  propagateRelationTypes: readonly string[]
}

export type AlarmsPort = {
  /** In order; null: the tenant has no such alarm. */
  read(alarmIds: readonly string[]): Promise<(Alarm | null)[]>
  /** The alarm of originator and type that is not cleared, in order. */
  active(queries: readonly { originator: EntityId; type: string }[]): Promise<(Alarm | null)[]>
  /** Those of the types that are not cleared, an array per originator, in order. */
  activeOf(originators: readonly EntityId[], types: readonly string[]): Promise<Alarm[][]>
  /**
   * Makes the alarm, or updates the active one of originator and type; in order, one statement for all that differ in
   * either. An error: the originator is not the tenant's.
   */
  raise(
    alarms: readonly AlarmToRaise[],
  ): Promise<Settled<{ alarm: Alarm; isNew: boolean; previousSeverity: AlarmSeverity | null }>[]>
  /**
   * One statement for all. `details` replaces those of the alarm; undefined: they stay. Null: no such alarm; not changed:
   * it was cleared before.
   */
  clear(
    alarms: readonly { alarmId: string; clearTs: number; details?: unknown }[],
  ): Promise<({ alarm: Alarm; isChanged: boolean } | null)[]>
}
