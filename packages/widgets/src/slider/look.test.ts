import { expect, test } from 'vitest'
import { markPlaces, marksOf, sliderRange, thumbPlace } from './look.ts'
import { slider } from './manifest.ts'

const settings = (stored: Record<string, unknown>) => slider.settings.parse(stored)

test('stops at its marks, else at what its decimals show', () => {
  expect(sliderRange(settings({}))).toEqual({ min: 0, max: 100, step: 10 })
  expect(sliderRange(settings({ showTickMarks: false, valueDecimals: 1 })).step).toBe(0.1)
  expect(marksOf(settings({ tickMarksCount: 1e9 }))).toBe(101)
  expect(marksOf(settings({ tickMarksCount: 1 }))).toBe(0)
})

test('has marks from end to end and the thumb between', () => {
  expect(markPlaces(3)).toEqual([0, 50, 100])
  const range = sliderRange(settings({}))
  expect([null, 25, 1e9].map((value) => thumbPlace(range, value))).toEqual([0, 25, 100])
})
