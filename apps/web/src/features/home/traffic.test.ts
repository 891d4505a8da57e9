import { describe, expect, it } from 'vitest'
import { toTraffic } from './traffic.ts'

const minute = 60_000
const row = (at: number, accepted: number, deadLettered = 0) => ({
  tenantId: 'a',
  minuteMs: at * minute,
  accepted,
  stored: accepted,
  finished: 0,
  deadLettered,
  rejected: 0,
})

describe('traffic on the home page', () => {
  const traffic = toTraffic({ rows: [row(100, 7), row(99, 5, 2), row(97, 3)] }, 100.5 * minute)

  it('counts the last whole minute, not the one under way', () => {
    expect(traffic.lastMinute).toBe(5)
  })

  it('shows silent minutes as silence', () => {
    expect(traffic.course.slice(-3)).toEqual([
      [97 * minute, 3],
      [98 * minute, 0],
      [99 * minute, 5],
    ])
    expect(traffic.course).toHaveLength(30)
  })

  it('adds up dead letters', () => {
    expect(traffic.deadLettered).toBe(2)
  })
})
