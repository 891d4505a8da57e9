import { describe, expect, it } from 'vitest'
import { functionsOf } from './library-functions.ts'
import { describeShape, shapeAt, shapeOf } from './shape.ts'
import { type ScriptScope, stepsOf, suggestIn } from './suggest.ts'

const scope: ScriptScope = {
  language: 'JS',
  kind: 'filter',
  args: ['msg', 'metadata', 'msgType'],
  data: shapeOf([
    { temperature: 21.5, place: { floor: 2, 'room no': 'a' }, readings: [{ at: 1, value: 3 }], name: 'x' },
    { temperature: '21', humidity: 40 },
  ]),
  metadata: shapeOf([{ deviceName: 'A', deviceType: 'default' }]),
  messageTypes: ['POST_TELEMETRY_REQUEST', 'ACTIVITY_EVENT'],
  labels: ['Hot', 'Cold'],
  libraries: [{ name: 'units', description: 'Of temperatures' }],
  functions: [{ name: 'toF', signature: '(c)', library: 'units' }],
}

/** Labels at the `|` of a text; null: nothing is offered. */
const at = (text: string, change: Partial<ScriptScope> = {}, isAsked = false): string[] | null => {
  const place = text.indexOf('|')
  const found = suggestIn(() => ({ ...scope, ...change }))(text.replace('|', ''), place, isAsked)
  return found?.options.map(({ label }) => label) ?? null
}

describe('the shape of messages', () => {
  it('has every member that was seen, with its types and the newest value', () => {
    const shape = scope.data
    expect([...shape.members.keys()]).toEqual(['temperature', 'place', 'readings', 'name', 'humidity'])
    expect(describeShape(shape.members.get('temperature') ?? shape)).toBe('number or text · 21.5')
    expect(describeShape(shape.members.get('readings') ?? shape)).toBe('list of object')
    expect(shapeAt(shape, ['readings', '0', 'value'])?.example).toBe('3')
    expect(shapeAt(shape, ['place', 'nothing'])).toBeNull()
  })

  it('ends at messages that are too deep', () => {
    let deep: unknown = 1
    for (let level = 0; level < 100; level++) deep = { deep }
    expect(
      shapeAt(
        shapeOf([deep]),
        Array.from({ length: 20 }, () => 'deep'),
      ),
    ).toBeNull()
  })
})

describe('suggestions', () => {
  it('are members of the message behind a dot, before what every object has', () => {
    expect(at('return msg.|')).toEqual(['temperature', 'place', 'readings', 'name', 'humidity'])
    expect(at('return msg.te|')).toContain('temperature')
    expect(at('return metadata.|')).toEqual(['deviceName', 'deviceType'])
    expect(at('return msg.|', { language: 'TBEL' })?.slice(-2)).toEqual(['size', 'isEmpty'])
  })

  it('go down paths, through lists and quoted keys', () => {
    expect(at('return msg.place.|')).toEqual(['floor'])
    expect(at('return msg.readings[0].|')).toEqual(['at', 'value'])
    expect(at("return msg['place'].fl|")).toEqual(['floor'])
    expect(at('return msg.place?.|')).toEqual(['floor'])
    expect(at('return msg.place.?|', { language: 'TBEL' })).toContain('floor')
    expect(at('return msg.nothing.|')).toBeNull()
  })

  it('follow variables to what they were set to', () => {
    expect(at('var p = msg.place;\nreturn p.|')).toEqual(['floor'])
    expect(at('for (const one of msg.readings) { one.| }')).toEqual(['at', 'value'])
    expect(at('foreach (one : msg.readings) { one.| }', { language: 'TBEL' })?.slice(0, 2)).toEqual(['at', 'value'])
    expect(at('var a = b;\nvar b = a;\nreturn a.|')).toBeNull()
  })

  it('are keys in quotes, also those that are no names', () => {
    expect(at("return msg.place['|")).toEqual(['floor', 'room no'])
    expect(at('return metadata.get("|', { language: 'TBEL' })).toEqual(['deviceName', 'deviceType'])
  })

  it('are types where a type is compared, and labels where a switch returns', () => {
    expect(at("if (msgType === '|")).toEqual(scope.messageTypes)
    expect(at("return {msg: msg, msgType: 'P|")).toEqual(scope.messageTypes)
    expect(at("return '|", { kind: 'switch' })).toEqual(['Hot', 'Cold'])
    expect(at("return ['Hot', '|", { kind: 'switch' })).toEqual(['Hot', 'Cold'])
    expect(at("return '|")).toBeNull()
  })

  it('are arguments, own names, library functions and words elsewhere', () => {
    const words = at('var limit = 3;\nreturn m|') ?? []
    expect(words).toEqual(expect.arrayContaining(['msg', 'metadata', 'msgType', 'limit', 'toF', 'Math', 'return']))
    expect(at('return parse|', { language: 'TBEL' })).toContain('parseHexToInt')
    expect(at('return Math.|')).toContain('round')
    expect(at('return |')).toBeNull()
    expect(at('return |', {}, true)).toContain('msg')
  })

  it('are libraries behind @use, and nothing in other comments and texts', () => {
    expect(at('// @use |')).toEqual(['units'])
    expect(at('// @use units, |')).toEqual(['units'])
    expect(at('// @|')).toEqual(['@use'])
    expect(at('// about msg.|')).toBeNull()
    expect(at('var a = "msg.|')).toBeNull()
    expect(at('var a = 1|')).toBeNull()
  })
})

it('costs little at the end of the longest script', () => {
  const long = [
    `var a = msg${'.place'.repeat(4_000)};`,
    ...Array.from({ length: 1_000 }, (_, n) => `var v${n} = msg.x;`),
  ]
  const text = `${long.join('\n')}\nreturn msg.`
  const suggest = suggestIn(() => scope)
  const began = performance.now()
  for (let key = 0; key < 10; key++) expect(suggest(text, text.length, false)?.options.length).toBeGreaterThan(4)
  expect((performance.now() - began) / 10).toBeLessThan(50)
})

it('splits paths into steps', () => {
  expect(stepsOf('msg.a["b c"][0].?d[i]')).toEqual(['msg', 'a', 'b c', '0', 'd', '*'])
})

it('finds the functions of a library, not those inside them', () => {
  const body =
    '// function no() {}\nfunction toF(c) { function inner(x) { return "}" } return c; }\ndef low(x, y) { x }'
  expect(functionsOf(body)).toEqual([
    { name: 'toF', signature: '(c)' },
    { name: 'low', signature: '(x, y)' },
  ])
})
