import { describe, expect, test } from 'vitest'
import { type CoapOption, decode, encode, encodeEmpty, uintOf, uintOption } from './packet.ts'

const bytes = (...list: number[]) => Buffer.from(list)

describe('reading datagrams', () => {
  test('reads what it writes', () => {
    const options: CoapOption[] = [
      { name: 'Uri-Path', value: Buffer.from('api') },
      { name: 'Uri-Path', value: Buffer.from('x'.repeat(300)) },
      uintOption('Observe', 0),
    ]
    const message = {
      type: 'CON',
      code: '0.02',
      messageId: 513,
      token: bytes(1, 2),
      payload: Buffer.from('{}'),
    } as const
    const decoded = decode(encode({ ...message, options }))
    expect(decoded).toMatchObject({ kind: 'message', message })
    const names = decoded.kind === 'message' ? decoded.message.options.map(({ name }) => name) : []
    expect(names).toEqual(['Observe', 'Uri-Path', 'Uri-Path'])
    expect(decode(encodeEmpty('RST', 9))).toMatchObject({ message: { type: 'RST', code: '0.00', messageId: 9 } })
  })

  test.each([
    ['nothing', bytes()],
    ['three bytes', bytes(0x40, 1, 0)],
    ['another version', bytes(0x80, 1, 0, 1)],
  ])('%s is no CoAP', (_what, datagram) => {
    expect(decode(datagram)).toEqual({ kind: 'foreign' })
  })

  test.each([
    ['a token of nine bytes', bytes(0x49, 1, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9)],
    ['a token that is cut off', bytes(0x44, 1, 0, 1, 1, 2)],
    ['an option that is cut off', bytes(0x40, 1, 0, 1, 0xb5, 1, 2)],
    ['an option whose extended length is cut off', bytes(0x40, 1, 0, 1, 0xbe, 1)],
    ['the reserved delta', bytes(0x40, 1, 0, 1, 0xf0)],
    ['the reserved length', bytes(0x40, 1, 0, 1, 0x0f)],
    ['an option number beyond 65,535', bytes(0x40, 1, 0, 1, 0xe0, 0xff, 0xff)],
    ['a marker without payload', bytes(0x40, 1, 0, 1, 0xff)],
    ['an empty message with a token', bytes(0x41, 0, 0, 1, 7)],
    ['an empty message with something behind it', bytes(0x40, 0, 0, 1, 7)],
  ])('%s is malformed', (_what, datagram) => {
    expect(decode(datagram)).toMatchObject({ kind: 'malformed', type: 'CON', messageId: 1 })
  })
})

test.each([
  [0, []],
  [1, [1]],
  [255, [255]],
  [256, [1, 0]],
  [65_536, [1, 0, 0]],
  [0xffffffff, [255, 255, 255, 255]],
])('the number %j is written in its fewest bytes', (value, expected) => {
  const option = uintOption('Size1', value)
  expect([...option.value]).toEqual(expected)
  expect(uintOf(option.value, 4)).toBe(value)
})

test('a number that is too long for its option is none', () => {
  expect(uintOf(bytes(0, 0, 0, 1), 3)).toBeNull()
})
