import { seriesQuerySchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, anyone, type RouteGroup } from './route.ts'
import { sentAsIs } from './serializer.ts'

const point = z.tuple([z.number(), z.unknown()])
const answerSchema = z.array(
  z.union([
    z.object({
      ok: z.literal(true),
      /** By entity id, then key. */
      series: z.record(z.string(), z.record(z.string(), z.array(point))),
    }),
    z.object({ ok: z.literal(false), message: z.string() }),
  ]),
)

/** Ours: histories for a page of many entities, in one request. */
export const seriesQueryRoutes = ({ values }: ApiDeps): RouteGroup => ({
  tag: 'Telemetry',
  register: (api) =>
    addRoute(api, 'Telemetry', {
      method: 'POST',
      path: '/api/telemetry/series',
      access: anyone,
      summary:
        'Histories of many entities and keys, raw, thinned for a picture, or aggregated; an answer for each read',
      body: seriesQuerySchema,
      response: sentAsIs(answerSchema),
      handle: ({ caller, body }) => values.series(caller, body.reads),
    }),
})
