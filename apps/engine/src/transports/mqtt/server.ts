import type { HttpRegistration } from '../../http/server.ts'
import type { Part } from '../../lifecycle.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Metrics } from '../../observability/metrics.ts'
import type { TopicSpace } from '../../topic-space/topic-space.ts'
import type { ConnectionGate, DeviceCredentialsOffer, DeviceGateway, Transport } from '../transport.ts'
import { DeviceConnection } from './device-connection.ts'
import { type CertificateFiles, createServerCertificate } from './doors/server-certificate.ts'
import { createTcpDoor } from './doors/tcp-door.ts'
import { createWebDoor } from './doors/web-door.ts'
import type { ConnectAnswer } from './protocol/client-handler.ts'
import type { MqttConnection } from './protocol/connection.ts'
import { createMqttEngine } from './protocol/engine.ts'
import type { ConnectPacket } from './protocol/packets.ts'
import { ProtocolFault, reason } from './protocol/reasons.ts'
import { deviceMember } from './sessions/device-member.ts'
import { isMember, openMember } from './sessions/open-member.ts'
import type { SpaceCounters } from './sessions/space-client.ts'
import { createProvisionConnection, wantsProvisioning } from './provision-connection.ts'
import { credentialsOf, type Refusal, refusalCode, refusalReason } from './translate.ts'

/** Above what a socket that is not read any further has delivered in one piece: clients that mind no limit reach it not. */
const defaultReceiveMaximum = 8_192

export type MqttTransportOptions = {
  host: string
  port: number
  /** Null: no port with TLS. */
  tls: { port: number; files: CertificateFiles } | null
  gate: ConnectionGate
  /** Whether a connection from there begins with a header of the PROXY protocol; null: none does. */
  isProxy: ((address: string) => boolean) | null
  /** Proxies whose X-Forwarded-For is believed. */
  isTrustedProxy: (address: string) => boolean
  /** Longest time for a TLS handshake, ms. */
  handshakeMs: number
  gateway: DeviceGateway
  space: TopicSpace
  logger: Logger
  metrics: Metrics
  /** QoS 1 and 2 publishes that a version 5 client may have unanswered. */
  receiveMaximum?: number
}

export type MqttTransport = Transport & {
  /** 0: the port is closed. */
  tlsPort(): number
  /** `/mqtt` of the public port. A part of its own: it stops before that port does. */
  web: Part & { attach: HttpRegistration }
}

/** MQTT 3.1, 3.1.1 and 5 over TCP, TLS and WebSocket. */
export const createMqttTransport = (options: MqttTransportOptions): MqttTransport => {
  const { gate, logger } = options
  const connectionOptions = {
    connect: createConnect(options),
    receiveMaximum: options.receiveMaximum ?? defaultReceiveMaximum,
    onFault: (link: MqttConnection, fault: Error) => {
      if (fault instanceof ProtocolFault && fault.code === reason.packetTooLarge)
        options.metrics.rejected.inc({ transport: 'mqtt', code: 'PAYLOAD_TOO_LARGE' })
      logger.debug({ address: link.address, error: fault.message }, 'mqtt connection ended by an error')
    },
  }
  const engine = createMqttEngine(connectionOptions)
  const webEngine = createMqttEngine(connectionOptions)
  const { host, isProxy, handshakeMs, tls } = options
  const common = { host, isProxy, gate, handshakeMs, accept: engine.accept, logger }
  const plainDoor = createTcpDoor({ ...common, port: options.port, certificate: null })
  const certificate = tls && createServerCertificate({ files: tls.files, logger })
  const tlsDoor = tls && createTcpDoor({ ...common, port: tls.port, certificate })
  const webDoor = createWebDoor({ gate, isTrustedProxy: options.isTrustedProxy, accept: webEngine.accept })

  return {
    name: 'mqtt',
    port: plainDoor.port,
    tlsPort: () => tlsDoor?.port() ?? 0,
    start: async () => {
      await plainDoor.open()
      try {
        await tlsDoor?.open()
      } catch (error) {
        await plainDoor.close()
        throw error
      }
      engine.start()
    },
    stop: async (deadlineMs) => {
      const closed = Promise.all([plainDoor.close(), tlsDoor?.close()])
      await engine.stop(deadlineMs)
      await closed
    },
    web: {
      name: 'mqtt over websocket',
      attach: webDoor.attach,
      start: async () => webEngine.start(),
      stop: async (deadlineMs) => {
        webDoor.close()
        await webEngine.stop(deadlineMs)
      },
    },
  }
}

/** Decides on a CONNECT, whichever door it came through. */
const createConnect =
  ({ gateway, space, logger, metrics }: Pick<MqttTransportOptions, 'gateway' | 'space' | 'logger' | 'metrics'>) =>
  async (link: MqttConnection, packet: ConnectPacket): Promise<ConnectAnswer> => {
    const { lease, certificates } = link.origin
    const typed = credentialsOf(packet)
    // A certificate speaks before name and password do (as ThingsBoard).
    const offer: DeviceCredentialsOffer = certificates.length > 0 ? { kind: 'x509', certificates } : typed
    const refused = (refusal: Refusal): ConnectAnswer => ({
      isAccepted: false,
      returnCode: refusalCode(offer, refusal),
      reasonCode: refusalReason(offer, refusal),
    })
    if (!lease.asks()) return refused('too-many')
    // [MQTT-3.1.3-8]: an empty client id needs a clean session; version 5 assigns one.
    if (typed.clientId === '' && !packet.isClean && packet.version < 5)
      return { isAccepted: false, returnCode: 2, reasonCode: reason.clientIdInvalid }
    if (offer.kind !== 'x509' && wantsProvisioning(typed)) {
      lease.stays()
      return { isAccepted: true, handler: createProvisionConnection({ gateway, link }) }
    }
    try {
      const opened = await gateway.open(offer, { transport: 'mqtt', address: link.address, lifetime: 'connection' })
      if (!opened.ok) return refused(opened.refusal)
      lease.isKnown()
      const onIgnored = () => metrics.ignoredPublishes.inc()
      const { session } = opened
      const handler = new DeviceConnection({ gateway, session, link, onIgnored })
      const who = { holderId: session.deviceId, hasSpace: session.settings.topicSpace !== null }
      if (!isMember(packet, space, who)) return { isAccepted: true, handler }
      const member = deviceMember(gateway, session, handler)
      return await openMember(packet, link, member, { space, logger, counters: spaceCounters(metrics) }).catch(
        (error: unknown) => {
          handler.closed('the session cannot be opened')
          throw error
        },
      )
    } catch (error) {
      logger.warn(errorFields(error), 'credentials could not be checked')
      return refused('unavailable')
    }
  }

const spaceCounters = (metrics: Metrics): SpaceCounters => ({
  published: () => metrics.spaceMessages.inc(),
  dropped: (why, count = 1) => metrics.spaceDropped.inc({ reason: why }, count),
})
