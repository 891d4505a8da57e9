import { expect, it } from 'vitest'
import { narrowed } from './narrowed.ts'

const font = { size: 12, weight: '500' }
const before = { labelFont: font, title: 'a' }

it('finds the one place where settings differ', () => {
  expect(narrowed(before, { ...before, labelFont: { ...font, size: 14 } })).toEqual({
    path: ['labelFont', 'size'],
    value: 14,
  })
  expect(narrowed(before, { labelFont: font })).toEqual({ path: ['title'], value: undefined })
  expect(narrowed({}, { labelFont: font })).toEqual({ path: ['labelFont'], value: font })
})

it('takes all where several differ, or what is no object', () => {
  const both = { labelFont: { size: 14, weight: '600' }, title: 'a' }
  expect(narrowed(before, both)).toEqual({ path: ['labelFont'], value: both.labelFont })
  expect(narrowed(undefined, before)).toEqual({ path: [], value: before })
  expect(narrowed(before, before)).toEqual({ path: [], value: before })
})
