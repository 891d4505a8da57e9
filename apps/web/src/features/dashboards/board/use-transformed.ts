'use client'
import { type DashboardWidget, readExtras } from '@thingwire/dashboards'
import type { WidgetManifest, WidgetState } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { transformSeries } from '../data/transform-series.ts'

/** What a widget is given to draw: its series after the transformations of its file. */
export const useTransformed = (state: WidgetState, widget: DashboardWidget, manifest: WidgetManifest): WidgetState => {
  const steps = useMemo(() => readExtras(widget.raw.config).transformations, [widget])
  return useMemo(() => {
    const isMeant = manifest.data === 'series' || manifest.data === 'latest'
    if (!isMeant || steps.length === 0 || state.status !== 'ready') return state
    const isLatest = manifest.data === 'latest'
    return { ...state, series: transformSeries(state.series, steps, { ts: Date.now(), isLatest }) }
  }, [state, steps, manifest])
}
