import { expect, test } from 'vitest'
import { jsonPayload } from './index.ts'

test('an uplink is its text; bytes that are none are not read', () => {
  expect(jsonPayload.uplink('telemetry', Buffer.from('{"ä":1.0}'))).toBe('{"ä":1.0}')
  expect(jsonPayload.uplink('telemetry', Uint8Array.of(0xff, 0xfe))).toBeNull()
})

test.each([
  ['{"clientKeys":"a, b","sharedKeys":"c"}', { clientKeys: ['a', 'b'], sharedKeys: ['c'] }],
  ['{"clientKeys":"a"}', { clientKeys: ['a'] }],
  ['{}', {}],
  ['{"clientKeys":["a"]}', null],
  ['[]', null],
  ['', null],
  ['{', null],
])('the attribute request %j', (body, keys) => {
  expect(jsonPayload.attributesRequest(Buffer.from(body))).toEqual(keys)
})

test('an attribute update holds updated values or deleted keys', () => {
  expect(jsonPayload.attributesUpdate({ values: { a: 1 } })).toBe('{"a":1}')
  expect(jsonPayload.attributesUpdate({ deleted: ['a'] })).toBe('{"deleted":["a"]}')
})

test('a command keeps its parameters as they are, and has an id where the protocol has none', () => {
  expect(jsonPayload.command({ method: 'say "hi"', params: '1.0' })).toBe('{"method":"say \\"hi\\"","params":1.0}')
  expect(jsonPayload.command({ id: 1, method: 'a', params: '{"x":1}' })).toBe('{"id":1,"method":"a","params":{"x":1}}')
})

test('requests and claims may be written as leniently as telemetry', () => {
  expect(jsonPayload.attributesRequest(Buffer.from("{sharedKeys:'a,b'}"))).toEqual({ sharedKeys: ['a', 'b'] })
  expect(jsonPayload.serverRequest(Buffer.from("{method:'m',params:1.0,}"))).toEqual(
    Buffer.from('{"method":"m","params":1.0}'),
  )
  expect(jsonPayload.serverRequest(Buffer.from('{"method":'))).toBeNull()
  expect(jsonPayload.claim(Buffer.from("{secretKey:'s'}"))).toEqual(Buffer.from('{"secretKey":"s"}'))
  expect(jsonPayload.claim(Buffer.alloc(0))).toHaveLength(0)
  expect(jsonPayload.claim(Buffer.from('{'))).toBeNull()
})
