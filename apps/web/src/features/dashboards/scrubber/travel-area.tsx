'use client'
import { type ReactNode, useMemo } from 'react'
import { LiveClientProvider, useLiveClient } from '@/live/live-provider.tsx'
import { askSeries } from '../data/ask-series.ts'
import { createSeriesReads } from '../data/series-reads.ts'
import { createPastClient } from './past-client.ts'
import { useTravel } from './travel-context.ts'

const after = (delayMs: number, run: () => void) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** What stands in here is told what was, while the past is looked at. */
export const TravelArea = ({ children }: { children: ReactNode }) => {
  const live = useLiveClient()
  const { clock } = useTravel()
  const client = useMemo(() => {
    if (!live || !clock) return live
    const reads = createSeriesReads({ ask: askSeries, soon: (run) => queueMicrotask(run) })
    return createPastClient({ live, clock, reads, after })
  }, [live, clock])
  return <LiveClientProvider value={client}>{children}</LiveClientProvider>
}
