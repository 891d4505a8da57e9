'use client'
import { Button, Checkbox, cn, Field, Input } from '@thingwire/ui'
import { ChevronRight, CircleAlert, CircleCheck, Library, Link2Off, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { ChainPicture } from '../chain-picture.tsx'
import { type AlikeNodes, alikeNodes } from './alike-nodes.ts'
import type { RemarkedNode } from './chain-report.ts'
import { type Entry, stateOf } from './plan.ts'
import { References } from './references-list.tsx'
import { useRemark } from './use-remark.ts'
import { type Import, isMappable, type Preview } from './use-import.ts'

/** Rows of a list that are shown before more is asked for. */
const fewRows = 20
/** Names of nodes with the same remarks that are shown. */
const fewNames = 3

/** What a file brings, before anything of it is stored. */
export const ImportPreview = (p: { preview: Preview; failed: string | null; work: Import }) => {
  const t = useTranslations('chainList')
  const { entries, isOverwriting, lookUpProblem } = p.preview
  const isMany = entries.length > 1
  return (
    <div className="grid grid-cols-1 gap-4">
      {p.failed ? (
        <Notice tone="danger" icon={<CircleAlert aria-hidden />}>
          {t('import.failed', { reason: p.failed })}
        </Notice>
      ) : null}
      {lookUpProblem ? (
        <Notice tone="warn" icon={<TriangleAlert aria-hidden />}>
          {t('import.notLookedUp', { reason: lookUpProblem })}
        </Notice>
      ) : null}
      <ul className={cn('grid grid-cols-1', isMany && 'divide-y border-y')}>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: chains of a file may have neither id nor name
          <li key={index} className={cn(isMany && 'py-3')}>
            <ChainPreview entry={entry} index={index} preview={p.preview} work={p.work} isMany={isMany} />
          </li>
        ))}
      </ul>
      {isMany ? <OverwriteChoice isOn={isOverwriting} onChange={p.work.overwrite} /> : null}
    </div>
  )
}

const OverwriteChoice = ({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) => {
  const t = useTranslations('chainList')
  return (
    <div className="flex items-start gap-2.5">
      <span className="mt-0.5">
        <Checkbox label={t('import.overwrite')} checked={isOn} onChange={onChange} />
      </span>
      <p aria-hidden className="text-sm text-ink">
        {t('import.overwrite')}
        <span className="block text-xs text-ink-3">{t('import.overwriteHint')}</span>
      </p>
    </div>
  )
}

const ChainPreview = (p: { entry: Entry; index: number; preview: Preview; work: Import; isMany: boolean }) => {
  const t = useTranslations('chainList')
  const { report, choice } = p.entry
  const [isOpen, setOpen] = useState(!p.isMany || report.problems.length > 0)
  const { here, ties, entries, taken, isOverwriting } = p.preview
  const missing = report.references.filter(
    (reference) => stateOf(reference, { here, ties, entries, isMappable }).is === 'missing',
  )
  const remarks = report.nodes.length + report.problems.length + missing.length
  const isTaken = taken.has(choice.name.trim())
  return (
    <section aria-label={choice.name || t('import.nameless')} className="grid grid-cols-1 gap-3">
      <div className="flex items-start gap-3">
        {p.isMany ? (
          <span className="mt-8 size-4 shrink-0">
            {report.problems.length > 0 ? null : (
              <Checkbox
                label={t('import.take', { name: choice.name || t('import.nameless') })}
                checked={choice.isIncluded}
                onChange={(isIncluded) => p.work.choose(p.index, { isIncluded })}
              />
            )}
          </span>
        ) : null}
        {report.file && !p.isMany ? (
          <ChainPicture chain={report.file.metadata} className="h-28 w-44 shrink-0 max-sm:hidden" />
        ) : null}
        <div className="grid min-w-0 flex-1 gap-2">
          <Field
            label={t('name')}
            {...(isTaken ? { hint: t(isOverwriting ? 'import.replaces' : 'import.taken') } : {})}
          >
            <Input
              value={choice.name}
              maxLength={255}
              autoComplete="off"
              onChange={(event) => p.work.choose(p.index, { name: event.target.value })}
            />
          </Field>
          <Facts entry={p.entry} />
        </div>
        {p.isMany ? (
          <Button variant="ghost" size="sm" className="mt-6" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <ChevronRight className={cn('transition-transform duration-100', isOpen && 'rotate-90')} />
            {remarks > 0 ? t('import.remarks', { count: remarks }) : t('import.noRemarks')}
          </Button>
        ) : null}
      </div>
      {isOpen ? <Findings {...p} /> : null}
    </section>
  )
}

const Facts = ({ entry: { report } }: { entry: Entry }) => {
  const t = useTranslations('chainList')
  if (!report.file) return null
  const { nodes, connections, notes } = report.file.metadata
  const facts = [
    t('import.nodes', { count: nodes.length }),
    t('import.connections', { count: connections.length }),
    ...(notes?.length ? [t('import.notes', { count: notes.length })] : []),
    ...(report.tests > 0 ? [t('import.tests', { count: report.tests })] : []),
    ...(report.libraries.length > 0 ? [t('import.libraryCount', { count: report.libraries.length })] : []),
  ]
  return <p className="text-xs text-ink-2 tabular-nums">{facts.join(' · ')}</p>
}

const Findings = ({ entry, preview, work }: { entry: Entry; preview: Preview; work: Import }) => {
  const t = useTranslations('chainList')
  const { report } = entry
  const unknownLibraries = report.namedLibraries.filter(
    (name) => !preview.libraries.has(name) && !report.libraries.some((library) => library.name === name),
  )
  const known = report.libraries.filter(({ name }) => preview.libraries.has(name))
  const isFine = report.nodes.length + report.problems.length + report.references.length + unknownLibraries.length === 0
  return (
    <div className="grid grid-cols-1 gap-3">
      {report.problems.length > 0 ? (
        <Notice tone="danger" icon={<CircleAlert aria-hidden />}>
          <span className="font-medium">{t('import.unsound')}</span>
          <ul className="mt-1 grid gap-1">
            {report.problems.map((problem) => (
              <li key={problem} className="break-words">
                {problem}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {report.nodes.length > 0 ? <Nodes nodes={report.nodes} /> : null}
      {report.references.length > 0 ? <References entry={entry} preview={preview} work={work} /> : null}
      {unknownLibraries.length > 0 ? (
        <Notice tone="warn" icon={<Link2Off aria-hidden />}>
          {t('import.librariesMissing', { names: unknownLibraries.join(', '), count: unknownLibraries.length })}
        </Notice>
      ) : null}
      {known.length > 0 ? (
        <Notice tone="neutral" icon={<Library aria-hidden />}>
          {t('import.librariesKept', { names: known.map(({ name }) => name).join(', '), count: known.length })}
        </Notice>
      ) : null}
      {report.testProblem === null ? null : (
        <Notice tone="warn" icon={<TriangleAlert aria-hidden />}>
          {t('import.testsUnread', { reason: report.testProblem })}
        </Notice>
      )}
      {isFine ? (
        <Notice tone="ok" icon={<CircleCheck aria-hidden />}>
          {t('import.fine')}
        </Notice>
      ) : null}
    </div>
  )
}

const tones = {
  danger: 'bg-danger-soft text-danger-text',
  warn: 'bg-warn-soft text-warn-text',
  ok: 'bg-ok-soft text-ok-text',
  neutral: 'bg-sunken text-ink-2',
}

const Notice = (p: { tone: keyof typeof tones; icon: ReactNode; children: ReactNode }) => (
  <div
    role={p.tone === 'danger' ? 'alert' : undefined}
    className={cn('flex gap-2.5 rounded-md p-3 text-xs [&>svg]:size-4 [&>svg]:shrink-0', tones[p.tone])}
  >
    {p.icon}
    <div className="min-w-0 flex-1">{p.children}</div>
  </div>
)

/** Nodes that do not run as they stand, those with the same reason together, with what to do. */
const Nodes = ({ nodes }: { nodes: readonly RemarkedNode[] }) => {
  const t = useTranslations('chainList')
  const [isWhole, setWhole] = useState(false)
  const groups = alikeNodes(nodes)
  const shown = isWhole ? groups : groups.slice(0, fewRows)
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-ink-2">{t('import.nodesTitle', { count: nodes.length })}</h3>
      <ul className="divide-y border-y">
        {shown.map((group) => (
          <NodeRow key={group.nodes[0]?.index} group={group} />
        ))}
      </ul>
      {isWhole || groups.length <= fewRows ? null : (
        <Button variant="link" className="mt-2" onClick={() => setWhole(true)}>
          {t('import.showAll', { count: groups.length })}
        </Button>
      )}
    </div>
  )
}

const NodeRow = ({ group: { nodes, names, typeName, remarks } }: { group: AlikeNodes }) => {
  const t = useTranslations('chainList')
  const words = useRemark()
  const more = Math.max(0, names.length - fewNames)
  return (
    <li className="flex gap-2.5 py-2 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="font-medium">{t('import.alike', { names: names.slice(0, fewNames).join(', '), more })}</span>{' '}
          <span className="text-ink-3 tabular-nums">
            {nodes.length > 1 ? `${typeName} · ${t('import.nodes', { count: nodes.length })}` : typeName}
          </span>
        </p>
        {remarks.map((remark) => (
          <p key={remark.kind} className="text-xs break-words text-ink-2">
            {words(remark)}
          </p>
        ))}
      </div>
    </li>
  )
}
