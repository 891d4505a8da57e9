'use client'
import { type DashboardProblem, problemsOf, type WidgetChecks } from '@thingwire/dashboards/edit'
import { findWidget } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useEditor } from './use-editor.ts'

const checks: WidgetChecks = {
  needOf: (typeFullFqn) => {
    const manifest = findWidget(typeFullFqn)
    if (!manifest) return null
    if (manifest.data === 'control') return 'target'
    if (manifest.data === 'alarms') return 'alarmSource'
    return manifest.data === 'none' || manifest.limits?.datasourcesOptional ? 'nothing' : 'source'
  },
}

/** What is not as it should be in the draft. */
export const useProblems = (): readonly DashboardProblem[] => {
  const document = useEditor((state) => state.history.present)
  return useMemo(() => problemsOf(document, checks), [document])
}
