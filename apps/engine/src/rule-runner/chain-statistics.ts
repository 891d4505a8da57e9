import { entityId, type TsKvEntry } from '@thingwire/contracts'
import type { RouterObserver } from '@thingwire/rules'
import type { Part } from '../lifecycle.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { TelemetryWriter } from '../telemetry/telemetry-writer.ts'

export type ChainStatistics = Part & {
  nodeCalled: NonNullable<RouterObserver['nodeCalled']>
  owner(ruleChainId: string, tenantId: string): void
}

type Figures = { messages: number; failures: number; spentMs: number }

const periodMs = 60_000
const dayS = 86_400

/**
 * Figures of each rule chain as time series of the chain itself, by the minute, for those that had messages:
 * `messagesProcessed` that reached its first node, `errorsOccurred` in any of its nodes, and `averageMs` that one of its
 * messages spent in nodes. They are kept as long as those of queues. Each process writes its own part.
 */
export const createChainStatistics = (options: {
  telemetry: Pick<TelemetryWriter, 'save'>
  limits: Pick<TenantLimits, 'of'>
  now(): number
  logger: Logger
}): ChainStatistics => {
  const { telemetry, logger } = options
  const owners = new Map<string, string>()
  let figures = new Map<string, Figures>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const of = (chainId: string): Figures => {
    const known = figures.get(chainId)
    if (known) return known
    const made = { messages: 0, failures: 0, spentMs: 0 }
    figures.set(chainId, made)
    return made
  }

  const write = async (chainId: string, { messages, failures, spentMs }: Figures, ts: number): Promise<void> => {
    const tenantId = owners.get(chainId)
    if (!tenantId) return
    const { queueStatsTtlDays } = await options.limits.of(tenantId)
    const entries: TsKvEntry[] = [
      { key: 'messagesProcessed', ts, type: 'LONG', value: messages },
      { key: 'errorsOccurred', ts, type: 'LONG', value: failures },
    ]
    if (messages > 0) entries.push({ key: 'averageMs', ts, type: 'DOUBLE', value: spentMs / messages })
    await telemetry.save(tenantId, [
      {
        entityId: entityId('RULE_CHAIN', chainId),
        entries,
        ttlSeconds: queueStatsTtlDays * dayS,
        ...{ saveTimeseries: true, saveLatest: true, notifyLive: true },
      },
    ])
  }

  const flush = async (): Promise<void> => {
    const [ended, ts] = [figures, options.now()]
    figures = new Map()
    for (const [chainId, one] of ended) {
      try {
        await write(chainId, one, ts)
      } catch (error) {
        logger.warn({ ruleChainId: chainId, ...errorFields(error) }, 'figures of a rule chain were not written')
      }
    }
  }

  return {
    name: 'chain statistics',
    owner: (ruleChainId, tenantId) => owners.set(ruleChainId, tenantId),
    nodeCalled: ({ chain, nodeIndex, messages, failures, elapsedMs }) => {
      const one = of(chain.id)
      if (nodeIndex === chain.firstNode) one.messages += messages
      one.failures += failures
      // Each message waited for the whole call.
      one.spentMs += elapsedMs * messages
    },
    start: async () => {
      timer = setInterval(() => {
        writing = writing.then(flush)
      }, periodMs)
    },
    stop: async (deadlineMs) => {
      if (timer) clearInterval(timer)
      let cutOff: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        cutOff = setTimeout(resolve, Math.max(0, deadlineMs - Date.now()))
      })
      // The database may be away; figures are not worth waiting for it.
      await Promise.race([writing.then(flush), late])
      clearTimeout(cutOff)
    },
  }
}
