import { describe, expect, it } from 'vitest'
import { sumByMinute } from './sum.ts'

const row = (tenantId: string, minuteMs: number, accepted: number) => ({
  tenantId,
  minuteMs,
  accepted,
  stored: accepted,
  finished: 1,
  deadLettered: 0,
  rejected: 0,
})

describe('the ledger by minute', () => {
  it('adds up tenants and shows the newest minute first', () => {
    expect(sumByMinute([row('a', 60_000, 5), row('a', 120_000, 1), row('b', 60_000, 2)])).toEqual([
      { minuteMs: 120_000, accepted: 1, stored: 1, finished: 1, deadLettered: 0, rejected: 0 },
      { minuteMs: 60_000, accepted: 7, stored: 7, finished: 2, deadLettered: 0, rejected: 0 },
    ])
  })
})
