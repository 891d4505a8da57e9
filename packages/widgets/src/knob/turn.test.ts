import { expect, test } from 'vitest'
import { rangeOf } from '../engines/control/range.ts'
import { knob } from './manifest.ts'
import { arcTo, isJump, pointAt, valueAt } from './turn.ts'
import { upgradeKnob } from './upgrade.ts'

const percent = rangeOf(0, 100, 1)

test.each([
  ['left of the gap', -1, 1, 0],
  ['left', -1, 0, 17],
  ['up', 0, -1, 50],
  ['right', 1, 0, 83],
  ['right of the gap', 1, 1, 100],
  ['in the gap, left', -0.2, 1, 0],
  ['in the gap, right', 0.2, 1, 100],
])('%s is its value', (_, x, y, value) => {
  expect(valueAt(percent, x, y)).toBe(value)
})

test('points to where it was turned', () => {
  for (const share of [0, 0.25, 0.5, 0.9, 1]) {
    const { x, y } = pointAt(share, 50, 40)
    expect(valueAt(percent, x - 50, y - 50)).toBe(Math.round(share * 100))
  }
  expect(arcTo(0.5, 50, 40)).toBe('M21.72 78.28A40 40 0 0 1 50 10')
})

test('does not jump over the gap', () => {
  expect(isJump(percent, 2, 100)).toBe(true)
  expect(isJump(percent, 40, 80)).toBe(false)
  expect(isJump(percent, null, 100)).toBe(false)
})

test('takes the methods and times of older files', () => {
  const plan = knob.control?.(
    knob.settings.parse(upgradeKnob({ getValueMethod: 'ask', setValueMethod: 'tell', requestTimeout: 700 })),
  )
  expect(plan?.reads.value).toMatchObject({ kind: 'rpc', method: 'ask', timeoutMs: 700 })
  expect(plan?.writes.change).toMatchObject({ kind: 'rpc', method: 'tell', timeoutMs: 700, data: { kind: 'value' } })
})
