import type { FunctionSource } from '../functions/source.ts'

/** How a state is opened in a dialog or a popover instead of in place. */
export type StatePresentation =
  | { kind: 'place' }
  | { kind: 'dialog'; title: string; width: number | null; height: number | null; hideToolbar: boolean }
  | {
      kind: 'popover'
      placement: 'top' | 'bottom' | 'left' | 'right'
      width: string | null
      height: string | null
      hideOnClickOutside: boolean
      hideToolbar: boolean
    }

type StateTarget = {
  /** Null: the state that is shown. */
  stateId: string | null
  /** Whether the entity clicked on becomes the state's. */
  setEntity: boolean
  /** Under which parameter; null: as the state's own entity. */
  paramName: string | null
  opensRight: boolean
}

/** Code of the file, with a dialog of its own where it has markup. */
export type CustomCode = { type: 'custom'; code: FunctionSource; html: string; css: string }

/** What an action does; read from a file's descriptor by `readAction`. */
export type WidgetActionKind =
  | { type: 'nothing' }
  | ({ type: 'openState'; presentation: StatePresentation } & StateTarget)
  | ({ type: 'updateState' } & StateTarget)
  | ({ type: 'openDashboard'; dashboardId: string; newTab: boolean } & StateTarget)
  /** Ours; files of others have it as custom code. */
  | { type: 'openEntity' }
  | { type: 'openUrl'; url: string; newTab: boolean }
  | CustomCode
  | {
      type: 'rpc'
      method: string
      params: unknown
      timeoutMs: number
      isOneWay: boolean
      isPersistent: boolean
    }
  | { type: 'setAttribute'; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; key: string; value: unknown }
  | { type: 'mobile'; mobileType: string }
  | {
      type: 'placeMapItem'
      shape: 'marker' | 'polygon' | 'rectangle' | 'circle' | 'polyline'
      /** What is done with what was drawn, which it finds as `additionalParams.coordinates`; without it, an entity gets it. */
      custom?: CustomCode
    }
  /** Kept, not understood: the person is told. */
  | { type: 'unknown'; name: string }

/** The looks that a button in the header of a widget can have, by their names in files. */
export const buttonTypes = ['icon', 'basic', 'stroked', 'raised', 'flat', 'miniFab'] as const

export type ActionButton = {
  type: (typeof buttonTypes)[number]
  fill: string | null
  border: string | null
  /** Declarations of CSS; nobody has looked at them. */
  style: Readonly<Record<string, unknown>>
}

/** One entry of `config.actions`: what a click on `source` does. */
export type WidgetAction = {
  id: string
  /** `headerButton`, `rowClick`, `actionCellButton`, `elementClick` and the others of files. */
  source: string
  name: string
  /** Name of an icon as files have it (Material, or `mdi:…`); null: none. */
  icon: string | null
  color: string | null
  button: ActionButton
  /** Of a cell click: the column, from 0; null: any. */
  columnIndex: number | null
  /** Tells by code whether the button is shown. */
  isShownWhen: FunctionSource | null
  kind: WidgetActionKind
}
