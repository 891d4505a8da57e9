import { describe, expect, it } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

const box = { width: 100, height: 20, inset: 0 }

describe('a sparkline', () => {
  it('spans the box, high values up', () => {
    expect(
      sparklinePath(
        [
          [0, 1],
          [50, 3],
          [100, 2],
        ],
        box,
      ),
    ).toEqual({ line: 'M0 20L50 0L100 10', last: [100, 10] })
  })

  it('runs through the middle when nothing changes', () => {
    expect(
      sparklinePath(
        [
          [0, 5],
          [10, 5],
        ],
        box,
      )?.line,
    ).toBe('M0 10L100 10')
  })

  it('needs two points', () => {
    expect(sparklinePath([[0, 5]], box)).toBeNull()
  })
})
