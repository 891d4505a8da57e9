/** What a file really is, whatever it is called: read from its first bytes. Sizes in pixels; 0: unknown. */
export type ImageContent = { mediaType: string; width: number; height: number }

type Reader = (bytes: Buffer) => ImageContent | null

const png: Reader = (bytes) =>
  bytes.length >= 24 && bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    ? { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : null

const gif: Reader = (bytes) =>
  bytes.length >= 10 && /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))
    ? { mediaType: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    : null

const bmp: Reader = (bytes) =>
  bytes.length >= 26 && bytes.toString('latin1', 0, 2) === 'BM' && bytes.readUInt32LE(14) >= 40
    ? { mediaType: 'image/bmp', width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) }
    : null

/** One byte each; 0 stands for 256. */
const ico: Reader = (bytes) =>
  bytes.length >= 22 && bytes.readUInt32LE(0) === 0x00010000 && bytes.readUInt16LE(4) > 0
    ? { mediaType: 'image/x-icon', width: bytes.readUInt8(6) || 256, height: bytes.readUInt8(7) || 256 }
    : null

/** The size stands in the first start-of-frame segment (ITU-T T.81 B.2.2). */
const jpeg: Reader = (bytes) => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame)
      return { mediaType: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return { mediaType: 'image/jpeg', width: 0, height: 0 }
}

const webp: Reader = (bytes) => {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return null
  const mediaType = 'image/webp'
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { mediaType, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { mediaType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}

const avif: Reader = (bytes) =>
  bytes.length >= 12 && /^ftyp(avif|avis)$/.test(bytes.toString('latin1', 4, 12))
    ? { mediaType: 'image/avif', width: 0, height: 0 }
    : null

/** Where the prologue of an XML file must have ended. */
const prologueBytes = 64 * 1024

/** What may stand before the first element, and where each ends. */
const beforeRoot = [
  { start: '<?', end: '?>' },
  { start: '<!--', end: '-->' },
  { start: '<!', end: '>' },
] as const

/** Step by step, since a pattern over a hostile prologue takes for ever. */
const fromRoot = (text: string): string => {
  let rest = text.replace(/^\uFEFF/, '').trimStart()
  for (;;) {
    const part = beforeRoot.find(({ start }) => rest.startsWith(start))
    if (!part) return rest
    const end = rest.indexOf(part.end)
    if (end < 0) return ''
    rest = rest.slice(end + part.end.length).trimStart()
  }
}

const svg: Reader = (bytes) => {
  const tag = /^<svg(?=[\s/>])([^>]*)/.exec(fromRoot(bytes.toString('utf8', 0, prologueBytes)))
  if (!tag) return null
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag[1] ?? '')?.[1]
  const box = (attribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const length = (name: string, fallback: number | undefined) => {
    const value = /^\s*(\d+(?:\.\d+)?)(px)?\s*$/.exec(attribute(name) ?? '')?.[1]
    const size = value === undefined ? fallback : Number(value)
    return size !== undefined && Number.isFinite(size) ? Math.round(size) : 0
  }
  return { mediaType: 'image/svg+xml', width: length('width', box[2]), height: length('height', box[3]) }
}

const readers: readonly Reader[] = [png, jpeg, gif, webp, bmp, avif, ico, svg]

/** Null: not an image that browsers show. */
export const imageContentOf = (data: Uint8Array): ImageContent | null => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (const read of readers) {
    const found = read(bytes)
    if (found) return found
  }
  return null
}
