import { type BreakpointId, breakpointIds } from '@thingwire/dashboards'
import type { EditedSize } from '../store/editor-store.ts'

/** The grid for all widths, then those of one width each. */
export const sizes: readonly ('default' | BreakpointId)[] = ['default', ...breakpointIds]

/** How wide the canvas is drawn for each, px: a usual screen of that kind. */
const widths: Readonly<Record<BreakpointId, number>> = { xs: 390, sm: 820, md: 1_100, lg: 1_440, xl: 1_920 }

/** Null: as wide as there is room. */
export const widthOf = (size: EditedSize): number | null =>
  size === 'window' || size === 'default' ? null : widths[size]

export const breakpointOfSize = (size: EditedSize): BreakpointId | null =>
  size === 'window' || size === 'default' ? null : size
