import { breakpointIds, type BreakpointId } from '../../document/model.ts'
import { isRecord, type JsonRecord, recordOf, textOf, textsOf } from '../../read.ts'
import { own, withMember } from '../json.ts'
import type { Box, Boxes, LayoutAddress } from '../model.ts'
import {
  boxesOf,
  columnsOf,
  gridAt,
  gridsOfLayout,
  layoutNames,
  layoutOf,
  ours,
  placementOf,
  placesOf,
  statesOf,
  withGrid,
  withOurs,
} from '../parts.ts'
import { flowed } from './flow.ts'
import { pushed } from './push.ts'

/**
 * How a breakpoint follows another grid of its layout; stored in its `gridSettings.thingwire.flow`. Places are stored like
 * all others, so that whoever knows nothing of this draws the same.
 */
export type AutomaticFlow = {
  /** Null: the grid for all widths. */
  from: BreakpointId | null
  /** Widgets that were placed by hand; the others are placed anew when what is followed changes. */
  kept: readonly string[]
  /** Widgets that are not shown at these widths. */
  hidden: readonly string[]
  /** Whether the others stand as in the grid that is followed, instead of being laid out for this width. */
  mirrors?: boolean
}

export const flowOf = (grid: JsonRecord | null): AutomaticFlow | null => {
  const flow = ours(grid?.gridSettings).flow
  if (!isRecord(flow)) return null
  return {
    from: breakpointIds.find((id) => id === textOf(flow.from)) ?? null,
    kept: textsOf(flow.kept),
    hidden: textsOf(flow.hidden),
    ...(flow.mirrors === true && { mirrors: true }),
  }
}

export const withFlow = (grid: JsonRecord, flow: AutomaticFlow | null): JsonRecord => {
  const stored = flow
    ? {
        from: flow.from ?? 'default',
        kept: [...flow.kept],
        ...(flow.hidden.length > 0 && { hidden: [...flow.hidden] }),
        ...(flow.mirrors && { mirrors: true }),
      }
    : undefined
  return withMember(grid, 'gridSettings', withOurs(recordOf(grid.gridSettings), { flow: stored }))
}

type Widths = { fromColumns: number; columns: number; isPushing: boolean }

/** The boxes of another grid, with those that were placed by hand in their places; the others make room for them. */
const mirrored = (from: Boxes, kept: Boxes, { fromColumns, columns, isPushing }: Widths): Boxes => {
  const scale = columns / fromColumns
  const across = (column: number) => Math.round(column * scale)
  const scaled = new Map(
    [...from].map(([id, box]): [string, Box] => {
      const col = Math.min(columns - 1, across(box.col))
      return [id, { ...box, col, sizeX: Math.max(1, Math.min(columns - col, across(box.col + box.sizeX) - col)) }]
    }),
  )
  return isPushing && kept.size > 0 ? pushed(scaled, kept, { columns }) : new Map([...scaled, ...kept])
}

/** The grid of a breakpoint as it follows from its source; unchanged where it follows none. */
export const follow = (configuration: JsonRecord, at: LayoutAddress): JsonRecord => {
  const grid = gridAt(configuration, at)
  const flow = flowOf(grid)
  if (!grid || !flow || at.breakpoint === null || flow.from === at.breakpoint) return configuration
  const source = gridAt(configuration, { ...at, breakpoint: flow.from })
  if (!source) return configuration
  const from = new Map([...boxesOf(source)].filter(([id]) => !flow.hidden.includes(id)))
  const to = boxesOf(grid)
  const kept = new Map([...to].filter(([id]) => flow.kept.includes(id) && from.has(id)))
  const widths = { fromColumns: columnsOf(source), columns: columnsOf(grid) }
  const boxes = flow.mirrors
    ? mirrored(from, kept, { ...widths, isPushing: placementOf(grid) === 'push' })
    : flowed(from, { ...widths, breakpoint: at.breakpoint, kept })
  const places = Object.fromEntries(
    [...boxes].map(([id, box]) => [
      id,
      { ...recordOf(own(placesOf(source), id)), ...recordOf(own(placesOf(grid), id)), ...box },
    ]),
  )
  const inSource = boxesOf(source)
  const left = {
    ...flow,
    kept: flow.kept.filter((id) => from.has(id)),
    hidden: flow.hidden.filter((id) => inSource.has(id)),
  }
  return withGrid(configuration, at, withFlow(withMember(grid, 'widgets', places), left))
}

/** Lays out the grids that follow another, in the layouts that a change has touched. */
export const reflowed = (before: JsonRecord, after: JsonRecord): JsonRecord => {
  if (before.states === after.states) return after
  let now = after
  for (const stateId of Object.keys(statesOf(after))) {
    for (const layout of layoutNames) {
      const changed = layoutOf(after, stateId, layout)
      if (!changed || changed === layoutOf(before, stateId, layout)) continue
      const grids = gridsOfLayout(after, stateId, layout)
      const followers = grids.filter((at) => flowOf(gridAt(after, at)) !== null)
      // Those that follow a follower come after it.
      const isFirst = (at: LayoutAddress) => flowOf(gridAt(after, at))?.from === null
      for (const at of [...followers.filter(isFirst), ...followers.filter((one) => !isFirst(one))])
        now = follow(now, at)
    }
  }
  return now
}
