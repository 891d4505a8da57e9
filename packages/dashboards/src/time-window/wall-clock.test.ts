import { describe, expect, it } from 'vitest'
import { fromWallClock, toWallClock } from './wall-clock.ts'

const noonUtc = Date.UTC(2026, 6, 1, 12, 0)

describe('the clock on the wall', () => {
  it.each([
    ['UTC', '2026-07-01T12:00'],
    ['Europe/Berlin', '2026-07-01T14:00'],
    ['Asia/Kathmandu', '2026-07-01T17:45'],
    ['nowhere', '2026-07-01T12:00'],
  ])('in %s shows %s, and back', (zone, text) => {
    expect(toWallClock(noonUtc, zone)).toBe(text)
    expect(fromWallClock(text, zone)).toBe(noonUtc)
  })

  it('has no moment for what is no time', () => {
    expect(fromWallClock('', 'UTC')).toBeNull()
    expect(fromWallClock('2026-13-01T00:00', 'UTC')).toBeNull()
  })
})
