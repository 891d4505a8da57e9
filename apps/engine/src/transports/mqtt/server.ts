import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Client } from 'aedes'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Metrics } from '../../observability/metrics.ts'
import type { DeviceCredentialsOffer, DeviceGateway, Transport } from '../transport.ts'
import { announcedPacketBytes, DeviceBroker, grantAtMostQos1, onPuback, stopReading } from './device-broker.ts'
import { DeviceConnection } from './device-connection.ts'
import type { MqttSession } from './mqtt-session.ts'
import { createProvisionConnection, wantsProvisioning } from './provision-connection.ts'
import { credentialsOf, refusalCode } from './translate.ts'

/** A larger packet closes the connection. */
const maxPacketBytes = 65_536
const connectTimeoutMs = 10_000
/** Packets that may arrive before authentication is through. */
const maxUnauthenticatedPackets = 100

export type MqttTransportOptions = {
  host: string
  port: number
  gateway: DeviceGateway
  logger: Logger
  metrics: Metrics
}

type Offer = Extract<DeviceCredentialsOffer, { kind: 'mqtt-basic' }> & { wantsSession: boolean }

/** MQTT 3.1 and 3.1.1 over TCP. */
export const createMqttTransport = (options: MqttTransportOptions): Transport => {
  const { gateway, logger, metrics } = options
  const offers = new WeakMap<Client, Offer>()
  const connections = new Map<Client, MqttSession>()
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let connectionNumber = 0

  const broker = new DeviceBroker({
    connectTimeout: connectTimeoutMs,
    queueLimit: maxUnauthenticatedPackets,
    // Client ids are replaced by our own: two devices may use one id, and no id names a session that outlives its socket.
    maxClientsIdLength: 100,
    heartbeatInterval: 3_600_000,
    preConnect: (client, packet, done) => {
      const offer = credentialsOf(packet)
      if (offer.kind === 'mqtt-basic') offers.set(client, { ...offer, wantsSession: packet.clean === false })
      packet.clientId = `c${++connectionNumber}`
      packet.clean = true
      delete packet.will
      done(null, true)
    },
    authenticate: (client, _userName, _password, done) => {
      const refuse = (returnCode: 2 | 3 | 5) => done(Object.assign(new Error('refused'), { returnCode }), false)
      const offer = offers.get(client)
      if (!offer) return refuse(3)
      // [MQTT-3.1.3-8]: an empty client id needs a clean session.
      if (offer.clientId === '' && offer.wantsSession) return refuse(2)
      if (wantsProvisioning(offer)) {
        if (!isSocket(client.conn)) return refuse(3)
        connections.set(client, createProvisionConnection({ gateway, client, socket: client.conn }))
        return done(null, true)
      }
      gateway.open(offer, { transport: 'mqtt', address: addressOf(client), lifetime: 'connection' }).then(
        (result) => {
          if (!result.ok) return refuse(refusalCode(offer, result.refusal))
          const { conn } = client
          if (client.closed || !isSocket(conn)) return gateway.close(result.session, 'closed during authentication')
          const connection = new DeviceConnection({
            gateway,
            session: result.session,
            client,
            socket: conn,
            onIgnored: () => metrics.ignoredPublishes.inc(),
          })
          connections.set(client, connection)
          done(null, true)
        },
        (error: unknown) => {
          logger.warn(errorFields(error), 'credentials could not be checked')
          refuse(3)
        },
      )
    },
    authorizePublish: (client, packet, done) => {
      const connection = client && connections.get(client)
      if (!connection) return done(new Error('not authenticated'))
      connection.touch()
      connection.publish(packet, done)
    },
    authorizeSubscribe: (client, subscription, done) => {
      const granted = connections.get(client)?.subscribe(subscription.topic, subscription.qos) ?? null
      done(null, granted === null ? null : subscription)
    },
  })
  broker.on('unsubscribe', (filters, client) => connections.get(client)?.unsubscribe(filters))
  broker.on('subscribe', (subscriptions, client) =>
    connections.get(client)?.subscribed(subscriptions.map(({ topic }) => topic)),
  )
  broker.on('ping', (_packet, client) => connections.get(client)?.touch())
  broker.on('clientError', (client, error) =>
    logger.debug({ clientId: client.id, error: error.message }, 'mqtt connection ended by an error'),
  )

  const accept = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    const client = broker.handle(socket)
    grantAtMostQos1(client)
    onPuback(client, (messageId) => connections.get(client)?.acknowledged(messageId))
    const announced = announcedPacketBytes(client)
    // After Aedes' own listener, which has parsed the chunk by now.
    socket.on('readable', () => {
      if (announced() <= maxPacketBytes) return
      metrics.rejected.inc({ transport: 'mqtt', code: 'PAYLOAD_TOO_LARGE' })
      socket.destroy()
    })
    socket.once('close', () => {
      sockets.delete(socket)
      connections.get(client)?.closed('connection closed')
      connections.delete(client)
    })
  }

  return {
    name: 'mqtt',
    port: () => (server?.address() as AddressInfo | null)?.port ?? 0,
    start: async () => {
      await broker.listen()
      const created = createServer(accept)
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject)
        created.listen({ host: options.host, port: options.port, backlog: 4_096 }, resolve)
      })
      created.on('error', (error) => logger.error(errorFields(error), 'mqtt server error'))
      server = created
    },
    stop: async (deadlineMs) => {
      const closing = server
      server = null
      const closed = closing ? new Promise<void>((resolve) => closing.close(() => resolve())) : Promise.resolve()
      for (const client of connections.keys()) stopReading(client)
      await beforeDeadline(Promise.all([...connections.values()].map((connection) => connection.settled())), deadlineMs)
      // Acknowledgements were handed to the sockets a moment ago: end them so that they are sent, then cut off the rest.
      for (const socket of sockets) socket.end()
      await beforeDeadline(closed, Math.min(deadlineMs, Date.now() + 500))
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => broker.close(resolve))
      await closed
    },
  }
}

const isSocket = (connection: unknown): connection is Socket =>
  typeof connection === 'object' && connection !== null && 'remoteAddress' in connection

const addressOf = (client: Client): string => (isSocket(client.conn) ? (client.conn.remoteAddress ?? '') : '')

const beforeDeadline = async (work: Promise<unknown>, deadlineMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
