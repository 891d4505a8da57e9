import { randomUUID } from 'node:crypto'
import { type Message, type MessageBatch, nullUuid } from '@thingwire/contracts'
import type { BatchSettlement } from '@thingwire/db'
import { type BatchResult, errorText, isEnvironmentError, type RouterObserver, runBatch } from '@thingwire/rules'
import type { DecodedBatch } from './batch-codec.ts'
import type { ChainCache, ChainLease } from './chain-cache.ts'

type NewDeadLetter = BatchSettlement['deadLetters'][number]
type Tally = { stored: number; finished: number; deadLettered: number }

export type BatchProcessor = {
  /**
   * Runs all messages of a batch through their chains and says how each ended. Rejects with an environment error, or when
   * aborted, with nothing settled: the batch is run again later.
   */
  process(decoded: DecodedBatch, queueName: string, signal: AbortSignal): Promise<BatchSettlement>
}

export const createBatchProcessor = (options: { chains: ChainCache; observe: RouterObserver }): BatchProcessor => {
  const process = async (decoded: DecodedBatch, queueName: string, signal: AbortSignal): Promise<BatchSettlement> => {
    const { batch, unreadable } = decoded
    const settlement = startSettlement(batch, queueName)
    for (const { tenantId, raw, problem } of unreadable)
      settlement.lose({ tenantId: tenantId ?? nullUuid, message: raw, error: problem })
    const leases = new Map<string, ChainLease>()
    try {
      await Promise.all(
        groupByChain(batch.messages).map(async (group) => {
          const lease = leases.get(group.tenantId) ?? options.chains.lease(group.tenantId)
          leases.set(group.tenantId, lease)
          await runGroup(group, lease, settlement, signal)
        }),
      )
    } finally {
      for (const lease of leases.values()) lease.release()
    }
    return settlement.result()
  }

  const runGroup = async (group: Group, lease: ChainLease, settlement: Settlement, signal: AbortSignal) => {
    const found = await lease.get(group.ruleChainId)
    if (found.kind === 'missing') return settleWithoutChain(group, settlement)
    if (found.kind === 'broken') {
      for (const message of group.messages)
        settlement.lose({ ...group, message, error: `Rule chain is invalid: ${found.problem}` })
      return
    }
    let result: BatchResult
    try {
      result = await runBatch({
        ...found.runnable,
        messages: group.messages,
        ...(group.from && { from: group.from }),
        signal,
        observe: options.observe,
        callee: async (ruleChainId) => {
          const callee = await lease.get(ruleChainId)
          return callee.kind === 'ready' ? callee.runnable : undefined
        },
      })
    } catch (error) {
      if (isEnvironmentError(error) || signal.aborted) throw error
      // The router fences nodes; what still gets here must not block the partition for ever.
      for (const message of group.messages) settlement.lose({ ...group, message, error: errorText(error) })
      return
    }
    for (const outcome of result.outcomes) settlement.count(group.tenantId, outcome)
    for (const { message, ruleChainId, nodeId, error } of result.deadLetters)
      settlement.keep({ tenantId: group.tenantId, ruleChainId, ruleNodeId: nodeId, message, error })
  }

  return { process }
}

/** Without a root chain messages fail; a chain that is gone lets its messages end. */
const settleWithoutChain = (group: Group, settlement: Settlement): void => {
  for (const message of group.messages) {
    if (group.ruleChainId === null) settlement.lose({ ...group, message, error: 'No Root Rule Chain available!' })
    else settlement.count(group.tenantId, 'finished')
  }
}

type Group = {
  tenantId: string
  ruleChainId: string | null
  /** Set when the messages are answers that came back later to a node. */
  from: { nodeId: string; connection: string } | null
  messages: Message[]
}

const groupByChain = (messages: readonly Message[]): Group[] => {
  const groups = new Map<string, Group>()
  let last: Group | undefined
  for (const message of messages) {
    const { tenantId, ruleChainId } = message
    const from = returnOf(message)
    if (!last || last.tenantId !== tenantId || last.ruleChainId !== ruleChainId || last.from || from) {
      const key = `${tenantId}/${ruleChainId}${from ? `/${from.nodeId}/${from.connection}` : ''}`
      last = groups.get(key) ?? { tenantId, ruleChainId, from, messages: [] }
      groups.set(key, last)
    }
    last.messages.push(message)
  }
  return [...groups.values()]
}

const returnOf = ({ ruleNodeId, connection }: Message): Group['from'] =>
  ruleNodeId !== null && connection !== undefined ? { nodeId: ruleNodeId, connection } : null

type Loss = {
  tenantId: string
  ruleChainId?: string | null
  ruleNodeId?: string | null
  message: unknown
  error: string
}

const startSettlement = (batch: MessageBatch, queueName: string) => {
  const tallies = new Map<string, Tally>()
  const deadLetters: NewDeadLetter[] = []

  const count = (tenantId: string, outcome: 'stored' | 'finished' | 'dead-lettered') => {
    const tally = tallies.get(tenantId) ?? { stored: 0, finished: 0, deadLettered: 0 }
    tallies.set(tenantId, tally)
    if (outcome === 'stored') tally.stored++
    else if (outcome === 'finished') tally.finished++
    else tally.deadLettered++
  }
  const keep = ({ tenantId, ruleChainId = null, ruleNodeId = null, message, error }: Loss) => {
    deadLetters.push({ id: randomUUID(), tenantId, queueName, ruleChainId, ruleNodeId, error, message })
  }
  return {
    count,
    keep,
    lose: (loss: Loss) => {
      count(loss.tenantId, 'dead-lettered')
      keep(loss)
    },
    result: (): BatchSettlement => ({
      batchId: batch.batchId,
      acceptedAt: batch.acceptedAt,
      outcomes: [...tallies].map(([tenantId, tally]) => ({ tenantId, ...tally })),
      deadLetters,
    }),
  }
}
type Settlement = ReturnType<typeof startSettlement>
