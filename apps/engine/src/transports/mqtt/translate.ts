import type { MqttProfile, PayloadType } from '@thingwire/contracts'
import { payloadAdaptor } from '../payload/index.ts'
import type { DeviceCredentialsOffer, SessionSettings, Uplink } from '../transport.ts'
import type { GatewayIntent } from './gateway-topics.ts'
import { type PackageRequest, packageRequestOf } from './package-requests.ts'
import { profileTopics } from './profile-topics.ts'
import { reason } from './protocol/reasons.ts'

/** How a payload is written; null: as the profile says. */
export type Format = PayloadType | null

/** What a PUBLISH of a device asks for (as ThingsBoard). */
export type PublishIntent =
  | { kind: 'uplink'; uplink: Uplink['kind']; format: Format }
  | { kind: 'attributes-request'; responseTopic: string; format: Format }
  /** The answer to a command. */
  | { kind: 'command-answer'; id: number; format: Format }
  | { kind: 'claim' }
  /** A request to the server. */
  | { kind: 'server-request'; id: number; responseTopic: string; format: Format }
  | { kind: 'gateway'; intent: GatewayIntent }
  | { kind: 'package'; request: PackageRequest }
  | { kind: 'unknown' }

const telemetry = { kind: 'uplink', uplink: 'telemetry', format: null } as const
const attributes = { kind: 'uplink', uplink: 'attributes', format: null } as const
const shortUplinks: [string, PublishIntent][] = [
  ['v2/t', telemetry],
  ['v2/t/j', { ...telemetry, format: 'JSON' }],
  ['v2/t/p', { ...telemetry, format: 'PROTOBUF' }],
  ['v2/a', attributes],
  ['v2/a/j', { ...attributes, format: 'JSON' }],
  ['v2/a/p', { ...attributes, format: 'PROTOBUF' }],
]
/** A profile's own topics leave the short ones (as ThingsBoard). */
const shortUplinkTopics: ReadonlyMap<string, PublishIntent> = new Map(shortUplinks)
const uplinkTopics: ReadonlyMap<string, PublishIntent> = new Map([
  ...shortUplinks,
  ['v1/devices/me/telemetry', telemetry],
  ['v1/devices/me/attributes', attributes],
])

const gatewayTopics: ReadonlyMap<string, GatewayIntent> = new Map([
  ['v1/gateway/connect', 'connect'],
  ['v1/gateway/disconnect', 'disconnect'],
  ['v1/gateway/telemetry', 'telemetry'],
  ['v1/gateway/attributes', 'attributes'],
  ['v1/gateway/attributes/request', 'attributes/request'],
  ['v1/gateway/rpc', 'rpc'],
  ['v1/gateway/claim', 'claim'],
])

const attributesRequest = /^(?:v1\/devices\/me\/attributes\/request\/|v2\/a\/req\/([jp]\/)?)(\d{1,10})$/
const commandAnswer = /^(?:v1\/devices\/me\/rpc\/response\/|v2\/r\/res\/([jp]\/)?)(\d{1,10})$/
const serverRequest = /^(?:v1\/devices\/me\/rpc\/request\/|v2\/r\/req\/([jp]\/)?)(\d{1,10})$/

const formatOf = (segment: string): Format => (segment === '' ? null : segment.startsWith('j') ? 'JSON' : 'PROTOBUF')

const uplinkIntent = (topic: string, profile: MqttProfile | null): PublishIntent | undefined => {
  if (!profile) return uplinkTopics.get(topic)
  switch (profileTopics(profile).uplinkOf(topic)) {
    case 'telemetry':
      return telemetry
    case 'attributes':
      return attributes
    case null:
      return shortUplinkTopics.get(topic)
  }
}

/** @param profile What the device's profile says of MQTT */
export const publishIntent = (topic: string, profile: MqttProfile | null): PublishIntent => {
  const uplink = uplinkIntent(topic, profile)
  if (uplink) return uplink
  const request = attributesRequest.exec(topic)
  if (request) {
    const [, segment = '', id] = request
    const base = topic.startsWith('v1/') ? 'v1/devices/me/attributes/response/' : `v2/a/res/${segment}`
    return { kind: 'attributes-request', responseTopic: `${base}${id}`, format: formatOf(segment) }
  }
  if (topic === 'v1/devices/me/claim') return { kind: 'claim' }
  const answered = commandAnswer.exec(topic)
  if (answered) return { kind: 'command-answer', id: Number(answered[2]), format: formatOf(answered[1] ?? '') }
  const asked = serverRequest.exec(topic)
  if (asked) {
    const [, segment = '', id] = asked
    const base = topic.startsWith('v1/') ? 'v1/devices/me/rpc/response/' : `v2/r/res/${segment}`
    return { kind: 'server-request', id: Number(id), responseTopic: `${base}${id}`, format: formatOf(segment) }
  }
  const intent = gatewayTopics.get(topic)
  if (intent) return { kind: 'gateway', intent }
  const packageRequest = packageRequestOf(topic)
  return packageRequest ? { kind: 'package', request: packageRequest } : { kind: 'unknown' }
}

/** What a SUBSCRIBE filter is for. */
export type FilterPurpose = {
  purpose: 'attribute-updates' | 'commands' | 'other'
  format: Format
}

const filter = (purpose: FilterPurpose['purpose'], format: Format = null): FilterPurpose => ({ purpose, format })

/** Filters a device may subscribe to, exactly as written (as ThingsBoard). */
const deviceFilters: ReadonlyMap<string, FilterPurpose> = new Map([
  ['v1/devices/me/attributes', filter('attribute-updates')],
  ['v2/a', filter('attribute-updates')],
  ['v2/a/j', filter('attribute-updates', 'JSON')],
  ['v2/a/p', filter('attribute-updates', 'PROTOBUF')],
  ['v1/devices/me/rpc/request/+', filter('commands')],
  ['v2/r/req/+', filter('commands')],
  ['v2/r/req/j/+', filter('commands', 'JSON')],
  ['v2/r/req/p/+', filter('commands', 'PROTOBUF')],
  ['v1/devices/me/attributes/response/+', filter('other')],
  ['v1/devices/me/rpc/response/+', filter('other')],
  ['v2/a/res/+', filter('other')],
  ['v2/a/res/j/+', filter('other', 'JSON')],
  ['v2/a/res/p/+', filter('other', 'PROTOBUF')],
  ['v2/r/res/+', filter('other')],
  ['v2/r/res/j/+', filter('other', 'JSON')],
  ['v2/r/res/p/+', filter('other', 'PROTOBUF')],
  ...[
    'v2/fw/response/+/chunk/+',
    'v2/sw/response/+/chunk/+',
    'v2/fw/error',
    'v2/sw/error',
    'v1/gateway/disconnect',
    'v1/gateway/attributes',
    'v1/gateway/attributes/response',
    'v1/gateway/rpc',
    // Raw bytes and text, or the JSON of gateways: whatever the profile says.
  ].map((text): [string, FilterPurpose] => [text, filter('other', 'JSON')]),
])

/** Null refuses the filter with 0x80: it is none of the device API, or what it brings is in a format that is not served. */
export const filterPurpose = (text: string, settings: SessionSettings): FilterPurpose | null => {
  const isOwn = settings.mqtt !== null && profileTopics(settings.mqtt).isAttributesFilter(text)
  const found = deviceFilters.get(text) ?? (isOwn ? filter('attribute-updates') : null)
  return found && payloadAdaptor(found.format, settings) ? found : null
}

/** Where attribute updates go for a device that subscribed with this filter: a profile's own one is for asking only. */
export const attributesTopic = (text: string): string => (deviceFilters.has(text) ? text : 'v1/devices/me/attributes')

/** Where a command goes for a device that subscribed with this filter. */
export const commandTopic = (filter: string, id: number): string => filter.replace('+', String(id))

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
