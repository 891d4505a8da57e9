import type { AlarmSeverity, KvValue } from '@thingwire/contracts'
import { describe, expect, it, test } from 'vitest'
import type { Argument } from './arguments.ts'
import { compileAlarmField } from './compile.ts'
import { evaluateAlarmField, type FieldCounts } from './evaluate.ts'

const at = 1_000_000
const temperature = { refEntityKey: { key: 'temperature', type: 'TS_LATEST' } }
const limit = { refEntityKey: { key: 'limit', type: 'ATTRIBUTE', scope: 'SERVER_SCOPE' }, defaultValue: '80' }

type Predicate = Record<string, unknown>
const numeric = (operation: string, value: unknown): Predicate => ({ type: 'NUMERIC', operation, value })
const fixed = (staticValue: unknown) => ({ staticValue })
const from = (dynamicValueArgument: string) => ({ dynamicValueArgument })
const filter = (argument: string, ...predicates: Predicate[]) => ({ argument, valueType: 'NUMERIC', predicates })
const simple = (...filters: unknown[]) => ({ type: 'SIMPLE', filters })
const above = (value: number) => simple(filter('temperature', numeric('GREATER', fixed(value))))
const rule = (expression: unknown, rest: Record<string, unknown> = {}) => ({
  condition: { type: 'SIMPLE', expression, ...rest },
})

const compiled = (config: Record<string, unknown>) => {
  const result = compileAlarmField({ type: 'ALARM', arguments: { temperature, limit }, ...config })
  if (!result.ok) throw new Error(result.problem)
  return result.field
}

const value = (kv: KvValue, ts = at): Argument => ({ ts, value: kv })
const degrees = (number: number, ts = at) => value({ type: 'DOUBLE', value: number }, ts)

/** One entity over some occasions. */
const life = (config: Record<string, unknown>, given: { active?: AlarmSeverity; nowMs?: number } = {}) => {
  const field = compiled(config)
  const all = new Map<string, Argument>([['limit', value({ type: 'DOUBLE', value: 80 })]])
  let counts: FieldCounts = {}
  let active = given.active ? { severity: given.active } : null
  const evaluate = (isEvent: boolean, nowMs: number, scripted = (_: string): boolean => false) => {
    const outcome = evaluateAlarmField(field, { all, isEvent, nowMs, scripted, active, counts })
    counts = outcome.counts
    if (outcome.decision) active = outcome.decision.severity ? { severity: outcome.decision.severity } : null
    return { ...outcome, said: outcome.decision ? (outcome.decision.severity ?? 'CLEARED') : null }
  }
  return {
    field,
    set: (name: string, argument: Argument) => all.set(name, argument),
    hears: (number: number, nowMs = at, ts = nowMs) => {
      all.set('temperature', degrees(number, ts))
      return evaluate(true, nowMs)
    },
    event: (nowMs = at, scripted?: (expression: string) => boolean) => evaluate(true, nowMs, scripted),
    waits: (nowMs: number) => evaluate(false, nowMs),
    counts: () => counts,
  }
}

describe('an alarm rule over arguments', () => {
  test('the most severe rule that is true decides', () => {
    const one = life({ createRules: { MINOR: rule(above(50)), CRITICAL: rule(above(90)) } })
    expect(one.hears(60).said).toBe('MINOR')
    expect(one.hears(95).said).toBe('CRITICAL')
  })

  test('a lower severity leaves the active alarm as it is', () => {
    const one = life({ createRules: { MINOR: rule(above(50)), CRITICAL: rule(above(90)) } }, { active: 'CRITICAL' })
    expect(one.hears(60).said).toBeNull()
  })

  test('the same severity updates it when a value came, and not because time passed', () => {
    const one = life({ createRules: { MINOR: rule(above(50)) } }, { active: 'MINOR' })
    expect(one.hears(60).said).toBe('MINOR')
    expect(one.waits(at + 1).said).toBeNull()
  })

  test('its clear rule is asked only when the alarm is active and no other rule is true', () => {
    const clearRule = rule(simple(filter('temperature', numeric('LESS', fixed(70)))))
    const one = life({ createRules: { MAJOR: rule(above(60)) }, clearRule })
    expect(one.hears(50).said).toBeNull()
    expect(one.hears(65).said).toBe('MAJOR')
    expect(one.hears(65).said).toBe('MAJOR')
    expect(one.hears(50).said).toBe('CLEARED')
    expect(one.hears(50).said).toBeNull()
  })

  test('compares with the value of another argument', () => {
    const one = life({ createRules: { MAJOR: rule(simple(filter('temperature', numeric('GREATER', from('limit'))))) } })
    expect(one.hears(79).said).toBeNull()
    one.set('limit', value({ type: 'STRING', value: '70' }))
    expect(one.hears(79).said).toBe('MAJOR')
    one.set('limit', value({ type: 'STRING', value: 'warm' }))
    expect(one.hears(79).said).toBeNull()
  })

  test('is false while an argument has no value', () => {
    const one = life({ createRules: { MAJOR: rule(simple(filter('temperature', numeric('NOT_EQUAL', fixed(1))))) } })
    one.set('temperature', { ts: at, value: null })
    expect(one.event().said).toBeNull()
  })

  test.each([
    ['AND', 'AND', 75, null],
    ['OR', 'AND', 75, 'MAJOR'],
    ['AND', 'OR', 55, 'MAJOR'],
  ])('joins predicates by %s and filters by %s', (inner, outer, number, said) => {
    const expression = {
      type: 'SIMPLE',
      operation: outer,
      filters: [
        {
          argument: 'temperature',
          operation: inner,
          predicates: [numeric('GREATER', fixed(70)), numeric('GREATER', fixed(100))],
        },
        filter('temperature', numeric('GREATER', fixed(50))),
      ],
    }
    expect(life({ createRules: { MAJOR: rule(expression) } }).hears(number).said).toBe(said)
  })

  test('nested predicates, texts and booleans', () => {
    const expression = simple({
      argument: 'state',
      predicates: [
        {
          type: 'COMPLEX',
          operation: 'OR',
          predicates: [
            { type: 'STRING', operation: 'STARTS_WITH', value: fixed('err'), ignoreCase: true },
            { type: 'BOOLEAN', operation: 'EQUAL', value: fixed(true) },
          ],
        },
      ],
    })
    const state = { refEntityKey: { key: 'state', type: 'ATTRIBUTE' } }
    const one = life({ arguments: { state }, createRules: { MAJOR: rule(expression) } })
    one.set('state', value({ type: 'STRING', value: 'ERROR 5' }))
    expect(one.event().said).toBe('MAJOR')
    one.set('state', value({ type: 'STRING', value: 'fine' }))
    expect(one.event().said).toBeNull()
    one.set('state', value({ type: 'BOOLEAN', value: true }))
    expect(one.event().said).toBe('MAJOR')
  })

  test('details name any argument, and the dashboard', () => {
    const dashboardId = { id: '22222222-2222-4222-8222-222222222222', entityType: 'DASHBOARD' }
    const details = { alarmDetails: 'Now ${temperature} of ${limit}, ${nothing}', dashboardId }
    const one = life({ createRules: { MAJOR: { ...rule(above(60)), ...details } } })
    const data = 'Now 61.5 of 80.0, ${nothing}'
    expect(one.hears(61.5).decision?.details).toEqual({ data, dashboardId: dashboardId.id })
    expect(life({ createRules: { MAJOR: rule(above(60)) } }).hears(61.5).decision?.details).toBeNull()
  })

  test('a new alarm begins with the newest value, and now when that is from the future', () => {
    const one = life({ createRules: { MAJOR: rule(above(60)) } })
    one.set('limit', { ts: 0, value: null })
    expect(one.hears(61, at, at - 500).decision?.startTs).toBe(at - 500)
    expect(one.hears(61, at, at + 500).decision?.startTs).toBe(at)
  })
})

describe('a repeating condition', () => {
  const repeating = (count: unknown) => ({ createRules: { MAJOR: rule(above(60), { type: 'REPEATING', count }) } })

  test('is true when it has held so often in a row', () => {
    const one = life(repeating(fixed(3)))
    expect([61, 62, 50, 61, 62, 63].map((number) => one.hears(number).said)).toEqual([
      ...[null, null, null, null, null],
      'MAJOR',
    ])
  })

  test('counts values, not the looks in between', () => {
    const one = life(repeating(fixed(2)))
    expect([one.hears(61).said, one.waits(at + 1).said, one.waits(at + 2).said]).toEqual([null, null, null])
    expect(one.hears(61).decision?.marks).toEqual({ alarmConditionRepeats: '2' })
  })

  test('takes how often from an argument, and never for nought', () => {
    expect(life(repeating(fixed(0))).hears(61).said).toBeNull()
    const one = life(repeating(from('limit')))
    one.set('limit', value({ type: 'LONG', value: 1 }))
    expect(one.hears(61).said).toBe('MAJOR')
    one.set('limit', value({ type: 'STRING', value: 'often' }))
    expect(() => one.hears(61)).toThrow('number of repetitions of an alarm rule is no number')
  })

  test('begins anew after the alarm was cleared', () => {
    const clearRule = rule(simple(filter('temperature', numeric('LESS', fixed(10)))))
    const one = life({ ...repeating(fixed(2)), clearRule })
    one.hears(61)
    expect(one.hears(61).said).toBe('MAJOR')
    expect(one.hears(5).said).toBe('CLEARED')
    expect(one.counts()).toEqual({})
    expect(one.hears(61).said).toBeNull()
  })
})

describe('a duration', () => {
  const lasting = { createRules: { MAJOR: rule(above(60), { type: 'DURATION', unit: 'SECONDS', value: fixed(10) }) } }

  test('is measured by the clock, from the value at which it began', () => {
    const one = life(lasting)
    const begun = one.hears(61)
    expect([begun.said, begun.nextMs]).toEqual([null, at + 10_000])
    expect(one.hears(62, at + 4_000).nextMs).toBe(at + 10_000)
    expect(one.waits(at + 9_999).said).toBeNull()
    const ended = one.waits(at + 10_000)
    expect([ended.said, ended.decision?.marks]).toEqual(['MAJOR', { alarmConditionDuration: '10000' }])
  })

  test('begins anew when it was interrupted, and nothing waits for it', () => {
    const one = life(lasting)
    one.hears(61)
    expect(one.hears(50, at + 5_000).nextMs).toBeNull()
    expect(one.hears(61, at + 6_000).nextMs).toBe(at + 16_000)
    expect(one.waits(at + 10_000).said).toBeNull()
  })

  test('of nought is over at once', () => {
    const none = { createRules: { MAJOR: rule(above(60), { type: 'DURATION', unit: 'SECONDS', value: fixed(0) }) } }
    expect(life(none).hears(61).said).toBe('MAJOR')
  })
})

describe('silence', () => {
  const silent = simple(filter('temperature', { type: 'NO_DATA', unit: 'MINUTES', duration: fixed(5) }))

  test('is noticed when an argument has not been updated for so long', () => {
    const one = life({ createRules: { WARNING: rule(silent) } })
    expect(one.field.isTimed).toBe(true)
    expect(one.hears(20).said).toBeNull()
    expect(one.waits(at + 299_999).said).toBeNull()
    expect(one.waits(at + 300_000).said).toBe('WARNING')
  })
})

describe('a schedule', () => {
  const midday = { type: 'SPECIFIC_TIME', timezone: 'UTC', startsOn: 12 * 3_600_000, endsOn: 13 * 3_600_000 }
  const noon = Date.UTC(2026, 10, 20, 12, 30)
  const night = Date.UTC(2026, 10, 20, 23)

  test('outside of it a value makes the rule false, and time leaves it alone', () => {
    const condition = { schedule: { staticValue: midday }, type: 'REPEATING', count: fixed(2) }
    const one = life({ createRules: { MAJOR: rule(above(60), condition) } })
    expect(one.field.isTimed).toBe(true)
    one.hears(61, noon)
    one.waits(night)
    expect(one.counts().MAJOR?.times).toBe(1)
    one.hears(61, night)
    expect(one.counts()).toEqual({})
  })

  test('stands in an argument as JSON; an empty one is any time', () => {
    const one = life({ createRules: { MAJOR: rule(above(60), { schedule: from('limit') }) } })
    one.set('limit', value({ type: 'JSON', value: JSON.stringify({ ...midday, type: undefined }) }))
    expect(one.hears(61, night).said).toBeNull()
    expect(one.hears(61, noon).said).toBe('MAJOR')
    one.set('limit', value({ type: 'JSON', value: '{}' }))
    expect(one.hears(61, night).said).toBe('MAJOR')
    one.set('limit', value({ type: 'STRING', value: 'always' }))
    expect(() => one.hears(61, night)).toThrow('The schedule of an alarm rule cannot be read')
  })
})

describe('an expression', () => {
  const scripted = { createRules: { MAJOR: rule({ type: 'TBEL', expression: 'return temperature > 20;' }) } }

  test('is asked for by its text', () => {
    const one = life(scripted)
    expect(one.field.scripts).toEqual(['return temperature > 20;'])
    expect(one.event(at, (text) => text === 'return temperature > 20;').said).toBe('MAJOR')
  })

  test('that fails is told as it failed', () => {
    expect(() =>
      life(scripted).event(at, () => {
        throw new Error('no such thing')
      }),
    ).toThrow('no such thing')
  })
})

describe('what cannot be evaluated says why', () => {
  it.each([
    [{ createRules: {} }, /Alarm create rules must be specified/],
    [{ arguments: {}, createRules: { MAJOR: rule(above(1)) } }, /Arguments must be specified/],
    [
      { createRules: { MAJOR: rule(simple(filter('pressure', numeric('LESS', fixed(1))))) } },
      /Argument 'pressure' is not defined/,
    ],
    [
      { createRules: { MAJOR: rule(simple(filter('limit', numeric('LESS', from('other'))))) } },
      /Argument 'other' is not defined/,
    ],
    [
      { createRules: { MAJOR: rule(simple(filter('limit', numeric('LESS', {})))) } },
      /static value or the name of an argument/,
    ],
    [{ arguments: { ctx: temperature }, createRules: { MAJOR: rule(above(1)) } }, /ctx/],
    [
      { arguments: { a: { refEntityKey: { key: 'a', type: 'TS_ROLLING' } } }, createRules: { MAJOR: rule(above(1)) } },
      /latest values and attributes only/,
    ],
  ])('%o', (config, problem) => {
    const result = compileAlarmField({ type: 'ALARM', arguments: { temperature, limit }, ...config })
    expect(result.ok ? '' : result.problem).toMatch(problem)
  })
})
