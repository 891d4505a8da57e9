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

const decoded = (text: string) => decodeAnswers(text, 'switch', [])
const decodedMessages = (text: string) => decodeAnswers(text, 'update', [input])

describe('answers', () => {
  it('keep texts, errors and what is as it was apart', () => {
    const text = '[3,[],[],2,3,-1,-1,4,0]\nabcoops'
    expect(countAnswers(text)).toBe(3)
    expect(decoded(text)).toEqual([
      { ok: true, value: ['abc', null] },
      { ok: false, error: 'oops' },
      { ok: true, value: [] },
    ])
    expect(decoded(encodeError('late'))).toEqual([{ ok: false, error: 'late' }])
  })

  it('of messages hold their type and their metadata, whole or what has changed of them', () => {
    expect(decodedMessages('[1,["B"],[],3,1,0,-1]\n2')).toEqual([{ ok: true, value: ['2', null, 'B'] }])
    expect(decodedMessages('[1,[],[["a","b"]],3,-1,-1,0,1,2]\nxyz')).toEqual([
      { ok: true, value: [null, { a: 'x', b: 'yz' }, null] },
    ])
    expect(decodedMessages('[1,[],[["a"]],3,-1,-1,1,1]\nx')).toEqual([
      { ok: true, value: [null, { deviceName: 'Hall', a: 'x' }, null] },
    ])
    expect(decodedMessages('[1,[],[],3,-1,-1,-2,9]\n{"a":"x"}')).toEqual([
      { ok: true, value: [null, '{"a":"x"}', null] },
    ])
  })

  it.each([
    ['nothing', ''],
    ['no list', '{}\n'],
    ['no types', '[0]\n'],
    ['no lists of keys', '[0,[],[1]]\n'],
    ['a key that is none', '[0,[],[[1]]]\n'],
    ['a key that would be no member', '[0,[],[["__proto__"]]]\n'],
    ['no lengths', '[1,[],[],"1"]\n'],
    ['a fraction', '[1,[],[],0.5]\n'],
    ['a length below -2', '[1,[],[],1,-3]\n'],
    ['more text than lengths', '[1,[],[],1,1]\nab'],
    ['less text than lengths', '[1,[],[],1,3]\nab'],
    ['fewer answers than told', '[2,[],[],1,1]\na'],
    ['an answer that is cut off', '[1,[],[],3,1,1]\nab'],
  ])('%s are refused whole', (_name, text) => {
    expect(decoded(text)).toBeNull()
  })

  it.each([
    ['a type that is not there', '[1,["B"],[],3,-1,1,-1]\n'],
    ['keys that are not there', '[1,[],[],3,-1,-1,0]\n'],
    ['a value that is missing', '[1,[],[["a","b"]],3,-1,-1,0,1]\nx'],
    ['a value as it was', '[1,[],[["a"]],3,-1,-1,0,-1]\n'],
  ])('messages with %s are refused whole', (_name, text) => {
    expect(decodedMessages(text)).toBeNull()
  })
})

describe('a batch', () => {
  it('tells lengths first, so that no data can pass for the next message', () => {
    expect(encodeInputs([input, { ...input, data: '","' }])).toBe(
      '[["ALARM"],[["deviceName"]],7,0,0,4,3,0,0,4]\n{"a":1}Hall","Hall',
    )
  })

  it('tells types and keys once, however they alternate', () => {
    const other = { data: '1', metadata: { a: 'x', b: '' }, type: 'B' }
    expect(encodeInputs([input, other, input, { ...other, metadata: {} }])).toBe(
      '[["ALARM","B"],[["deviceName"],["a","b"],[]],7,0,0,4,1,1,1,1,0,7,0,0,4,1,1,2]\n{"a":1}Hall1x{"a":1}Hall1',
    )
  })

  it('leaves metadata out for a script that does not look at them', () => {
    expect(encodeInputs([input], false)).toBe('[["ALARM"],[],7,0]\n{"a":1}')
    expect(encodeInputs([])).toBe('[[],[]]\n')
  })

  it.each([
    ['half a sign, which a pipe would not carry', { a: '\ud800' }, '{"a":"\\ud800"}'],
    ['a key that would be no member', JSON.parse('{"__proto__":"x"}'), '{"__proto__":"x"}'],
  ])('carries as JSON %s', (_what, metadata, json) => {
    expect(encodeInputs([{ ...input, metadata }])).toMatch(new RegExp(`,7,0,-2,${json.length}\\]\n`))
    expect(encodeInputs([{ ...input, metadata }])).toContain(json)
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
