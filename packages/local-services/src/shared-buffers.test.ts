import { expect, test } from 'vitest'
import { sharedBuffers } from './shared-buffers.ts'

const gigabyte = 1_073_741_824

test.each([
  [0.5, '128MB'],
  [1, '128MB'],
  [4, '512MB'],
  [8, '1024MB'],
  [64, '1024MB'],
])('of %d GB', (memory, buffers) => {
  expect(sharedBuffers(memory * gigabyte)).toBe(buffers)
})
