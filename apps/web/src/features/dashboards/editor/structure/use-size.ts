'use client'
import type { BreakpointId } from '@thingwire/dashboards'
import { breakpointsOf } from '@thingwire/dashboards/edit'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { breakpointOf } from '../../board/layout/arrange.ts'
import { jsonOf } from '../side/json.ts'
import { useConfiguration, useEditor } from '../store/use-editor.ts'

/** Widths that the main layout of the state shown has a grid of its own for. */
export const useOwnSizes = (): readonly BreakpointId[] => {
  const { definition } = useStateScope()
  const state = jsonOf(jsonOf(useConfiguration().states)[definition.id])
  return breakpointsOf(jsonOf(jsonOf(state.layouts).main))
}

/** Which size is edited: what was chosen, else what this window shows. */
export const useShownSize = (): 'default' | BreakpointId => {
  const size = useEditor((state) => state.size)
  const own = useOwnSizes()
  const { windowWidth } = useBoard()
  if (size !== 'window') return size
  const width = breakpointOf(windowWidth)
  return own.includes(width) ? width : 'default'
}
