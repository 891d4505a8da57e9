import type { AlarmCountQuery, AlarmDataQuery, EntityId, LiveAlarmQuery, PageData } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'

/** Alarms of the entities that a query finds (api-contract §6.6). `Row` is AlarmInfo with `entityId` and `latest`. */
export type AlarmQueries<Row> = {
  find(caller: Principal, query: AlarmDataQuery): Promise<PageData<Row>>
  /** For a known set of entities, as live subscriptions hold one. */
  findFor(caller: Principal, query: LiveAlarmQuery, entityIds: readonly EntityId[]): Promise<PageData<Row>>
  /** Whatever they are about: every alarm that the caller may see. */
  findAll(caller: Principal, pageLink: LiveAlarmQuery['pageLink']): Promise<PageData<Row>>
  count(caller: Principal, query: AlarmCountQuery): Promise<number>
}
