import type { CompiledChain } from './compile-chain.ts'
import type { Arrival, Call, Frame, Level } from './routing.ts'

/** Calls of nodes beside which the rest of a batch goes on, and what must not overtake them. */
export class SlowCalls {
  readonly #calls = new Set<SlowCall>()

  get size(): number {
    return this.#calls.size
  }

  /** `done` must not reject. */
  add(call: Call, done: Promise<void>): void {
    const originators = new Set<string>()
    const callers = new Map<Level, Set<number>>()
    for (const { message, frame } of call.arrivals) {
      originators.add(message.originator.id)
      for (let at: Frame | null = frame; at; at = at.parent) {
        const nodes = callers.get(at.level) ?? new Set()
        callers.set(at.level, nodes.add(at.node.index))
      }
    }
    const slow: SlowCall = { call, originators, callers, done: done.then(() => void this.#calls.delete(slow)) }
    this.#calls.add(slow)
  }

  /**
   * Whether a message that has come to a node must wait: one of the same originator may still come there from a slow
   * call, and it was there first.
   */
  isBehind(level: Level, nodeIndex: number, { message }: Arrival): boolean {
    for (const { call, originators, callers } of this.#calls) {
      if (!originators.has(message.originator.id)) continue
      if (level === call.level && isReached(level.chain, call.node.index, nodeIndex)) return true
      // Where called chains come back to.
      for (const node of callers.get(level) ?? [])
        if (node !== nodeIndex && isReached(level.chain, node, nodeIndex)) return true
    }
    return false
  }

  /** Resolves when one of them has ended. */
  next(): Promise<void> {
    return Promise.race([...this.#calls].map(({ done }) => done))
  }

  /** Indexes of the messages of the batch that are under way in them. */
  roots(): Set<number> {
    const roots = new Set<number>()
    for (const { call } of this.#calls) for (const { root } of call.arrivals) roots.add(root.index)
    return roots
  }
}

type SlowCall = {
  call: Call
  originators: ReadonlySet<string>
  /** Nodes of the chains that called this one. */
  callers: ReadonlyMap<Level, ReadonlySet<number>>
  done: Promise<void>
}

const reachable = new WeakMap<CompiledChain, Map<number, ReadonlySet<number>>>()

/** Whether a way leads from one node to another, or it is the same. */
const isReached = (chain: CompiledChain, from: number, to: number): boolean => {
  const ofChain = reachable.get(chain) ?? new Map<number, ReadonlySet<number>>()
  reachable.set(chain, ofChain)
  const known = ofChain.get(from)
  if (known) return known.has(to)
  const reached = new Set([from])
  for (const index of reached)
    for (const { targets } of chain.nodes[index]?.connections.values() ?? [])
      for (const target of targets) reached.add(target)
  ofChain.set(from, reached)
  return reached.has(to)
}
