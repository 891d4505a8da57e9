'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useTravel } from '../scrubber/travel-context.ts'

export const useMomentPort = (): WidgetHost['moment'] => {
  const { clock } = useTravel()
  return useMemo(
    () => ({ read: () => clock?.get().ts ?? null, listen: (changed) => clock?.listen(changed) ?? (() => {}) }),
    [clock],
  )
}
