import type { BreakpointId } from '../../document/model.ts'
import { type JsonRecord, recordOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { columnsFor } from '../grid/flow.ts'
import { follow, flowOf, withFlow } from '../grid/reflow.ts'
import { withMember, withMembers, without } from '../json.ts'
import type { Command, EditedDashboard, LayoutAddress } from '../model.ts'
import { breakpointsOf, columnsOf, gridAt, placesOf, withGrid, layoutOf } from '../parts.ts'
import { withoutOrphans } from './orphans.ts'

type Breakpoint = Omit<LayoutAddress, 'breakpoint'> & { breakpoint: BreakpointId }

/**
 * Gives a width a grid of its own. `automatic`: laid out from the other grid, and again whenever that changes, but for what
 * a person places; `mirror`: as the other grid, again whenever that changes, but for what a person places; `copy`: as the
 * other grid is now, and free of it from then on.
 */
export const addBreakpoint = (
  at: Breakpoint,
  from: BreakpointId | null,
  how: 'automatic' | 'mirror' | 'copy' = 'automatic',
): Command =>
  configurationCommand({ key: 'addBreakpoint', title: at.breakpoint }, (configuration) => {
    const source = gridAt(configuration, { ...at, breakpoint: from })
    if (!source || gridAt(configuration, at) || from === at.breakpoint) return configuration
    const settings = recordOf(source.gridSettings)
    const copied = { widgets: placesOf(source), gridSettings: settings }
    if (how === 'copy') return withGrid(configuration, at, withFlow(copied, null))
    if (how === 'mirror')
      return withGrid(configuration, at, withFlow(copied, { from, kept: [], hidden: [], mirrors: true }))
    const columns = columnsFor(at.breakpoint, columnsOf(source))
    const empty: JsonRecord = { widgets: {}, gridSettings: withMembers(settings, { columns, viewFormat: 'grid' }) }
    return follow(withGrid(configuration, at, withFlow(empty, { from, kept: [], hidden: [] })), at)
  })

/**
 * A command that places widgets at one width, where that has no grid of its own yet: it gets one that stands as the grid for
 * all widths, but for what the command places. Nothing where the command changes nothing.
 */
export const onOwnGrid = (at: LayoutAddress, command: Command): Command => {
  const { breakpoint } = at
  if (breakpoint === null) return command
  const grown = addBreakpoint({ ...at, breakpoint }, null, 'mirror')
  const prepared = (document: EditedDashboard) =>
    gridAt(document.configuration, at) ? document : grown.apply(document)
  return {
    join: command.join,
    name: (document) => command.name(prepared(document)),
    apply: (document) => {
      const ready = prepared(document)
      const done = command.apply(ready)
      return done === ready ? document : done
    },
  }
}

/** Lays a breakpoint out by itself again: what was placed by hand follows, too. @param ids only these; null: all */
export const resetBreakpoint = (at: Breakpoint, ids: readonly string[] | null = null): Command =>
  configurationCommand({ key: 'resetBreakpoint', title: at.breakpoint }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const flow = flowOf(grid)
    const left = (list: readonly string[] = []) => (ids === null ? [] : list.filter((id) => !ids.includes(id)))
    const reset = { ...flow, from: flow?.from ?? null, kept: left(flow?.kept), hidden: left(flow?.hidden) }
    return follow(withGrid(configuration, at, withFlow(grid, reset)), at)
  })

/** Frees a breakpoint of the grid that it follows; everything stays where it is. */
export const freeBreakpoint = (at: Breakpoint): Command =>
  configurationCommand({ key: 'changeGrid', title: at.breakpoint }, (configuration) => {
    const grid = gridAt(configuration, at)
    return grid ? withGrid(configuration, at, withFlow(grid, null)) : configuration
  })

/** Removes the grid of a width: it has that for all widths again. Grids that followed it follow what it followed. */
export const removeBreakpoint = (at: Breakpoint): Command =>
  configurationCommand({ key: 'removeBreakpoint', title: at.breakpoint }, (configuration) => {
    const gone = gridAt(configuration, at)
    const layout = layoutOf(configuration, at.stateId, at.layout)
    if (!gone || !layout) return configuration
    const heir = flowOf(gone)?.from ?? null
    const followers = breakpointsOf(layout).filter(
      (id) => id !== at.breakpoint && flowOf(gridAt(configuration, { ...at, breakpoint: id }))?.from === at.breakpoint,
    )
    const handed = followers.reduce((now, breakpoint) => {
      const grid = gridAt(now, { ...at, breakpoint })
      const flow = flowOf(grid)
      return grid && flow ? withGrid(now, { ...at, breakpoint }, withFlow(grid, { ...flow, from: heir })) : now
    }, configuration)
    const left = recordOf(layoutOf(handed, at.stateId, at.layout))
    const breakpoints = without(recordOf(left.breakpoints), [at.breakpoint])
    const grid = withMember(left, 'breakpoints', Object.keys(breakpoints).length > 0 ? breakpoints : undefined)
    return withoutOrphans(configuration, withGrid(handed, { ...at, breakpoint: null }, grid))
  })
