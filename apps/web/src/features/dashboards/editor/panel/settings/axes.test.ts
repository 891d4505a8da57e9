import { expect, it } from 'vitest'
import { axesIn, freeAxisId, ordered } from './axes.ts'

it('has the first axis always, and all in their order', () => {
  expect(axesIn(undefined)).toEqual([{ id: 'default', axis: {} }])
  expect(axesIn([1])).toEqual([{ id: 'default', axis: {} }])
  const axes = { b: { order: 2 }, default: { order: 1 }, a: { order: 0 }, odd: 3, none: null }
  expect(axesIn(axes).map(({ id }) => id)).toEqual(['a', 'default', 'b'])
})

it('finds a name that no axis has', () => {
  expect(freeAxisId(['default'])).toBe('axis2')
  expect(freeAxisId(['default', 'axis3'])).toBe('axis4')
  expect(freeAxisId(['axis3', 'default', 'axis4'])).toBe('axis5')
})

it('sets the order and leaves all else', () => {
  expect(ordered({ a: { units: 'V' } }, ['default', 'a'])).toEqual({
    a: { units: 'V', order: 1 },
    default: { order: 0 },
  })
})
