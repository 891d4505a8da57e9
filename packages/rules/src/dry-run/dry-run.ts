import type { ChainTestStep, Message } from '@thingwire/contracts'
import type { CompiledChain } from '../compile-chain.ts'
import type { HandlerRegistry } from '../registry.ts'
import { type DeadLetter, type InspectedCall, type RunnableChain, runBatch } from '../run-batch.ts'
import { startNodes } from '../start-nodes.ts'
import { createDryPorts, type DryPorts, type DryReads, type Effect } from './dry-ports.ts'

/** Messages that come back or leave through queues are followed this often; a chain that goes on for ever stops there. */
const maxRounds = 100

export type DryRunnerInput = {
  chain: CompiledChain
  /** Chains that it calls. */
  callee?: (ruleChainId: string) => Promise<CompiledChain | undefined>
  handlers: HandlerRegistry
  reads: DryReads
  tenantId: string
  given: Parameters<typeof createDryPorts>[0]
  signal: AbortSignal
  /** For all nodes on the way of one message, ms. */
  timeoutMs: number
}

export type DryRun = {
  steps: ChainTestStep[]
  failures: Pick<DeadLetter, 'nodeName' | 'error'>[]
  effects: Effect[]
  /** Set when the message still went on after all rounds. */
  isEndless: boolean
}

export type DryRunner = {
  run(message: Message): Promise<DryRun>
  /** Stops the nodes. */
  stop(): Promise<void>
}

/**
 * Runs messages through a chain, one after the other, without changing anything outside: what nodes want to change is
 * remembered, and what leaves through a queue, or waits for an answer that is given, goes on at once. A later message
 * meets the nodes as the earlier one left them.
 */
export const createDryRunner = (input: DryRunnerInput): DryRunner => {
  const { chain, signal, timeoutMs } = input
  const world = createDryPorts(input.given, input.reads, input.tenantId)
  const running = startedChains(input, world)

  const run = async (message: Message): Promise<DryRun> => {
    const steps: ChainTestStep[] = []
    const failures: DryRun['failures'] = []
    let waiting: Message[] = [{ ...message, ruleChainId: chain.id }]
    for (let round = 0; waiting.length > 0 && round < maxRounds; round++) {
      const due = waiting
      waiting = []
      for (const one of due) {
        const runnable = await running.get(one.ruleChainId ?? chain.id)
        if (!runnable) continue
        const { ruleNodeId, connection } = one
        const { deadLetters } = await runBatch({
          ...runnable,
          messages: [one],
          ...(ruleNodeId !== null && connection !== undefined && { from: { nodeId: ruleNodeId, connection } }),
          signal,
          timeLimit: { timeoutMs },
          observe: { inspects: () => true, inspected: (call) => void steps.push(...stepsOf(call)) },
          callee: (id) => running.get(id),
          requeue: async (messages) => void waiting.push(...messages.map((left) => left.message)),
        })
        failures.push(...deadLetters.map(({ nodeName, error }) => ({ nodeName, error })))
        waiting.push(...world.takeAnswers())
      }
    }
    return { steps, failures, effects: world.takeEffects(), isEndless: waiting.length > 0 }
  }
  return { run, stop: running.stop }
}

/** Runs one message; see createDryRunner. */
export const dryRun = async ({ message, ...input }: DryRunnerInput & { message: Message }): Promise<DryRun> => {
  const runner = createDryRunner(input)
  try {
    return await runner.run(message)
  } finally {
    await runner.stop()
  }
}

/** Chains with nodes of their own for this run. */
const startedChains = ({ chain, callee, handlers, tenantId }: DryRunnerInput, { ports }: DryPorts) => {
  const started = new Map<string, Promise<RunnableChain | undefined>>()
  const start = async (ruleChainId: string): Promise<RunnableChain | undefined> => {
    const found = ruleChainId === chain.id ? chain : await callee?.(ruleChainId)
    if (!found) return undefined
    const instances = await startNodes(found, handlers, (node) => ({
      ...{ tenantId, ruleChainId: found.id, nodeId: node.id, nodeName: node.name, ports },
    }))
    return { chain: found, instances }
  }
  return {
    get: (ruleChainId: string) => {
      const known = started.get(ruleChainId) ?? start(ruleChainId)
      started.set(ruleChainId, known)
      return known
    },
    stop: async () => {
      for (const one of await Promise.allSettled(started.values()))
        if (one.status === 'fulfilled')
          // What a node of a dry run leaves behind is nothing that anybody waits for.
          for (const instance of one.value?.instances ?? [])
            if (instance.state === 'ready') await instance.handler.stop?.().catch(() => {})
    },
  }
}

const stepsOf = (call: InspectedCall): ChainTestStep[] => {
  const steps = passesOf(call)
  return call.node.bypass ? steps.map((step) => ({ ...step, isBypassed: true })) : steps
}

const passesOf = ({ chain, node, arrivals, departures }: InspectedCall): ChainTestStep[] => {
  const left = new Set(departures.map(({ arrival }) => arrival))
  const kept = arrivals.flatMap(({ message }, index) =>
    left.has(index) ? [] : [stepOf(message, chain.name, node.name, { connection: null, error: null, isEnd: true })],
  )
  const gone = departures.map(({ message, chain: by, node: from, error, onward, ...left }) => {
    // What goes through a queue passes the connection when it comes back.
    const connection = left.queueName === undefined ? left.connection : null
    return stepOf(message, by.name, from.name, { connection, error, isEnd: onward.length === 0 })
  })
  return [...gone, ...kept]
}

const stepOf = (
  { type, originator, data, metadata }: Message,
  chain: string,
  node: string,
  how: Pick<ChainTestStep, 'connection' | 'error' | 'isEnd'>,
): ChainTestStep => ({ chain, node, ...how, type, originator, data, metadata: { ...metadata } })
