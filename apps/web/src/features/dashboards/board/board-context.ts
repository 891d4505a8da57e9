'use client'
import type {
  DashboardDocument,
  DashboardState,
  OpenTarget,
  StateEntry,
  StateParams,
  StatePresentation,
  TimeWindowModel,
} from '@thingwire/dashboards'
import type { TimeRange, WidgetHost } from '@thingwire/widgets/manifests'
import { type ComponentType, createContext, createElement, type ReactNode, useContext } from 'react'
import type { EntityPicks, FilterValues } from '../data/resolve.ts'
import type { OwnView } from '../overlay/own-view.ts'
import type { ViewerSettings } from '../overlay/viewer-settings.ts'
import type { BoardCursor } from './board-cursor.ts'

/** A state in a dialog or a popover over the page. */
export type StateOverlay = {
  presentation: Exclude<StatePresentation, { kind: 'place' }>
  entry: StateEntry
  /** What a popover hangs at. */
  anchor: Element | null
}

export type SectionProps = {
  stateId: string
  /** Whose section it is, where one is drawn for each of several; null: it is for what the state around is for. */
  params: StateParams | null
  /** Whether an editor may change it here. */
  isEditable: boolean
  /** As high as its widgets need; else as high as there is room, and scrolled. */
  isNatural: boolean
}

/** A dashboard without its widgets: an editor changes those with each step, and each is drawn by who has it already. */
export type BoardDocument = Omit<DashboardDocument, 'widgets' | 'raw'>

/** What all widgets of a board share. */
export type Board = {
  dashboardId: string
  title: string
  document: BoardDocument
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
  /** What the viewer has kept for themselves; null where nothing can be kept. */
  own: { kept: OwnView } | null
  viewerSettings: ViewerSettings
  /** A state inside of a widget. Here, so that widgets need not know what draws them. */
  StateView: WidgetHost['board']['StateView']
  /** A section of a container. Here, so that tiles need not know layouts, which draw tiles. */
  SectionView: ComponentType<SectionProps>
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
  /** The like in place of the state shown. */
  replace: (entry: StateEntry) => void
  /** In a dialog or a popover over the page. */
  present: (overlay: StateOverlay) => void
  /** To the crumb of that index. */
  back: (index: number) => void
  isRightOpen: boolean
  setRightOpen: (isOpen: boolean) => void
  /** Ids of the states around this one, so that a state never stands inside of itself. */
  around: readonly string[]
  /** Whether an editor of the board edits this, and does not only show it. */
  isEditable: boolean
}

const BoardContext = createContext<Board | null>(null)
const DocumentContext = createContext<DashboardDocument | null>(null)
const StateContext = createContext<StateScope | null>(null)

/** @param p.document the whole of what `value` has without its widgets */
export const BoardProvider = (p: { value: Board; document: DashboardDocument; children: ReactNode }) =>
  createElement(BoardContext, { value: p.value }, createElement(DocumentContext, { value: p.document }, p.children))
export const StateProvider = StateContext.Provider

export const useBoard = (): Board => {
  const board = useContext(BoardContext)
  if (!board) throw new Error('There is no board around')
  return board
}

/** The dashboard with its widgets. Who asks for it is drawn anew with each step of an editor: nothing within a widget may. */
export const useWholeDocument = (): DashboardDocument => {
  const document = useContext(DocumentContext)
  if (!document) throw new Error('There is no board around')
  return document
}

export const useStateScope = (): StateScope => {
  const scope = useContext(StateContext)
  if (!scope) throw new Error('There is no state around')
  return scope
}
