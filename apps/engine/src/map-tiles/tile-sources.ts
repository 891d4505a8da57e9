import { z } from 'zod'

const placeholders = ['{z}', '{x}', '{y}'] as const

const sourceSchema = z.strictObject({
  /** What the address of its tiles says; dashboards name it to be drawn on it. */
  id: z.string().regex(/^[\w.-]{1,64}$/, 'an id is letters, digits, dots and dashes'),
  name: z.string().min(1).max(100),
  url: z
    .string()
    .max(2_000)
    .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), 'the url is no http address')
    .refine((url) => placeholders.every((one) => url.includes(one)), 'the url needs {z}, {x} and {y}'),
  attribution: z.string().max(300).default(''),
  /** Whether its tiles are names and borders alone, to lie over another source. */
  overlay: z.boolean().default(false),
  maxZoom: z.number().int().min(0).max(24).default(19),
})

/** A server of map tiles, as the administrator of this one names it. */
export type TileSource = z.output<typeof sourceSchema>

const sourcesSchema = z
  .array(sourceSchema)
  .max(20)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two sources have one id')

/** The setting as text: a JSON list of sources; empty: none. */
export const parseTileSources = (text: string): { sources: TileSource[] } | { problem: string } => {
  if (text.trim() === '') return { sources: [] }
  try {
    const parsed = sourcesSchema.safeParse(JSON.parse(text))
    if (parsed.success) return { sources: parsed.data }
    const [issue] = parsed.error.issues
    return {
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a list of tile sources'}`.replace(/^: /, ''),
    }
  } catch {
    return { problem: 'must be a JSON list such as [{"id":"osm","name":"Streets","url":"https://…/{z}/{x}/{y}.png"}]' }
  }
}

/** The address of one tile at its server. */
export const tileUrl = ({ url }: TileSource, { z: zoom, x, y }: { z: number; x: number; y: number }): string =>
  url.replaceAll('{z}', String(zoom)).replaceAll('{x}', String(x)).replaceAll('{y}', String(y))

/** Whether there is such a tile: each nearer look has twice as many each way. */
export const isTile = ({ maxZoom }: TileSource, { z: zoom, x, y }: { z: number; x: number; y: number }): boolean =>
  zoom <= maxZoom && x < 2 ** zoom && y < 2 ** zoom
