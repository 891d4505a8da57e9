import type { DeadLetterSelection, ReplayPlace } from '@thingwire/contracts'
import { int8Array, uuidArray } from '../connection/binary-arrays.ts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { DeadLetter, Scope } from '../database.ts'
import { conditionsOf, ownerOf } from './conditions.ts'

/** Where a walk over letters goes on: behind the last one that it saw, oldest first. */
export type LetterCursor = { createdTime: number; id: string }

export type DeadLetterReplays = {
  /**
   * Takes the next letters of a selection, at most `limit`, and puts those that get an id from `assign` under it. What has
   * such an id is gone for everybody else. Answers the ids and where the walk goes on; null: it has ended.
   */
  assignReplays(
    walk: {
      scope: Scope
      selection: DeadLetterSelection
      place: ReplayPlace
      after: LetterCursor | null
      limit: number
      nowMs: number
    },
    assign: (letters: readonly DeadLetter[]) => (string | null)[],
  ): Promise<{ replayIds: string[]; skipped: number; next: LetterCursor | null }>
  /**
   * Sends the letters of an id and deletes them, while nobody else can have them. `send` may be called again with the
   * same id when the process died in between. Answers how many; zero when they are gone already.
   */
  replay(replayId: string, send: (letters: readonly DeadLetter[], place: ReplayPlace) => Promise<void>): Promise<number>
  /** Ids that were assigned before this moment (epoch ms) and not sent: their process died. */
  unfinishedReplays(beforeMs: number): Promise<string[]>
}

const columns = `id, tenant_id AS "tenantId", created_time AS "createdTime", queue_name AS "queueName",
  rule_chain_id AS "ruleChainId", rule_node_id AS "ruleNodeId", error, message`

export const createReplays = (sql: Sql): DeadLetterReplays => ({
  assignReplays: ({ scope, selection, place, after, limit, nowMs }, assign) =>
    sql.transaction(async (tx) => {
      const owner = ownerOf(scope)
      if (owner === null) return { replayIds: [], skipped: 0, next: null }
      await byIndex(tx)
      const { where, values } = conditionsOf(owner, selection)
      const count = values.length
      const { rows } = await tx.query<DeadLetter>({
        text: `SELECT ${columns} FROM dead_letters
               WHERE ${where} AND (created_time, id) > ($${count + 1}, $${count + 2}::uuid)
               ORDER BY created_time, id LIMIT $${count + 3} FOR UPDATE SKIP LOCKED`,
        values: [...values, after?.createdTime ?? -1, after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
      })
      const ids = assign(rows)
      const assigned = rows.flatMap((letter, at) => {
        const replayId = ids[at]
        return replayId ? [{ letter, replayId }] : []
      })
      await tx.query({
        text: `UPDATE dead_letters d SET replay_id = r.replay_id, replay_at = $5, replay_place = $6
               FROM unnest($2::int8[], $3::uuid[], $4::uuid[]) AS r (created_time, id, replay_id)
               WHERE d.tenant_id = $1 AND d.created_time = r.created_time AND d.id = r.id`,
        values: [
          owner,
          int8Array(assigned.map(({ letter }) => letter.createdTime)),
          uuidArray(assigned.map(({ letter }) => letter.id)),
          uuidArray(assigned.map(({ replayId }) => replayId)),
          nowMs,
          place,
        ],
      })
      const last = rows.at(-1)
      return {
        replayIds: [...new Set(assigned.map(({ replayId }) => replayId))],
        skipped: rows.length - assigned.length,
        next: last && rows.length === limit ? { createdTime: last.createdTime, id: last.id } : null,
      }
    }),

  replay: (replayId, send) =>
    sql.transaction(async (tx) => {
      await byIndex(tx)
      const values = [replayId]
      const { rows } = await tx.query<DeadLetter & { place: string }>({
        text: `SELECT ${columns}, replay_place AS place FROM dead_letters WHERE replay_id = $1 ORDER BY created_time, id FOR UPDATE`,
        values,
      })
      if (rows.length === 0) return 0
      await send(rows, rows[0]?.place === 'CHAIN' ? 'CHAIN' : 'NODE')
      await tx.query({ text: 'DELETE FROM dead_letters WHERE replay_id = $1', values })
      return rows.length
    }),

  unfinishedReplays: async (beforeMs) => {
    const { rows } = await sql.query<{ replay_id: string }>({
      text: 'SELECT DISTINCT replay_id FROM dead_letters WHERE replay_id IS NOT NULL AND replay_at < $1 LIMIT 1000',
      values: [beforeMs],
    })
    return rows.map((row) => row.replay_id)
  },
})

/**
 * Letters come in floods, and the planner's picture of the table is from before: it would read and sort all of it for every
 * few letters that stand together in an index.
 */
const byIndex = async (tx: Queryable): Promise<void> => {
  await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off')
}
