import { describe, expect, it } from 'vitest'
import { chartGroups, sortKeys } from './kinds.ts'

const keys = [
  { name: 'temperature', value: 21.5 },
  { name: 'pressure', value: '1013' },
  { name: 'running', value: true },
  { name: 'mode', value: 'auto' },
  { name: 'Latitude', value: 48.1 },
  { name: 'lng', value: 11.5 },
]

describe('keys of a device', () => {
  it('are told apart by their newest value', () => {
    expect(sortKeys(keys)).toEqual({
      numbers: [
        { name: 'pressure', value: 1013 },
        { name: 'temperature', value: 21.5 },
      ],
      booleans: ['running'],
      texts: ['mode'],
      place: { latitude: 'Latitude', longitude: 'lng' },
    })
  })

  it('are no place when only one half is there, or it is none on earth', () => {
    expect(sortKeys([{ name: 'lat', value: 48 }]).place).toBeNull()
    const far = [
      { name: 'lat', value: 480 },
      { name: 'lon', value: 11 },
    ]
    expect(sortKeys(far)).toMatchObject({ place: null, numbers: [{ name: 'lat' }, { name: 'lon' }] })
  })

  it('share a chart when they are of the same size', () => {
    const numbers = [3, 5, 1_000, -4, 2_000].map((value, index) => ({ name: `k${index}`, value }))
    expect(chartGroups(numbers)).toEqual([['k0', 'k1'], ['k2', 'k4'], ['k3']])
  })
})
