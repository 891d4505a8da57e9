import type { LedgerView } from '../../api/ledger.ts'
import { sumByMinute } from '../ledger/sum.ts'

const minuteMs = 60_000
const shownMinutes = 30

/** Messages of the last whole minute, their course by minute (silent ones as 0), and dead letters of the whole range. */
export const toTraffic = (ledger: Pick<LedgerView, 'rows'>, now: number) => {
  const minutes = sumByMinute(ledger.rows)
  const accepted = new Map(minutes.map((row) => [row.minuteMs, row.accepted]))
  const last = Math.floor(now / minuteMs) * minuteMs - minuteMs
  const course = Array.from({ length: shownMinutes }, (_, index): [number, number] => {
    const at = last - (shownMinutes - 1 - index) * minuteMs
    return [at, accepted.get(at) ?? 0]
  })
  return {
    lastMinute: accepted.get(last) ?? 0,
    deadLettered: minutes.reduce((sum, row) => sum + row.deadLettered, 0),
    course,
  }
}
