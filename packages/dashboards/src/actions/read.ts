import { readFunction } from '../functions/source.ts'
import { flagOf, isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf } from '../read.ts'
import { buttonTypes } from './model.ts'
import type { CustomCode, StatePresentation, WidgetAction, WidgetActionKind } from './model.ts'

const placements = ['top', 'bottom', 'left', 'right'] as const
const shapes = ['marker', 'polygon', 'rectangle', 'circle', 'polyline'] as const

const readPresentation = (file: JsonRecord): StatePresentation => {
  if (flagOf(file.openInSeparateDialog) === true) {
    return {
      kind: 'dialog',
      title: textOf(file.dialogTitle) ?? '',
      width: numberOf(file.dialogWidth),
      height: numberOf(file.dialogHeight),
      hideToolbar: flagOf(file.dialogHideDashboardToolbar) ?? true,
    }
  }
  if (flagOf(file.openInPopover) === true) {
    // Files know twelve places (`topLeft`); the side is what matters.
    const side = placements.find((one) => textOf(file.popoverPreferredPlacement)?.startsWith(one))
    return {
      kind: 'popover',
      placement: side ?? 'bottom',
      width: textOf(file.popoverWidth),
      height: textOf(file.popoverHeight),
      hideOnClickOutside: flagOf(file.popoverHideOnClickOutside) ?? true,
      hideToolbar: flagOf(file.popoverHideDashboardToolbar) ?? true,
    }
  }
  return { kind: 'place' }
}

const targetOf = (file: JsonRecord) => ({
  stateId: textOf(file.targetDashboardStateId),
  setEntity: flagOf(file.setEntityId) ?? false,
  paramName: textOf(file.stateEntityParamName),
  opensRight: flagOf(file.openRightLayout) ?? false,
})

/** Code and dialog; null: the file has neither. */
const readCustom = (file: JsonRecord, isPretty: boolean): CustomCode | null => {
  const code = readFunction(file.customFunction)
  const html = isPretty ? (textOf(file.customHtml) ?? '') : ''
  if (!code && html === '') return null
  return { type: 'custom', code: code ?? '', html, css: isPretty ? (textOf(file.customCss) ?? '') : '' }
}

const readRpc = (file: JsonRecord): WidgetActionKind => ({
  type: 'rpc',
  method: textOf(file.method) ?? '',
  params: file.params ?? null,
  timeoutMs: numberOf(file.requestTimeout) ?? 5_000,
  isOneWay: flagOf(file.oneWay) ?? false,
  isPersistent: flagOf(file.requestPersistent) ?? false,
})

/**
 * What an action of a file does. `rpc`, `setAttribute` and `openEntity` are ours: other products read them as unknown and
 * leave them alone.
 */
export const readActionKind = (file: JsonRecord): WidgetActionKind => {
  const newTab = flagOf(file.openNewBrowserTab) ?? false
  switch (file.type) {
    case 'doNothing':
      return { type: 'nothing' }
    case 'openDashboardState':
      return { type: 'openState', ...targetOf(file), presentation: readPresentation(file) }
    case 'updateDashboardState':
      return { type: 'updateState', ...targetOf(file) }
    case 'openDashboard': {
      const dashboardId = textOf(file.targetDashboardId) ?? textOf(recordOf(file.targetDashboardId).id) ?? ''
      return { type: 'openDashboard', ...targetOf(file), dashboardId, newTab }
    }
    case 'openURL':
      return { type: 'openUrl', url: textOf(file.url) ?? '', newTab }
    case 'custom':
    case 'customPretty': {
      return readCustom(file, file.type === 'customPretty') ?? { type: 'nothing' }
    }
    case 'mobileAction':
      return { type: 'mobile', mobileType: textOf(recordOf(file.mobileAction).type) ?? '' }
    case 'placeMapItem': {
      const shape = shapes.find((one) => one === file.mapItemType) ?? 'marker'
      const custom = readCustom(file, true)
      return { type: 'placeMapItem', shape, ...(custom && { custom }) }
    }
    case 'openEntity':
      return { type: 'openEntity' }
    case 'rpc':
      return readRpc(file)
    case 'setAttribute': {
      const scope = file.scope === 'SHARED_SCOPE' ? 'SHARED_SCOPE' : 'SERVER_SCOPE'
      return { type: 'setAttribute', scope, key: textOf(file.key) ?? '', value: file.value ?? null }
    }
    default:
      return { type: 'unknown', name: textOf(file.type) ?? '' }
  }
}

/** One descriptor; `id` is for those that have none (settings of buttons hold bare actions). Null for what is none. */
export const readAction = (file: unknown, source: string, id: string): WidgetAction | null => {
  if (!isRecord(file) || textOf(file.type) === null) return null
  const showsIcon = flagOf(file.showIcon) ?? true
  return {
    id: textOf(file.id) ?? id,
    source,
    name: textOf(file.displayName) ?? textOf(file.name) ?? '',
    icon: showsIcon ? textOf(file.icon) : null,
    color: textOf(file.buttonColor),
    button: {
      type: buttonTypes.find((one) => one === file.buttonType) ?? 'icon',
      fill: textOf(file.buttonFillColor),
      border: textOf(file.buttonBorderColor),
      style: recordOf(file.customButtonStyle),
    },
    columnIndex: numberOf(file.columnIndex),
    isShownWhen: flagOf(file.useShowWidgetActionFunction) === true ? readFunction(file.showWidgetActionFunction) : null,
    kind: readActionKind(file),
  }
}

/** `config.actions` of a widget: by source, in the order of the file. */
export const readActions = (file: unknown): WidgetAction[] =>
  Object.entries(recordOf(file)).flatMap(([source, list]) =>
    listOf(list).flatMap((one, index) => readAction(one, source, `${source}-${index}`) ?? []),
  )
