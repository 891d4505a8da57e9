'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetManifest, WidgetState } from '@thingwire/widgets/manifests'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { ShownSeriesContext } from '../settings/shown-series.ts'
import { useInspected } from './use-inspected.ts'

/** Tells forms what the widget shows; they are not drawn anew with each value that comes. */
export const ShownSeries = (p: { widget: DashboardWidget; manifest: WidgetManifest; children: ReactNode }) => {
  const { state } = useInspected(p.widget, p.manifest)
  const newest = useRef<WidgetState>(state)
  useEffect(() => {
    newest.current = state
  }, [state])
  const read = useCallback(() => (newest.current.status === 'ready' ? newest.current.series : []), [])
  return <ShownSeriesContext value={read}>{p.children}</ShownSeriesContext>
}
