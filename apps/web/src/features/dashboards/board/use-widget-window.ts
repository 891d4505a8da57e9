'use client'
import type { DashboardWidget, TimeWindowModel } from '@thingwire/dashboards'
import type { TimeRange } from '@thingwire/widgets/manifests'
import { useMemo, useState } from 'react'
import { useTravel } from '../scrubber/travel-context.ts'
import { pastWindow } from '../scrubber/use-travel.ts'
import { useBoard } from './board-context.ts'

/** What one widget looks at: the board's window, or its own. */
export type WidgetWindow = {
  model: TimeWindowModel
  isOwn: boolean
  isZoomed: boolean
  zoom: (range: TimeRange | null) => void
  choose: (model: TimeWindowModel) => void
}

/** A part of the time, standing still. */
export const zoomedWindow = (model: TimeWindowModel, range: TimeRange | null): TimeWindowModel =>
  range === null
    ? model
    : { ...model, mode: 'history', interval: null, span: { kind: 'fixed', startTs: range.startTs, endTs: range.endTs } }

/** A range that can be looked at; null for less than nothing. */
export const zoomRange = (range: TimeRange | null): TimeRange | null => {
  if (range === null) return null
  const startTs = Math.max(0, Math.floor(range.startTs))
  const endTs = Math.ceil(range.endTs)
  return endTs > startTs ? { startTs, endTs } : null
}

export const useWidgetWindow = ({ timeWindow }: DashboardWidget): WidgetWindow => {
  const board = useBoard()
  const [chosen, setChosen] = useState<TimeWindowModel | null>(null)
  const [range, setRange] = useState<TimeRange | null>(null)
  const { clock } = useTravel()
  const now = timeWindow === null ? null : (chosen ?? timeWindow)
  const own = useMemo(() => (now && clock ? pastWindow(now, clock) : now), [now, clock])
  const { window, isZoomed, zoom, setWindow } = board
  return useMemo((): WidgetWindow => {
    if (own === null) return { model: window, isOwn: false, isZoomed, zoom, choose: setWindow }
    return {
      model: zoomedWindow(own, range),
      isOwn: true,
      isZoomed: range !== null,
      zoom: (next) => setRange(zoomRange(next)),
      choose: (model) => {
        setRange(null)
        setChosen(model)
      },
    }
  }, [own, range, window, isZoomed, zoom, setWindow])
}
