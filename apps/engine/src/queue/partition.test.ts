import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { partitionOf } from './partition.ts'

test('the partition of an originator never changes', () => {
  // Fixed on purpose: messages queued by one version are continued by the next.
  expect(['a', 'b', '00000000-0000-4000-8000-000000000001'].map((id) => partitionOf(id, 8))).toMatchInlineSnapshot(`
    [
      4,
      5,
      2,
    ]
  `)
})

test.each([
  ['random ids', () => randomUUID()],
  ['ids that only count up', (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`],
])('spreads %s over all partitions', (_name, idOf) => {
  const counts = new Array<number>(8).fill(0)
  for (let i = 0; i < 8_000; i++) {
    const partition = partitionOf(idOf(i), 8)
    counts[partition] = (counts[partition] ?? 0) + 1
  }
  for (const count of counts) expect(count).toBeGreaterThan(700)
})
