'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { PlayClock } from './play-clock.ts'

/** One clock for the life of the widget; it stands still when the widget goes. */
export const usePlayClock = (span: { startTs: number; endTs: number } | null): PlayClock => {
  const [clock] = useState(() => new PlayClock())
  const { startTs, endTs } = span ?? { startTs: 0, endTs: 0 }
  useEffect(() => clock.setSpan(startTs, endTs), [clock, startTs, endTs])
  useEffect(() => () => clock.pause(), [clock])
  return clock
}

/** How often texts and tooltips follow what moves with every frame. */
const coarseMs = 250

/** The clock's moment, while it plays only a few times a second. */
export const useCoarseMoment = (clock: PlayClock): number => {
  const [at, setAt] = useState(clock.at)
  useEffect(() => {
    let toldAt = 0
    const tell = () => {
      const now = performance.now()
      if (clock.isPlaying && now - toldAt < coarseMs) return
      toldAt = now
      setAt(clock.at)
    }
    tell()
    return clock.subscribe(tell)
  }, [clock])
  return at
}

export const useMoment = (clock: PlayClock): number =>
  useSyncExternalStore(
    clock.subscribe,
    () => clock.at,
    () => 0,
  )

export const useIsPlaying = (clock: PlayClock): boolean =>
  useSyncExternalStore(
    clock.subscribe,
    () => clock.isPlaying,
    () => false,
  )
