import { expect, test } from 'vitest'
import { readClientHello } from './client-hello.ts'

const record = (length: number, present: number) =>
  Buffer.concat([Buffer.from([0x16, 3, 1, length >> 8, length & 0xff]), Buffer.alloc(present)])

test.each([
  ['one byte of it', Buffer.from([0x16]), 'incomplete'],
  ['a header without a length', Buffer.from([0x16, 3, 1, 0]), 'incomplete'],
  ['all but the last byte', record(500, 499), 'incomplete'],
  ['the whole record', record(500, 500), 'whole'],
  ['more than the record', record(500, 900), 'whole'],
  ['the start of a very long one', record(16_000, 4_090), 'incomplete'],
  ['enough of a very long one', record(16_000, 4_091), 'whole'],
  ['no TLS', Buffer.from('GET'), 'whole'],
])('%s', (_name, bytes, kind) => {
  expect(readClientHello(bytes).kind).toBe(kind)
})
