import { type CounterStore, failedShare, wireKey } from '../../live/counter-store.ts'
import type { NodeLive } from '../../live/live-chain.tsx'
import type { ChainProblem } from '../../model/problems.ts'
import type { Drawing } from '../drawer.ts'

/** What a picture shows of a node beside what it is. */
export type NodeFacts = {
  /** Messages run through it. */
  isBusy: boolean
  /** The part of its messages that fails: none, few, some, many. */
  failing: 0 | 1 | 2 | 3
  /** Something is the matter with it. */
  mark: 'error' | 'warning' | null
}
export type Facts = { nodes: ReadonlyMap<string, NodeFacts>; busyWires: ReadonlySet<string> }

type Sources = {
  counters: CounterStore
  /** What does not run as it should. */
  live: ReadonlyMap<string, NodeLive>
  problems: ReadonlyMap<string, readonly ChainProblem[]>
}

/** From so many percent on it is some, and many. */
const [some, many] = [1, 20]

const failingOf = (share: number | null): NodeFacts['failing'] =>
  share === null || share === 0 ? 0 : share < some ? 1 : share < many ? 2 : 3

const markOf = (live: NodeLive | undefined, problems: readonly ChainProblem[]): NodeFacts['mark'] => {
  if (live?.state?.state === 'failed' || problems.some(({ severity }) => severity === 'error')) return 'error'
  const isOdd = live?.state?.state === 'suspended' || live?.script?.state === 'suspended'
  return isOdd || problems.some(({ severity }) => severity === 'warning') ? 'warning' : null
}

/** Of what is plain nothing is said: a node without facts is idle and well. */
export const factsOf = ({ nodes, edges }: Drawing, { counters, live, problems }: Sources): Facts => {
  const found = new Map<string, NodeFacts>()
  for (const { id, type } of nodes) {
    if (type !== 'rule') continue
    const count = counters.nodes.get(id)
    const facts: NodeFacts = {
      isBusy: (count?.perSecond ?? 0) > 0,
      failing: count ? failingOf(failedShare(count)) : 0,
      mark: markOf(live.get(id), problems.get(id) ?? []),
    }
    if (facts.isBusy || facts.failing > 0 || facts.mark !== null) found.set(id, facts)
  }
  const busyWires = new Set<string>()
  for (const edge of edges)
    if (
      edge.type === 'wire' &&
      edge.data?.wire.labels.some((label) => counters.wires.get(wireKey(edge.source, label))?.isBusy)
    )
      busyWires.add(edge.id)
  return { nodes: found, busyWires }
}

/** So that what looks the same is not painted again. */
export const isSameFacts = (a: Facts, b: Facts): boolean => {
  if (a.nodes.size !== b.nodes.size || a.busyWires.size !== b.busyWires.size) return false
  for (const id of a.busyWires) if (!b.busyWires.has(id)) return false
  for (const [id, one] of a.nodes) {
    const other = b.nodes.get(id)
    if (other?.isBusy !== one.isBusy || other.failing !== one.failing || other.mark !== one.mark) return false
  }
  return true
}
