import { describe, expect, it } from 'vitest'
import type { AttributeValue } from '../host/host.ts'
import { arrange, editText, readValue } from './rows.ts'

describe('a value that is typed', () => {
  it.each<[string, unknown]>([
    ['12.5', 12.5],
    [' -3 ', -3],
    ['true', true],
    ['null', null],
    ['{"a":[1]}', { a: [1] }],
    ['"12"', '12'],
    ['12 V', '12 V'],
    ['{a}', '{a}'],
    ['1e999', '1e999'],
    ['', ''],
    ['trueish', 'trueish'],
  ])('%s is %j', (text, value) => expect(readValue(text)).toEqual(value))

  it.each([12, '12', 'true', '12 V', '', ' 7 ', { a: 1 }, null, false, '"quoted"', 'a\nb'])(
    '%j comes back as it was when nothing is changed',
    (value) => expect(readValue(editText(value))).toEqual(value),
  )
})

describe('attributes', () => {
  const of = (key: string, value: unknown, ts = 0, scope: AttributeValue['scope'] = 'SERVER_SCOPE') => ({
    ...{ key, value, ts, scope },
  })
  const all = [of('b10', 2, 3), of('b9', 10, 1), of('A', 'x', 2), of('other', 1, 9, 'SHARED_SCOPE')]
  const keys = (column: string, desc = false, search = '') =>
    arrange(all, { scope: 'SERVER_SCOPE', search, sort: { column, desc } }).map(({ key }) => key)

  it('are those of the scope, searched and sorted', () => {
    expect(keys('key')).toEqual(['A', 'b9', 'b10'])
    expect(keys('value')).toEqual(['b10', 'b9', 'A'])
    expect(keys('ts', true)).toEqual(['b10', 'A', 'b9'])
    expect(keys('key', false, ' B1 ')).toEqual(['b10'])
    expect(keys('constructor')).toHaveLength(3)
  })
})
