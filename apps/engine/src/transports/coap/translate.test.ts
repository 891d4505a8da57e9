import { describe, expect, test } from 'vitest'
import { type CoapOption, decode, encode, uintOption } from './packet.ts'
import { codeOfEnd, codeOfError, understand } from './translate.ts'

const understood = (code: string, path: string, options: CoapOption[] = [], query: string[] = []) => {
  const decoded = decode(
    encode({
      type: 'CON',
      code,
      messageId: 1,
      options: [
        ...path.split('/').map((part): CoapOption => ({ name: 'Uri-Path', value: Buffer.from(part) })),
        ...query.map((part): CoapOption => ({ name: 'Uri-Query', value: Buffer.from(part) })),
        ...options,
      ],
    }),
  )
  if (decoded.kind !== 'message') throw new Error('not a message')
  const result = understand(decoded.message)
  return result.ok ? result.request.intent : result.code
}

const get = '0.01'
const post = '0.02'
const observe = uintOption('Observe', 0)
const unobserve = uintOption('Observe', 1)

describe('what a request asks for', () => {
  test.each<[string, string, CoapOption[], unknown]>([
    [post, 'api/v1/T/telemetry', [], { kind: 'uplink', token: 'T', uplink: 'telemetry' }],
    [post, 'api/v1/T/telemetry/', [], { kind: 'uplink', token: 'T', uplink: 'telemetry' }],
    [post, 'api/v1/T/attributes', [], { kind: 'uplink', token: 'T', uplink: 'attributes' }],
    [get, 'api/v1/T/attributes', [], { kind: 'read-attributes', token: 'T', keys: {} }],
    [get, 'api/v1/T/attributes', [observe], { kind: 'observe', token: 'T', what: 'attributes' }],
    [get, 'api/v1/T/attributes', [unobserve], { kind: 'end-observe', token: 'T', what: 'attributes' }],
    [get, 'api/v1/T/rpc', [observe], { kind: 'observe', token: 'T', what: 'commands' }],
    [post, 'api/v1/T/rpc', [], { kind: 'ask-server', token: 'T' }],
    [post, 'api/v1/T/rpc/12', [], { kind: 'answer-command', token: 'T', id: 12 }],
    [post, 'api/v1/T/claim', [], { kind: 'claim', token: 'T' }],
    [post, 'api/v1/provision', [], { kind: 'provision' }],
    [get, 'api/v1/T/telemetry', [], '4.00'],
    [get, 'api/v1/T/claim', [], '4.00'],
    [get, 'api/v1/T/rpc', [], '4.00'],
    [get, 'api/v1/T/rpc/1', [observe], '4.00'],
    [get, 'api/v1/provision', [], '4.05'],
    [post, 'api/v1/T', [], '4.04'],
    [post, 'api/v2/T/telemetry', [], '4.04'],
    [post, 'api/v1/T/telemetry/x', [], '4.04'],
    [post, 'api/v1/T/constructor', [], '4.04'],
    [post, 'api/v1/T/__proto__', [], '4.04'],
    ['0.04', 'api/v1/T/attributes', [], '4.05'],
    ['0.04', 'api/v1/T/nothing', [], '4.04'],
    ['0.05', 'api/v1/T/nothing', [], '4.05'],
    [post, 'fw/T', [], '4.05'],
  ])('%s %s %j', (code, path, options, expected) => {
    expect(understood(code, path, options)).toEqual(expected)
  })

  test('queries name keys and parts of packages', () => {
    const keys = understood(get, 'api/v1/T/attributes', [], ['clientKeys=a, b,', 'sharedKeys=', 'other'])
    expect(keys).toEqual({ kind: 'read-attributes', token: 'T', keys: { clientKeys: ['a', 'b'] } })
    const named = ['title=My = app', 'version=1.0']
    const part = { title: 'My = app', version: '1.0', chunkBytes: 0, chunk: 0 }
    expect(understood(get, 'sw/T', [], named)).toEqual({ kind: 'package', token: 'T', package: 'SOFTWARE', part })
    expect(understood(get, 'fw/T', [], [...named, 'size=512', 'chunk=3'])).toMatchObject({
      part: { chunkBytes: 512, chunk: 3 },
    })
    expect(understood(get, 'fw/T', [], [...named, 'size=-1'])).toBe('4.00')
  })

  test('critical options that are not known or stand twice are refused, elective ones passed over', () => {
    const path = 'api/v1/T/telemetry'
    const option = (name: string): CoapOption[] => [{ name, value: Buffer.of(1) } as unknown as CoapOption]
    expect(understood(post, path, option('65001'))).toBe('4.02')
    expect(understood(post, path, option('65000'))).toMatchObject({ kind: 'uplink' })
    expect(understood(post, path, [uintOption('Accept', 50), uintOption('Accept', 50)])).toBe('4.02')
    expect(understood(get, 'api/v1/T/rpc', [observe, unobserve])).toMatchObject({ kind: 'observe' })
    expect(understood(post, path, option('Proxy-Scheme'))).toBe('5.05')
    const format = uintOption('Content-Format', 50)
    expect(understood(post, path, [format, format])).toMatchObject({ kind: 'uplink' })
  })

  test.each<[string, number, unknown]>([
    ['Uri-Host', 0, '4.02'],
    ['Uri-Host', 256, '4.02'],
    ['Uri-Port', 3, '4.02'],
    ['Uri-Query', 256, '4.02'],
    ['Accept', 3, '4.02'],
    ['Block2', 4, '4.02'],
    ['Content-Format', 3, { kind: 'uplink' }],
    ['Observe', 4, { kind: 'uplink' }],
  ])('%s of %i bytes counts as an option that is not known', (name, bytes, expected) => {
    const option = { name, value: Buffer.alloc(bytes, 0x61) } as CoapOption
    const intent = understood(post, 'api/v1/T/telemetry', [option])
    if (typeof expected === 'string') expect(intent).toBe(expected)
    else expect(intent).toMatchObject(expected as object)
  })
})

test('an error without a code is an internal one', () => {
  expect(codeOfError(new Error('x'))).toBe('5.00')
  expect(codeOfEnd('taken-over')).toBe('2.02')
})
