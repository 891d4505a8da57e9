import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'

/** Markers that are gathered: by the number that the map knows them by. */
export type Cluster = { id: number; ids: readonly string[]; count: number }

/** A function gets so many places of a cluster at most. */
const mostLeaves = 500

/** Tells which clusters are seen, and paints those that somebody gives a colour. */
export class ClusterColors {
  readonly #map: MapLibre
  readonly #tell: (clusters: readonly Cluster[]) => void
  #seen = ''

  constructor(map: MapLibre, tell: (clusters: readonly Cluster[]) => void) {
    this.#map = map
    this.#tell = tell
    map.on('idle', () => void this.#look())
  }

  /** Its places are others, and so are the numbers of clusters. */
  clear(): void {
    this.#seen = ''
    if (this.#map.getSource('markers')) this.#map.removeFeatureState({ source: 'markers' })
  }

  paint(colors: ReadonlyMap<number, string>): void {
    if (!this.#map.getSource('markers')) return
    for (const [id, color] of colors) this.#map.setFeatureState({ source: 'markers', id }, { color })
  }

  async #look(): Promise<void> {
    if (!this.#map.getLayer('clusters')) return
    const source = this.#map.getSource<GeoJSONSource>('markers')
    const counts = new Map<number, number>()
    for (const { properties } of this.#map.queryRenderedFeatures({ layers: ['clusters'] }))
      if (typeof properties.cluster_id === 'number') counts.set(properties.cluster_id, Number(properties.point_count))
    const seen = [...counts].flat().join(' ')
    if (!source || counts.size === 0 || seen === this.#seen) return
    this.#seen = seen
    const clusters = await Promise.all(
      [...counts].map(async ([id, count]): Promise<Cluster> => {
        // A list that came meanwhile has other clusters.
        const leaves = await source.getClusterLeaves(id, mostLeaves, 0).catch(() => [])
        return { id, count, ids: leaves.flatMap(({ properties }) => String(properties?.id ?? '') || []) }
      }),
    )
    if (seen === this.#seen) this.#tell(clusters)
  }
}
