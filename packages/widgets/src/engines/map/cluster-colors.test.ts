import type { Map as MapLibre } from 'maplibre-gl'
import { expect, it, vi } from 'vitest'
import { type Cluster, ClusterColors } from './cluster-colors.ts'

/** As much of a map as tells of clusters. */
const fakeMap = (clusters: Readonly<Record<number, readonly string[]>>) => {
  const painted = new Map<number, unknown>()
  let rests = () => {}
  const source = {
    getClusterLeaves: async (id: number) => {
      const ids = clusters[id]
      if (!ids) throw new Error('There is no such cluster')
      return ids.map((one) => ({ properties: { id: one } }))
    },
  }
  const map = {
    on: (_: string, listener: () => void) => {
      rests = listener
    },
    getLayer: () => ({}),
    getSource: () => source,
    queryRenderedFeatures: () =>
      Object.entries(clusters).map(([id, ids]) => ({
        properties: { cluster_id: Number(id), point_count: ids.length },
      })),
    setFeatureState: ({ id }: { id: number }, state: unknown) => painted.set(id, state),
    removeFeatureState: () => painted.clear(),
  }
  return { map: map as unknown as MapLibre, painted, rest: () => rests() }
}

it('tells which clusters are seen when the map rests, and again only when they are others', async () => {
  const { map, rest } = fakeMap({ 1: ['a', 'b'], 2: ['c'] })
  const tell = vi.fn<(clusters: readonly Cluster[]) => void>()
  const colors = new ClusterColors(map, tell)
  rest()
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1))
  expect(tell).toHaveBeenCalledWith([
    { id: 1, count: 2, ids: ['a', 'b'] },
    { id: 2, count: 1, ids: ['c'] },
  ])
  rest()
  colors.clear()
  rest()
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(2))
})

it('paints them until their numbers are those of others', () => {
  const { map, painted } = fakeMap({})
  const colors = new ClusterColors(map, () => {})
  colors.paint(new Map([[7, 'red']]))
  expect(painted).toEqual(new Map([[7, { color: 'red' }]]))
  colors.clear()
  expect(painted.size).toBe(0)
})
