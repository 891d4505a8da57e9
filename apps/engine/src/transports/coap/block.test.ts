import { expect, test } from 'vitest'
import { type Block, blockOf, blockOfBody, blockOption } from './block.ts'

test.each<Block>([
  { number: 0, more: false, sizeBytes: 16 },
  { number: 1, more: true, sizeBytes: 1_024 },
  { number: 0xfffff, more: true, sizeBytes: 64 },
])('the block option %j is read as it was written', (block) => {
  const option = blockOption('Block2', block)
  expect(option.value.length).toBeLessThanOrEqual(3)
  expect(blockOf(option.value)).toEqual(block)
})

test('the reserved size and too many bytes are no block', () => {
  expect(blockOf(Buffer.of(0x0f))).toBeNull()
  expect(blockOf(Buffer.of(0, 0, 0, 0))).toBeNull()
})

const body = (length: number) => {
  const bytes = Buffer.alloc(length, 'b')
  const read = (offset: number, wanted: number) => bytes.subarray(offset, offset + wanted)
  return { sizeBytes: length, heldBytes: length, etag: Buffer.of(1), read }
}

test.each([
  [0, null, 0, true],
  [1_024, null, 1_024, true],
  [1_025, null, 1_024, false],
  [1_025, { number: 1, more: false, sizeBytes: 1_024 }, 1, false],
  [100, { number: 6, more: false, sizeBytes: 16 }, 4, false],
  [32, { number: 1, more: false, sizeBytes: 16 }, 16, false],
])('of %i bytes the block %j has %i', async (length, asked, expected, isWhole) => {
  const block = await blockOfBody(body(length), asked)
  expect(block.ok && { length: block.payload.length, isWhole: block.isWhole }).toEqual({ length: expected, isWhole })
})

test('a block past the end is refused', async () => {
  expect(await blockOfBody(body(32), { number: 2, more: false, sizeBytes: 16 })).toEqual({ ok: false })
})
