import { mapTileSourceSchema } from '@thingwire/contracts'
import { z } from 'zod'
import { createTileStore } from '../map-tiles/tile-store.ts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'

const number = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 24)

/** What maps are drawn on, from servers that the administrator of the installation names. */
export const mapTileRoutes = ({ config }: ApiDeps): RouteGroup => {
  const tag = 'Map tiles'
  const store = createTileStore(config.MAP_TILES ?? [])
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/map/tiles',
        access: anyone,
        summary: 'Grounds that maps may be drawn on, and what may lie over them (MAP_TILES); none: maps draw outlines',
        response: z.array(mapTileSourceSchema),
        handle: () =>
          store.sources.map(({ id, name, attribution, overlay, maxZoom }) => ({
            ...{ id, name, attribution, maxZoom },
            isOverlay: overlay,
          })),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/map/tiles/:source/:z/:x/:y',
        access: anyone,
        summary: 'One tile: a picture of 256 px',
        params: z.object({ source: z.string().max(64), z: number, x: number, y: number }),
        response: 'raw',
        handle: async ({ params: { source, ...place }, reply }) => {
          const { body, contentType } = await store.tile(source, place)
          reply
            .headers({
              'content-type': contentType,
              'cache-control': 'private, max-age=86400',
              'content-security-policy': "sandbox; default-src 'none'",
              'x-content-type-options': 'nosniff',
            })
            .send(body)
        },
      })
    },
  }
}
