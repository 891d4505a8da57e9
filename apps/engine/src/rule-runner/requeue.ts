import { randomUUID } from 'node:crypto'
import { AppError, type Message } from '@thingwire/contracts'
import type { Hold } from '@thingwire/rules'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { SelfMessages } from '../self-messages/self-messages.ts'
import type { ProfileLookup } from './profile-lookup.ts'

/** What a message weighs beside its data. */
const envelopeBytes = 400

type Leaving = { queueName: string | null; message: Message; hold?: Hold; heldId?: string }
type Named = Leaving & { queueName: string }

/**
 * Puts messages that leave a chain through another queue there, or keeps them until it is time; without a name, through
 * the queue of the originator's profile. Answers for each why it was not taken, or null.
 */
export const createRequeue = ({
  queue,
  later,
  profiles,
}: {
  queue: Pick<UplinkQueue, 'submitInternal'>
  later: SelfMessages
  profiles: ProfileLookup
}) => {
  const submit = async (named: readonly Named[]): Promise<void> => {
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

  const keep = async ({ queueName, message, heldId = message.id }: Named, hold: Hold): Promise<string | null> => {
    const nodeId = message.ruleNodeId ?? ''
    if ('untilMs' in hold) {
      const entry = { key: heldId, dueMs: hold.untilMs, entry: { queueName, message } }
      const [answer] = await later.store.keep(nodeId, [entry], hold.most)
      later.arm(hold.untilMs)
      return answer === 'full' ? hold.refusal : null
    }
    const { connection: _, executions: __, callers: ___, ...bare } = message
    const wakeUp = { ...bare, id: randomUUID(), type: hold.wakeType, data: '', metadata: {} }
    const answer = await later.store.gather({
      nodeId,
      group: hold.group,
      id: heldId,
      text: JSON.stringify(message),
      most: hold.most,
      wake: { key: `wake ${hold.group}`, dueMs: hold.wakeAtMs, entry: { queueName, message: wakeUp } },
    })
    later.arm(hold.wakeAtMs)
    return answer === 'full' ? hold.refusal : null
  }

  return async (tenantId: string, leaving: readonly Leaving[]): Promise<(string | null)[]> => {
    const destinations = await profiles.destinationsOf(
      tenantId,
      leaving.map(({ message }) => message.originator),
    )
    const named = leaving.map((one, at) => ({ ...one, queueName: one.queueName ?? destinations[at]?.queueName ?? '' }))
    const submitted = submit(named.filter(({ hold }) => !hold))
    // They go over one connection, so those of a group keep their order, and a limit is met by the last ones.
    const refusals = await Promise.all(named.map((one) => (one.hold ? keep(one, one.hold) : null))).catch(
      (error: unknown) => {
        // Not the messages' fault: their batch waits until Redis is there.
        throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
      },
    )
    await submitted
    return refusals
  }
}
