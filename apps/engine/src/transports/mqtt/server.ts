import type { HttpRegistration } from '../../http/server.ts'
import type { Part } from '../../lifecycle.ts'
import type { ConnectionGate, Transport } from '../transport.ts'
import { type ConnectDeps, createConnect } from './connect.ts'
import { type CertificateFiles, createServerCertificate } from './doors/server-certificate.ts'
import { createTcpDoor } from './doors/tcp-door.ts'
import { createWebDoor } from './doors/web-door.ts'
import type { MqttConnection } from './protocol/connection.ts'
import { createMqttEngine } from './protocol/engine.ts'
import { ProtocolFault, reason } from './protocol/reasons.ts'

/** Above what a socket that is not read any further has delivered in one piece: clients that mind no limit reach it not. */
const defaultReceiveMaximum = 8_192

export type MqttTransportOptions = ConnectDeps & {
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
      const { anonymousTenantId } = options
      if (anonymousTenantId !== null)
        logger.warn(
          { tenantId: anonymousTenantId },
          'MQTT clients without credentials may use the topics of this tenant',
        )
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
