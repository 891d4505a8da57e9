'use client'
import { createContext, use, useSyncExternalStore } from 'react'
import type { TravelClock } from './travel-clock.ts'

export type Travel = {
  /** Null: the board is live. */
  clock: TravelClock | null
  enter: () => void
  leave: () => void
}

const live: Travel = { clock: null, enter: () => {}, leave: () => {} }
const TravelContext = createContext<Travel>(live)
export const TravelProvider = TravelContext.Provider

/** Whether the board is shown as it was; outside of boards it never is. */
export const useTravel = (): Travel => use(TravelContext)

const nobodyListens = () => () => {}
/** What follows a moment that plays is drawn no more often than that, ms. */
const drawnEveryMs = 200

/** The moment, while it plays only a few times a second; null: now. */
export const useMoment = (): number | null => {
  const { clock } = useTravel()
  const read = (): number | null => {
    if (!clock) return null
    const { ts, isPlaying, speed } = clock.get()
    const width = drawnEveryMs * speed
    return isPlaying ? Math.floor(ts / width) * width : ts
  }
  return useSyncExternalStore(clock?.listen ?? nobodyListens, read, () => null)
}
