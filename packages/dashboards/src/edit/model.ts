import type { BreakpointId } from '../document/model.ts'
import type { JsonRecord } from '../read.ts'

/**
 * What is edited: the members of a dashboard that a person changes. `configuration` is raw JSON in ThingsBoard's newest
 * form (see `currentForm`); members that nobody here knows stay, and whatever a command does not touch keeps its identity.
 */
export type EditedDashboard = {
  title: string
  /** Address or data URL; null: none. */
  image: string | null
  mobileHide: boolean
  mobileOrder: number | null
  configuration: JsonRecord
}

/** `main` fills the state; `right` is its drawer, or the other half of a divided one. */
export type LayoutName = 'main' | 'right'

/** One grid of the dashboard. `breakpoint` null: the grid for every width that has none of its own. */
export type LayoutAddress = { stateId: string; layout: LayoutName; breakpoint: BreakpointId | null }

/** Where a widget stands, in columns and rows. */
export type Box = { col: number; row: number; sizeX: number; sizeY: number }
/** By the id of the widget. */
export type Boxes = ReadonlyMap<string, Box>

/** What a command does, for undo and the list of steps. Words are `dashboardEditor.step.<key>`, with the values in them. */
export const stepKeys = [
  'addWidget',
  'removeWidgets',
  'replaceType',
  'changeWidget',
  'moveWidgets',
  'resizeWidgets',
  'layerWidgets',
  'swapWidgets',
  'lockWidgets',
  'unlockWidgets',
  'alignWidgets',
  'distributeWidgets',
  'sameSize',
  'moveAll',
  'insertRows',
  'removeRows',
  'compact',
  'paste',
  'pasteReference',
  'duplicateWidgets',
  'replaceWithCopy',
  'moveToLayout',
  'addState',
  'renameState',
  'changeStateId',
  'rootState',
  'duplicateState',
  'removeState',
  'moveState',
  'addLayout',
  'removeLayout',
  'changeGrid',
  'addBreakpoint',
  'resetBreakpoint',
  'removeBreakpoint',
  'putAlias',
  'removeAlias',
  'putFilter',
  'removeFilter',
  'changeSettings',
  'changeTimeWindow',
  'changeDashboard',
  'addContainer',
  'changeContainer',
  'addSection',
  'removeSection',
  'moveSection',
  'putIntoSection',
  'takeOutOfSection',
  'suggested',
  'changeJson',
  'restoreVersion',
] as const
export type StepKey = (typeof stepKeys)[number]

/** `title` is that of the widget, state, alias or filter when it is one; `count` how many there are. */
export type StepName = { key: StepKey; title: string; count: number }

/** A change of a dashboard. Pure: the same document comes back when there is nothing to change. */
export type Command = {
  /** What it does to this document. */
  name: (document: EditedDashboard) => StepName
  /** Commands in a row with the same `join` become one step of the history; null: each is a step. */
  join: string | null
  apply: (document: EditedDashboard) => EditedDashboard
}

/** Makes an id that is not taken: a UUID. */
export type NewId = () => string
