import type pg from 'pg'
import { poll } from '../harness/poll.ts'

export type LedgerTotals = {
  accepted: number
  rejected: number
  stored: number
  finished: number
  deadLettered: number
  /** accepted − rejected − stored − finished − dead letters; 0 once every minute is closed and moved. */
  difference: number
}

/** All tenants, all minutes: the bench's installation has nothing else in it. */
export const readLedger = async (client: pg.ClientBase): Promise<LedgerTotals> => {
  const { rows } = await client.query<Record<'accepted' | 'rejected' | 'stored' | 'finished' | 'dead', string>>(
    `SELECT coalesce(sum(accepted), 0) AS accepted, coalesce(sum(rejected), 0) AS rejected,
            coalesce(sum(stored), 0) AS stored, coalesce(sum(finished), 0) AS finished,
            coalesce(sum(dead_lettered), 0) AS dead
       FROM ledger`,
  )
  const row = rows[0]
  const counts = {
    accepted: Number(row?.accepted ?? 0),
    rejected: Number(row?.rejected ?? 0),
    stored: Number(row?.stored ?? 0),
    finished: Number(row?.finished ?? 0),
    deadLettered: Number(row?.dead ?? 0),
  }
  const { accepted, rejected, stored, finished, deadLettered } = counts
  return { ...counts, difference: accepted - rejected - stored - finished - deadLettered }
}

/** Accepted messages reach the table when their minute is over; the last reading when it never balances. */
export const untilBalanced = async (client: pg.ClientBase, signal: AbortSignal): Promise<LedgerTotals> => {
  let last = await readLedger(client)
  const probe = async () => {
    last = await readLedger(client)
    return last.difference === 0 ? true : undefined
  }
  await poll({ what: 'ledger', signal, deadlineMs: 120_000, everyMs: 500, probe }).catch(() => {
    signal.throwIfAborted()
  })
  return last
}
