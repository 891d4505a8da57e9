import { describe, expect, it } from 'vitest'
import { firstZooms, type Look } from './thinning.ts'

const spread = (count: number, degrees: number, lookOf: (index: number) => string = () => 'pin'): Look[] =>
  Array.from({ length: count }, (_, index) => ({
    at: [((index * 0.618034) % 1) * degrees, ((index * 0.754878) % 1) * degrees],
    look: lookOf(index),
  }))
const seenAt = (zooms: readonly number[] | null, zoom: number) => zooms?.filter((one) => one <= zoom).length ?? 0

describe('markers', () => {
  it('that are few are drawn all', () => {
    expect(firstZooms(spread(1_999, 1))).toBeNull()
  })

  it('lie on each other from afar: few are drawn, more as one comes nearer, in the end all', () => {
    const zooms = firstZooms(spread(10_000, 20))
    const seen = [0, 2, 4, 6, 12].map((zoom) => seenAt(zooms, zoom))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen[0]).toBeLessThan(60)
    expect(seen[1]).toBeGreaterThan(seen[0] ?? 0)
    expect(seen.at(-1)).toBe(10_000)
  })

  it('are never farther than a square from one that is drawn in their look', () => {
    const markers = spread(3_000, 20, (index) => (index % 500 === 0 ? 'alarm' : 'pin'))
    const zooms = firstZooms(markers) ?? []
    const zoom = 3
    const reach = (360 / (512 * 2 ** zoom)) * 6 * Math.SQRT2
    const drawn = markers.filter((_, index) => (zooms[index] ?? 99) <= zoom)
    expect(drawn.length).toBeLessThan(markers.length / 2)
    for (const { at, look } of markers)
      expect(drawn.some((one) => one.look === look && Math.hypot(one.at[0] - at[0], one.at[1] - at[1]) <= reach)).toBe(
        true,
      )
  })

  it('that stand in one place, beyond the poles or nowhere are drawn in the end', () => {
    const same = Array.from({ length: 3_000 }, (): Look => ({ at: [11, 48], look: 'pin' }))
    const odd = [
      [0, 90],
      [540, -90],
      [Number.NaN, Number.NaN],
    ].map((at): Look => ({ at: at as Look['at'], look: 'pin' }))
    const zooms = firstZooms([...same, ...odd]) ?? []
    expect(seenAt(zooms, 0)).toBeGreaterThanOrEqual(3)
    expect(seenAt(zooms, 12)).toBe(3_003)
  })
})
