import type { KvValue } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { compileAlarms } from './compile.ts'
import { RuleCounts } from './counts.ts'
import { type ActiveAlarm, evaluateAlarm } from './evaluate.ts'
import { factKey } from './facts.ts'

const above = (value: number, operation = 'GREATER') => ({
  condition: [
    {
      ...{ key: { type: 'TIME_SERIES', key: 't' }, valueType: 'NUMERIC' },
      predicate: { type: 'NUMERIC', operation, value: { defaultValue: value } },
    },
  ],
})
const rule = (value: number, spec: unknown = null, operation = 'GREATER') => ({
  condition: { ...above(value, operation), spec },
})
const repeating = { type: 'REPEATING', predicate: { defaultValue: 2 } }
const lasting = { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 2 } }

/** One device with one alarm; `at` gives it a value at a moment. */
const device = (createRules: unknown, clearRule: unknown = null, stored: unknown = null) => {
  const [alarm] = compileAlarms([{ id: 'a', alarmType: 'A', createRules, clearRule }]).alarms
  if (!alarm) throw new Error('no alarm')
  const counts = new RuleCounts(stored)
  let active: ActiveAlarm | null = null
  const values = new Map<string, KvValue>()
  const facts = { values, customer: new Map(), tenant: new Map() }
  const decide = (occasion: { ts: number; changed: ReadonlySet<string> | null; isRepeated?: boolean }) => {
    const decision = evaluateAlarm(alarm, { facts, ...occasion, active, counts })
    if (decision) active = decision.severity && { severity: decision.severity, details: decision.details }
    return decision && { severity: decision.severity, ...decision.marks }
  }
  return {
    counts,
    at: (ts: number, t: number, isRepeated = false) => {
      values.set(factKey('TIME_SERIES', 't'), { type: 'LONG', value: t })
      return decide({ ts, changed: new Set([factKey('TIME_SERIES', 't')]), isRepeated })
    },
    passed: (ts: number) => decide({ ts, changed: null }),
    other: (ts: number) => decide({ ts, changed: new Set([factKey('TIME_SERIES', 'other')]) }),
  }
}

describe('rules', () => {
  it('the alarm rises with the most severe rule, stays as it was for a lesser one, and falls never', () => {
    const { at } = device({ MINOR: rule(10), CRITICAL: rule(50), MAJOR: rule(30) })
    expect(at(1, 11)?.severity).toBe('MINOR')
    expect(at(2, 60)?.severity).toBe('CRITICAL')
    expect(at(3, 31)).toBeNull()
    expect(at(4, 51)?.severity).toBe('CRITICAL')
  })

  it('the clear rule waits until no other holds, and is not asked without an alarm', () => {
    const { at } = device({ MAJOR: rule(30) }, rule(100, null, 'LESS'))
    expect(at(1, 20)).toBeNull()
    expect(at(2, 31)?.severity).toBe('MAJOR')
    expect(at(3, 32)?.severity).toBe('MAJOR')
    expect(at(4, 20)?.severity).toBeNull()
    expect(at(5, 20)).toBeNull()
  })

  it('a clear rule may last or repeat; a value that raises begins it anew', () => {
    const { at } = device({ MAJOR: rule(30) }, rule(30, repeating, 'LESS'))
    at(1, 31)
    expect(at(2, 20)).toBeNull()
    expect(at(3, 31)?.severity).toBe('MAJOR')
    expect(at(4, 20)).toBeNull()
    expect(at(5, 20)).toEqual({ severity: null, alarmConditionRepeats: '2' })
  })

  it('what concerns no rule evaluates none', () => {
    const { at, other, counts } = device({ MAJOR: rule(30, repeating) })
    at(1, 31)
    expect(other(2)).toBeNull()
    expect(counts.of('a', 'MAJOR').times).toBe(1)
  })

  it('durations count from the first value that fits; late values add nothing', () => {
    const { at } = device({ MAJOR: rule(30, lasting) })
    expect(at(10_000, 31)).toBeNull()
    expect(at(9_000, 31)).toBeNull()
    expect(at(12_000, 31)).toBeNull()
    expect(at(12_001, 31)).toEqual({ severity: 'MAJOR', alarmConditionDuration: '2001' })
  })

  it('time alone makes a duration true, and nothing else', () => {
    const { at, passed } = device({ MAJOR: rule(30, lasting), CRITICAL: rule(50, repeating), MINOR: rule(0) })
    at(10_000, 31)
    expect(passed(12_000)).toBeNull()
    expect(passed(12_001)?.severity).toBe('MAJOR')
    const none = device({ MAJOR: rule(30, lasting) })
    expect(none.passed(99_000)).toBeNull()
  })

  it('a clear rule that lasts clears by time alone', () => {
    const { at, passed } = device({ MAJOR: rule(30) }, rule(20, lasting, 'LESS'))
    at(1_000, 31)
    expect(at(2_000, 10)).toBeNull()
    expect(passed(4_001)?.severity).toBeNull()
  })

  it('what was counted before is seen and not counted again', () => {
    const { at, counts } = device({ MAJOR: rule(30, repeating) })
    at(1, 31)
    expect(at(1, 31, true)).toBeNull()
    expect(counts.of('a', 'MAJOR').times).toBe(1)
    expect(at(2, 31)?.severity).toBe('MAJOR')
    expect(at(2, 31, true)?.severity).toBe('MAJOR')
  })
})

describe('counts', () => {
  it('go on from what was kept, and take no place when there is nothing', () => {
    const first = device({ MAJOR: rule(30, repeating) })
    first.at(1, 31)
    expect(first.counts.isChanged).toBe(true)
    const stored: unknown = JSON.parse(JSON.stringify(first.counts.stored('message')))
    const second = device({ MAJOR: rule(30, repeating) }, null, stored)
    expect(second.counts.seen).toBe('message')
    expect(second.counts.isChanged).toBe(false)
    expect(second.at(2, 31)).toEqual({ severity: 'MAJOR', alarmConditionRepeats: '2' })
    second.at(3, 20)
    expect(second.counts.stored('message')).toBeNull()
  })

  it('of a device with five waiting rules take less than a kilobyte', () => {
    const counts = new RuleCounts(null)
    for (let n = 0; n < 5; n++)
      counts.last(`00000000-0000-4000-8000-00000000000${n}`, 'INDETERMINATE', 1_700_000_000_000)
    expect(counts.isTimed).toBe(true)
    expect(JSON.stringify(counts.stored('00000000-0000-4000-8000-000000000000')).length).toBeLessThan(1_024)
  })

  it.each([null, 'x', { rules: 7 }, { seen: null, rules: { a: { MAJOR: ['x'] } } }])(
    'take %j for nothing',
    (stored) => {
      expect(new RuleCounts(stored).stored('m')).toBeNull()
    },
  )

  it('forget alarms that the profile has no more', () => {
    const counts = new RuleCounts({ seen: null, rules: { a: { MAJOR: [1, 0, 0] }, b: { MAJOR: [0, 5, 0] } } })
    counts.retain(new Set(['a']))
    expect([counts.isTimed, counts.isChanged, counts.of('a', 'MAJOR').times]).toEqual([false, true, 1])
  })
})
