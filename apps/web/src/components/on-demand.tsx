'use client'
import { type ComponentType, useEffect, useState } from 'react'

/**
 * A part whose code is fetched when it is first shown. Where the code cannot be had, `onFailed` is called and nothing is
 * drawn: a dialog that does not open is no reason for the page around it to go.
 */
export const onDemand = <P extends object>(load: () => Promise<ComponentType<P>>) => {
  let loaded: ComponentType<P> | null = null
  return function OnDemand(p: P & { onFailed: () => void }) {
    const [Part, setPart] = useState<ComponentType<P> | null>(() => loaded)
    // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time it is shown
    useEffect(() => {
      if (Part) return
      let isGone = false
      load().then(
        (part) => {
          loaded = part
          if (!isGone) setPart(() => part)
        },
        () => {
          if (!isGone) p.onFailed()
        },
      )
      return () => {
        isGone = true
      }
    }, [])
    return Part ? <Part {...p} /> : null
  }
}
