import type { Arrival, Call, Level, Waiting } from './routing.ts'
import type { RunnableChain } from './run-batch.ts'
import type { SlowCalls } from './slow-calls.ts'

/** The messages of a batch that wait for a node, and whose turn it is. */
export class WaitingMessages {
  /** By depth, then by chain id. */
  readonly #levels: Map<string, Level>[] = []

  /** A chain in the depth of calls in which messages are in it. */
  levelOf(runnable: RunnableChain, depth: number): Level {
    const atDepth = this.#levels[depth] ?? new Map<string, Level>()
    this.#levels[depth] = atDepth
    const known = atDepth.get(runnable.chain.id)
    if (known) return known
    const level: Level = { chain: runnable.chain, instances: runnable.instances, depth, waiting: [], count: 0 }
    atDepth.set(runnable.chain.id, level)
    return level
  }

  add(level: Level, nodeIndex: number, arrival: Arrival): void {
    level.count++
    const waiting = level.waiting[nodeIndex]
    if (!waiting) {
      level.waiting[nodeIndex] = { arrivals: [arrival], inOrder: true }
      return
    }
    const last = waiting.arrivals[waiting.arrivals.length - 1]
    if (last && last.root.index > arrival.root.index) waiting.inOrder = false
    waiting.arrivals.push(arrival)
  }

  /**
   * Takes out all that wait for the node whose turn it is and overtake nobody by it. Deepest level first, so that calls have returned
   * before the caller's later nodes run; within it in drawing order.
   */
  next(slow: SlowCalls): Call | undefined {
    for (let depth = this.#levels.length - 1; depth >= 0; depth--) {
      for (const level of this.#levels[depth]?.values() ?? []) {
        if (level.count === 0) continue
        for (const nodeIndex of level.chain.order) {
          const waiting = level.waiting[nodeIndex]
          const node = level.chain.nodes[nodeIndex]
          if (!waiting || !node) continue
          // Stable: messages that came by different paths fall back into the order in which they entered the batch.
          if (!waiting.inOrder) waiting.arrivals.sort((a, b) => a.root.index - b.root.index)
          waiting.inOrder = true
          const { arrivals: all } = waiting
          const arrivals = slow.size === 0 ? all : all.filter((one) => !slow.isBehind(level, nodeIndex, one))
          if (arrivals.length === 0) continue
          level.count -= arrivals.length
          level.waiting[nodeIndex] = arrivals.length < all.length ? withoutThese(all, arrivals) : undefined
          return { level, node, arrivals }
        }
      }
    }
    return undefined
  }

  /** Which messages of the batch have something waiting. */
  roots(): Set<number> {
    const roots = new Set<number>()
    for (const levels of this.#levels)
      for (const { waiting } of levels.values())
        for (const at of waiting) for (const { root } of at?.arrivals ?? []) roots.add(root.index)
    return roots
  }
}

const withoutThese = (all: readonly Arrival[], taken: readonly Arrival[]): Waiting => {
  const gone = new Set(taken)
  return { arrivals: all.filter((arrival) => !gone.has(arrival)), inOrder: true }
}
