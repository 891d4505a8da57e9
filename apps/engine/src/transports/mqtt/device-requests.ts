import type { PayloadType } from '@thingwire/contracts'
import { notServed, payloadAdaptor } from '../payload/index.ts'
import type { PayloadAdaptor } from '../payload/payload-format.ts'
import type { DeviceGateway, DeviceSession } from '../transport.ts'
import type { MqttLink } from './mqtt-session.ts'
import { createPackageRequests, packageErrorTopic, packageFilter, type PackageRequest } from './package-requests.ts'
import { PublishRefusal, reason } from './protocol/reasons.ts'
import { filterOfResponse, type PublishIntent } from './translate.ts'

/** What a device asks the platform for, or answers it; all but values and what gateways say. */
export type RequestIntent = Exclude<PublishIntent, { kind: 'uplink' | 'gateway' | 'unknown' }>

type Requested = { responseTopic: string; format: PayloadType | null }

/** A payload that cannot be read: the profile may want it to be acknowledged. */
export const unreadable = ({ settings }: DeviceSession, message: string): PublishRefusal => {
  const isPassedOver = settings.mqtt?.sendAckOnValidationException ?? false
  return new PublishRefusal(isPassedOver ? 'payload-passed-over' : 'payload', message)
}

/** Requests of one connection. Each resolves when it may be acknowledged, and rejects as a publish is refused. */
export const createDeviceRequests = (options: {
  gateway: DeviceGateway
  session: DeviceSession
  link: Pick<MqttLink, 'end'>
  /** Writes to the device, with the quality of service of its subscription to the filter. */
  reply: (filter: string, topic: string, body: string | Buffer) => void
}): ((intent: RequestIntent, payload: Buffer) => Promise<void>) => {
  const { gateway, session, link, reply } = options
  const readPackage = createPackageRequests(gateway, session)

  const adaptorOf = (format: PayloadType | null): PayloadAdaptor => {
    const adaptor = payloadAdaptor(format, session.settings)
    if (!adaptor) throw unreadable(session, notServed(format, session.settings))
    return adaptor
  }

  const answerAttributes = async ({ format, responseTopic }: Requested, payload: Buffer): Promise<void> => {
    const adaptor = adaptorOf(format)
    const request = adaptor.attributesRequest(payload)
    if (!request) throw unreadable(session, 'The attribute request is not understood')
    const values = await gateway.readAttributes(session, request)
    reply(filterOfResponse(responseTopic), responseTopic, adaptor.attributes(values))
  }

  const answerCommand = async (id: number, format: PayloadType | null, payload: Buffer): Promise<void> => {
    const answer = adaptorOf(format).commandAnswer(payload)
    if (answer === null) throw unreadable(session, 'The answer is not understood')
    await gateway.answerCommand(session, id, answer)
  }

  const offerClaim = async (payload: Buffer): Promise<void> => {
    const claim = adaptorOf(null).claim(payload)
    if (claim) await gateway.offerClaim(session, claim)
  }

  const askServer = async ({ id, format, responseTopic }: Requested & { id: number }, payload: Buffer) => {
    const adaptor = adaptorOf(format)
    const request = adaptor.serverRequest(payload)
    if (!request) throw unreadable(session, 'The request is not understood')
    const asked = await gateway.askServer(session, id, request)
    if (!asked.ok)
      throw asked.code === 'PAYLOAD_MALFORMED' ? unreadable(session, asked.message) : new Error(asked.message)
    void asked.answer.then((body) => reply(filterOfResponse(responseTopic), responseTopic, adaptor.serverAnswer(body)))
  }

  const sendPackage = async (request: PackageRequest, payload: Buffer): Promise<void> => {
    const answer = await readPackage(request, payload)
    if (answer.ok) return reply(packageFilter(request), answer.topic, Buffer.from(answer.body))
    reply(packageErrorTopic, packageErrorTopic, answer.text)
    link.end(reason.implementationSpecific, 'no such package')
  }

  return async (intent, payload) => {
    switch (intent.kind) {
      case 'attributes-request':
        return answerAttributes(intent, payload)
      case 'command-answer':
        return answerCommand(intent.id, intent.format, payload)
      case 'claim':
        return offerClaim(payload)
      case 'server-request':
        return askServer(intent, payload)
      case 'package':
        return sendPackage(intent.request, payload)
    }
  }
}
