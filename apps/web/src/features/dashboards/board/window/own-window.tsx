'use client'
import { type DashboardWidget, defaultTimeWindow } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { useBoard } from '../board-context.ts'
import type { WidgetWindow } from '../use-widget-window.ts'
import { readWindowLimits } from './window-limits.ts'
import { WindowPicker } from './window-picker.tsx'

/** The time window of a widget that has one of its own, in its header. */
export const OwnWindow = ({ widget, window }: { widget: DashboardWidget; window: WidgetWindow }) => {
  const { isPhone } = useBoard()
  const config = widget.raw.config
  const limits = useMemo(
    () =>
      readWindowLimits(
        typeof config === 'object' && config !== null && 'timewindow' in config ? config.timewindow : null,
      ),
    [config],
  )
  return (
    <WindowPicker
      isSmall
      isPhone={isPhone}
      model={window.model}
      base={widget.timeWindow ?? defaultTimeWindow}
      limits={limits}
      onChange={window.choose}
    />
  )
}
