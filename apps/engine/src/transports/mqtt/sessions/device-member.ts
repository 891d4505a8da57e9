import { rightsOfDevice, type TopicRights } from '../../../topic-space/rights.ts'
import type { DeviceGateway, DeviceSession, SessionSettings } from '../../transport.ts'
import type { ApiHandler } from './member-connection.ts'
import type { Member } from './open-member.ts'

/** A device as a client of the topic space; its profile says what it may do there, at any time. */
export const deviceMember = (gateway: DeviceGateway, session: DeviceSession, api: ApiHandler): Member => {
  let known: { settings: SessionSettings; rights: TopicRights | null } | null = null
  return {
    tenantId: session.tenantId,
    holderId: session.deviceId,
    api,
    admit: () => gateway.admit(session),
    rights: () => {
      const { settings } = session
      if (known?.settings !== settings) {
        const { topicSpace } = settings
        known = { settings, rights: topicSpace && rightsOfDevice(topicSpace, session.deviceName) }
      }
      return known.rights
    },
  }
}
