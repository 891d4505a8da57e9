import type { ComponentType } from 'react'
import type { WidgetManifest, WidgetView, WidgetViewProps } from '../widget.ts'

/** Widgets that stand together in the library and the gallery. */
export type WidgetFamily = {
  /** Name of the bundle in the library. */
  alias: string
  title: string
  description: string
  order: number
  widgets: readonly WidgetManifest[]
}

export type LoadedView = { default: ComponentType<WidgetViewProps<unknown>> }
/** By widget type: a chunk of its own that is fetched when a board first needs it. */
export type ViewLoaders = Readonly<Record<string, () => Promise<LoadedView>>>

/** The host has parsed the settings by the manifest of the same type, so a view may rely on their shape. */
export const untyped = <S>(view: WidgetView<S>): LoadedView => ({
  default: view as ComponentType<WidgetViewProps<unknown>>,
})
