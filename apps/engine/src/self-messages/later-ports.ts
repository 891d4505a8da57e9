import { AppError, type Message, messageSchema } from '@thingwire/contracts'
import { type LaterMessage, newMessageId, type Ports, type Series, type SeriesStep } from '@thingwire/rules'
import { z } from 'zod'
import type { ProfileLookup } from '../rule-runner/profile-lookup.ts'
import type { LaterEntry } from './later-store.ts'
import type { SelfMessages } from './self-messages.ts'

/** Most messages that one node may keep for later. */
const mostOfNode = 100_000

/** How long a process waits for news of a change that its message shows, ms. */
const hearsayMs = 500

/** How far a series has come; its next message stands here too, so that one that got lost can be sent again. */
const seriesStateSchema = z.object({
  generation: z.string(),
  /** Of the message that is next. */
  number: z.number(),
  /** The message that has made it next; null: none. */
  lastId: z.string().nullable(),
  /** null: the series has ended. */
  next: z.object({ dueMs: z.number(), queueName: z.string(), message: messageSchema }).nullable(),
})
type SeriesState = z.infer<typeof seriesStateSchema>

const carriedSchema = z.object({ series: z.string(), generation: z.string(), number: z.number(), state: z.unknown() })

/** What nodes of one tenant may do with time, on the store of this process. */
export const createLaterPorts = (options: {
  later: SelfMessages
  profiles: ProfileLookup
  tenantId: string
}): { messages: Pick<Ports['messages'], 'enqueueLater' | 'cancelLater'> } & Pick<
  Ports,
  'gathered' | 'series' | 'counts'
> => {
  const { later, profiles, tenantId } = options
  const { store } = later

  const queuesOf = async (list: readonly Pick<LaterMessage, 'queueName' | 'message'>[]): Promise<string[]> => {
    const originators = list.map(({ message }) => message.originator)
    const destinations = await profiles.destinationsOf(tenantId, originators)
    return list.map(({ queueName }, at) => queueName ?? destinations[at]?.queueName ?? '')
  }

  /** A Redis that is away is the environment's matter: the batch waits. */
  const durable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
    }
  }

  const entryOf = async (series: Series, number: number, { dueMs, state }: SeriesStep) => {
    const carried = { series: series.name, generation: series.generation, number, state }
    const message: LaterEntry['message'] & { ruleChainId: string; ruleNodeId: string } = {
      id: newMessageId(),
      ts: dueMs,
      type: series.type,
      tenantId,
      originator: series.originator,
      customerId: null,
      metadata: {},
      dataType: 'JSON',
      data: JSON.stringify(carried),
      ruleChainId: series.ruleChainId,
      ruleNodeId: series.ruleNodeId,
    }
    const [queueName = ''] = await queuesOf([{ queueName: series.queueName, message }])
    return { dueMs, queueName, message }
  }

  const keyOf = (name: string, generation: string, number: number) => `series ${name} ${generation} ${number}`

  const swap = async (series: Series, expected: string, state: SeriesState): Promise<boolean> => {
    const { next, number } = state
    const done = await store.swapSeries({
      nodeId: series.ruleNodeId,
      name: series.name,
      expected,
      state: JSON.stringify(state),
      next: next && {
        key: keyOf(series.name, series.generation, number),
        dueMs: next.dueMs,
        entry: { queueName: next.queueName, message: next.message },
      },
    })
    if (done && next) later.arm(next.dueMs)
    return done
  }

  const stateOf = async (series: Series) => {
    const text = await store.series(series.ruleNodeId, series.name)
    return { text, state: text === '' ? null : seriesStateSchema.parse(JSON.parse(text)) }
  }

  const carriedBy = (message: Message): z.infer<typeof carriedSchema> | null => {
    try {
      const parsed = carriedSchema.safeParse(JSON.parse(message.data))
      return parsed.success ? parsed.data : null
    } catch {
      return null
    }
  }

  const begin = async (series: Series, first: SeriesStep): Promise<void> => {
    const { text, state } = await stateOf(series)
    if (state?.generation !== series.generation) {
      const next = await entryOf(series, 0, first)
      // When another process was faster, it has done the same.
      await swap(series, text, { generation: series.generation, number: 0, lastId: null, next })
      return
    }
    if (!state.next) return
    const { dueMs, queueName, message } = state.next
    // It may be on its way to the node already; with an id of its own the second one is stale then, not a repetition.
    const again = { queueName, message: { ...message, id: newMessageId() } }
    const entry = { key: keyOf(series.name, series.generation, state.number), dueMs, entry: again }
    await store.keep(series.ruleNodeId, [entry], mostOfNode)
    later.arm(dueMs)
  }

  const next = async (series: Series, message: Message, step: SeriesStep | null) => {
    const carried = carriedBy(message)
    const { text, state } = await stateOf(series)
    if (!carried || !state || carried.generation !== state.generation) return 'stale'
    const { number } = carried
    if (state.number === number + 1 && state.lastId === message.id) return 'again'
    if (state.number !== number) return 'stale'
    if (series.generation !== state.generation) {
      // This process has not heard of the change yet that began the series anew; a moment later it has.
      const dueMs = Date.now() + hearsayMs
      const queueName = state.next?.queueName ?? ''
      const entry = { key: keyOf(series.name, state.generation, number), dueMs, entry: { queueName, message } }
      await store.keep(series.ruleNodeId, [entry], mostOfNode)
      later.arm(dueMs)
      return 'stale'
    }
    const following = step && (await entryOf(series, number + 1, step))
    const after = { generation: state.generation, number: number + 1, lastId: message.id, next: following }
    return (await swap(series, text, after)) ? 'go' : 'stale'
  }

  return {
    messages: {
      enqueueLater: (list) =>
        durable(async () => {
          const queueNames = await queuesOf(list)
          const answers = await Promise.all(
            list.map(({ message, dueMs, key = message.id }, at) => {
              const entry = { key, dueMs, entry: { queueName: queueNames[at] ?? '', message } }
              return store.keep(message.ruleNodeId, [entry], mostOfNode)
            }),
          )
          for (const { dueMs } of list) later.arm(dueMs)
          return answers.flat()
        }),
      cancelLater: (ruleNodeId, keys) => durable(() => store.cancel(ruleNodeId, keys)),
    },
    gathered: {
      list: (ruleNodeId, group) =>
        durable(async () => {
          const found = await store.group(ruleNodeId, group)
          return found.map(({ id, text }) => ({ key: id, message: messageSchema.parse(JSON.parse(text)) }))
        }),
      remove: (ruleNodeId, group, keys) => durable(() => store.leaveGroup(ruleNodeId, group, keys)),
    },
    counts: { add: (ruleNodeId, name, amount) => durable(() => store.count(ruleNodeId, name, amount)) },
    series: {
      begin: (series, first) => durable(() => begin(series, first)),
      read: (message) => carriedBy(message),
      next: (series, message, step) => durable(() => next(series, message, step)),
    },
  }
}
