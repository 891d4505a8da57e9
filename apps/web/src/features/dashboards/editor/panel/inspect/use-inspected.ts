'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { useBoard, useStateScope } from '../../../board/board-context.ts'
import { useWidgetWindow } from '../../../board/use-widget-window.ts'
import { useWidgetData, type WidgetData } from '../../../data/use-widget-data.ts'

/** The data of a widget beside the board: shared with what the board asks for anyway. */
export const useInspected = (widget: DashboardWidget, manifest: WidgetManifest): WidgetData => {
  const { document, filterValues } = useBoard()
  const { stack } = useStateScope()
  const { model } = useWidgetWindow(widget)
  return useWidgetData({
    ...{ widget, manifest, document, stack, window: model, filters: filterValues },
    isVisible: true,
  })
}
