import { describe, expect, test } from 'vitest'
import { imageContentOf } from './image-content.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

describe('the kind and size of an image', () => {
  test.each([
    ['image/png', bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 0], [0, 0, 0, 5]), 256, 5],
    ['image/gif', bytes('GIF89a', [7, 0, 9, 1]), 7, 265],
    ['image/bmp', bytes('BM', new Array(12).fill(0), [40, 0, 0, 0], [3, 0, 0, 0], [0xfe, 0xff, 0xff, 0xff]), 3, 2],
    ['image/x-icon', bytes([0, 0, 1, 0, 1, 0], [0, 32], new Array(14).fill(0)), 256, 32],
    [
      'image/jpeg',
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2], [0xff, 0xc0, 0, 17, 8, 0, 10, 1, 4, 3, 0, 0, 0, 0, 0, 0]),
      260,
      10,
    ],
    ['image/webp', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', new Array(8).fill(0), [99, 0, 0], [49, 0, 0]), 100, 50],
    ['image/webp', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', new Array(10).fill(0), [64, 0], [32, 0]), 64, 32],
    ['image/avif', bytes([0, 0, 0, 32], 'ftypavif', [0, 0]), 0, 0],
    ['image/svg+xml', bytes('<svg width="120" height="80.4px" viewBox="0 0 1 1"></svg>'), 120, 80],
    [
      'image/svg+xml',
      bytes('<?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<svg viewBox="0,0 24 48"/>'),
      24,
      48,
    ],
    ['image/svg+xml', bytes('<svg width="100%"><script>1</script></svg>'), 0, 0],
  ])('%s', (mediaType, data, width, height) => {
    expect(imageContentOf(data)).toEqual({ mediaType, width, height })
  })

  test.each([
    ['nothing', bytes()],
    ['a page', bytes('<!DOCTYPE html><html><body><svg></svg></body></html>')],
    ['a page that begins like an image tag', bytes('<svgx></svgx>')],
    ['a script', bytes('alert(1)')],
    ['the start of a PNG', bytes([0x89], 'PNG\r\n\x1a\n')],
    ['zeros', bytes(new Array(100).fill(0))],
  ])('is not told for %s', (_, data) => {
    expect(imageContentOf(data)).toBeNull()
  })

  test('is read from a hostile prologue in no time', () => {
    const started = performance.now()
    imageContentOf(bytes(`${'<!--'.repeat(20_000)}`))
    imageContentOf(bytes(`${' '.repeat(60_000)}<!DOCTYPE${' '.repeat(60_000)}`))
    imageContentOf(bytes(`<svg ${'a="'.repeat(20_000)}`))
    expect(performance.now() - started).toBeLessThan(500)
  })
})
