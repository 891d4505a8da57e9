import { expect, test } from 'vitest'
import { type FormEntry, planWrites } from './form-field.ts'

const one = { entityType: 'DEVICE', id: 'one' } as const
const other = { entityType: 'ASSET', id: 'other' } as const

test('writes each scope of each entity once, and deletes attributes of nothing', () => {
  const entries: FormEntry[] = [
    { entityId: one, target: 'server', key: 'a', value: 1 },
    { entityId: other, target: 'server', key: 'a', value: false },
    { entityId: one, target: 'server', key: 'b', value: '' },
    { entityId: one, target: 'server', key: 'c', value: null },
    { entityId: one, target: 'shared', key: 'd', value: null },
    { entityId: one, target: 'timeseries', key: 'e', value: 0 },
    { entityId: one, target: 'timeseries', key: 'f', value: null },
  ]
  expect(planWrites(entries)).toEqual([
    { kind: 'attributes', entityId: one, scope: 'SERVER_SCOPE', values: { a: 1, b: '' } },
    { kind: 'delete', entityId: one, scope: 'SERVER_SCOPE', keys: ['c'] },
    { kind: 'attributes', entityId: other, scope: 'SERVER_SCOPE', values: { a: false } },
    { kind: 'delete', entityId: one, scope: 'SHARED_SCOPE', keys: ['d'] },
    { kind: 'telemetry', entityId: one, values: { e: 0 } },
  ])
})
