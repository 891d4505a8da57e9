'use client'
import { Button, cn, EmptyState } from '@thingwire/ui'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { PanelProps } from '../bottom-panel.tsx'
import { categoryColor, findManifest, iconOf } from '../catalogue.ts'
import { titlesOfPath } from '../model/config-titles.ts'
import { dropStrayTests } from '../model/edits.ts'
import type { ChainProblem, Severity } from '../model/problems.ts'
import { useNodeTab } from '../panels/use-node-tab.ts'
import { useDocNode, useEditor, useEditorStore } from './use-editor.ts'
import { useProblems } from './use-problems.ts'

/** Everything that keeps the chain from being published, loses messages, or looks like an oversight. */
export const ProblemsPanel = (_: PanelProps) => {
  const t = useTranslations('chainEditor')
  const { list } = useProblems()
  if (list.length === 0)
    return (
      <EmptyState icon={<CircleCheck />} title={t('problems.none')}>
        {t('problems.noneText')}
      </EmptyState>
    )
  return (
    <ul aria-label={t('problems.list')} className="py-1">
      {list.map((problem, index) => (
        // Several problems of one node may be told by the same words.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is all that tells them apart
        <ProblemRow key={index} problem={problem} />
      ))}
    </ul>
  )
}

const rowLook =
  'flex w-full items-baseline gap-2.5 px-4 py-1 text-left text-sm max-sm:flex-wrap max-sm:gap-y-0.5 pointer-coarse:py-2.5'

const ProblemRow = memo(({ problem }: { problem: ChainProblem }) => {
  const store = useEditorStore()
  const openTab = useNodeTab()
  const { nodeId, path } = problem
  const show = (id: string) => {
    if (path !== null) openTab('settings')
    store.reveal(id, path)
  }
  return (
    <li>
      {nodeId === null ? (
        <div className={rowLook}>
          <ProblemText problem={problem} />
          {problem.code === 'strayTest' ? <DropStrayTests /> : null}
        </div>
      ) : (
        <button type="button" onClick={() => show(nodeId)} className={cn(rowLook, 'hover:bg-hover')}>
          <ProblemText problem={problem} />
        </button>
      )}
    </li>
  )
})

const ProblemText = ({ problem }: { problem: ChainProblem }) => {
  const t = useTranslations('chainEditor')
  const node = useDocNode(problem.nodeId ?? '')
  const { path } = problem
  const place = path && node ? titlesOfPath(findManifest(node.className), path.split('/')) : []
  return (
    <>
      <SeverityIcon severity={problem.severity} />
      <span className="flex w-64 shrink-0 items-baseline gap-1.5 truncate text-ink max-sm:w-auto max-sm:min-w-0 max-sm:flex-1">
        {node ? (
          <>
            <TypeIcon className={node.className} />
            <span className="truncate">{node.name.trim() === '' ? '—' : node.name}</span>
            <span className="text-ink-3 text-xs tabular-nums">#{node.no}</span>
          </>
        ) : (
          t('problems.chain')
        )}
      </span>
      <span className="min-w-0 text-ink-2 max-sm:basis-full max-sm:pl-6.5">
        {place.length > 0 ? <span className="mr-1.5 text-ink">{place.join(' › ')}:</span> : null}
        {t(`problem.${problem.code}`, problem.values)}
      </span>
    </>
  )
}

/** What cannot be read cannot be edited either: it can only go. */
const DropStrayTests = () => {
  const t = useTranslations('chainEditor')
  const store = useEditorStore()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  if (isReadOnly) return null
  return (
    <Button size="sm" onClick={() => store.edit('tests', dropStrayTests)}>
      {t('problems.drop')}
    </Button>
  )
}

/** The picture of a node's type, as small as a word. */
const TypeIcon = ({ className }: { className: string }) => {
  const manifest = findManifest(className)
  const Icon = iconOf(manifest?.icon ?? '')
  return (
    <Icon
      aria-hidden
      className="size-3.5 shrink-0 translate-y-0.5"
      style={{ color: categoryColor(manifest?.category ?? 'unknown') }}
    />
  )
}

const looks: Record<Severity, { icon: typeof Info; tone: string }> = {
  error: { icon: CircleAlert, tone: 'text-danger' },
  warning: { icon: TriangleAlert, tone: 'text-warn' },
  hint: { icon: Info, tone: 'text-ink-3' },
}

/** How grave a problem is: told by shape, colour and name. */
const SeverityIcon = ({ severity }: { severity: Severity }) => {
  const t = useTranslations('chainEditor')
  const { icon: Icon, tone } = looks[severity]
  return (
    <Icon role="img" aria-label={t(`severity.${severity}`)} className={cn('size-3.5 shrink-0 translate-y-0.5', tone)} />
  )
}

/** How many there are, beside the name of the panel: of the gravest kind that there is. */
export const ProblemCount = () => {
  const { counts } = useProblems()
  if (counts.error + counts.warning === 0) return null
  const isError = counts.error > 0
  return (
    <span
      className={cn(
        'rounded-full px-1.5 text-[11px] tabular-nums',
        isError ? 'bg-danger-soft text-danger-text' : 'bg-warn-soft text-warn-text',
      )}
    >
      {isError ? counts.error : counts.warning}
    </span>
  )
}
