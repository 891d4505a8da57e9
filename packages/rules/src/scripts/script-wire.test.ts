import { describe, expect, it } from 'vitest'
import {
  countAnswers,
  decodeAnswers,
  encodeError,
  encodeInputs,
  scriptedMessages,
  scriptedTexts,
} from './script-wire.ts'

const input = { data: '{"a":1}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }

describe('answers', () => {
  it('keep texts, errors and what is as it was apart', () => {
    const text = '[3,2,3,-1,-1,4,0]\nabcoops'
    expect(countAnswers(text)).toBe(3)
    expect(decodeAnswers(text)).toEqual([
      { ok: true, value: ['abc', null] },
      { ok: false, error: 'oops' },
      { ok: true, value: [] },
    ])
    expect(decodeAnswers(encodeError('late'))).toEqual([{ ok: false, error: 'late' }])
  })

  it.each([
    ['nothing', ''],
    ['no list', '{}\n'],
    ['no lengths', '["1"]\n'],
    ['a fraction', '[1,0.5]\n'],
    ['a length below -1', '[1,1,-2]\n'],
    ['more text than lengths', '[1,1,1]\nab'],
    ['less text than lengths', '[1,1,3]\nab'],
    ['fewer answers than told', '[2,1,1]\na'],
    ['an answer that is cut off', '[1,3,1,1]\nab'],
  ])('%s are refused whole', (_name, text) => {
    expect(decodeAnswers(text)).toBeNull()
  })
})

it('a batch tells lengths first, so that no data can pass for the next message', () => {
  expect(encodeInputs([input, { ...input, data: '","' }])).toBe(
    '[7,21,5,3,21,5]\n{"a":1}{"deviceName":"Hall"}ALARM","{"deviceName":"Hall"}ALARM',
  )
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
