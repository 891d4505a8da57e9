import { allTopics } from '../../../topic-space/rights.ts'
import type { SpaceUser } from '../../../topic-space/space-users.ts'
import { PublishRefusal, reason, refusedFilter } from '../protocol/reasons.ts'
import type { ApiHandler } from './member-connection.ts'
import type { Member } from './open-member.ts'

/** A user is no device: there is nothing but the topic space. */
const noDeviceApi = (closed: () => void): ApiHandler => ({
  serves: () => false,
  offers: () => null,
  keepUpdates: () => {},
  encodeUpdate: () => null,
  publish: (_packet, answer) => answer(noDevice),
  subscribe: (subscriptions) => subscriptions.map(({ filter }) => refusedFilter(filter)),
  subscribed: () => {},
  unsubscribe: (filters) => filters.map(() => reason.topicFilterInvalid),
  acknowledged: () => {},
  touch: () => {},
  closed,
})

const noDevice = new PublishRefusal('topic', 'Users have no device API')

/** A tenant administrator as a client of the topic space. Any number of clients may come in one name. */
export const userMember = ({ tenantId, userId }: SpaceUser, closed: () => void): Member => ({
  tenantId,
  holderId: userId,
  api: noDeviceApi(closed),
  rights: () => allTopics,
  admit: () => true,
  isOneOfMany: true,
})
