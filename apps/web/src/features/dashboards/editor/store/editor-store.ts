import type { BreakpointId } from '@thingwire/dashboards'
import {
  type Command,
  type DashboardContradiction,
  type EditedDashboard,
  type JsonPath,
  type LayoutAddress,
  type StepName,
  widgetOf,
} from '@thingwire/dashboards/edit'
import { type DraftInput, type DraftState, DraftStore } from '../../../drafts/draft-store.ts'
import type { DraftDeed } from '../../../drafts/model.ts'
import { dashboardDrafts } from './documents.ts'

/** A step of the history: a command's, or one that saving took. */
export type EditStep = StepName | DraftDeed

/** What lies over the side of the board: widgets to add, the one that is selected, problems, versions; null: nothing. */
export type SidePanel = 'add' | 'widget' | 'problems' | 'versions' | null

/** What the dialog over the board manages, and which of it is open there. */
export type Manager = { kind: 'aliases' | 'filters' | 'states' | 'settings'; id: string | null }

/** Which grids are edited: those that a window of this width shows, those for all widths, or those of one width. */
export type EditedSize = 'window' | 'default' | BreakpointId

type Beside = {
  /** Ids of the widgets that are selected, in the order in which they were. */
  selection: readonly string[]
  /** Taps add widgets to those that are selected, and take them out again. */
  isChoosing: boolean
  side: SidePanel
  manager: Manager | null
  size: EditedSize
  /** A part of a widget that is to be shown in its panel; null: none, or it has been. */
  asked: { id: string; path: JsonPath } | null
  /** Where the next widget from the library goes; null: to the first free place. */
  addAt: { at: LayoutAddress; place: { col: number; row: number } } | null
}
export type EditorState = DraftState<EditedDashboard, DashboardContradiction, EditStep> & Beside

/** The one place that holds an open dashboard. */
export class EditorStore extends DraftStore<EditedDashboard, DashboardContradiction, EditStep, Beside> {
  constructor(input: DraftInput<EditedDashboard>) {
    super(input, {
      selection: [],
      isChoosing: false,
      side: null,
      manager: null,
      size: 'window',
      asked: null,
      addAt: null,
    })
  }

  readonly run = (command: Command): void => {
    this.take(command.name(this.document), command.apply(this.document), command.join)
  }

  readonly select = (ids: readonly string[]): void => {
    this.endStep()
    this.set({ selection: ids })
  }

  readonly manage = (kind: Manager['kind'], id: string | null = null): void => this.set({ manager: { kind, id } })

  readonly show = (side: SidePanel): void => this.set({ side, addAt: null, isChoosing: false })

  /** Begins choosing several widgets with taps, with these. */
  readonly choose = (ids: readonly string[]): void => {
    this.endStep()
    this.set({ isChoosing: true, selection: ids, side: null, addAt: null })
  }

  readonly endChoosing = (): void => {
    this.endStep()
    this.set({ isChoosing: false, selection: [] })
  }

  readonly toggle = (id: string): void => {
    const { selection } = this.get()
    this.select(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id])
  }

  protected override follow({ configuration }: EditedDashboard): Partial<Beside> {
    const { selection } = this.get()
    const kept = selection.filter((id) => widgetOf(configuration, id))
    return kept.length === selection.length ? {} : { selection: kept }
  }

  protected override nameOf(deed: DraftDeed): EditStep {
    return deed
  }
}

/** Whether there is nothing to publish. */
export const isPublished = ({ history, published }: EditorState): boolean =>
  dashboardDrafts.isSame(history.present, published)
