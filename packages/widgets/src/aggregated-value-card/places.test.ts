import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { placesOf } from './places.ts'

const beside = (id: string, settings: Record<string, unknown>) =>
  caseSeries({ id, role: 'beside', dataKey: { settings }, points: [[0, 1]] })
const main = caseSeries({ id: 'main', points: [[0, 1]] })

describe('places of the value and chart card', () => {
  it('puts keys where they say, the first wins', () => {
    const places = placesOf([
      main,
      beside('a', {}),
      beside('b', { position: 'rightTop' }),
      beside('c', { position: 'rightTop' }),
    ])
    expect(places.center?.series.id).toBe('a')
    expect(places.rightTop?.series.id).toBe('b')
    expect(places.leftTop).toBeUndefined()
  })

  it('shows the series itself where no key stands beside it', () => {
    expect(placesOf([main]).center?.series.id).toBe('main')
  })
})
