import { describe, expect, it } from 'vitest'
import { pinList, placedPins, rowsUsed } from './settings.ts'

describe('pins of a board', () => {
  it('are those of the file that can be read', () => {
    const pins = pinList().parse([
      { pin: 7, label: 'GPIO 4', row: 3, col: 0, color: '#0f0' },
      { pin: 'A1', row: 999, col: -1, label: 7 },
      { label: 'without a number' },
      null,
    ])
    expect(pins).toEqual([
      { pin: 7, label: 'GPIO 4', row: 3, col: 0, color: '#0f0' },
      { pin: 'A1', label: '', row: 0, col: 0, color: '' },
    ])
    expect(pinList().parse('x')).toEqual([])
  })

  it('stand in their places, the first of two in one, without empty rows between', () => {
    const pins = pinList().parse([
      { pin: 2, row: 9, col: 1 },
      { pin: 1, row: 9, col: 0 },
      { pin: 0, row: 2, col: 0 },
      { pin: 3, row: 2, col: 0 },
    ])
    expect(placedPins(pins).map(({ pin }) => pin)).toEqual([0, 1, 2])
    expect(rowsUsed(pins)).toEqual([2, 9])
  })
})
