import { describe, expect, it } from 'vitest'
import { aDocument, aNode } from '../model/testing.ts'
import { differences, prettyJson } from './difference.ts'
import { casesOf, freeName, isExpected, removeCase, saveCase, type ScriptCase } from './script-cases.ts'
import { placeOfError } from './script-run.ts'
import { messageOfDebugEvent } from './seen-messages.ts'
import { offerTestMessage, takeTestMessage } from './test-message.ts'

const aCase = (name: string, change: Partial<ScriptCase> = {}): ScriptCase => ({
  name,
  message: { type: 'T', data: '{}', metadata: {} },
  expected: null,
  ...change,
})
const document = aDocument([aNode('a', { rest: { mine: 1 } }), aNode('b')])
const namesIn = (changed: typeof document) => casesOf(changed.nodes.a ?? aNode('x')).map(({ name }) => name)

describe('cases of a node', () => {
  it('stand beside what else is kept of it, and leave nothing behind', () => {
    const saved = saveCase('a', aCase('one'))(document)
    expect(saved.nodes.a?.rest).toEqual({ mine: 1, scriptCases: [aCase('one')] })
    expect(saved.nodes.b).toBe(document.nodes.b)
    expect(removeCase('a', 'one')(saved).nodes.a?.rest).toEqual({ mine: 1 })
  })

  it('keep their place when they are changed or renamed', () => {
    const three = ['one', 'two', 'three'].reduce((now, name) => saveCase('a', aCase(name))(now), document)
    expect(namesIn(saveCase('a', aCase('two', { expected: 'true' }))(three))).toEqual(['one', 'two', 'three'])
    expect(namesIn(saveCase('a', aCase('2'), 'two')(three))).toEqual(['one', '2', 'three'])
    expect(namesIn(saveCase('a', aCase('three'), 'one')(three))).toEqual(['three', 'two'])
  })

  it('are read from foreign files as far as they can be', () => {
    const rest = { scriptCases: [{ name: 'a', message: { type: 'T', data: '1' } }, { name: '' }, 7, null] }
    expect(casesOf({ rest })).toEqual([{ name: 'a', message: { type: 'T', data: '1', metadata: {} }, expected: null }])
    expect(casesOf({ rest: { scriptCases: 'x' } })).toEqual([])
  })

  it('get names that are free', () => {
    expect(freeName('Case', ['Case', 'Case 2', 'x'])).toBe('Case 3')
    expect(freeName('Case', [])).toBe('Case')
  })
})

it('compares answers as JSON where both are, else as text', () => {
  expect(isExpected('{"a":1,"b":[2.0]}', '{ "b": [2], "a": 1 }')).toBe(true)
  expect(isExpected('[1,2]', '[2,1]')).toBe(false)
  expect(isExpected('{"a":1}', '{"a":1,"b":null}')).toBe(false)
  expect(isExpected('true', ' true ')).toBe(true)
  expect(isExpected('Temperature: 20', 'Temperature: 20\n')).toBe(true)
  expect(isExpected('Temperature: 20', 'Temperature: 21')).toBe(false)
})

it('tells what differs, member by member', () => {
  const before = { msg: { a: 1, gone: true, list: [1, { x: 1 }] }, metadata: {} }
  const after = { msg: { a: 2, list: [1, { x: 2 }, 3], made: null }, metadata: {} }
  expect(differences(before, after)).toEqual([
    { path: ['msg', 'a'], before: 1, after: 2 },
    { path: ['msg', 'gone'], before: true },
    { path: ['msg', 'list', '1', 'x'], before: 1, after: 2 },
    { path: ['msg', 'list', '2'], after: 3 },
    { path: ['msg', 'made'], after: null },
  ])
  expect(differences([], {})).toEqual([{ path: [], before: [], after: {} }])
  expect(differences(before, structuredClone(before))).toEqual([])
})

it('lays JSON out without touching its numbers', () => {
  expect(prettyJson('{"a":2.0,"b":[],"c":{"d":"x, {y}"},"e":[1,-2e5]}')).toBe(
    '{\n  "a": 2.0,\n  "b": [],\n  "c": {\n    "d": "x, {y}"\n  },\n  "e": [\n    1,\n    -2e5\n  ]\n}',
  )
  expect(prettyJson('no {json')).toBe('no {json')
})

it('finds the line that an error names', () => {
  const text = 'var a = 1;\n  return a.b.c;'
  expect(placeOfError('Line 2, column 10: unexpected', text)).toMatchObject({ line: 2, mark: { from: 20, to: 21 } })
  expect(placeOfError('b is not known (line 2)', text)).toMatchObject({
    source: '  return a.b.c;',
    mark: { from: 13, to: 26 },
  })
  expect(placeOfError('Library units: Line 1: bad', text)).toBeNull()
  expect(placeOfError('TypeError: no', text)).toBeNull()
  expect(placeOfError('Line 9: no', text)).toBeNull()
})

it('reads the message of a debug event', () => {
  const event = { createdTime: 5, msgType: 'T', data: '{}', metadata: '{"a":"b"}', type: 'IN' }
  expect(messageOfDebugEvent(event, 9)).toEqual({ at: 5, type: 'T', data: '{}', metadata: { a: 'b' }, isFailed: false })
  expect(messageOfDebugEvent({ ...event, metadata: 'x' }, 9)?.metadata).toEqual({})
  expect(messageOfDebugEvent({}, 9)).toBeNull()
})

it('gives an offered message once, to its node alone', () => {
  const message = { type: 'T', data: '{}', metadata: {} }
  offerTestMessage('a', message)
  expect(takeTestMessage('b')).toBeNull()
  expect(takeTestMessage('a')).toBe(message)
  expect(takeTestMessage('a')).toBeNull()
})
