/** A rule that a packet breaks. `codes`: the reasons of version 5 that say so. */
export type Fault = { what: string; codes: readonly number[] }

/** The bytes cannot be followed any further; what was found before stays found. */
export class Unreadable extends Error {}

export const malformedCode = 0x81
export const protocolErrorCode = 0x82

/** One packet's bytes, read field by field. Rules that are broken are gathered: a server may name any of them. */
export class Fields {
  readonly faults: Fault[] = []
  readonly #bytes: Uint8Array
  #at = 0
  #end: number

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#end = bytes.length
  }

  get left(): number {
    return this.#end - this.#at
  }

  fault(what: string, ...codes: number[]): void {
    this.faults.push({ what, codes })
  }

  /** As `fault`, and nothing behind it can be read. */
  broken(what: string): never {
    this.fault(what, malformedCode)
    throw new Unreadable(what)
  }

  uint8(): number {
    if (this.left < 1) this.broken('a packet ends early')
    return this.#bytes[this.#at++] ?? 0
  }

  uint16(): number {
    if (this.left < 2) this.broken('a packet ends early')
    return this.uint8() * 0x100 + this.uint8()
  }

  uint32(): number {
    if (this.left < 4) this.broken('a packet ends early')
    return this.uint16() * 0x1_0000 + this.uint16()
  }

  /** 5 §1.5.5: seven bits a byte, the least of them first, in as few bytes as will do. */
  varInt(): number {
    let value = 0
    for (let index = 0, weight = 1; index < 4; index++, weight *= 128) {
      const byte = this.uint8()
      value += (byte % 128) * weight
      if (byte >= 128) continue
      if (byte === 0 && index > 0) this.broken('a variable byte integer is longer than needed')
      return value
    }
    return this.broken('a variable byte integer has more than four bytes')
  }

  bytes(count: number): Uint8Array {
    if (this.left < count) this.broken('a packet ends early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  binary(): Uint8Array {
    return this.bytes(this.uint16())
  }

  /** 5 §1.5.4. */
  text(): string {
    const bytes = this.binary()
    if (!isText(bytes)) this.fault('a text is not UTF-8, or holds U+0000', malformedCode)
    return Buffer.from(bytes).toString('utf8')
  }

  /** What `read` reads of the next bytes it may not go beyond. */
  within<T>(count: number, read: () => T): T {
    if (count > this.left) this.broken('a block is longer than its packet')
    const end = this.#end
    this.#end = this.#at + count
    const result = read()
    this.#end = end
    return result
  }

  rest(): Uint8Array {
    return this.bytes(this.left)
  }
}

/** Smallest value that needs as many bytes: shorter ones are the only way to write what is below. */
const smallest = [0, 0x80, 0x800, 0x1_0000]

/** Well-formed UTF-8 by the table of RFC 3629, without U+0000. */
const isText = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0
    const more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : -1
    if (more < 0 || at + more >= bytes.length) return false
    let point = more === 0 ? first : first % (0x40 >> more)
    for (let next = 1; next <= more; next++) {
      const byte = bytes[at + next] ?? 0
      if (byte < 0x80 || byte > 0xbf) return false
      point = point * 0x40 + (byte - 0x80)
    }
    const isSurrogate = point >= 0xd800 && point <= 0xdfff
    if (point === 0 || point < (smallest[more] ?? 0) || point > 0x10_ffff || isSurrogate) return false
    at += more + 1
  }
  return true
}
