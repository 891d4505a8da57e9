'use client'
import type { LayoutAddress, LayoutName } from '@thingwire/dashboards/edit'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { breakpointOf } from '../../board/layout/arrange.ts'

/** Which grid of the configuration is on the screen: of the state shown, for windows of this width. */
export const useEditedGrid = (layout: LayoutName): LayoutAddress => {
  const { definition } = useStateScope()
  const { windowWidth } = useBoard()
  const width = breakpointOf(windowWidth)
  const { id, layouts } = definition
  const breakpoint = layouts[layout]?.breakpoints[width] ? width : null
  return useMemo(() => ({ stateId: id, layout, breakpoint }), [id, layout, breakpoint])
}
