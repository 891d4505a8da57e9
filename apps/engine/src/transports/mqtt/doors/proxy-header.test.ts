import { expect, test } from 'vitest'
import { readProxyHeader } from './proxy-header.ts'

const text = (line: string) => Buffer.from(line, 'latin1')
const binary = (command: number, family: number, rest: readonly number[], announced = rest.length) =>
  Buffer.from([
    ...[0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a],
    ...[command, family, announced >> 8, announced & 0xff],
    ...rest,
  ])
const inet = [192, 0, 2, 1, 10, 0, 0, 1, 0x30, 0x39, 0x07, 0x5b]
const inet6 = [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), 1, ...Array<number>(20).fill(0)]
const tlv = [0x04, 0x00, 0x01, 0x00]

const good: [string, Buffer, string | null][] = [
  ['IPv4 as text', text('PROXY TCP4 192.0.2.1 10.0.0.1 12345 1883\r\n'), '192.0.2.1'],
  ['IPv6 as text', text('PROXY TCP6 2001:db8::1 ::1 12345 1883\r\n'), '2001:db8::1'],
  ['unknown as text', text('PROXY UNKNOWN\r\n'), null],
  ['unknown with words', text('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), null],
  ['IPv4', binary(0x21, 0x11, inet), '192.0.2.1'],
  ['IPv4 with more to tell', binary(0x21, 0x11, [...inet, ...tlv]), '192.0.2.1'],
  ['IPv6', binary(0x21, 0x21, inet6), '2001:db8:0:0:0:0:0:1'],
  ['a health check', binary(0x20, 0x00, []), null],
  ['a health check with addresses', binary(0x20, 0x11, inet), null],
  ['no family', binary(0x21, 0x00, []), null],
]

test.each(good)('%s', (_name, header, address) => {
  expect(readProxyHeader(header)).toEqual({ kind: 'whole', length: header.length, address })
  const followed = Buffer.concat([header, Buffer.from([0x10, 0x0c, 0, 4])])
  expect(readProxyHeader(followed)).toEqual({ kind: 'whole', length: header.length, address })
})

test.each(good)('%s, byte by byte, is not whole before its end', (_name, header) => {
  for (let length = 0; length < header.length; length++)
    expect(readProxyHeader(header.subarray(0, length))).toEqual({ kind: 'incomplete' })
})

test.each([
  ['an MQTT CONNECT', Buffer.from([0x10, 0x0c, 0, 4, 0x4d])],
  ['HTTP', text('GET / HTTP/1.1\r\n')],
  ['lower case', text('proxy TCP4 192.0.2.1 10.0.0.1 1 2\r\n')],
  ['a line that does not end', text(`PROXY TCP4 ${'1'.repeat(200)}`)],
  ['another family', text('PROXY UDP4 192.0.2.1 10.0.0.1 1 2\r\n')],
  ['IPv6 said to be IPv4', text('PROXY TCP4 2001:db8::1 ::1 1 2\r\n')],
  ['an address that is none', text('PROXY TCP4 192.0.2.256 10.0.0.1 1 2\r\n')],
  ['a port that is none', text('PROXY TCP4 192.0.2.1 10.0.0.1 1 65536\r\n')],
  ['a word too few', text('PROXY TCP4 192.0.2.1 10.0.0.1 1\r\n')],
  ['a word too many', text('PROXY TCP4 192.0.2.1 10.0.0.1 1 2 3\r\n')],
  ['version 3', binary(0x31, 0x11, inet)],
  ['an unknown command', binary(0x22, 0x11, inet)],
  ['an unknown family', binary(0x21, 0x42, inet)],
  ['datagrams', binary(0x21, 0x12, inet)],
  ['addresses that are too short', binary(0x21, 0x11, inet.slice(0, 11))],
  ['IPv6 addresses that are too short', binary(0x21, 0x21, inet)],
  ['a length that nobody needs', binary(0x21, 0x11, inet, 0xffff)],
])('%s is no header', (_name, bytes) => {
  expect(readProxyHeader(bytes)).toEqual({ kind: 'malformed' })
})
