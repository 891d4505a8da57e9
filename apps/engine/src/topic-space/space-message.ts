/** A message of a tenant's topic space, as it is stored and passed between processes. */
export type SpaceMessage = {
  tenantId: string
  topic: string
  payload: Buffer
  qos: 0 | 1 | 2
  isRetained: boolean
  /** Properties of version 5 as they stand on the wire, without those that the server says itself. */
  properties: Buffer
  /** Epoch ms; 0: never. */
  expiresAtMs: number
  /** The connection that it came by, for subscriptions that want no messages of their own. */
  publisher: string
}

/** Version of the form below. */
const form = 1

/** Form, quality of service and RETAIN, expiry; then tenant, publisher, topic, properties and payload with lengths. */
export const encodeMessage = (message: SpaceMessage): Buffer => {
  const texts = [message.tenantId, message.publisher, message.topic].map((text) => Buffer.from(text))
  const blocks = [...texts, message.properties]
  const head = Buffer.alloc(10)
  head[0] = form
  head[1] = message.qos | (message.isRetained ? 4 : 0)
  head.writeDoubleBE(message.expiresAtMs, 2)
  const parts: Buffer[] = [head]
  for (const block of blocks) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(block.length)
    parts.push(length, block)
  }
  parts.push(message.payload)
  return Buffer.concat(parts)
}

/** Null for bytes in another form. The answer shares their memory. */
export const decodeMessage = (bytes: Buffer): SpaceMessage | null => {
  if (bytes.length < 10 || bytes[0] !== form) return null
  let at = 10
  const block = (): Buffer | null => {
    if (at + 4 > bytes.length) return null
    const start = at + 4
    at = start + bytes.readUInt32BE(at)
    return at <= bytes.length ? bytes.subarray(start, at) : null
  }
  const [tenantId, publisher, topic, properties] = [block(), block(), block(), block()]
  if (!tenantId || !publisher || !topic || !properties) return null
  const flags = bytes[1] ?? 0
  const qos = flags & 3
  return {
    tenantId: tenantId.toString(),
    publisher: publisher.toString(),
    topic: topic.toString(),
    properties,
    payload: bytes.subarray(at),
    qos: qos === 0 ? 0 : qos === 1 ? 1 : 2,
    isRetained: (flags & 4) !== 0,
    expiresAtMs: bytes.readDoubleBE(2),
  }
}

export const isOutOfDate = ({ expiresAtMs }: Pick<SpaceMessage, 'expiresAtMs'>, nowMs: number): boolean =>
  expiresAtMs > 0 && expiresAtMs <= nowMs
