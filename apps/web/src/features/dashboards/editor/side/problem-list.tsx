'use client'
import type { DashboardProblem } from '@thingwire/dashboards/edit'
import { Badge, EmptyState } from '@thingwire/ui'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEditorStore } from '../store/use-editor.ts'
import { useProblems } from '../store/use-problems.ts'
import { useShowWidget } from './use-show-widget.ts'

/** What is not as it should be, and the way to it. */
export const ProblemList = () => {
  const t = useTranslations('dashboardEditor')
  const problems = useProblems()
  const showWidget = useShowWidget()
  if (problems.length === 0) return <EmptyState icon={<CircleCheck />} title={t('noProblems')} />
  return (
    <ul className="grid divide-y">
      {problems.map((one) => (
        <Row key={[one.in, one.id, one.kind, ...one.path].join('/')} problem={one} showWidget={showWidget} />
      ))}
    </ul>
  )
}

/** Where what is no widget is mended. */
const managers = { alias: 'aliases', filter: 'filters', state: 'states', dashboard: 'settings' } as const

type RowProps = { problem: DashboardProblem; showWidget: ReturnType<typeof useShowWidget> }

const Row = ({ problem, showWidget }: RowProps) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const { severity, kind, detail, title, id } = problem
  const open = () => {
    if (problem.in === 'widget') showWidget(id, problem.path)
    else store.manage(managers[problem.in], problem.in === 'dashboard' ? 'time' : id)
  }
  const text = (
    <>
      <span className="flex items-center gap-2">
        <Badge tone={severity === 'error' ? 'danger' : 'warn'}>{t(`severity.${severity}`)}</Badge>
        <span className="truncate font-medium">{title || t(`in.${problem.in}`)}</span>
      </span>
      <span className="mt-1 block text-xs text-ink-2">{t(`problem.${kind}`, { detail })}</span>
    </>
  )
  return (
    <li className="text-sm">
      <button type="button" className="w-full px-4 py-2.5 text-left hover:bg-hover" onClick={open}>
        {text}
      </button>
    </li>
  )
}
