import { randomUUID } from 'node:crypto'
import { errorFields, type Logger } from '../../../observability/logger.ts'
import type { TopicRights } from '../../../topic-space/rights.ts'
import { addressOf } from '../../../topic-space/sweeper.ts'
import { sessionIdOf, type TopicSpace } from '../../../topic-space/topic-space.ts'
import type { ConnectAnswer } from '../protocol/client-handler.ts'
import type { MqttConnection } from '../protocol/connection.ts'
import type { ConnectPacket } from '../protocol/packets.ts'
import { numberOf, property } from '../protocol/properties.ts'
import { type ApiHandler, MemberConnection } from './member-connection.ts'
import type { SpaceCounters } from './space-client.ts'
import { willOf } from './will.ts'

export type Member = {
  tenantId: string
  /** The device or user. */
  holderId: string
  api: ApiHandler
  rights(): TopicRights | null
  admit(): boolean | Promise<boolean>
  /** Others may be connected in the same name; a second one with the same client id takes the place of the first. */
  isOneOfMany?: true
}

/** How long the session is to be kept without a connection, s. */
const askedSeconds = (packet: ConnectPacket, longest: number): number => {
  if (packet.version < 5) return packet.isClean ? 0 : longest
  return Math.min(numberOf(packet.properties, property.sessionExpiryInterval) ?? 0, longest)
}

/**
 * Whether there is more to the connection than the device API and a session that ends with it. Those that have no more cost
 * nothing here.
 */
export const isMember = (
  packet: ConnectPacket,
  space: Pick<TopicSpace, 'hasSessions' | 'limits'>,
  { holderId, hasSpace }: { holderId: string; hasSpace: boolean },
): boolean => hasSpace || askedSeconds(packet, space.limits.sessionSeconds) > 0 || space.hasSessions(holderId)

/** Finds or makes the session that CONNECT asks for. Rejects when Redis cannot be asked. */
export const openMember = async (
  packet: ConnectPacket,
  link: MqttConnection,
  member: Member,
  options: { space: TopicSpace; logger: Logger; counters: SpaceCounters },
): Promise<ConnectAnswer> => {
  const { space, counters } = options
  const { tenantId, holderId, rights } = member
  const connectionId = randomUUID()
  // A client of 3.1.1 without a name has nothing that it could come back to.
  const clientId = packet.clientId || link.assignedClientId || connectionId
  const sessionId = sessionIdOf(member, clientId)
  const keepSeconds = askedSeconds(packet, space.limits.sessionSeconds)
  const hasStored = space.hasSessions(holderId)
  const mayLeaveWill = packet.will !== null && rights()?.mayPublish(packet.will.topic)
  if (packet.will && rights() && !mayLeaveWill) counters.dropped('forbidden')
  const will = packet.will && mayLeaveWill ? willOf(packet.will, { tenantId, publisher: sessionId }) : null
  const isOneOfMany = member.isOneOfMany ?? false
  const needsRecord = isOneOfMany || keepSeconds > 0 || will !== null || (hasStored && !packet.isClean)
  const mostSessions = isOneOfMany ? space.limits.userSessions : space.limits.sessions
  const opened =
    needsRecord || hasStored
      ? await space.store.open(addressOf(sessionId, space.nodeId), {
          connectionId,
          isClean: packet.isClean,
          keepSeconds,
          will,
          needsRecord,
          mostSessions,
        })
      : nothing
  if (opened.lastWill) space.publishWill(sessionId, opened.lastWill)
  const isKept = opened.isKept && (keepSeconds > 0 || opened.isPresent)
  const handler = new MemberConnection({
    ...member,
    space,
    link,
    counters,
    sessionId,
    connectionId,
    isKept,
    mostSessions,
    hasRecord: opened.isKept,
    stored: opened.subscriptions,
    lastSent: opened.lastSent,
    onTrouble: (error) => options.logger.warn(errorFields(error), 'a session cannot be read'),
  })
  const now = rights()
  return {
    isAccepted: true,
    handler,
    session: {
      isPresent: opened.isPresent,
      expirySeconds: opened.isKept ? keepSeconds : 0,
      received: opened.received,
    },
    ...(now && { space: { retains: now.publishes } }),
  }
}

const nothing = { isPresent: false, isKept: false, lastWill: null, received: [], subscriptions: [], lastSent: 0 }
