'use client'
import type { WidgetManifest, WidgetState } from '@thingwire/widgets/manifests'
import { useMemo, useState } from 'react'
import { createCut, isCut } from './past-state.ts'
import { useMoment, useTravel } from './travel-context.ts'

/** What a widget shows at the moment of the journey; the same as it is given while there is none. */
export const usePastState = (state: WidgetState, manifest: WidgetManifest): WidgetState => {
  const { clock } = useTravel()
  const [cut] = useState(createCut)
  const moment = useMoment()
  const ts = clock && isCut(manifest) ? moment : null
  return useMemo(() => (ts === null ? state : cut(state, ts)), [state, ts, cut])
}
