import { expect, test } from 'vitest'
import { createUploads } from './uploads.ts'

const limits = { bodyBytes: 64, totalBytes: 4_000, addressBytes: 2_400, idleMs: 1_000 }
const from = (address: string, port = 1) => ({ address, port })
const block = (number: number, more = true) => ({ number, more, sizeBytes: 16 })
const payload = Buffer.alloc(16, 'p')

test('bodies of several senders and paths do not mix', () => {
  const uploads = createUploads(limits)
  for (const [sender, uri] of [
    [from('a'), '/x'],
    [from('a', 2), '/x'],
    [from('b'), '/y'],
  ] as const)
    expect(uploads.add(sender, uri, block(0), payload, 0)).toEqual({ kind: 'continue' })
  expect(uploads.add(from('a'), '/y', block(1), payload, 0)).toEqual({ kind: 'incomplete' })
  expect(uploads.add(from('a'), '/x', block(1, false), Buffer.from('end'), 0)).toEqual({
    kind: 'whole',
    body: Buffer.concat([payload, Buffer.from('end')]),
  })
  expect(uploads.has(from('a'), '/x')).toBe(false)
  expect(uploads.has(from('a', 2), '/x')).toBe(true)
})

test('unfinished bodies are bounded by sender, in total and in age', () => {
  const uploads = createUploads(limits)
  const begin = (address: string, uri: string, nowMs = 0) =>
    uploads.add(from(address), uri, block(0), payload, nowMs).kind
  expect([begin('a', '1'), begin('a', '2'), begin('a', '3')]).toEqual(['continue', 'continue', 'full'])
  expect([begin('b', '1'), begin('b', '2')]).toEqual(['continue', 'full'])
  // What nobody went on with makes room.
  expect(begin('b', '2', 1_000)).toBe('continue')
  expect(uploads.bytes()).toBeLessThan(limits.totalBytes)
  uploads.expire(2_000)
  expect(uploads.bytes()).toBe(0)
})

test('a body beyond the limit is refused and forgotten; the first block begins anew', () => {
  const uploads = createUploads(limits)
  for (let number = 0; number < 4; number++) uploads.add(from('a'), '/', block(number), payload, 0)
  expect(uploads.add(from('a'), '/', block(4), payload, 0)).toEqual({ kind: 'too-large' })
  expect(uploads.bytes()).toBe(0)
  uploads.add(from('a'), '/', block(0), payload, 0)
  uploads.add(from('a'), '/', block(1), payload, 0)
  expect(uploads.add(from('a'), '/', block(0), payload, 0)).toEqual({ kind: 'continue' })
  expect(uploads.add(from('a'), '/', block(1, false), Buffer.alloc(0), 0)).toEqual({ kind: 'whole', body: payload })
})
