'use client'
import type {
  DashboardDocument,
  DashboardState,
  OpenTarget,
  StateEntry,
  StatePresentation,
  TimeWindowModel,
} from '@thingwire/dashboards'
import type { TimeRange, WidgetHost } from '@thingwire/widgets/manifests'
import { createContext, useContext } from 'react'
import type { EntityPicks, FilterValues } from '../data/resolve.ts'
import type { BoardCursor } from './board-cursor.ts'

/** A state in a dialog or a popover over the page. */
export type StateOverlay = {
  presentation: Exclude<StatePresentation, { kind: 'place' }>
  entry: StateEntry
  /** What a popover hangs at. */
  anchor: Element | null
}

/** What all widgets of a board share. */
export type Board = {
  dashboardId: string
  title: string
  document: DashboardDocument
  /** What is looked at, with a passing zoom applied. */
  window: TimeWindowModel
  /** Where a zoom leads back to. */
  wholeWindow: TimeWindowModel
  setWindow: (model: TimeWindowModel) => void
  zoom: (range: TimeRange | null) => void
  isZoomed: boolean
  filterValues: FilterValues
  /** Which of the matching entities a viewer picked, by alias. */
  picks: EntityPicks
  isPhone: boolean
  windowWidth: number
  /** Whether the grids for all widths are drawn even where this width has its own. */
  ignoresWidths: boolean
  cursor: BoardCursor
  /** A state inside of a widget. Here, so that widgets need not know what draws them. */
  StateView: WidgetHost['board']['StateView']
}

/** The stack of states that a part of the page shows: the board itself, a dialog, or a state inside of a widget. */
export type StateScope = {
  stack: readonly StateEntry[]
  state: StateEntry
  definition: DashboardState
  open: (target: OpenTarget) => void
  update: (target: OpenTarget) => void
  /** With parameters of its own, instead of those of the state shown and an entity. */
  push: (entry: StateEntry) => void
  /** In a dialog or a popover over the page. */
  present: (overlay: StateOverlay) => void
  /** To the crumb of that index. */
  back: (index: number) => void
  isRightOpen: boolean
  setRightOpen: (isOpen: boolean) => void
  /** Ids of the states around this one, so that a state never stands inside of itself. */
  around: readonly string[]
}

const BoardContext = createContext<Board | null>(null)
const StateContext = createContext<StateScope | null>(null)
export const BoardProvider = BoardContext.Provider
export const StateProvider = StateContext.Provider

export const useBoard = (): Board => {
  const board = useContext(BoardContext)
  if (!board) throw new Error('There is no board around')
  return board
}

export const useStateScope = (): StateScope => {
  const scope = useContext(StateContext)
  if (!scope) throw new Error('There is no state around')
  return scope
}
