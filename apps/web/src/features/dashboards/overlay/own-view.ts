import type { DashboardOverlay } from '@thingwire/contracts'
import {
  type DashboardDocument,
  formatWindowParam,
  readTimeWindow,
  type TimeWindowModel,
  writeTimeWindow,
} from '@thingwire/dashboards'
import type { FilterValues } from '../data/resolve.ts'

type Json = Readonly<Record<string, unknown>>
/** What viewers set about widgets, by widget and name. */
export type WidgetSettings = Readonly<Record<string, Json>>
/** How one user sees a dashboard, as far as it differs from what everybody sees. */
export type OwnView = { window: TimeWindowModel | null; filters: FilterValues; widgets: WidgetSettings }

export const sharedView: OwnView = { window: null, filters: {}, widgets: {} }

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

/** What was kept, without what the dashboard has no more: filters, inputs and widgets go while views of them are kept. */
export const readOverlay = (overlay: DashboardOverlay | null, document: DashboardDocument): OwnView => {
  if (!overlay) return sharedView
  const filters = [...document.filters.values()].flatMap(({ id, inputs }) => {
    const kept = overlay.filters?.[id] ?? {}
    return inputs.flatMap((input) => {
      const value = Object.hasOwn(kept, input.id) ? kept[input.id] : undefined
      return isScalar(value) && value !== input.defaultValue ? [[input.id, value] as const] : []
    })
  })
  const widgets = Object.entries(overlay.widgets ?? {}).filter(([id]) => document.widgets.has(id))
  return {
    window: overlay.timeWindow ? readTimeWindow(overlay.timeWindow) : null,
    filters: Object.fromEntries(filters),
    widgets: Object.fromEntries(widgets),
  }
}

export const writeOverlay = (view: OwnView, document: DashboardDocument): DashboardOverlay => {
  const filters = [...document.filters.values()].flatMap(({ id, inputs }) => {
    const set = inputs.flatMap((input) => {
      const value = view.filters[input.id]
      return value === undefined ? [] : [[input.id, value] as const]
    })
    return set.length > 0 ? [[id, Object.fromEntries(set)] as const] : []
  })
  const widgets = Object.entries(view.widgets).filter(([, settings]) => Object.keys(settings).length > 0)
  return {
    ...(view.window ? { timeWindow: writeTimeWindow(view.window, {}) } : {}),
    ...(filters.length > 0 ? { filters: Object.fromEntries(filters) } : {}),
    ...(widgets.length > 0 ? { widgets: Object.fromEntries(widgets) } : {}),
  }
}

const parts = ['window', 'filters', 'widgets'] as const
export type ViewPart = (typeof parts)[number]

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, sorted(one)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
const textOf = (value: unknown) => JSON.stringify(sorted(value))

/** In what two views of a dashboard differ. */
export const differingParts = (a: OwnView, b: OwnView, document: DashboardDocument): readonly ViewPart[] => {
  const windowText = ({ window }: OwnView) => formatWindowParam(window ?? document.timeWindow, document.timeWindow)
  const widgetsText = ({ widgets }: OwnView) =>
    textOf(Object.fromEntries(Object.entries(widgets).filter(([, one]) => Object.keys(one).length > 0)))
  const isOther: Readonly<Record<ViewPart, boolean>> = {
    window: windowText(a) !== windowText(b),
    filters: textOf(a.filters) !== textOf(b.filters),
    widgets: widgetsText(a) !== widgetsText(b),
  }
  return parts.filter((part) => isOther[part])
}
