/**
 * MurmurHash3 by Austin Appleby (public domain), seed 0. Digests are lowercase hex of the bytes as they lie in memory,
 * little end first: as ThingsBoard and its device clients write them.
 */

const rotl32 = (x: number, r: number): number => (x << r) | (x >>> (32 - r))

const hex32 = (value: number): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value | 0)
  return bytes.toString('hex')
}

const mix32 = (k: number): number => Math.imul(rotl32(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593)

/** MurmurHash3_x86_32. */
export const murmur3x32 = (data: Buffer): string => {
  let h = 0
  const body = data.length & ~3
  for (let i = 0; i < body; i += 4) h = (Math.imul(rotl32(h ^ mix32(data.readInt32LE(i)), 13), 5) + 0xe6546b64) | 0
  let tail = 0
  for (let i = data.length - 1; i >= body; i--) tail = (tail << 8) | data.readUInt8(i)
  if (data.length > body) h ^= mix32(tail)
  h ^= data.length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return hex32(h ^ (h >>> 16))
}

/** A 64-bit word as two halves: BigInt would take seconds for the largest package. */
type Word = { lo: number; hi: number }

const word = (hi: number, lo: number): Word => ({ hi: hi | 0, lo: lo | 0 })

const add = (a: Word, b: Word): Word => {
  const lo = (a.lo >>> 0) + (b.lo >>> 0)
  return { lo: lo | 0, hi: (a.hi + b.hi + (lo > 0xffffffff ? 1 : 0)) | 0 }
}

const xor = (a: Word, b: Word): Word => ({ lo: a.lo ^ b.lo, hi: a.hi ^ b.hi })

/** Upper half of the product of two unsigned 32-bit numbers. */
const multiplyHigh = (a: number, b: number): number => {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const cross = aLow * bHigh + (middle & 0xffff)
  // Both sums stay below 2^53, so that nothing is lost before the shifts.
  return aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)
}

const multiply = (a: Word, b: Word): Word => ({
  lo: Math.imul(a.lo, b.lo),
  hi: (multiplyHigh(a.lo, b.lo) + Math.imul(a.lo, b.hi) + Math.imul(a.hi, b.lo)) | 0,
})

const rotl = ({ hi, lo }: Word, r: number): Word => {
  if (r === 32) return { hi: lo, lo: hi }
  const [h, l, n] = r < 32 ? [hi, lo, r] : [lo, hi, r - 32]
  return { hi: (h << n) | (l >>> (32 - n)), lo: (l << n) | (h >>> (32 - n)) }
}

/** `x ^ (x >>> 33)` */
const fold = ({ hi, lo }: Word): Word => ({ hi, lo: lo ^ (hi >>> 1) })

const c1 = word(0x87c37b91, 0x114253d5)
const c2 = word(0x4cf5ad43, 0x2745937f)
const five = word(0, 5)

const finish = (k: Word): Word => {
  const first = multiply(fold(k), word(0xff51afd7, 0xed558ccd))
  return fold(multiply(fold(first), word(0xc4ceb9fe, 0x1a85ec53)))
}

const mixFirst = (k: Word): Word => multiply(rotl(multiply(k, c1), 31), c2)
const mixSecond = (k: Word): Word => multiply(rotl(multiply(k, c2), 33), c1)

const readWord = (data: Buffer, at: number): Word => ({ lo: data.readInt32LE(at), hi: data.readInt32LE(at + 4) })

/** MurmurHash3_x64_128. */
export const murmur3x128 = (data: Buffer): string => {
  let h1 = word(0, 0)
  let h2 = word(0, 0)
  const body = data.length & ~15
  for (let i = 0; i < body; i += 16) {
    h1 = add(rotl(xor(h1, mixFirst(readWord(data, i))), 27), h2)
    h1 = add(multiply(h1, five), word(0, 0x52dce729))
    h2 = add(rotl(xor(h2, mixSecond(readWord(data, i + 8))), 31), h1)
    h2 = add(multiply(h2, five), word(0, 0x38495ab5))
  }
  if (data.length > body) {
    const tail = Buffer.alloc(16)
    data.copy(tail, 0, body)
    h2 = xor(h2, mixSecond(readWord(tail, 8)))
    h1 = xor(h1, mixFirst(readWord(tail, 0)))
  }
  const length = word(0, data.length)
  h2 = xor(h2, length)
  h1 = add(xor(h1, length), h2)
  h2 = add(h2, h1)
  h1 = finish(h1)
  h2 = finish(h2)
  h1 = add(h1, h2)
  h2 = add(h2, h1)
  return [h1.lo, h1.hi, h2.lo, h2.hi].map(hex32).join('')
}
