import { describe, expect, it } from 'vitest'
import { compareNumbers, type StoreAudit } from './audit.ts'
import { firstNumber } from './wire.ts'

const empty = (): StoreAudit => ({
  devices: 1,
  sent: 0,
  acknowledged: 0,
  storedMessages: 0,
  storedPoints: 0,
  missing: 0,
  duplicate: 0,
  extra: 0,
  storedUnacknowledged: 0,
  mixedUp: 0,
  unevenSeries: 0,
  staleLatest: 0,
  isRight: false,
})

/** Ten messages were sent; all but number 3 were acknowledged. */
const report = { sent: 10, acknowledged: Uint8Array.from([0b1111_0111, 0b11]) }
const numbers = (...indexes: number[]) => indexes.map((index) => firstNumber + index)
const audited = (stored: number[]) => {
  const audit = empty()
  compareNumbers(audit, report, stored)
  return audit
}

describe('the audit of the store', () => {
  it('finds nothing wrong when every acknowledged number is there once', () => {
    expect(audited(numbers(0, 1, 2, 4, 5, 6, 7, 8, 9))).toMatchObject({
      sent: 10,
      acknowledged: 9,
      storedMessages: 9,
      missing: 0,
      duplicate: 0,
      extra: 0,
      storedUnacknowledged: 0,
    })
  })

  it('allows a stored number whose acknowledgement never came, and counts it', () => {
    expect(audited(numbers(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))).toMatchObject({ missing: 0, storedUnacknowledged: 1 })
  })

  it('finds lost, repeated and invented numbers', () => {
    expect(audited(numbers(0, 1, 1, 2, 4, 5, 6, 7, 8, 10, -1))).toMatchObject({ missing: 1, duplicate: 1, extra: 2 })
  })
})
