import { describe, expect, it } from 'vitest'
import { unwrapRing } from './unwrap.ts'

describe('rings on a flat map', () => {
  it('stay as they are away from the date line', () => {
    const ring = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 0],
    ]
    expect(unwrapRing(ring)).toEqual(ring)
  })
  it('go on beyond the date line', () =>
    expect(
      unwrapRing([
        [150, 60],
        [-170, 60],
        [-170, 70],
        [150, 60],
      ]),
    ).toEqual([
      [150, 60],
      [190, 60],
      [190, 70],
      [150, 60],
    ]))
  it('lie where most of them is, wherever they begin', () =>
    expect(
      unwrapRing([
        [-180, 60],
        [170, 60],
        [150, 70],
        [-180, 60],
      ]),
    ).toEqual([
      [180, 60],
      [170, 60],
      [150, 70],
      [180, 60],
    ]))
  it('around a pole are closed along it', () => {
    const ring = [
      [-120, -70],
      [0, -75],
      [120, -70],
      [-120, -70],
    ]
    const made = unwrapRing(ring)
    expect(made.slice(3)).toEqual([
      [240, -70],
      [240, -90],
      [-120, -90],
      [-120, -70],
    ])
  })
})
