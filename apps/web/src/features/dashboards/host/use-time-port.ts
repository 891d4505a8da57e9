'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import type { WidgetWindow } from '../board/use-widget-window.ts'

export const useTimePort = (window: WidgetWindow): WidgetHost['time'] => {
  const { model, zoom, isZoomed, choose } = window
  return useMemo(() => ({ model, zoom, isZoomed, choose }), [model, zoom, isZoomed, choose])
}
