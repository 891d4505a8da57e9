import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Metrics } from '../../observability/metrics.ts'
import { type SpaceUsers, userNames } from '../../topic-space/space-users.ts'
import type { TopicSpace } from '../../topic-space/topic-space.ts'
import type { DeviceCredentialsOffer, DeviceGateway, Peer } from '../transport.ts'
import { DeviceConnection } from './device-connection.ts'
import type { ConnectAnswer } from './protocol/client-handler.ts'
import type { MqttConnection } from './protocol/connection.ts'
import type { ConnectPacket } from './protocol/packets.ts'
import { reason } from './protocol/reasons.ts'
import { createProvisionConnection, wantsProvisioning } from './provision-connection.ts'
import { deviceMember } from './sessions/device-member.ts'
import { isMember, type Member, openMember } from './sessions/open-member.ts'
import type { SpaceCounters } from './sessions/space-client.ts'
import { userMember } from './sessions/user-connection.ts'
import { credentialsOf, type Refusal, refusalCode, refusalReason } from './translate.ts'

export type ConnectDeps = {
  gateway: DeviceGateway
  space: TopicSpace
  users: Pick<SpaceUsers, 'authenticate' | 'watch'>
  /** Whose topic space is open to clients that name no credentials; null: they are refused. */
  anonymousTenantId: string | null
  /** Of addresses where wrong credentials come from. */
  guard: { isBanned(from: Origin): boolean; failed(from: Origin): void }
  logger: Logger
  metrics: Metrics
}

type Origin = Pick<Peer, 'transport' | 'address'>

const userNamesTaken: ReadonlySet<string> = new Set(Object.values(userNames))

/** Decides on a CONNECT, whichever door it came through. */
export const createConnect = (deps: ConnectDeps) => {
  const { gateway, users, guard, logger } = deps

  const openDevice = async (
    offer: DeviceCredentialsOffer,
    link: MqttConnection,
    packet: ConnectPacket,
  ): Promise<ConnectAnswer | Refusal> => {
    const opened = await gateway.open(offer, { transport: 'mqtt', address: link.address, lifetime: 'connection' })
    if (!opened.ok) return opened.refusal
    link.origin.lease.isKnown()
    const { session } = opened
    const handler = new DeviceConnection({
      gateway,
      session,
      link,
      onIgnored: () => deps.metrics.ignoredPublishes.inc(),
    })
    const who = { holderId: session.deviceId, hasSpace: session.settings.topicSpace !== null }
    if (!isMember(packet, deps.space, who)) return { isAccepted: true, handler }
    return openSession(deps, packet, link, deviceMember(gateway, session, handler))
  }

  const openUser = async (link: MqttConnection, packet: ConnectPacket): Promise<ConnectAnswer | Refusal> => {
    const from = { transport: 'mqtt', address: link.address }
    if (guard.isBanned(from)) return 'too-many'
    const found = await users.authenticate(packet.userName ?? '', packet.password?.toString() ?? '')
    if (!found) {
      guard.failed(from)
      return 'bad-credentials'
    }
    link.origin.lease.isKnown()
    const forget = users.watch(found.caller, () => link.end(reason.administrativeAction, 'the user may no more'))
    return openSession(deps, packet, link, userMember(found.user, forget))
  }

  const openAnonymous = (tenantId: string, link: MqttConnection, packet: ConnectPacket) => {
    link.origin.lease.isKnown()
    return openSession(
      deps,
      packet,
      link,
      userMember({ tenantId, userId: 'anonymous' }, () => {}),
    )
  }

  const open = (
    offer: DeviceCredentialsOffer,
    typed: ReturnType<typeof credentialsOf>,
    link: MqttConnection,
    packet: ConnectPacket,
  ) => {
    if (offer.kind === 'x509') return openDevice(offer, link, packet)
    if (typed.password !== null && userNamesTaken.has(typed.userName ?? '')) return openUser(link, packet)
    const isNameless = packet.userName === null && packet.password === null
    if (isNameless && deps.anonymousTenantId !== null) return openAnonymous(deps.anonymousTenantId, link, packet)
    return openDevice(offer, link, packet)
  }

  return async (link: MqttConnection, packet: ConnectPacket): Promise<ConnectAnswer> => {
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
      const answer = await open(offer, typed, link, packet)
      return typeof answer === 'string' ? refused(answer) : answer
    } catch (error) {
      logger.warn(errorFields(error), 'credentials could not be checked, or a session not be opened')
      return refused('unavailable')
    }
  }
}

const openSession = async (
  { space, logger, metrics }: ConnectDeps,
  packet: ConnectPacket,
  link: MqttConnection,
  member: Member,
): Promise<ConnectAnswer> => {
  try {
    return await openMember(packet, link, member, { space, logger, counters: spaceCounters(metrics) })
  } catch (error) {
    member.api.closed('the session cannot be opened', null)
    throw error
  }
}

const spaceCounters = (metrics: Metrics): SpaceCounters => ({
  published: () => metrics.spaceMessages.inc(),
  dropped: (why, count = 1) => metrics.spaceDropped.inc({ reason: why }, count),
})
