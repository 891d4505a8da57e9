import type { ChainDocument } from './document.ts'
import { targetsOf } from './graph-walks.ts'

const sweeps = 4

/** How far each node is from a beginning, by the longest way; wires that close a circle do not count. */
const depthsOf = (
  ids: readonly string[],
  targets: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> => {
  const within = new Set(ids)
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  const back = new Set<string>()
  for (const start of ids) {
    if (state.has(start)) continue
    state.set(start, 'open')
    const walk = [{ id: start, next: 0 }]
    for (let frame = walk.at(-1); frame; frame = walk.at(-1)) {
      const target = targets.get(frame.id)?.[frame.next++]
      if (target === undefined) {
        state.set(frame.id, 'done')
        finished.push(frame.id)
        walk.pop()
      } else if (state.get(target) === 'open') back.add(`${frame.id} ${target}`)
      else if (!state.has(target) && within.has(target)) {
        state.set(target, 'open')
        walk.push({ id: target, next: 0 })
      }
    }
  }
  const depth = new Map(ids.map((id) => [id, 0]))
  for (const id of finished.toReversed())
    for (const target of targets.get(id) ?? [])
      if (within.has(target) && !back.has(`${id} ${target}`))
        depth.set(target, Math.max(depth.get(target) ?? 0, (depth.get(id) ?? 0) + 1))
  return depth
}

/**
 * Columns of nodes, each in the order in which few wires cross: quick, and for chains of any size and shape. The entry first.
 */
export const layersOf = (document: ChainDocument, chosen: readonly string[]): string[][] => {
  const { entry } = document
  const ids = entry !== null && chosen.includes(entry) ? [entry, ...chosen.filter((id) => id !== entry)] : chosen
  const targets = targetsOf(document)
  const sources = new Map<string, string[]>()
  for (const [from, list] of targets) for (const to of list) sources.set(to, [...(sources.get(to) ?? []), from])
  const layers: string[][] = []
  for (const [id, depth] of depthsOf(ids, targets)) {
    layers[depth] ??= []
    layers[depth].push(id)
  }
  const place = new Map<string, number>()
  const number = (layer: readonly string[]) => {
    for (const [index, id] of layer.entries()) place.set(id, index - layer.length / 2)
  }
  for (const layer of layers) number(layer)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0
    const beside = isForth ? sources : targets
    for (const layer of isForth ? layers : layers.toReversed()) {
      const wish = new Map(layer.map((id) => [id, middle(id, beside, place)]))
      layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
      number(layer)
    }
  }
  return layers
}

const middle = (
  id: string,
  beside: ReadonlyMap<string, readonly string[]>,
  place: ReadonlyMap<string, number>,
): number => {
  const places = (beside.get(id) ?? []).flatMap((other) => place.get(other) ?? [])
  return places.length === 0 ? (place.get(id) ?? 0) : places.reduce((sum, one) => sum + one, 0) / places.length
}
