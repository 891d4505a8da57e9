import type { Message } from '@thingwire/contracts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { ProfileLookup } from './profile-lookup.ts'

/** What a message weighs beside its data. */
const envelopeBytes = 400

/** Puts messages that leave a chain through another queue there; without a name, through that of the originator's profile. */
export const createRequeue =
  ({ queue, profiles }: { queue: Pick<UplinkQueue, 'submitInternal'>; profiles: ProfileLookup }) =>
  async (tenantId: string, leaving: readonly { queueName: string | null; message: Message }[]): Promise<void> => {
    const destinations = await profiles.destinationsOf(
      tenantId,
      leaving.map(({ message }) => message.originator),
    )
    const named = leaving.map(({ queueName, message }, at) => ({
      queueName: queueName ?? destinations[at]?.queueName ?? '',
      message,
    }))
    const groups = Map.groupBy(named, ({ queueName, message }) => `${queueName} ${message.originator.id}`)
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const [first] = group
        if (!first) return
        const messages = group.map(({ message }) => message)
        const bytes = messages.reduce((sum, { data }) => sum + data.length + envelopeBytes, 0)
        await queue.submitInternal(first.queueName, first.message.originator.id, messages, bytes)
      }),
    )
  }
