import { describe, expect, it } from 'vitest'
import { amountOf, bindingSchema, chosen, holds, secondsAt, shareOf } from './bindings.ts'

const scope = {
  values: { running: true, warning: false, level: 40, text: '12.5', odd: { a: 1 }, nan: Number.NaN, none: undefined },
  properties: { max: 80, unit: 'gal', shown: true },
}

describe('bindings', () => {
  it.each([
    ['', true],
    ['running', true],
    ['!running', false],
    ['running & !warning', true],
    ['running & warning', false],
    ['shown', true],
    ['unknown', false],
    ['!unknown', true],
    ['constructor', false],
  ])('%j holds: %s', (when, expected) => expect(holds(when, scope)).toBe(expected))

  it('choose the first that holds', () => {
    const choice = [
      { when: 'warning', use: 'warn' },
      { when: 'running', use: 'ok' },
      { when: '', use: 'off' },
    ]
    expect(chosen(choice, scope)).toBe('ok')
    expect(chosen(choice, { ...scope, values: {} })).toBe('off')
    expect(chosen('body', scope)).toBe('body')
    expect(chosen([], scope)).toBeNull()
  })

  it.each([
    [7, 7],
    ['level', 40],
    ['$max', 80],
    ['text', 12.5],
    ['running', 1],
    ['odd', null],
    ['nan', null],
    ['none', null],
    ['unit', null],
  ])('amount of %j is %s', (amount, expected) => expect(amountOf(amount, scope)).toBe(expected))

  it('tell how far along its scale something is, and nothing where there is no scale', () => {
    expect(shareOf({ of: 'level', from: 0, to: 'max' }, scope)).toBe(0.5)
    expect(shareOf({ of: 1e12, from: 0, to: 100 }, scope)).toBe(1)
    expect(shareOf({ of: -5, from: 0, to: 100 }, scope)).toBe(0)
    expect(shareOf({ of: 'level', from: 5, to: 5 }, scope)).toBeNull()
    expect(shareOf({ of: 'level', from: 0, to: 'unknown' }, scope)).toBeNull()
  })

  it('keep speeds within what can be seen', () => {
    expect([1, 2, 0, 1e9, -4].map((speed) => secondsAt(2, speed, scope))).toEqual([2, 1, 2, 0.1, 0.5])
    expect(secondsAt(2, 'odd', scope)).toBe(2)
  })

  it('of files are refused where they say what there is not', () => {
    for (const odd of [
      { fill: 7 },
      { show: 'a; alert(1)' },
      { spin: { about: [0] } },
      { level: { of: 'a' } },
      { click: { toggle: 'a' } },
    ])
      expect(bindingSchema.safeParse(odd).success).toBe(false)
  })
})
