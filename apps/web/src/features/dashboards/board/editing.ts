'use client'
import type { DashboardLayout } from '@thingwire/dashboards'
import { type ComponentType, createContext, type ReactNode, use } from 'react'
import { useStateScope } from './board-context.ts'
import type { Arrangement } from './layout/arrange.ts'

/** What an editor puts in place of what viewers see; the board knows nothing else of it. */
export type BoardEditing = {
  /** Draws the widgets of a grid so that they can be moved. */
  Grid: ComponentType<{ layout: DashboardLayout; arrangement: Arrangement; width: number }>
  /** Over a widget that stands in a list, as on phones. */
  Cover: ComponentType<{ id: string }>
  /** In the head of a container: what can be done with it and the section that is open. */
  ContainerTools: ComponentType<{ widgetId: string; sectionId: string | null }>
  /** In the header in place of the viewer's toolbar. */
  actions: ReactNode
  /** Below the header. */
  bar: ReactNode
  /** Beside the layouts. */
  side: ReactNode
  /** Round the layouts. */
  Frame: ComponentType<{ children: ReactNode }>
  /** How wide the window is taken to be, px; null: as it is. */
  width: number | null
  /** Whether the grids for all widths are drawn even where a width has its own. */
  ignoresWidths: boolean
}

const EditingContext = createContext<BoardEditing | null>(null)
export const EditingProvider = EditingContext
/** Null where the board is only looked at. */
export const useBoardEditing = () => use(EditingContext)

/** The editor, where it edits this part of the page. */
export const useEditingHere = (): BoardEditing | null => {
  const editing = useBoardEditing()
  return useStateScope().isEditable ? editing : null
}
