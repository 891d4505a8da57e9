'use client'
import { Button, cn, Dialog, Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { asText } from './as-text.ts'
import type { ContradictionLine, Made } from './contradiction-line.ts'
import type { Choices, Side } from './model.ts'

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
  const { title, setting } = p.line
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md border p-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-sm font-medium">
          {title}
          {setting === '' ? null : <span className="ml-2 text-xs font-normal text-ink-3">{setting}</span>}
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
          <section
            key={side}
            aria-label={t(`sides.${side}`)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className={cn(
              'max-h-40 overflow-auto rounded-sm bg-sunken px-2 py-1.5 text-xs',
              p.side === side ? 'text-ink ring-1 ring-accent' : 'text-ink-3',
            )}
          >
            <p aria-hidden className="mb-0.5 text-2xs text-ink-3 sm:hidden">
              {t(`sides.${side}`)}
            </p>
            <MadeText made={p.line[side]} />
          </section>
        ))}
      </div>
    </li>
  )
}

const MadeText = ({ made }: { made: Made }) => {
  const t = useTranslations('drafts')
  if (made.kind === 'deleted') return <p className="italic">{t('made.deleted')}</p>
  if (made.kind === 'value') return <Code value={made.value} />
  if (made.changes.length === 0) return <p className="italic">{t('made.kept')}</p>
  return (
    <dl className="grid gap-1">
      {made.changes.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-2xs text-ink-3">{name}</dt>
          <dd>
            <Code value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Code = ({ value }: { value: unknown }) => (
  <pre className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">{asText(value)}</pre>
)
