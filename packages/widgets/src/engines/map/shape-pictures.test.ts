import { expect, it } from 'vitest'
import { fillingSize } from './shape-pictures.ts'

const box = { width: 200, height: 100 }

it('a picture that keeps its proportions fills the box and reaches over it', () => {
  expect(fillingSize(box, { width: 50, height: 50 }, true)).toEqual({ width: 200, height: 200 })
  expect(fillingSize(box, { width: 400, height: 100 }, true)).toEqual({ width: 400, height: 100 })
})

it('another is stretched to it', () => {
  expect(fillingSize(box, { width: 50, height: 50 }, false)).toEqual({ width: 200, height: 100 })
})
