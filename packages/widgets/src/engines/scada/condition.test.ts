import { describe, expect, it } from 'vitest'
import { conditionHolds } from './condition.ts'

const model = { on: true, off: false, kind: 'pump', count: 3, text: '3', none: null, part: { deep: { on: true } } }

describe('the condition of a property', () => {
  it.each([
    ['return model.on', true],
    ['return model.on;', true],
    ['model.off', false],
    ['return !model.off && model.on', true],
    ["return model.kind === 'pump' || model.kind === 'fan'", true],
    ['return model.kind !== "pump"', false],
    ['return model.count > 2 && model.count <= 3;', true],
    ['return model.count >= -1', true],
    ['return model.text == 3', true],
    ['return model.text === 3', false],
    ['return !(model.on && model.off)', true],
    ['return model.part.deep?.on', true],
    ["return model['on']", true],
    ['return model.none == undefined', true],
    ['return model.missing.deeper', false],
    ['return model.constructor', false],
    ['return model.__proto__', false],
    ['return true', true],
    ['\n  return model.on\n', true],
  ])('%s', (source, holds) => expect(conditionHolds(source, model)).toBe(holds))

  it.each([
    '',
    'return',
    'return fetch("/x")',
    'if (model.on) { return true }',
    'return model.on()',
    'return model.on ? 1 : 2',
    'return window',
    'return property.id',
    'return model.on = true',
    'return model.',
    'return (model.on',
    'return model.on model.off',
    "return 'open",
    'return `x`',
    `return ${'('.repeat(2_000)}model.on${')'.repeat(2_000)}`,
    `return ${'!'.repeat(20_000)}model.on`,
  ])('cannot be told of %j', (source) => expect(conditionHolds(source, model)).toBeNull())
})
