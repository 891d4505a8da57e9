import { type AddressInfo, createServer, type Socket } from 'node:net'

export type KafkaRecord = {
  topic: string
  partition: number
  key: Buffer | null
  value: Buffer | null
  headers: [name: string, value: Buffer][]
}

export type KafkaBroker = AsyncDisposable & {
  port: number
  records: KafkaRecord[]
  acks: number[]
  connections(): number
}

const apis = { produce: 0, metadata: 3, versions: 18 } as const
const unsupportedVersion = 35
const unknownTopic = 3

/** Reads what Kafka's protocol guide describes; numbers are big-endian. */
class Reader {
  readonly #bytes: Buffer
  at = 0
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  #take(size: number): Buffer {
    this.at += size
    return this.#bytes.subarray(this.at - size, this.at)
  }
  int8 = () => this.#take(1).readInt8()
  int16 = () => this.#take(2).readInt16BE()
  int32 = () => this.#take(4).readInt32BE()
  int64 = () => this.#take(8).readBigInt64BE()
  text = (): string | null => {
    const size = this.int16()
    return size < 0 ? null : this.#take(size).toString('utf8')
  }
  bytes = (): Buffer => this.#take(this.int32())
  /** Zigzag. */
  varint = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#take(1).readUInt8()
      value |= (byte & 127) << shift
      if (byte < 128) return (value >>> 1) ^ -(value & 1)
    }
  }
  varBytes = (): Buffer | null => {
    const size = this.varint()
    return size < 0 ? null : this.#take(size)
  }
  list = <T>(one: () => T): T[] => Array.from({ length: this.int32() }, one)
}

const int8 = (value: number) => Buffer.from([value & 255])
const int16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255])
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const int64 = (value: bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(value)
  return bytes
}
const text = (value: string) => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)])
const list = (entries: readonly Buffer[]) => Buffer.concat([int32(entries.length), ...entries])

/** Of a batch in the format of version 2. */
const recordsOf = (batch: Buffer): Pick<KafkaRecord, 'key' | 'value' | 'headers'>[] => {
  const reader = new Reader(batch)
  reader.at = 16
  if (reader.int8() !== 2) throw new Error('Records are not in format 2')
  reader.at = 57
  return reader.list(() => {
    reader.varint()
    reader.int8()
    reader.varint()
    reader.varint()
    const [key, value] = [reader.varBytes(), reader.varBytes()]
    const headers = Array.from({ length: reader.varint() }, (): [string, Buffer] => [
      (reader.varBytes() ?? Buffer.alloc(0)).toString('utf8'),
      reader.varBytes() ?? Buffer.alloc(0),
    ])
    return { key, value, headers }
  })
}

/**
 * As much of a broker as a producer needs, written after Kafka's protocol guide: versions, metadata (version 1) and produce
 * (version 3). Topics have three partitions, except `missing`, which is not there. `advertised` is the host that it names.
 */
export const startKafkaBroker = async ({
  advertised = '127.0.0.1',
  port: wanted = 0,
}: {
  advertised?: string
  port?: number
} = {}): Promise<KafkaBroker> => {
  const records: KafkaRecord[] = []
  const acks: number[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  let port = 0

  const versions = (version: number): Buffer => {
    const supported = [
      [apis.produce, 3, 3],
      [apis.metadata, 1, 1],
      [apis.versions, 0, 3],
    ].map((numbers) => Buffer.concat(numbers.map(int16)))
    if (version > 3) return Buffer.concat([int16(unsupportedVersion), list(supported)])
    if (version < 3) return Buffer.concat([int16(0), list(supported), ...(version > 0 ? [int32(0)] : [])])
    const tagged = supported.map((one) => Buffer.concat([one, int8(0)]))
    return Buffer.concat([int16(0), int8(tagged.length + 1), ...tagged, int32(0), int8(0)])
  }

  const metadata = (reader: Reader): Buffer => {
    const wanted = reader.list(() => reader.text() ?? '')
    const broker = Buffer.concat([int32(1), text(advertised), int32(port), int16(-1)])
    const partition = (index: number) =>
      Buffer.concat([int16(0), int32(index), int32(1), list([int32(1)]), list([int32(1)])])
    const topics = wanted.map((name) =>
      name === 'missing'
        ? Buffer.concat([int16(unknownTopic), text(name), int8(0), list([])])
        : Buffer.concat([int16(0), text(name), int8(0), list([0, 1, 2].map(partition))]),
    )
    return Buffer.concat([list([broker]), int32(1), list(topics)])
  }

  const produce = (reader: Reader): Buffer | null => {
    reader.text()
    const wanted = reader.int16()
    acks.push(wanted)
    reader.int32()
    const topics = reader.list(() => {
      const topic = reader.text() ?? ''
      const partitions = reader.list(() => {
        const partition = reader.int32()
        const offset = records.filter((one) => one.topic === topic && one.partition === partition).length
        for (const record of recordsOf(reader.bytes())) records.push({ topic, partition, ...record })
        return Buffer.concat([int32(partition), int16(0), int64(BigInt(offset)), int64(-1n)])
      })
      return Buffer.concat([text(topic), list(partitions)])
    })
    return wanted === 0 ? null : Buffer.concat([list(topics), int32(0)])
  }

  const answer = (request: Buffer): Buffer | null => {
    const reader = new Reader(request)
    const [api, version, id] = [reader.int16(), reader.int16(), reader.int32()]
    reader.text()
    const body = api === apis.versions ? versions(version) : api === apis.metadata ? metadata(reader) : produce(reader)
    return body && Buffer.concat([int32(4 + body.length), int32(id), body])
  }

  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    let pending = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE()) {
        const end = 4 + pending.readInt32BE()
        const reply = answer(pending.subarray(4, end))
        pending = pending.subarray(end)
        if (reply) socket.write(reply)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  return {
    port,
    records,
    acks,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
