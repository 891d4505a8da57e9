import { z } from 'zod'
import type { AttributesUpdate, DeviceCredentialsOffer, Uplink } from '../transport.ts'
import type { GatewayIntent } from './gateway-topics.ts'
import { type PackageRequest, packageRequestOf } from './package-requests.ts'
import { reason } from './protocol/reasons.ts'

/** What a PUBLISH of a device asks for (as ThingsBoard). */
export type PublishIntent =
  | { kind: 'uplink'; uplink: Uplink['kind'] }
  | { kind: 'attributes-request'; responseTopic: string }
  /** The answer to a command. */
  | { kind: 'command-answer'; id: number }
  | { kind: 'claim' }
  /** A request to the server. */
  | { kind: 'server-request'; id: number; responseTopic: string }
  | { kind: 'gateway'; intent: GatewayIntent }
  | { kind: 'package'; request: PackageRequest }
  /** A device API topic in an encoding that is not served. */
  | { kind: 'unsupported' }
  | { kind: 'unknown' }

const uplinkTopics: Readonly<Record<string, Uplink['kind']>> = {
  'v1/devices/me/telemetry': 'telemetry',
  'v1/devices/me/attributes': 'attributes',
  'v2/t': 'telemetry',
  'v2/t/j': 'telemetry',
  'v2/a': 'attributes',
  'v2/a/j': 'attributes',
}
const gatewayTopics: Readonly<Record<string, GatewayIntent>> = {
  'v1/gateway/connect': 'connect',
  'v1/gateway/disconnect': 'disconnect',
  'v1/gateway/telemetry': 'telemetry',
  'v1/gateway/attributes': 'attributes',
  'v1/gateway/attributes/request': 'attributes/request',
  'v1/gateway/rpc': 'rpc',
  'v1/gateway/claim': 'claim',
}
const protobufTopic = /^v2\/(?:[ta]\/p|a\/req\/p\/\d+|r\/(?:req|res)\/p\/\d+)$/
const attributesRequest = /^(?:v1\/devices\/me\/attributes\/request\/|v2\/a\/req\/(j\/)?)(\d{1,10})$/

const commandAnswer = /^(?:v1\/devices\/me\/rpc\/response\/|v2\/r\/res\/(?:j\/)?)(\d{1,10})$/
const serverRequest = /^(?:v1\/devices\/me\/rpc\/request\/|v2\/r\/req\/(j\/)?)(\d{1,10})$/

export const publishIntent = (topic: string): PublishIntent => {
  const uplink = Object.hasOwn(uplinkTopics, topic) ? uplinkTopics[topic] : undefined
  if (uplink) return { kind: 'uplink', uplink }
  const request = attributesRequest.exec(topic)
  if (request) {
    const [, json = '', id] = request
    const base = topic.startsWith('v1/') ? 'v1/devices/me/attributes/response/' : `v2/a/res/${json}`
    return { kind: 'attributes-request', responseTopic: `${base}${id}` }
  }
  if (topic === 'v1/devices/me/claim') return { kind: 'claim' }
  const answered = commandAnswer.exec(topic)
  if (answered) return { kind: 'command-answer', id: Number(answered[1]) }
  const asked = serverRequest.exec(topic)
  if (asked) {
    const [, json = '', id] = asked
    const base = topic.startsWith('v1/') ? 'v1/devices/me/rpc/response/' : `v2/r/res/${json}`
    return { kind: 'server-request', id: Number(id), responseTopic: `${base}${id}` }
  }
  if (Object.hasOwn(gatewayTopics, topic)) {
    const intent = gatewayTopics[topic]
    if (intent) return { kind: 'gateway', intent }
  }
  const packageRequest = packageRequestOf(topic)
  if (packageRequest) return { kind: 'package', request: packageRequest }
  return protobufTopic.test(topic) ? { kind: 'unsupported' } : { kind: 'unknown' }
}

/** Filters a device may subscribe to, exactly as written (as ThingsBoard). */
const attributeFilters = new Set(['v1/devices/me/attributes', 'v2/a', 'v2/a/j'])
const commandFilters = new Set(['v1/devices/me/rpc/request/+', 'v2/r/req/+', 'v2/r/req/j/+'])
const otherFilters = new Set([
  'v1/devices/me/attributes/response/+',
  'v1/devices/me/rpc/response/+',
  'v2/a/res/+',
  'v2/a/res/j/+',
  'v2/r/res/+',
  'v2/r/res/j/+',
  'v2/fw/response/+/chunk/+',
  'v2/sw/response/+/chunk/+',
  'v2/fw/error',
  'v2/sw/error',
  'v1/gateway/disconnect',
  'v1/gateway/attributes',
  'v1/gateway/attributes/response',
  'v1/gateway/rpc',
])

/** What a SUBSCRIBE filter is for; null refuses it with 0x80. */
export const filterPurpose = (filter: string): 'attribute-updates' | 'commands' | 'other' | null => {
  if (attributeFilters.has(filter)) return 'attribute-updates'
  if (commandFilters.has(filter)) return 'commands'
  return otherFilters.has(filter) ? 'other' : null
}

/** Where a command goes for a device that subscribed with this filter. */
export const commandTopic = (filter: string, id: number): string => filter.replace('+', String(id))

/** Body of a command; `params` is JSON already. */
export const commandBody = ({ method, params }: { method: string; params: string }): string =>
  `{"method":${JSON.stringify(method)},"params":${params}}`

/** The filter whose quality of service a downlink on this topic takes. */
export const filterOfResponse = (topic: string): string => topic.replace(/[^/]+$/, '+')

export const credentialsOf = (connect: {
  clientId: string
  userName: string | null
  password: Buffer | null
}): Extract<DeviceCredentialsOffer, { kind: 'mqtt-basic' }> => ({
  kind: 'mqtt-basic',
  clientId: connect.clientId,
  userName: connect.userName,
  password: connect.password?.toString('utf8') ?? null,
})

/** Why a CONNECT is refused; `unavailable`: it could not be checked. */
export type Refusal = 'bad-credentials' | 'wrong-transport' | 'too-many' | 'unavailable'

/** CONNACK return code of MQTT 3.1 and 3.1.1 for a refused CONNECT (as ThingsBoard). */
export const refusalCode = (offer: DeviceCredentialsOffer, refusal: Refusal): 2 | 3 | 5 => {
  if (refusal !== 'bad-credentials') return 3
  if (offer.kind !== 'mqtt-basic') return 5
  return offer.userName === null && offer.password === null && offer.clientId !== '' ? 2 : 5
}

/** The reason code of MQTT 5 for the same (as ThingsBoard). */
export const refusalReason = (offer: DeviceCredentialsOffer, refusal: Refusal): number => {
  if (refusal === 'too-many') return reason.connectionRateExceeded
  if (refusal !== 'bad-credentials') return reason.serverUnavailable
  if (offer.kind !== 'mqtt-basic') return reason.notAuthorized
  const { clientId, userName, password } = offer
  if (userName === null && password === null) return clientId === '' ? reason.notAuthorized : reason.clientIdInvalid
  const isWhole = userName !== null && password !== null
  return isWhole && clientId === '' ? reason.notAuthorized : reason.badUserNameOrPassword
}

const keyList = z
  .string()
  .optional()
  .transform((text) =>
    text === undefined
      ? undefined
      : text
          .split(',')
          .map((key) => key.trim())
          .filter(Boolean),
  )
const attributesRequestSchema = z.object({ clientKeys: keyList, sharedKeys: keyList })

/** Keys of an attribute request; null when the body is not one. */
export const attributesRequestOf = (
  payload: Uint8Array,
): { clientKeys?: readonly string[]; sharedKeys?: readonly string[] } | null => {
  try {
    const parsed = attributesRequestSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')))
    if (!parsed.success) return null
    const { clientKeys, sharedKeys } = parsed.data
    return { ...(clientKeys && { clientKeys }), ...(sharedKeys && { sharedKeys }) }
  } catch {
    return null
  }
}

/** Body of a shared-attribute update: either updated values or deleted keys, never both. */
export const attributesUpdateBody = (update: AttributesUpdate): string =>
  JSON.stringify(update.deleted ? { deleted: update.deleted } : (update.values ?? {}))
