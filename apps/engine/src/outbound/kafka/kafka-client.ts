import type { KafkaRequest, OutboundKinds } from '@thingwire/rules'
import {
  type Broker,
  findErrorBy,
  type Connection,
  NetworkError,
  Producer,
  type ProducerOptions,
  TimeoutError,
} from '@platformatic/kafka'
import type { OutboundGuard } from '../address-guard/outbound-guard.ts'
import { createKeptConnection } from '../kept-connection.ts'
import { reasonOf, type SystemFactory } from '../system-client.ts'
import { encodeHeader } from './header-charset.ts'
import { securityOf } from './java-properties.ts'

type Settings = OutboundKinds['kafka']['settings']
type Options = ProducerOptions<Buffer, Buffer, Buffer, Buffer>

const leastRetries = 3
const retryDelayMs = 250

type Client = Producer<Buffer, Buffer, Buffer, Buffer>

/** A producer of Kafka, by its own protocol. It is open when a broker has told which brokers there are. */
export const kafkaClient: SystemFactory<'kafka'> = (settings, deps) => {
  const where = `kafka ${settings.bootstrapServers}`
  const limitMs = Math.min(Number(settings.properties['request.timeout.ms']) || deps.timeoutMs, deps.timeoutMs)

  const open = async (): Promise<Client> => {
    const { tls, sasl } = securityOf(settings.properties)
    const producer = guardedProducer(deps.guard, {
      clientId: settings.properties['client.id'] ?? 'thingwire',
      bootstrapBrokers: brokersOf(settings),
      // A topic that is just being made, or moves, is there a moment later.
      retries: Math.max(settings.retries, leastRetries),
      retryDelay: retryDelayMs,
      connectTimeout: Math.min(limitMs, 10_000),
      requestTimeout: limitMs,
      timeout: limitMs,
      autocreateTopics: true,
      ...(sasl && { sasl }),
      ...(tls && { tls, tlsServerName: true }),
    })
    try {
      await producer.metadata({ topics: [] })
      return producer
    } catch (error) {
      await producer.close().catch(() => {})
      throw error
    }
  }

  const connection = createKeptConnection<Client>({
    open,
    close: async (producer) => {
      await producer.close()
    },
    suspended: (reason) => deps.suspended(reason === null ? null : reasonOf(where, reason)),
  })

  return {
    where: () => where,
    send: async ({ key, request }) => {
      const producer = await connection.get()
      try {
        const { offsets } = await producer.send({
          acks: settings.acks,
          compression: compressionOf(settings),
          messages: [messageOf(request, key, settings.headersCharset)],
        })
        const [place] = offsets ?? []
        return { topic: request.topic, partition: place?.partition ?? -1, offset: String(place?.offset ?? -1) }
      } catch (error) {
        if (isNetwork(error)) connection.lost(producer, error)
        throw error
      }
    },
    close: () => connection.close(),
  }
}

const messageOf = ({ topic, key, value, headers }: KafkaRequest, idempotencyKey: string, charset: string) => ({
  topic,
  ...(key !== null && { key: Buffer.from(key) }),
  value: Buffer.from(value),
  headers: new Map(
    [...headers, ['Idempotency-Key', idempotencyKey] as const].map(([name, text]) => [
      Buffer.from(name),
      encodeHeader(text, charset),
    ]),
  ),
})

/** The connection is what failed, not the record. */
const isNetwork = (error: unknown): boolean =>
  [NetworkError.code, TimeoutError.code].some((code) =>
    findErrorBy(error instanceof Error ? error : null, 'code', code),
  )

const brokersOf = ({ bootstrapServers }: Settings): string[] =>
  bootstrapServers
    .split(',')
    .map((server) => server.trim())
    .filter(Boolean)

const compressions = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

const compressionOf = ({ properties }: Settings): (typeof compressions)[number] =>
  compressions.find((name) => name === properties['compression.type']) ?? 'none'

/**
 * Looks at the address of every broker that it is about to connect to, also of those that Kafka itself names. Without TLS
 * the library takes no `lookup`: it is given the address that was found, so that it does not look up another one.
 */
const guardedProducer = (guard: OutboundGuard, options: Options): Producer<Buffer, Buffer, Buffer, Buffer> => {
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    ...options,
    ...(options.tls && { tls: { ...options.tls, lookup: guard.lookup } }),
  })
  const { connections } = producer
  const { get } = connections
  const place = (broker: Broker): Promise<Broker> =>
    new Promise((resolve, reject) => {
      guard.check(broker.host)
      if (options.tls) resolve(broker)
      else
        guard.lookup(broker.host, {}, (error, address) => {
          if (error) reject(error)
          else resolve({ ...broker, host: String(address) })
        })
    })
  const goOn = (broker: Broker | undefined, answer: Answered) => void Reflect.apply(get, connections, [broker, answer])
  const guardedGet = (broker: Broker | undefined, answer: Answered): void => {
    // A leader that is not known any more: the library asks for it anew.
    if (!broker) {
      goOn(broker, answer)
      return
    }
    place(broker).then(
      (found) => goOn(found, answer),
      (error: unknown) => answer(new NetworkError(reasonOf(broker.host, error), { canRetry: false })),
    )
  }
  Object.assign(connections, { get: guardedGet })
  return producer
}

type Answered = (error: Error | null, connection?: Connection) => void
