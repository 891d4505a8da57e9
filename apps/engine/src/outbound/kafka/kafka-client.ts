import type { OutboundKinds } from '@thingwire/rules'
import { type Broker, type Connection, NetworkError, Producer, type ProducerOptions } from '@platformatic/kafka'
import type { OutboundGuard } from '../address-guard/outbound-guard.ts'
import { reasonOf, type SystemFactory } from '../system-client.ts'
import { encodeHeader } from './header-charset.ts'
import { securityOf } from './java-properties.ts'

type Settings = OutboundKinds['kafka']['settings']
type Options = ProducerOptions<Buffer, Buffer, Buffer, Buffer>

const leastRetries = 3

/** A producer of Kafka, by its own protocol. */
export const kafkaClient: SystemFactory<'kafka'> = (settings, deps) => {
  const limitMs = Math.min(Number(settings.properties['request.timeout.ms']) || deps.timeoutMs, deps.timeoutMs)
  const security = securityOf(settings.properties)
  let producer: Producer<Buffer, Buffer, Buffer, Buffer> | null = null

  const produced = () => {
    producer ??= guardedProducer(deps.guard, {
      clientId: settings.properties['client.id'] ?? 'thingwire',
      bootstrapBrokers: brokersOf(settings),
      // A topic that is just being made, or moves, is there a moment later.
      retries: Math.max(settings.retries, leastRetries),
      connectTimeout: Math.min(limitMs, 10_000),
      requestTimeout: limitMs,
      timeout: limitMs,
      autocreateTopics: true,
      ...(security.sasl && { sasl: security.sasl }),
      ...(security.tls && { tls: security.tls, tlsServerName: true }),
    })
    return producer
  }

  return {
    where: () => `kafka ${settings.bootstrapServers}`,
    send: async ({ key, request }) => {
      const { offsets } = await produced().send({
        acks: settings.acks,
        compression: compressionOf(settings),
        messages: [
          {
            topic: request.topic,
            ...(request.key !== null && { key: Buffer.from(request.key) }),
            value: Buffer.from(request.value),
            headers: new Map(
              [...request.headers, ['Idempotency-Key', key] as const].map(([name, value]) => [
                Buffer.from(name),
                encodeHeader(value, settings.headersCharset),
              ]),
            ),
          },
        ],
      })
      const [place] = offsets ?? []
      return { topic: request.topic, partition: place?.partition ?? -1, offset: String(place?.offset ?? -1) }
    },
    close: async () => {
      await producer?.close()
    },
  }
}

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
  const guardedGet = (broker: Broker, answer: Answered): void => {
    place(broker).then(
      (found) => void Reflect.apply(get, connections, [found, answer]),
      (error: unknown) => answer(new NetworkError(reasonOf(broker.host, error), { canRetry: false })),
    )
  }
  Object.assign(connections, { get: guardedGet })
  return producer
}

type Answered = (error: Error | null, connection?: Connection) => void
