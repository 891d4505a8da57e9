'use client'
import { useQuery } from '@tanstack/react-query'
import type { TileSource, WidgetHost } from '@thingwire/widgets/manifests'
import { api } from '@/api/http.ts'

/** Asked once: what the administrator of the server names changes with its restart. */
const useSources = (): readonly TileSource[] | undefined =>
  useQuery({
    queryKey: ['map-tiles'],
    queryFn: async ({ signal }) =>
      (await api('GET /api/map/tiles', { signal })).map((source) => ({
        ...source,
        template: `${globalThis.location.origin}/api/map/tiles/${encodeURIComponent(source.id)}/{z}/{x}/{y}`,
      })),
    staleTime: Number.POSITIVE_INFINITY,
  }).data

/** What maps are drawn on. A query of the page, so that all its maps ask once. */
export const tilesPort: WidgetHost['tiles'] = { useSources }
