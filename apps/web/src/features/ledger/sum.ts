import type { LedgerView } from '../../api/ledger.ts'

type Row = Omit<LedgerView['rows'][number], 'tenantId'>

/** One row a minute over all tenants, newest first. */
export const sumByMinute = (rows: LedgerView['rows']): Row[] => {
  const minutes = new Map<number, Row>()
  for (const { tenantId: _, ...row } of rows) {
    const sum = minutes.get(row.minuteMs)
    minutes.set(
      row.minuteMs,
      sum
        ? {
            minuteMs: row.minuteMs,
            accepted: sum.accepted + row.accepted,
            stored: sum.stored + row.stored,
            finished: sum.finished + row.finished,
            deadLettered: sum.deadLettered + row.deadLettered,
            rejected: sum.rejected + row.rejected,
          }
        : row,
    )
  }
  return [...minutes.values()].sort((a, b) => b.minuteMs - a.minuteMs)
}
