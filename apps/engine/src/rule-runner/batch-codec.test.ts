import { messageBatchSchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { decodeBatch } from './batch-codec.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const message = (changes: Record<string, unknown> = {}) => ({
  id: id(1),
  ts: 1,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: id(2),
  originator: { entityType: 'DEVICE', id: id(3) },
  customerId: null,
  metadata: { ts: '1' },
  dataType: 'JSON',
  data: '{}',
  ruleChainId: null,
  ruleNodeId: null,
  ...changes,
})
const batch = (...messages: unknown[]) => ({ version: 1, batchId: id(9), acceptedAt: 5, messages })

test('a batch is read as it was written', () => {
  const written = batch(message(), message({ originator: { entityType: 'ASSET', id: id(4) } }))
  expect(decodeBatch(written)).toEqual({ batch: messageBatchSchema.parse(written), unreadable: [] })
})

test('one message that cannot be read does not take its neighbours along', () => {
  const decoded = decodeBatch(batch(message(), message({ data: 5 }), 'nonsense', message({ id: id(7) })))
  expect(decoded?.batch.messages.map((one) => one.id)).toEqual([id(1), id(7)])
  expect(decoded?.unreadable).toMatchObject([{ tenantId: id(2) }, { tenantId: null, raw: 'nonsense' }])
})

test.each([null, 'text', {}, { version: 1, batchId: 'x', acceptedAt: 1, messages: [] }])('%o is no batch', (data) => {
  expect(decodeBatch(data)).toBeNull()
})

// The quick check by hand must never let through what the schema refuses.
test.each([
  { id: 'x' },
  { ts: 1.5 },
  { type: 'x'.repeat(256) },
  { tenantId: null },
  { originator: { entityType: 'SPACESHIP', id: id(1) } },
  { originator: { entityType: 'DEVICE', id: 7 } },
  { customerId: 'x' },
  { metadata: { a: 1 } },
  { dataType: 'XML' },
  { data: {} },
  { ruleChainId: 'root' },
  { ruleNodeId: 1 },
])('a message with %o is refused', (changes) => {
  expect(decodeBatch(batch(message(changes)))?.unreadable).toHaveLength(1)
})
