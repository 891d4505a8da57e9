'use client'
import { Button, cn, Dialog, Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { asText } from './as-text.ts'
import type { Choices, Side } from './model.ts'

/** A contradiction as people read it. */
export type ContradictionLine = {
  key: string
  /** What is contradicted about: the name of a node, of a widget. */
  title: string
  path: readonly string[]
  mine: unknown
  theirs: unknown
}

type Props = {
  kind: 'draft' | 'published'
  by: string | null
  lines: readonly ContradictionLine[]
  settle: (choices: Choices) => void
}

/** Both changed the same: which of the two counts. Until it is settled nothing is saved over anybody's edits. */
export const ConflictNotice = (p: Props) => {
  const t = useTranslations('drafts')
  const [isOpen, setOpen] = useState(true)
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        {t('settle')}
      </Button>
      {isOpen ? <ConflictDialog {...p} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

const ConflictDialog = ({ kind, by, lines, onClose, ...p }: Props & { onClose: () => void }) => {
  const t = useTranslations('drafts')
  const common = useTranslations('common')
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const settle = (chosen: Choices) => {
    p.settle(chosen)
    onClose()
  }
  const all = (side: Side) => Object.fromEntries(lines.map(({ key }) => [key, side]))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(kind === 'draft' ? 'conflictTitle' : 'conflictPublishedTitle', { name: by ?? t('somebody') })}
      description={t('conflictText')}
      closeLabel={common('close')}
      className="sm:max-w-3xl"
      footer={
        <>
          <Button onClick={() => settle(all('theirs'))}>{t('takeTheirs')}</Button>
          <Button onClick={() => settle(all('mine'))}>{t('keepMine')}</Button>
          <Button variant="primary" onClick={() => settle(choices)}>
            {t('merge')}
          </Button>
        </>
      }
    >
      <ul className="grid gap-3">
        {lines.map((line) => (
          <Choice
            key={line.key}
            line={line}
            side={choices[line.key] ?? 'mine'}
            onChange={(side) => setChoices((known) => ({ ...known, [line.key]: side }))}
          />
        ))}
      </ul>
    </Dialog>
  )
}

const Choice = (p: { line: ContradictionLine; side: Side; onChange: (side: Side) => void }) => {
  const t = useTranslations('drafts')
  const { title, path, mine, theirs } = p.line
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border p-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-sm font-medium">
          {title}
          {path.length > 0 ? <span className="ml-2 text-xs font-normal text-ink-3">{path.join(' › ')}</span> : null}
        </p>
        <Segmented
          label={t('whose', { name: title })}
          value={p.side}
          onChange={p.onChange}
          options={(['mine', 'theirs'] as const).map((value) => ({ value, label: t(`sides.${value}`) }))}
        />
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        {(['mine', 'theirs'] as const).map((side) => (
          <pre
            key={side}
            className={cn(
              'max-h-40 overflow-auto rounded-sm bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap',
              p.side === side ? 'text-ink ring-1 ring-accent' : 'text-ink-3',
            )}
          >
            {asText(side === 'mine' ? mine : theirs)}
          </pre>
        ))}
      </div>
    </li>
  )
}
