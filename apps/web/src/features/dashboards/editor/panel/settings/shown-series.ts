import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { createContext, use } from 'react'

/** Gives the series that the widget shows now, for forms that begin with something near them. */
export const ShownSeriesContext = createContext<() => readonly WidgetSeries[]>(() => [])

export const useShownSeries = () => use(ShownSeriesContext)
