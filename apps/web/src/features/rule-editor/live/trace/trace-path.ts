import type { TraceHop } from '@thingwire/contracts'
import { wireId } from '../../model/document.ts'
import type { TraceMark, TraceMarks } from '../trace-marks.ts'

/** What the hops of a message light on the canvas of one chain. `current`: the hop that is looked at, from 1; 0: none. */
export const marksOf = (hops: readonly TraceHop[], ruleChainId: string, current: number): TraceMarks => {
  const nodes = new Map<string, TraceMark>()
  const wires = new Map<string, TraceMark>()
  for (const [index, hop] of hops.entries()) {
    if (hop.chain.id !== ruleChainId) continue
    const step = index + 1
    const hasFailed = hop.departures.some(({ error }) => error !== null)
    nodes.set(hop.node.id, joined(nodes.get(hop.node.id), { step, isCurrent: step === current, hasFailed }))
    for (const { error, onward } of hop.departures)
      for (const { ruleChainId: to, nodeId } of onward) {
        if (to !== ruleChainId) continue
        const id = wireId(hop.node.id, nodeId)
        const mark = { step, isCurrent: step === current, hasFailed: error !== null }
        wires.set(id, joined(wires.get(id), mark))
      }
  }
  return { nodes, wires }
}

/** A node that a message passed more than once shows the first time. */
const joined = (known: TraceMark | undefined, mark: TraceMark): TraceMark =>
  known
    ? { step: known.step, isCurrent: known.isCurrent || mark.isCurrent, hasFailed: known.hasFailed || mark.hasFailed }
    : mark
