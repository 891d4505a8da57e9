import { describe, expect, it } from 'vitest'
import { kvEntriesToJson } from './kv-json.ts'
import { parseAttributesPayload, parseKvObject, parseTelemetryPayload } from './telemetry-json.ts'

const now = 1_700_000_000_000
const telemetry = (text: string) => parseTelemetryPayload(text, { now })

/** `type:value` of the one key `v`, or the refusal. */
const typedValue = (literal: string, typeCast = true): string => {
  const parsed = parseKvObject(`{"v":${literal}}`, { typeCast })
  if (!parsed.ok) return parsed.message
  const entry = parsed.entries[0]
  return entry ? `${entry.type}:${Object.is(entry.value, -0) ? '-0' : entry.value}` : 'nothing'
}

describe('shapes of a telemetry body', () => {
  it('takes an object of keys at the present time, and keeps its text as data', () => {
    const text = '{"temperature":21.5, "on":true, "name":"hall"}'
    expect(telemetry(text)).toEqual({
      ok: true,
      records: [
        {
          ts: now,
          data: text,
          entries: [
            { key: 'temperature', type: 'DOUBLE', value: 21.5 },
            { key: 'on', type: 'BOOLEAN', value: true },
            { key: 'name', type: 'STRING', value: 'hall' },
          ],
        },
      ],
    })
  })

  it('takes ts with values, and a list that mixes both forms', () => {
    const parsed = telemetry('[{"ts":5,"values":{"a":1}},{"b":2.50},{"ts":"7","values":{"c":null,"d":3.0}}]')
    expect(parsed).toMatchObject({
      ok: true,
      records: [
        { ts: 5, data: '{"a":1}' },
        { ts: now, data: '{"b":2.5}' },
        { ts: 7, data: '{"d":3.0}' },
      ],
    })
  })

  it('takes ts as an ordinary key when there are no values', () => {
    expect(telemetry('{"ts":5}')).toMatchObject({ records: [{ ts: now, entries: [{ key: 'ts', value: 5 }] }] })
  })

  it.each([
    ['{}', [{ ts: now, entries: [], data: '{}' }]],
    ['[]', []],
  ])('takes %s', (text, records) => expect(telemetry(text)).toEqual({ ok: true, records }))

  it.each([
    '',
    '   ',
    'null',
    '5',
    '"text"',
    '[1]',
    '[null]',
    '{"ts":1,"values":[]}',
    '{"ts":true,"values":{}}',
    '{"a":1',
    '{"a":1}}',
    '{"a"}',
    '{"a":"b',
    "{'a':'\\q'}",
    '\u0000',
  ])('refuses %j with a reason', (text) =>
    expect(telemetry(text)).toMatchObject({ ok: false, message: expect.stringContaining('Unable to parse') }),
  )
})

describe('types of values', () => {
  it.each([
    ['5', 'LONG:5'],
    ['-0', 'LONG:0'],
    ['1E2', 'LONG:100'],
    ['1.0E2', 'LONG:100'],
    ['15e-1', 'DOUBLE:1.5'],
    ['20.0', 'DOUBLE:20'],
    ['-0.0', 'DOUBLE:-0'],
    ['2.50', 'DOUBLE:2.5'],
    ['9007199254740993', 'LONG:9007199254740993'],
    ['9223372036854775807', 'LONG:9223372036854775807'],
    ['-9223372036854775808', 'LONG:-9223372036854775808'],
    ['9223372036854775808', 'STRING:9223372036854775808'],
    ['1e20', 'STRING:100000000000000000000'],
    ['0.1234567890123456', 'DOUBLE:0.1234567890123456'],
    ['0.12345678901234567', 'STRING:0.12345678901234567'],
    ['1e-17', 'STRING:0.00000000000000001'],
    ['true', 'BOOLEAN:true'],
    ['"25"', 'LONG:25'],
    ['"2.5"', 'DOUBLE:2.5'],
    ['"007"', 'LONG:7'],
    ['"-.5"', 'DOUBLE:-0.5'],
    ['"5."', 'STRING:5.'],
    ['"1e3"', 'STRING:1e3'],
    ['"0x1F"', 'STRING:0x1F'],
    ['"+5"', 'STRING:+5'],
    ['""', 'STRING:'],
    ['{"a":[1.0,{"b":"7"}]}', 'JSON:{"a":[1.0,{"b":"7"}]}'],
    ['null', 'nothing'],
  ])('%s is %s', (literal, expected) => expect(typedValue(literal)).toBe(expected))

  it('leaves text as text and refuses too large numbers when type cast is off', () => {
    expect(typedValue('"25"', false)).toBe('STRING:25')
    expect(typedValue('1e20', false)).toContain('too large or too precise')
  })

  it.each([
    '{"a":20.0,"b":-0.0,"c":9223372036854775807,"d":"1e3","e":{"x":1.0}}',
    '{"a":1e21,"b":10000000000000000000000.0,"c":0.0000001}',
    '{"a":"25","b":123456789012345678901}',
  ])('data made from the entries of %s reads back as the same entries', (text) => {
    const first = parseKvObject(text)
    const again = parseKvObject(first.ok ? kvEntriesToJson(first.entries) : '')
    expect(first.ok && again.ok && again.entries).toEqual(first.ok && first.entries)
  })

  it('shows scripts the cast number, not the text the device sent', () => {
    expect(telemetry('{"t":"25.5"}')).toMatchObject({ records: [{ data: '{"t":25.5}' }] })
  })
})

describe('what lenient devices send', () => {
  it.each([
    ["{temperature: 21.5, 'on': TRUE}", '{"temperature":21.5,"on":true}'],
    ['{a=1; b=>two}', '{"a":1,"b":"two"}'],
    ['/* c */ {"a":1, // x\n "b":2, # y\n}', '{"a":1,"b":2}'],
    ['{"a":NaN,"b":-Infinity,"c":007}', '{"a":"NaN","b":"-Infinity","c":7}'],
  ])('%s becomes %s', (text, data) => expect(telemetry(text)).toMatchObject({ ok: true, records: [{ data }] }))
})

describe('hostile bodies', () => {
  it('keeps __proto__ and constructor as ordinary keys', () => {
    for (const text of ['{"__proto__":{"polluted":1},"constructor":2}', '{"__proto__":1,"constructor":2}']) {
      const parsed = parseAttributesPayload(text)
      expect(parsed.ok && parsed.entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor'])
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('lets the last of repeated keys win', () => {
    expect(telemetry('{"a":1,"a":2}')).toMatchObject({ records: [{ entries: [{ key: 'a', value: 2 }] }] })
    expect(telemetry('{"a":1.0,"a":2}')).toMatchObject({ records: [{ data: '{"a":2}' }] })
  })

  it.each([
    ['a list', '['.repeat(200_000)],
    ['an object', '{"a":'.repeat(200_000)],
    ['a value', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ])('refuses 200,000 levels as %s', (_, text) => {
    expect(telemetry(text)).toEqual({ ok: false, message: 'Unable to parse the body: nested deeper than 200 levels' })
  })

  it('refuses a number of ten megabytes, and one with an absurd exponent', () => {
    expect(telemetry(`{"a":${'9'.repeat(10_000_000)}}`).ok).toBe(false)
    expect(telemetry('{"a":1e999999999}').ok).toBe(false)
    expect(telemetry('{"a":1e-999999999}').ok).toBe(false)
  })

  it('keeps a ten-megabyte text of digits as text', () => {
    expect(telemetry(`{"a":"${'9'.repeat(10_000_000)}"}`)).toMatchObject({
      records: [{ entries: [{ type: 'STRING' }] }],
    })
  })

  it('turns halves of surrogate pairs into the replacement character, escaped or not', () => {
    for (const text of ['{"a":"x\\ud800"}', '{"a":"x\ud800"}', '{"a":{"b":"x\\uDFFF"}}']) {
      const parsed = telemetry(text)
      expect(parsed.ok && parsed.records[0]?.data).toContain('x\ufffd')
    }
    expect(telemetry('{"a":"\\ud83d\\ude00"}')).toMatchObject({ records: [{ entries: [{ value: '😀' }] }] })
  })

  it.each([
    ['blank', ' \\t', 'a key is blank'],
    ['empty', '', 'a key is blank'],
    ['too long', 'k'.repeat(256), 'a key is longer than 255 characters'],
    ['with NUL', 'a\\u0000b', 'the character NUL'],
  ])('refuses a key that is %s', (_, key, reason) => {
    expect(telemetry(`{"${key}":1}`)).toMatchObject({ ok: false, message: expect.stringContaining(reason) })
  })

  it('refuses NUL inside a value, which no text column can hold', () => {
    expect(telemetry('{"a":"x\\u0000"}').ok).toBe(false)
  })

  it.each([
    ['open comments', `{${'/*'.repeat(300_000)}`],
    ['blanks', `{"a":1${' '.repeat(1_000_000)}`],
    ['backslashes', `{"a":"${'\\'.repeat(1_000_001)}`],
    ['unquoted text', `{a:${'x'.repeat(1_000_000)}`],
    ['half-open comments between keys', `{${'a:1/*x*/,'.repeat(50_000)}/*`],
  ])('refuses megabytes of %s without getting stuck', { timeout: 5_000 }, (_, text) => {
    expect(telemetry(text).ok).toBe(false)
  })
})

describe('attribute bodies', () => {
  it('has no meaning of ts, and takes only an object', () => {
    expect(parseAttributesPayload('{"ts":1,"values":{"a":1}}')).toMatchObject({
      entries: [
        { key: 'ts', type: 'LONG', value: 1 },
        { key: 'values', type: 'JSON', value: '{"a":1}' },
      ],
    })
    expect(parseAttributesPayload('[{"a":1}]').ok).toBe(false)
  })
})
