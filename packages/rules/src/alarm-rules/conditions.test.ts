import type { KvValue } from '@thingwire/contracts'
import { deviceProfileAlarmSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { compileAlarms } from './compile.ts'
import { type Facts, factKey } from './facts.ts'

const text = (value: string): KvValue => ({ type: 'STRING', value })
const long = (value: number): KvValue => ({ type: 'LONG', value })
const double = (value: number): KvValue => ({ type: 'DOUBLE', value })
const truth = (value: boolean): KvValue => ({ type: 'BOOLEAN', value })
const json = (value: unknown): KvValue => ({ type: 'JSON', value: JSON.stringify(value) })

const facts = (values: Record<string, KvValue>, rest: Partial<Facts> = {}): Facts => ({
  values: new Map(Object.entries(values).map(([key, value]) => [factKey('TIME_SERIES', key), value])),
  customer: new Map(),
  tenant: new Map(),
  ...rest,
})

/** Whether a rule with these filters holds over a value `x`. */
const holds = (predicate: unknown, x: KvValue, rest: Partial<Facts> = {}): boolean => {
  const key = { type: 'TIME_SERIES', key: 'x' }
  const { alarms, problems } = compileAlarms([
    {
      ...{ id: 'a', alarmType: 'A' },
      createRules: { MAJOR: { condition: { condition: [{ key, valueType: 'STRING', predicate }], spec: null } } },
    },
  ])
  expect(problems).toEqual([])
  return alarms[0]?.create[0]?.holds(facts({ x }, rest)) ?? false
}

const number = (operation: string, defaultValue: number | null) => ({
  type: 'NUMERIC',
  operation,
  value: { defaultValue },
})
const words = (operation: string, defaultValue: string, ignoreCase = false) => ({
  ...{ type: 'STRING', operation, ignoreCase, value: { defaultValue } },
})
const flag = (operation: string, defaultValue: boolean) => ({ type: 'BOOLEAN', operation, value: { defaultValue } })

describe('numbers', () => {
  it.each([
    ['EQUAL', 5, [false, true, false]],
    ['NOT_EQUAL', 5, [true, false, true]],
    ['GREATER', 5, [false, false, true]],
    ['LESS', 5, [true, false, false]],
    ['GREATER_OR_EQUAL', 5, [false, true, true]],
    ['LESS_OR_EQUAL', 5, [true, true, false]],
  ])('%s %d of 4, 5 and 6 is %j', (operation, limit, expected) => {
    expect([4, 5, 6].map((value) => holds(number(operation, limit), long(value)))).toEqual(expected)
    expect([4, 5, 6].map((value) => holds(number(operation, limit), double(value)))).toEqual(expected)
  })

  it.each([
    [text(' 6.5 '), true],
    [text('1e2'), true],
    [text('0x10'), false],
    [text(''), false],
    [text('warm'), false],
    [truth(true), false],
    [json(7), true],
    [json({ a: 7 }), false],
  ])('reads %j as a number when it is one', (value, expected) => {
    expect(holds(number('GREATER', 5), value)).toBe(expected)
  })

  it('a truth is 1 or 0, and nothing is greater than no limit', () => {
    expect(holds(number('EQUAL', 1), truth(true))).toBe(true)
    expect(holds(number('EQUAL', 0), truth(false))).toBe(true)
    expect(holds(number('GREATER', null), long(1))).toBe(false)
  })
})

describe('texts', () => {
  it.each([
    ['EQUAL', 'Open', [true, false, false]],
    ['NOT_EQUAL', 'Open', [false, true, true]],
    ['STARTS_WITH', 'Op', [true, false, false]],
    ['ENDS_WITH', 'en', [true, true, false]],
    ['CONTAINS', 'pe', [true, true, false]],
    ['NOT_CONTAINS', 'pe', [false, false, true]],
    ['IN', 'Open, Shut', [true, false, true]],
    ['NOT_IN', 'Open, Shut', [false, true, false]],
  ])('%s %s of Open, open and Shut is %j', (operation, other, expected) => {
    expect(['Open', 'open', 'Shut'].map((value) => holds(words(operation, other), text(value)))).toEqual(expected)
  })

  it('ignores case when it is told to, on both sides', () => {
    expect(holds(words('EQUAL', 'OPEN', true), text('open'))).toBe(true)
    expect(holds(words('IN', 'SHUT,OPEN', true), text('open'))).toBe(true)
  })

  it('a comma inside quotes does not part a list', () => {
    expect(holds(words('IN', `"a,b",'c'`), text('a,b'))).toBe(true)
    expect(holds(words('IN', `"a,b",'c'`), text('c'))).toBe(true)
    expect(holds(words('IN', `"a,b",'c'`), text('a'))).toBe(false)
  })

  it('compares numbers by their text', () => {
    expect(holds(words('EQUAL', '2.0'), double(2))).toBe(true)
    expect(holds(words('EQUAL', '2'), long(2))).toBe(true)
  })
})

describe('truths', () => {
  it.each([
    [truth(true), true],
    [long(1), true],
    [long(0), false],
    [double(-1), false],
    [text('TRUE'), true],
    [text('yes'), false],
  ])('%j is %s', (value, expected) => {
    expect(holds(flag('EQUAL', true), value)).toBe(expected)
    expect(holds(flag('NOT_EQUAL', true), value)).toBe(!expected)
  })
})

describe('several', () => {
  const between = { type: 'COMPLEX', operation: 'AND', predicates: [number('GREATER', 5), number('LESS', 8)] }
  const outside = { type: 'COMPLEX', operation: 'OR', predicates: [number('LESS', 5), number('GREATER', 8)] }
  it('all of AND and one of OR must hold, also of those inside', () => {
    expect([5, 6, 8].map((value) => holds(between, long(value)))).toEqual([false, true, false])
    expect([4, 6, 9].map((value) => holds(outside, long(value)))).toEqual([true, false, true])
    const nested = { type: 'COMPLEX', operation: 'OR', predicates: [between, number('EQUAL', 1)] }
    expect([1, 6, 9].map((value) => holds(nested, long(value)))).toEqual([true, true, false])
  })

  it('no predicates are all, and none is one of none', () => {
    expect(holds({ type: 'COMPLEX', operation: 'AND', predicates: [] }, long(1))).toBe(true)
    expect(holds({ type: 'COMPLEX', operation: 'OR', predicates: [] }, long(1))).toBe(false)
  })
})

describe('values from elsewhere', () => {
  const from = (sourceType: string | null, inherit = false) => ({
    ...{ type: 'NUMERIC', operation: 'GREATER' },
    value: { defaultValue: 100, dynamicValue: { sourceType, sourceAttribute: 'max', inherit } },
  })
  const device = {
    values: new Map([
      [factKey('TIME_SERIES', 'x'), long(50)],
      [factKey('ATTRIBUTE', 'max'), long(10)],
    ]),
  }
  const customer = { customer: new Map([['max', long(20)]]) }
  const tenant = { tenant: new Map([['max', text('30')]]) }

  it.each([
    ['CURRENT_DEVICE', false, device, true],
    ['CURRENT_DEVICE', false, customer, false],
    ['CURRENT_DEVICE', true, customer, true],
    ['CURRENT_DEVICE', true, tenant, true],
    ['CURRENT_CUSTOMER', false, customer, true],
    ['CURRENT_CUSTOMER', false, tenant, false],
    ['CURRENT_CUSTOMER', true, tenant, true],
    ['CURRENT_TENANT', false, tenant, true],
    ['CURRENT_TENANT', true, customer, false],
    ['CURRENT_USER', true, { ...customer, ...tenant }, false],
    [null, true, { ...customer, ...tenant }, false],
  ])('%s with inheritance %s', (sourceType, inherit, known, expected) => {
    expect(holds(from(sourceType, inherit), long(50), known)).toBe(expected)
  })

  it('what cannot be converted gives way to the default', () => {
    expect(holds(from('CURRENT_TENANT'), long(50), { tenant: new Map([['max', text('much')]]) })).toBe(false)
    expect(holds(from('CURRENT_TENANT'), long(101), { tenant: new Map([['max', text('much')]]) })).toBe(true)
  })
})

describe('rules as files have them', () => {
  it('keep what is not known of them, and take empty members', () => {
    const alarm = {
      ...{ id: 'a', alarmType: 'A', ours: { x: 1 }, createRules: null, clearRule: null },
      ...{ propagate: null, propagateRelationTypes: null },
    }
    expect(deviceProfileAlarmSchema.parse(alarm)).toMatchObject({ ours: { x: 1 }, createRules: {}, propagate: false })
  })

  it('take durations and repetitions of old versions', () => {
    const spec = (given: unknown) =>
      compileAlarms([
        {
          ...{ id: 'a', alarmType: 'A' },
          createRules: { MAJOR: { condition: { condition: [], spec: given } } },
        },
      ]).alarms[0]?.create[0]?.spec
    const duration = spec({ type: 'DURATION', unit: 'MINUTES', value: 2 })
    const repeating = spec({ type: 'REPEATING', count: 4 })
    expect(duration?.type === 'DURATION' && duration.requiredMs(facts({}))).toBe(120_000)
    expect(repeating?.type === 'REPEATING' && repeating.required(facts({}))).toBe(4)
  })

  it('say where a rule is wrong, and the others run', () => {
    const { alarms, problems } = compileAlarms([{ id: 'a' }, { id: 'b', alarmType: 'B' }, null])
    expect(alarms.map(({ id }) => id)).toEqual(['b'])
    expect(problems).toEqual([
      expect.stringContaining('Alarm rule 1: alarmType'),
      expect.stringContaining('Alarm rule 3'),
    ])
  })
})
