'use client'
import type { LayoutAddress, LayoutName } from '@thingwire/dashboards/edit'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { breakpointOf } from '../../board/layout/arrange.ts'
import { useEditor } from '../store/use-editor.ts'
import { breakpointOfSize } from '../structure/sizes.ts'

/** Which grid of the configuration is on the screen: of the state shown, for windows of this width. */
export const useEditedGrid = (layout: LayoutName): LayoutAddress => {
  const { definition } = useStateScope()
  const { windowWidth, ignoresWidths } = useBoard()
  const width = breakpointOf(windowWidth)
  const { id, layouts } = definition
  const breakpoint = !ignoresWidths && layouts[layout]?.breakpoints[width] ? width : null
  return useMemo(() => ({ stateId: id, layout, breakpoint }), [id, layout, breakpoint])
}

/**
 * Where widgets are placed that are moved on the screen: the grid of the width that was chosen, even if that has none of
 * its own yet (see `onOwnGrid`).
 */
export const usePlacedGrid = (layout: LayoutName): LayoutAddress => {
  const edited = useEditedGrid(layout)
  const chosen = useEditor(({ size }) => breakpointOfSize(size))
  return useMemo(() => (chosen === null ? edited : { ...edited, breakpoint: chosen }), [edited, chosen])
}
