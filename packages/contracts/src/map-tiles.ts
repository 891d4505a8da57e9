import { z } from 'zod'

/** A ground that maps may be drawn on. */
export const mapTileSourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Who made it, to be shown beside it. */
  attribution: z.string(),
  /** Names and borders on nothing, to lie over another source. */
  isOverlay: z.boolean(),
  maxZoom: z.int(),
})
export type MapTileSource = z.output<typeof mapTileSourceSchema>
