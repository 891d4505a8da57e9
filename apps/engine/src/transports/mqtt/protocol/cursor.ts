import { isUtf8 } from 'node:buffer'
import { malformed } from './reasons.ts'

/** Reads the fields of one packet, and never beyond its end. */
export class Cursor {
  #bytes: Buffer
  #position = 0
  #end = 0

  constructor() {
    this.#bytes = Buffer.alloc(0)
  }

  over(bytes: Buffer, start: number, end: number): this {
    this.#bytes = bytes
    this.#position = start
    this.#end = end
    return this
  }

  /** Lets go of the bytes, which would be kept until the next packet. */
  release(): void {
    this.#bytes = empty
    this.#position = 0
    this.#end = 0
  }

  get position(): number {
    return this.#position
  }

  get left(): number {
    return this.#end - this.#position
  }

  byte(): number {
    this.#need(1)
    return this.#bytes[this.#position++] ?? 0
  }

  uint16(): number {
    this.#need(2)
    const value = this.#bytes.readUInt16BE(this.#position)
    this.#position += 2
    return value
  }

  uint32(): number {
    this.#need(4)
    const value = this.#bytes.readUInt32BE(this.#position)
    this.#position += 4
    return value
  }

  /** [MQTT-1.5.5-1]: at most four bytes, and no more of them than the value needs. */
  varInt(): number {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte & 0x80) continue
      if (byte === 0 && shift > 0) throw malformed('A length takes more bytes than it needs')
      return value
    }
    throw malformed('A length takes more than four bytes')
  }

  binary(): Buffer {
    const length = this.uint16()
    return this.take(length)
  }

  take(length: number): Buffer {
    this.#need(length)
    const taken = this.#bytes.subarray(this.#position, this.#position + length)
    this.#position += length
    return taken
  }

  /** Until `widen` nothing is read beyond the next so many bytes. The end before, for `widen`. */
  narrow(length: number): number {
    this.#need(length)
    const end = this.#end
    this.#end = this.#position + length
    return end
  }

  widen(end: number): void {
    this.#end = end
  }

  /** What was read from `position` on. */
  since(position: number): Buffer {
    return this.#bytes.subarray(position, this.#position)
  }

  rest(): Buffer {
    return this.take(this.left)
  }

  /** [MQTT-1.5.3-1], [MQTT-1.5.3-2] (5: [MQTT-1.5.4-1], [MQTT-1.5.4-2]): well-formed UTF-8 without U+0000. */
  text(): string {
    const bytes = this.binary()
    if (!isUtf8(bytes)) throw malformed('A text is not UTF-8')
    if (bytes.includes(0)) throw malformed('A text holds U+0000')
    return bytes.toString('utf8')
  }

  /** As `text`; devices publish to the same few topics, whose text is at hand after one comparison. */
  topic(): string {
    const length = this.uint16()
    this.#need(length)
    const end = this.#position + length
    if (length === lastTopicBytes.length && lastTopicBytes.compare(this.#bytes, this.#position, end) === 0) {
      this.#position = end
      return lastTopic
    }
    this.#position -= 2
    const topic = this.text()
    if (topic.includes('+') || topic.includes('#')) throw malformed('A topic name holds a wildcard')
    if (length > 0 && length <= longestRemembered) {
      lastTopic = topic
      lastTopicBytes = Buffer.from(topic)
    }
    return topic
  }

  #need(length: number): void {
    if (this.#end - this.#position < length) throw malformed('A packet ends early')
  }
}

const empty = Buffer.alloc(0)
const longestRemembered = 200
let lastTopic = ''
let lastTopicBytes = Buffer.alloc(0)
