import { describe, expect, it } from 'vitest'
import { marksOf } from './marks.ts'
import {
  countAnswers,
  decodeAnswers,
  encodeError,
  encodeInputs,
  scriptedMessages,
  scriptedTexts,
} from './script-wire.ts'

const input = { data: '{"a":1}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }

const decoded = (text: string) => decodeAnswers(text, 'switch', [])
const decodedMessages = (text: string) => decodeAnswers(text, 'update', [input])

/** A text of the wire: its list, its numbers, its parts. */
const wired = (list: readonly unknown[], numbers: readonly number[], parts = ''): string => {
  const marks = marksOf(numbers)
  return `${JSON.stringify([...list, marks.length])}\n${marks}${parts}`
}

it('numbers take a byte for each six bits', () => {
  expect(marksOf([-2, -1, 61])).toBe('\0\u0001?')
  expect(marksOf([62, 126, 2 ** 30 - 3])).toBe('@\u0001@\u0002\u007f\u007f\u007f\u007f?')
  const many = Array.from({ length: 10_000 }, (_, n) => n)
  const answers = decoded(wired([1, [], []], [many.length, ...many], 'x'.repeat((9_999 * 10_000) / 2)))
  expect(answers).toMatchObject([{ ok: true }])
  expect(answers?.[0]?.ok && answers[0].value.map((part) => part?.length)).toEqual(many)
})

describe('answers', () => {
  it('keep texts, errors and what is as it was apart', () => {
    const text = wired([3, [], []], [2, 3, -1, -1, 4, 0], 'abcoops')
    expect(countAnswers(text)).toBe(3)
    expect(decoded(text)).toEqual([
      { ok: true, value: ['abc', null] },
      { ok: false, error: 'oops' },
      { ok: true, value: [] },
    ])
    expect(decoded(encodeError('late'))).toEqual([{ ok: false, error: 'late' }])
  })

  it('of messages hold their type and their metadata, whole or what has changed of them', () => {
    expect(decodedMessages(wired([1, ['B'], []], [3, 1, 0, -1], '2'))).toEqual([{ ok: true, value: ['2', null, 'B'] }])
    expect(decodedMessages(wired([1, [], [['a', 'b']]], [3, -1, -1, 0, 1, 2], 'xyz'))).toEqual([
      { ok: true, value: [null, { a: 'x', b: 'yz' }, null] },
    ])
    expect(decodedMessages(wired([1, [], [['a']]], [3, -1, -1, 1, 1], 'x'))).toEqual([
      { ok: true, value: [null, { deviceName: 'Hall', a: 'x' }, null] },
    ])
    expect(decodedMessages(wired([1, [], []], [3, -1, -1, -2, 9], '{"a":"x"}'))).toEqual([
      { ok: true, value: [null, '{"a":"x"}', null] },
    ])
  })

  it.each([
    ['nothing', ''],
    ['no list', '{}\n'],
    ['no types', '[0]\n'],
    ['no lists of keys', '[0,[],[1],0]\n'],
    ['a key that is none', '[0,[],[[1]],0]\n'],
    ['a key that would be no member', '[0,[],[["__proto__"]],0]\n'],
    ['no count of answers', wired(['1', [], []], [1, 1], 'a')],
    ['no count of numbers', '[0,[],[]]\n'],
    ['a count of numbers that is none', '[0,[],[],"0"]\n'],
    ['a fraction of them', '[0,[],[],0.5]\n'],
    ['more numbers than text', '[1,[],[],9]\n\u0003\u0003a'],
    ['a number that does not end', '[1,[],[],2]\n\u0003@a'],
    ['a number that is too large', '[1,[],[],7]\n\u0003@@@@@\u0001'],
    ['a sign that is none', '[1,[],[],2]\n\u0003\u0083a'],
    ['a length below -1', wired([1, [], []], [1, -2])],
    ['more text than lengths', wired([1, [], []], [1, 1], 'ab')],
    ['less text than lengths', wired([1, [], []], [1, 3], 'ab')],
    ['fewer answers than told', wired([2, [], []], [1, 1], 'a')],
    ['an answer that is cut off', wired([1, [], []], [3, 1, 1], 'ab')],
  ])('%s are refused whole', (_name, text) => {
    expect(decoded(text)).toBeNull()
  })

  it.each([
    ['a type that is not there', wired([1, ['B'], []], [3, -1, 1, -1])],
    ['keys that are not there', wired([1, [], []], [3, -1, -1, 0])],
    ['a value that is missing', wired([1, [], [['a', 'b']]], [3, -1, -1, 0, 1], 'x')],
    ['a value as it was', wired([1, [], [['a']]], [3, -1, -1, 0, -1])],
  ])('messages with %s are refused whole', (_name, text) => {
    expect(decodedMessages(text)).toBeNull()
  })
})

describe('a batch', () => {
  it('tells lengths first, so that no data can pass for the next message', () => {
    expect(encodeInputs([input, { ...input, data: '","' }])).toBe(
      wired([['ALARM'], [['deviceName']]], [7, 0, 0, 4, 3, 0, 0, 4], '{"a":1}Hall","Hall'),
    )
  })

  it('tells types and keys once, however they alternate', () => {
    const other = { data: '1', metadata: { a: 'x', b: '' }, type: 'B' }
    expect(encodeInputs([input, other, input, { ...other, metadata: {} }])).toBe(
      wired(
        [
          ['ALARM', 'B'],
          [['deviceName'], ['a', 'b'], []],
        ],
        [7, 0, 0, 4, 1, 1, 1, 1, 0, 7, 0, 0, 4, 1, 1, 2],
        '{"a":1}Hall1x{"a":1}Hall1',
      ),
    )
  })

  it('leaves metadata out for a script that does not look at them', () => {
    expect(encodeInputs([input], false)).toBe(wired([['ALARM'], []], [7, 0], '{"a":1}'))
    expect(encodeInputs([])).toBe(wired([[], []], []))
  })

  it.each([
    ['half a sign, which a pipe would not carry', { a: '\ud800' }, '{"a":"\\ud800"}'],
    ['a key that would be no member', JSON.parse('{"__proto__":"x"}'), '{"__proto__":"x"}'],
  ])('carries as JSON %s', (_what, metadata, json) => {
    const text = encodeInputs([{ ...input, metadata }])
    expect(text).toContain(`\n${marksOf([7, 0, -2, json.length])}`)
    expect(text).toContain(json)
  })
})

describe('messages of an answer', () => {
  it('keep what the script left as it was', () => {
    expect(scriptedMessages([null, null, null, '2', '{"x":"y"}', 'B'], input)).toEqual({
      ok: true,
      value: [input, { data: '2', metadata: { x: 'y' }, type: 'B' }],
    })
  })

  it.each(['{"x":1}', '[]', 'null', '{', '"x"'])('are none when metadata is %s', (metadata) => {
    expect(scriptedMessages(['{}', metadata, null], input)).toEqual({
      ok: false,
      error: 'Script result cannot be read',
    })
  })

  it('keep a key that is the name of a prototype as a key', () => {
    const answer = scriptedMessages([null, '{"__proto__":"x"}', null], input)
    expect(answer.ok && Object.keys(answer.value[0]?.metadata ?? {})).toEqual(['__proto__'])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

it('a kind with one text refuses two', () => {
  expect(scriptedTexts(['a', 'b'], 'string').ok).toBe(false)
  expect(scriptedTexts(['a', 'b'], 'switch').ok).toBe(true)
  expect(scriptedTexts([null], 'json').ok).toBe(false)
})
