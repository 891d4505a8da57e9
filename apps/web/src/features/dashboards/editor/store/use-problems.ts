'use client'
import { type DashboardProblem, type EditedDashboard, problemsOf, type WidgetChecks } from '@thingwire/dashboards/edit'
import { findWidget } from '@thingwire/widgets/manifests'
import { useDeferredValue, useMemo } from 'react'
import { settingsChecks } from './settings-checks.ts'
import { useEditor } from './use-editor.ts'

const needOf: WidgetChecks['needOf'] = (typeFullFqn) => {
  const manifest = findWidget(typeFullFqn)
  if (!manifest) return null
  if (manifest.data === 'control') return 'target'
  if (manifest.data === 'alarms') return 'alarmSource'
  return manifest.data === 'none' || manifest.limits?.datasourcesOptional ? 'nothing' : 'source'
}

type Known = { of: EditedDashboard; published: EditedDashboard; problems: readonly DashboardProblem[] }
let known: Known | null = null

/** Asked by several at once, for each step of the draft. */
const problemsNow = (of: EditedDashboard, published: EditedDashboard): readonly DashboardProblem[] => {
  if (known?.of !== of || known.published !== published) {
    const problems = problemsOf(of.configuration, { needOf, settingsOf: settingsChecks(published) })
    known = { of, published, problems }
  }
  return known.problems
}

/** What is not as it should be in the draft. A step shows on the board first; then all of it is looked through. */
export const useProblems = (): readonly DashboardProblem[] => {
  const draft = useDeferredValue(useEditor((state) => state.history.present))
  const published = useEditor((state) => state.published)
  return useMemo(() => problemsNow(draft, published), [draft, published])
}
