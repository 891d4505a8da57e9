import type { TraceHop } from '@thingwire/contracts'
import { wireId } from '../../model/document.ts'
import type { TraceMark, TraceMarks } from '../trace-marks.ts'

/** What the hops of a message light on the canvas of one chain. `current`: the hop that is looked at, from 1; 0: none. */
export const marksOf = (hops: readonly TraceHop[], ruleChainId: string, current: number): TraceMarks => {
  const nodes = new Map<string, TraceMark>()
  const wires = new Map<string, TraceMark>()
  const light = (from: string, to: string, mark: TraceMark) => {
    const id = wireId(from, to)
    wires.set(id, joined(wires.get(id), mark))
  }
  /** The node here that has called another chain last: what comes back from there leaves it. */
  let calling: string | null = null
  for (const [index, hop] of hops.entries()) {
    const step = index + 1
    if (hop.chain.id !== ruleChainId) {
      const back = hop.departures.flatMap(({ onward }) => onward.filter((one) => one.ruleChainId === ruleChainId))
      if (calling !== null)
        for (const { nodeId } of back) light(calling, nodeId, { step, isCurrent: step === current, hasFailed: false })
      continue
    }
    const hasFailed = hop.departures.some(({ error }) => error !== null)
    nodes.set(hop.node.id, joined(nodes.get(hop.node.id), { step, isCurrent: step === current, hasFailed }))
    for (const { error, onward } of hop.departures)
      for (const { ruleChainId: to, nodeId } of onward) {
        if (to === ruleChainId)
          light(hop.node.id, nodeId, { step, isCurrent: step === current, hasFailed: error !== null })
        else calling = hop.node.id
      }
  }
  return { nodes, wires }
}

/** A node that a message passed more than once shows the first time. */
const joined = (known: TraceMark | undefined, mark: TraceMark): TraceMark =>
  known
    ? { step: known.step, isCurrent: known.isCurrent || mark.isCurrent, hasFailed: known.hasFailed || mark.hasFailed }
    : mark
