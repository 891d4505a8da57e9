import type { ChainDocument } from './document.ts'

/** Where each node leads to. */
export const targetsOf = ({ wires }: Pick<ChainDocument, 'wires'>): ReadonlyMap<string, readonly string[]> => {
  const targets = new Map<string, string[]>()
  for (const { from, to } of Object.values(wires)) {
    const known = targets.get(from)
    if (known) known.push(to)
    else targets.set(from, [to])
  }
  return targets
}

/** All nodes that messages come to which begin at some. */
export const reachedFrom = (document: ChainDocument, starts: readonly string[]): ReadonlySet<string> => {
  const targets = targetsOf(document)
  const reached = new Set(starts)
  // What is added while the set is walked is walked, too.
  for (const id of reached) for (const target of targets.get(id) ?? []) reached.add(target)
  return reached
}

/**
 * Sets of nodes that lead to each other in a circle, each in the order of the walk. Tarjan's algorithm without recursion:
 * chains may be thousands of nodes long.
 */
export const onCycles = (document: ChainDocument): string[][] => {
  const targets = targetsOf(document)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const onStack = new Set<string>()
  const stack: string[] = []
  const cycles: string[][] = []
  type Frame = { id: string; next: number }
  const lower = (id: string, to: number) => void low.set(id, Math.min(low.get(id) ?? to, to))
  const enter = (id: string): Frame => {
    index.set(id, index.size)
    low.set(id, index.size - 1)
    stack.push(id)
    onStack.add(id)
    return { id, next: 0 }
  }
  const leave = (id: string) => {
    if (low.get(id) !== index.get(id)) return
    const members = stack.splice(stack.lastIndexOf(id))
    for (const member of members) onStack.delete(member)
    if (members.length > 1) cycles.push(members)
  }
  for (const start of document.order) {
    if (index.has(start)) continue
    const walk = [enter(start)]
    for (let frame = walk.at(-1); frame; frame = walk.at(-1)) {
      const target = targets.get(frame.id)?.[frame.next++]
      if (target === undefined) {
        walk.pop()
        leave(frame.id)
        const above = walk.at(-1)
        if (above) lower(above.id, low.get(frame.id) ?? 0)
      } else if (!index.has(target)) walk.push(enter(target))
      else if (onStack.has(target)) lower(frame.id, index.get(target) ?? 0)
    }
  }
  return cycles
}

/** Whether a wire between two nodes would close a circle. */
export const wouldCycle = (document: ChainDocument, from: string, to: string): boolean =>
  from === to || reachedFrom(document, [to]).has(from)
