import { AppError, type Message, messageTs } from '@thingwire/contracts'
import { defineHandler, type Departure, failureOf, isEnvironmentError, newMessageId } from '@thingwire/rules'
import { deduplication } from './manifest.ts'

const wakeType = 'DEDUPLICATION_TIMEOUT_SELF_MSG'

type Waiting = { key: string; message: Message }

export const deduplicationHandler = defineHandler(
  deduplication,
  (config, { ports, ruleChainId, nodeId, queueName }) => {
    const { strategy, maxPendingMsgs: most } = config
    const intervalMs = config.interval * 1_000
    const outMsgType = config.outMsgType ?? ''
    if (strategy === 'ALL' && outMsgType === '')
      throw new AppError('RULE_CHAIN_INVALID', 'With the strategy ALL a message type is needed')

    const own = { ruleChainId, ruleNodeId: nodeId }

    /** The message that stands for all of an interval; they are in order of their arrival. */
    const passing = (pack: readonly Waiting[], nowMs: number): Message => {
      const [first] = pack
      if (!first) throw new Error('An interval has no messages')
      if (strategy === 'ALL') {
        const data = `[${pack.map(({ message }) => `{"msg":${asJson(message)},"metadata":${JSON.stringify(message.metadata)}}`).join(',')}]`
        return { ...first.message, type: outMsgType, metadata: { ts: String(nowMs) }, dataType: 'JSON', data }
      }
      let chosen = first.message
      for (const { message } of pack) {
        const difference = messageTs(message) - messageTs(chosen)
        if (strategy === 'FIRST' ? difference < 0 : difference > 0) chosen = message
      }
      return chosen
    }

    /** Lets go what belongs to intervals that are over. What goes on is durable before it is no longer held. */
    const release = async (wake: Message): Promise<void> => {
      const group = groupOf(wake)
      const nowMs = ports.clock.now()
      let waiting: Waiting[] = await ports.gathered.list(nodeId, group)
      for (;;) {
        if (waiting.length === 0) return
        const beginMs = Math.min(...waiting.map(({ message }) => messageTs(message)))
        const endMs = beginMs + intervalMs
        if (endMs > nowMs) break
        const pack = waiting.filter(({ message }) => messageTs(message) < endMs)
        const message = { ...passing(pack, nowMs), id: newMessageId(), ...own, connection: 'Success' }
        await ports.messages.enqueueLater([{ message, dueMs: nowMs, queueName }])
        await ports.gathered.remove(
          nodeId,
          group,
          pack.map(({ key }) => key),
        )
        waiting = waiting.filter((one) => !pack.includes(one))
      }
      const again = { ...wake, id: newMessageId(), ...own }
      await ports.messages.enqueueLater([
        { message: again, dueMs: nowMs + intervalMs + 1, queueName, key: `wake ${group}` },
      ])
    }

    return {
      handle: async (batch) => {
        const departures: Departure<'Success'>[] = []
        for (const message of batch) {
          if (message.type !== wakeType) {
            const wakeAtMs = ports.clock.now() + intervalMs + 1
            const refusal = 'Max limit of pending messages reached!'
            departures.push({
              message,
              queueName: null,
              hold: { group: groupOf(message), most, refusal, wakeAtMs, wakeType },
            })
            continue
          }
          try {
            await release(message)
          } catch (error) {
            if (isEnvironmentError(error)) throw error
            departures.push(failureOf(message, error))
          }
        }
        return departures
      },
    }
  },
)

const groupOf = ({ originator }: Message): string => `${originator.entityType}/${originator.id}`

const asJson = ({ data }: Message): string => {
  try {
    JSON.parse(data)
    return data
  } catch {
    return JSON.stringify(data)
  }
}
