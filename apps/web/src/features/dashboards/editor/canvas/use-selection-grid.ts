'use client'
import { sectionStates } from '@thingwire/dashboards'
import { gridAt, gridsOfState, type LayoutAddress, placesOf } from '@thingwire/dashboards/edit'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { breakpointOf } from '../../board/layout/arrange.ts'
import type { Json } from '../side/json.ts'
import { useConfiguration, useEditor, useSelection } from '../store/use-editor.ts'
import { breakpointOfSize } from '../structure/sizes.ts'

/** The layout that a widget stands in: of the state shown, else of a section of a container; null: none. */
const layoutWith = (configuration: Json, stateId: string, id: string): Omit<LayoutAddress, 'breakpoint'> | null => {
  const states = [stateId, ...sectionStates(configuration).keys()]
  for (const state of states) {
    const found = gridsOfState(configuration, state).find((at) =>
      Object.hasOwn(placesOf(gridAt(configuration, at)), id),
    )
    if (found) return { stateId: state, layout: found.layout }
  }
  return null
}

/** The grid on the screen that the selected widgets stand in, and the one that they are placed in (see `usePlacedGrid`). */
export const useSelectionGrid = (): { at: LayoutAddress; placedAt: LayoutAddress } => {
  const { definition } = useStateScope()
  const { windowWidth, ignoresWidths } = useBoard()
  const configuration = useConfiguration()
  const [first] = useSelection()
  const size = useEditor((state) => state.size)
  return useMemo(() => {
    const layout = (first !== undefined && layoutWith(configuration, definition.id, first)) || {
      stateId: definition.id,
      layout: 'main' as const,
    }
    const width = ignoresWidths ? null : breakpointOf(windowWidth)
    const at = { ...layout, breakpoint: gridAt(configuration, { ...layout, breakpoint: width }) ? width : null }
    return { at, placedAt: { ...at, breakpoint: breakpointOfSize(size) ?? at.breakpoint } }
  }, [configuration, definition.id, first, windowWidth, ignoresWidths, size])
}
