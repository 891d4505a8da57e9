import type { DeviceGateway } from '../transport.ts'
import type { Answer, MqttLink, MqttSession } from './mqtt-session.ts'
import type { PublishPacket } from './protocol/packets.ts'
import { PublishRefusal, reason, refusedFilter } from './protocol/reasons.ts'

const requestTopic = '/provision/request'
const responseTopic = '/provision/response'
const nothingElse = 'Only provisioning is served here'
/** The device comes again with its credentials: it needs this connection no longer (as ThingsBoard). */
const closeAfterAnswerMs = 60_000
/** Nobody who shows no credentials stays longer than that. */
const longestMs = 600_000

/** Whether a CONNECT asks for credentials instead of showing some. */
export const wantsProvisioning = (offer: { clientId: string; userName: string | null }): boolean =>
  offer.userName === 'provision' || offer.clientId === 'provision'

/** The connection of a device that comes for its credentials; anything else that it tries ends it. */
export const createProvisionConnection = (options: {
  gateway: Pick<DeviceGateway, 'provision'>
  link: MqttLink
  closeAfterAnswerMs?: number
}): MqttSession => {
  const { gateway, link } = options
  let isClosed = false
  let qos: 0 | 1 = 1
  let underWay: Promise<void> | null = null
  const endIn = (ms: number) =>
    setTimeout(() => link.end(reason.administrativeAction, 'provisioning is over'), ms).unref()
  let timer = endIn(longestMs)

  const provision = async ({ payload }: PublishPacket, answer: Answer): Promise<void> => {
    let body: string
    try {
      body = await gateway.provision(payload, { transport: 'mqtt', address: link.address })
    } catch (error) {
      return answer(error instanceof Error ? error : new Error(String(error)))
    }
    answer()
    if (isClosed) return
    link.send(responseTopic, body, qos)
    clearTimeout(timer)
    timer = endIn(options.closeAfterAnswerMs ?? closeAfterAnswerMs)
  }

  return {
    touch: () => {},
    publish: (packet, answer) => {
      if (packet.topic !== requestTopic) {
        // Version 5 is told by the acknowledgement too (as ThingsBoard).
        if (link.version === 5) answer(new PublishRefusal('topic', nothingElse))
        return link.end(reason.topicNameInvalid, nothingElse)
      }
      if (underWay) return answer(new Error('A provision request is under way'))
      underWay = provision(packet, answer).finally(() => {
        underWay = null
      })
    },
    subscribe: (subscriptions) =>
      subscriptions.map(({ filter, qos: wanted }) => {
        if (filter !== responseTopic) return refusedFilter(filter)
        qos = wanted > 0 ? 1 : 0
        return qos
      }),
    subscribed: () => {},
    acknowledged: () => {},
    unsubscribe: (filters) => {
      qos = 1
      return filters.map((filter) => (filter === responseTopic ? reason.success : reason.topicFilterInvalid))
    },
    closed: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
