import type { Database, DebugEvent } from '@thingwire/db'
import type { RouterObserver } from '@thingwire/rules'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'

const hourMs = 3_600_000

export type HourlyStats = Part & {
  nodeCalled: NonNullable<RouterObserver['nodeCalled']>
  owner(ruleChainId: string, tenantId: string): void
}

type Stats = { messagesProcessed: number; errorsOccurred: number }

/**
 * STATS events (as ThingsBoard): what nodes and chains of this process worked off in an hour. Those that had nothing to do
 * have no event. A stop writes what the hour has so far.
 */
export const createHourlyStats = (options: {
  events: Pick<Database['events'], 'append'>
  /** Names this process in events. */
  server: string
  logger: Logger
  everyMs?: number
  now?: () => number
}): HourlyStats => {
  const { events, server, logger, everyMs = hourMs, now = Date.now } = options
  const owners = new Map<string, string>()
  let counts = new Map<string, Stats & { tenantId: string }>()
  let timer: NodeJS.Timeout | null = null

  const add = (entityId: string, tenantId: string, messages: number, failures: number) => {
    const known = counts.get(entityId)
    if (!known) counts.set(entityId, { tenantId, messagesProcessed: messages, errorsOccurred: failures })
    else {
      known.messagesProcessed += messages
      known.errorsOccurred += failures
    }
  }

  const write = async () => {
    const [taken, ts] = [counts, now()]
    counts = new Map()
    await events.append(
      [...taken].map(([entityId, { tenantId, messagesProcessed, errorsOccurred }]): DebugEvent => {
        const body = { server, messagesProcessed, errorsOccurred }
        return { tenantId, entityId, type: 'STATS', ts, body }
      }),
    )
  }
  const writeOrSay = () =>
    write().catch((error: unknown) => logger.warn(errorFields(error), 'statistics of an hour are lost'))

  return {
    name: 'hourly stats',
    owner: (ruleChainId, tenantId) => owners.set(ruleChainId, tenantId),
    nodeCalled: ({ chain, nodeIndex, messages, failures }) => {
      const tenantId = owners.get(chain.id)
      const node = chain.nodes[nodeIndex]
      if (!tenantId || !node) return
      add(node.id, tenantId, messages, failures)
      // A chain has worked off what came to its first node; what failed anywhere in it is its error.
      add(chain.id, tenantId, nodeIndex === chain.firstNode ? messages : 0, failures)
    },
    start: async () => {
      timer = setInterval(() => void writeOrSay(), everyMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await writeOrSay()
    },
  }
}
