import { randomUUID } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import type { BatchSettlement, Database, LedgerCount } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { redisKeys } from '../redis-keys.ts'
import { ledgerMinute } from './ledger-counts.ts'

/** Where a batch was counted: in Redis, from where it is moved on, or in PostgreSQL together with its dead letters. */
export type CountedIn = 'redis' | 'database'

/**
 * Counts a batch once. The partition remembers its last batch, which is enough where the next one begins when this one has
 * left the queue; a batch beside which others run is remembered by itself. A batch can run twice (its process died, or was taken for dead) and end differently the second time;
 * the first word on where it is counted holds.
 * KEYS: last batches by partition, outcomes, the batch by itself. ARGV: partition, batch, wanted place, seconds for which it
 * is remembered by itself (0: not), then field and count in turn.
 */
const countScript = `
local last = redis.call('HGET', KEYS[1], ARGV[1])
local place = redis.call('GET', KEYS[3]) or last and string.sub(last, 1, #ARGV[2] + 1) == ARGV[2] .. ' ' and string.sub(last, #ARGV[2] + 2)
if place then return place end
if ARGV[4] == '0' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
else redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4]) end
for i = 5, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1]) end
return ARGV[3]
`

const outcomeNames = ['stored', 'finished', 'deadLettered'] as const

/** No process is away for so long. */
const rememberedSeconds = 86_400

/**
 * Answers where the batch counts: there, or where an earlier run of it put it. `isBeside`: other batches of its partition
 * are under way. Rejects with QUEUE_UNAVAILABLE.
 */
export const countOutcomes = async (
  redis: Redis,
  partition: string,
  settlement: BatchSettlement,
  isBeside = false,
): Promise<CountedIn> => {
  const { batchId, acceptedAt, outcomes, deadLetters } = settlement
  const kept = isBeside ? rememberedSeconds : 0
  const wanted: CountedIn = deadLetters.length > 0 ? 'database' : 'redis'
  const counts: (string | number)[] = []
  if (wanted === 'redis')
    for (const outcome of outcomes)
      for (const name of outcomeNames)
        if (outcome[name] > 0) counts.push(`${outcome.tenantId}/${ledgerMinute(acceptedAt)}/${name}`, outcome[name])
  const keys = [redisKeys.settledBatches, redisKeys.ledgerOutcomes, redisKeys.settledBeside(batchId)]
  try {
    const place = await redis.eval(countScript, keys.length, ...keys, partition, batchId, wanted, kept, ...counts)
    return place === 'database' ? 'database' : 'redis'
  } catch (error) {
    throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
  }
}

/**
 * Sets the outcomes aside under a new id, unless some are set aside already: those have to be moved first.
 * KEYS: outcomes, those on their way. ARGV: new id.
 */
const setAsideScript = `
if redis.call('EXISTS', KEYS[2]) == 0 then
  if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
  redis.call('RENAME', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[2], 'id', ARGV[1])
end
return redis.call('HGETALL', KEYS[2])
`

/** KEYS: outcomes on their way. ARGV: their id. */
const forgetScript = `
if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then redis.call('DEL', KEYS[1]) end
`

/**
 * Moves the outcomes that stand in Redis to PostgreSQL. Any number of processes may do it at the same time and may die
 * at it: counts are added once for the id under which they were set aside.
 */
export const moveOutcomes = async (redis: Redis, ledger: Pick<Database['ledger'], 'addOutcomes'>): Promise<void> => {
  const keys = [redisKeys.ledgerOutcomes, redisKeys.ledgerMoving]
  const flat = await redis.eval(setAsideScript, keys.length, ...keys, randomUUID())
  const { id, counts } = parseOutcomes(Array.isArray(flat) ? flat.map(String) : [])
  if (id === null) return
  await ledger.addOutcomes(id, counts)
  await redis.eval(forgetScript, 1, redisKeys.ledgerMoving, id)
}

/** What is not in PostgreSQL yet: `moving` may be there by now, which its id tells. */
export const readOutcomes = async (
  redis: Redis,
): Promise<{ waiting: LedgerCount[]; moving: { id: string; counts: LedgerCount[] } | null }> => {
  const answers = await redis.multi().hgetall(redisKeys.ledgerOutcomes).hgetall(redisKeys.ledgerMoving).exec()
  const [waiting, moving] = (answers ?? []).map(([, hash]) => parseOutcomes(flatOf(hash)))
  return {
    waiting: waiting?.counts ?? [],
    moving: moving?.id ? { id: moving.id, counts: moving.counts } : null,
  }
}

const flatOf = (hash: unknown): string[] =>
  typeof hash === 'object' && hash !== null ? Object.entries(hash).flatMap(([key, value]) => [key, String(value)]) : []

const parseOutcomes = (flat: readonly string[]): { id: string | null; counts: LedgerCount[] } => {
  const counts = new Map<string, LedgerCount>()
  let id: string | null = null
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [field = '', value = ''] = [flat[i], flat[i + 1]]
    if (field === 'id') {
      id = value
      continue
    }
    const [tenantId = '', minute = '', name] = field.split('/')
    const key = `${tenantId}/${minute}`
    const count = counts.get(key) ?? { tenantId, minuteMs: Number(minute), stored: 0, finished: 0, deadLettered: 0 }
    counts.set(key, count)
    const outcome = outcomeNames.find((known) => known === name)
    if (outcome) count[outcome] += Number(value)
  }
  return { id, counts: [...counts.values()] }
}
