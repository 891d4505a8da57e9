import type { Aggregation, EntityData, EntityId, QueryValue, TsValue, WsAggKey } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { record } from '../change.ts'
import { createGate } from '../gate.ts'
import { noValue } from '../value-text.ts'
import { type TenantOf, toQueryValue } from './series-history.ts'

type Aggregates = EntityData['aggLatest']
type Read = { agg: Aggregation; startTs: number; endTs: number; keys: Set<string> }

const entitiesAtOnce = 4

/** One value for each asked id, of the range and of the range that it is compared with. */
export const readAggregates = async (
  database: Pick<Database, 'telemetry'>,
  entityIds: readonly EntityId[],
  tenantOf: TenantOf,
  { keys, startTs, endTs }: { keys: readonly WsAggKey[]; startTs: number; endTs: number },
): Promise<Map<string, Aggregates>> => {
  const reads = new Map<string, Read>()
  const plan = (key: WsAggKey, from: number, to: number) => {
    const name = nameOf(key.agg, from, to)
    const read = reads.get(name) ?? { agg: key.agg, startTs: from, endTs: to, keys: new Set() }
    read.keys.add(key.key)
    reads.set(name, read)
  }
  for (const key of keys) {
    if (!key.previousValueOnly) plan(key, startTs, endTs)
    const previous = previousOf(key)
    if (previous) plan(key, ...previous)
  }

  const readOne = async (entityId: EntityId): Promise<Aggregates> => {
    const values = new Map<string, Record<string, TsValue[]>>()
    for (const [name, read] of reads) values.set(name, await readRange(database, tenantOf(entityId), entityId, read))
    const foundValue = (key: WsAggKey, from: number, to: number): QueryValue => {
      const found = values.get(nameOf(key.agg, from, to)) ?? {}
      const [point] = Object.hasOwn(found, key.key) ? (found[key.key] ?? []) : []
      return point ? toQueryValue(point) : noValue()
    }
    const result: Aggregates = record()
    for (const key of keys) {
      const previous = previousOf(key)
      result[key.id] = {
        current: key.previousValueOnly ? noValue() : foundValue(key, startTs, endTs),
        previous: previous ? foundValue(key, ...previous) : null,
      }
    }
    return result
  }

  const gate = createGate(entitiesAtOnce)
  const found = new Map<string, Aggregates>()
  await Promise.all(entityIds.map((entityId) => gate(async () => void found.set(entityId.id, await readOne(entityId)))))
  return found
}

const nameOf = (agg: Aggregation, from: number, to: number): string => `${agg} ${from} ${to}`

const previousOf = ({ previousStartTs, previousEndTs }: WsAggKey): [from: number, to: number] | null =>
  previousStartTs == null || previousEndTs == null ? null : [previousStartTs, previousEndTs]

/** Without an aggregation the newest point stands for the range. */
const readRange = (
  database: Pick<Database, 'telemetry'>,
  tenantId: string,
  entityId: EntityId,
  { agg, startTs, endTs, keys }: Read,
): Promise<Record<string, TsValue[]>> =>
  database.telemetry.history(
    { kind: 'tenant', tenantId },
    {
      entityId,
      keys: [...keys],
      startTs,
      endTs,
      aggregation: agg,
      intervalMs: Math.max(0, endTs - startTs),
      order: 'DESC',
      limit: 1,
    },
  )
