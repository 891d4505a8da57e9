import { expect, test } from 'vitest'
import { decodeMessage, encodeMessage, type SpaceMessage } from './space-message.ts'

const message: SpaceMessage = {
  tenantId: 'tenant',
  topic: 'grüße/1',
  payload: Buffer.from([0, 255, 1]),
  qos: 2,
  isRetained: true,
  properties: Buffer.from([1, 1]),
  expiresAtMs: 1_800_000_000_123,
  publisher: 'p',
}

test('a message comes back as it went', () => {
  expect(decodeMessage(encodeMessage(message))).toEqual(message)
  const empty = { ...message, payload: Buffer.alloc(0), properties: Buffer.alloc(0), qos: 0 as const, expiresAtMs: 0 }
  expect(decodeMessage(encodeMessage(empty))).toEqual(empty)
})

test('what is cut off, or of another form, is no message', () => {
  const bytes = encodeMessage({ ...message, payload: Buffer.alloc(0) })
  for (let length = 0; length < bytes.length; length++) expect(decodeMessage(bytes.subarray(0, length))).toBeNull()
  bytes[0] = 9
  expect(decodeMessage(bytes)).toBeNull()
})
