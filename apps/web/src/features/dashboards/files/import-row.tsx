'use client'
import type { FileProblem } from '@thingwire/dashboards'
import { Badge, Button, Checkbox } from '@thingwire/ui'
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AliasRows } from './alias-rows.tsx'
import type { ImportEntry } from './import-entries.ts'
import type { DashboardImport } from './use-import.ts'

type Good = Extract<ImportEntry, { problem: null }>

/** One dashboard of a file: what it brings, what is odd about it, and what came of it. */
export const ImportRow = ({ entry, work }: { entry: ImportEntry; work: DashboardImport }) => {
  if (entry.problem !== null) return <BadFile entry={entry} problem={entry.problem} />
  return <GoodFile entry={entry} work={work} />
}

const BadFile = ({ entry, problem }: { entry: ImportEntry; problem: FileProblem }) => {
  const say = useProblemText()
  return (
    <li className="flex items-start gap-3 py-3">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
      <div className="min-w-0 text-sm">
        <p className="font-medium break-words">{entry.fileName}</p>
        <p className="break-words text-danger-text">{say(problem)}</p>
      </div>
    </li>
  )
}

const useProblemText = () => {
  const t = useTranslations('dashboardFiles')
  return (problem: FileProblem): string => {
    switch (problem.kind) {
      case 'empty':
      case 'notDashboard':
        return t(`problems.${problem.kind}`)
      case 'tooLarge':
        return t('problems.tooLarge', { size: problem.size / 1_048_576, limit: problem.limit / 1_048_576 })
      case 'tooMany':
        return t('problems.tooMany', { count: problem.count, limit: problem.limit })
      case 'otherKind':
        return t('problems.otherKind', { kind: t(`kinds.${problem.found}`) })
      case 'notJson':
        return problem.line === null
          ? t('problems.notJson', { message: problem.message })
          : t('problems.notJsonAt', { line: problem.line, column: problem.column ?? 1, message: problem.message })
    }
  }
}

const GoodFile = ({ entry, work }: { entry: Good; work: DashboardImport }) => {
  const t = useTranslations('dashboardFiles')
  const outcome = work.outcomes.get(entry.id)
  const { remarks, more } = entry.dashboard.report
  const notes = remarks.length + more
  return (
    <li className="flex items-start gap-3 py-3">
      {outcome ? (
        <OutcomeMark outcome={outcome} />
      ) : (
        <Checkbox
          checked={work.isChosen(entry.id)}
          onChange={(isChosen) => work.choose(entry.id, isChosen)}
          label={t('take', { title: entry.title })}
        />
      )}
      <div className="grid min-w-0 flex-1 gap-1 text-sm">
        <p className="flex flex-wrap items-center gap-2">
          {outcome?.state === 'done' ? (
            <Link
              href={`/dashboards/${outcome.dashboardId}`}
              className="font-medium break-words text-accent-text hover:underline"
            >
              {entry.title}
            </Link>
          ) : (
            <span className="font-medium break-words">{entry.title}</span>
          )}
          <span className="text-xs text-ink-3">{t('widgets', { count: entry.widgets })}</span>
          {entry.unknown.length > 0 ? (
            <Badge tone="warn">
              {t('unknown', { count: entry.unknown.reduce((sum, { count }) => sum + count, 0) })}
            </Badge>
          ) : null}
        </p>
        {outcome?.state === 'refused' ? (
          <p role="alert" className="break-words text-danger-text">
            {outcome.reason}
          </p>
        ) : null}
        {entry.aliases.length > 0 && !outcome ? <Aliases entry={entry} work={work} /> : null}
        {notes > 0 || entry.unknown.length > 0 || entry.oddAliases.length > 0 ? <Notes entry={entry} /> : null}
      </div>
    </li>
  )
}

/** What the aliases find here, folded up until somebody wants to know. */
const Aliases = ({ entry, work }: { entry: Good; work: DashboardImport }) => {
  const t = useTranslations('dashboardFiles')
  const [isOpen, setOpen] = useState(false)
  const choices = work.choicesOf(entry.id)
  return (
    <div className="grid justify-items-start gap-1.5">
      <Button size="sm" variant="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hideAliases' : 'aliases', { count: entry.aliases.length })}
      </Button>
      {isOpen ? (
        <AliasRows
          aliases={entry.aliases}
          choices={choices}
          choose={(aliasId, choice) => work.mapAlias(entry.id, aliasId, choice)}
        />
      ) : null}
    </div>
  )
}

const OutcomeMark = ({ outcome }: { outcome: NonNullable<ReturnType<DashboardImport['outcomes']['get']>> }) => {
  const t = useTranslations('dashboardFiles')
  const marks = {
    saving: <LoaderCircle aria-label={t('saving')} className="size-4 animate-spin text-ink-3" />,
    done: <CircleCheck aria-label={t('done')} className="size-4 text-ok-text" />,
    refused: <CircleAlert aria-label={t('refused')} className="size-4 text-danger-text" />,
  }
  return <span className="mt-0.5 shrink-0">{marks[outcome.state]}</span>
}

const mostShown = 50

/** What was odd, folded up until somebody wants to know. */
const Notes = ({ entry }: { entry: Good }) => {
  const t = useTranslations('dashboardFiles')
  const [isOpen, setOpen] = useState(false)
  const { remarks, more } = entry.dashboard.report
  const count = remarks.length + more + entry.unknown.length + entry.oddAliases.length
  const rest = more + Math.max(0, remarks.length - mostShown)
  return (
    <div className="grid justify-items-start gap-1">
      <Button size="sm" variant="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hideNotes' : 'notes', { count })}
      </Button>
      {isOpen ? (
        <ul className="grid w-full gap-1 text-xs text-ink-2">
          {entry.unknown.map(({ type, count: of }) => (
            <li key={type} className="break-words">
              {t('unknownType', { type: type || '—', count: of })}
            </li>
          ))}
          {entry.oddAliases.map((alias) => (
            <li key={alias} className="break-words">
              {t('oddAlias', { alias })}
            </li>
          ))}
          {remarks.slice(0, mostShown).map((remark) => (
            <li key={`${remark.path} ${remark.problem}`} className="break-words">
              <span className="font-mono text-2xs text-ink-3">{remark.path}</span> {remark.problem} (
              {t(`outcomes.${remark.outcome}`)})
            </li>
          ))}
          {rest > 0 ? <li>{t('moreNotes', { count: rest })}</li> : null}
        </ul>
      ) : null}
    </div>
  )
}
