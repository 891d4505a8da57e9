import { createServer, type AddressInfo, type Server } from 'node:net'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Metrics } from '../../observability/metrics.ts'
import type { DeviceGateway, Transport } from '../transport.ts'
import { DeviceConnection } from './device-connection.ts'
import type { ConnectAnswer } from './protocol/client-handler.ts'
import type { MqttConnection } from './protocol/connection.ts'
import { createMqttEngine } from './protocol/engine.ts'
import type { ConnectPacket } from './protocol/packets.ts'
import { ProtocolFault, reason } from './protocol/reasons.ts'
import { createProvisionConnection, wantsProvisioning } from './provision-connection.ts'
import { credentialsOf, type Refusal, refusalCode, refusalReason } from './translate.ts'

/** Above what a socket that is not read any further has delivered in one piece: clients that mind no limit reach it not. */
const defaultReceiveMaximum = 8_192

export type MqttTransportOptions = {
  host: string
  port: number
  gateway: DeviceGateway
  logger: Logger
  metrics: Metrics
  /** QoS 1 and 2 publishes that a version 5 client may have unanswered. */
  receiveMaximum?: number
}

/** MQTT 3.1, 3.1.1 and 5 over TCP. */
export const createMqttTransport = (options: MqttTransportOptions): Transport => {
  const { gateway, logger, metrics } = options
  let server: Server | null = null

  const connect = async (link: MqttConnection, packet: ConnectPacket): Promise<ConnectAnswer> => {
    const offer = credentialsOf(packet)
    const refused = (refusal: Refusal): ConnectAnswer => ({
      isAccepted: false,
      returnCode: refusalCode(offer, refusal),
      reasonCode: refusalReason(offer, refusal),
    })
    // [MQTT-3.1.3-8]: an empty client id needs a clean session; version 5 assigns one.
    if (offer.clientId === '' && !packet.isClean && packet.version < 5)
      return { isAccepted: false, returnCode: 2, reasonCode: reason.clientIdInvalid }
    if (wantsProvisioning(offer)) return { isAccepted: true, handler: createProvisionConnection({ gateway, link }) }
    try {
      const opened = await gateway.open(offer, { transport: 'mqtt', address: link.address, lifetime: 'connection' })
      if (!opened.ok) return refused(opened.refusal)
      const onIgnored = () => metrics.ignoredPublishes.inc()
      return { isAccepted: true, handler: new DeviceConnection({ gateway, session: opened.session, link, onIgnored }) }
    } catch (error) {
      logger.warn(errorFields(error), 'credentials could not be checked')
      return refused('unavailable')
    }
  }

  const engine = createMqttEngine({
    connect,
    receiveMaximum: options.receiveMaximum ?? defaultReceiveMaximum,
    onFault: (link, fault) => {
      if (fault instanceof ProtocolFault && fault.code === reason.packetTooLarge)
        metrics.rejected.inc({ transport: 'mqtt', code: 'PAYLOAD_TOO_LARGE' })
      logger.debug({ address: link.address, error: fault.message }, 'mqtt connection ended by an error')
    },
  })

  return {
    name: 'mqtt',
    port: () => (server?.address() as AddressInfo | null)?.port ?? 0,
    start: async () => {
      const created = createServer(engine.accept)
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject)
        created.listen({ host: options.host, port: options.port, backlog: 4_096 }, resolve)
      })
      created.on('error', (error) => logger.error(errorFields(error), 'mqtt server error'))
      engine.start()
      server = created
    },
    stop: async (deadlineMs) => {
      const closing = server
      server = null
      const closed = closing ? new Promise<void>((resolve) => closing.close(() => resolve())) : Promise.resolve()
      await engine.stop(deadlineMs)
      await closed
    },
  }
}
